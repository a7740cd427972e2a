"""What a fact is (type, unit, words, legal source) and the immutable vocabulary that holds the facts."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from enforcement.conditions.vocabulary.counting_windows import window_of

DECLARED_PREFIX = "x_"
DECLARED_TOPIC = "本文件声明的事实"


class FactType(StrEnum):
    """The type of a fact's answer. Money is a whole number of fen; a grade is a choice whose options rise."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    CHOICE = "choice"
    GRADE = "grade"
    TEXT = "text"
    DATE = "date"


TYPES_WITH_OPTIONS = frozenset({FactType.CHOICE, FactType.GRADE})


class VocabularyError(ValueError):
    """A declared fact is not usable; `problems` are Chinese sentences."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("；".join(self.problems))


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """One fact of the vocabulary.

    `question` is put to the person who answers; `negative` is the wording of a false boolean. `computed`
    facts come from the register or the calendar, not from the officer. `confirmed_by_officer` marks a
    published clause nobody reduced to measurable facts: the officer answers 属实 or 不属实 to its wording.
    """

    code: str
    label: str
    type: FactType
    unit: str = ""
    options: tuple[str, ...] = ()
    question: str = ""
    legal_source: str = ""
    confirmed_by_officer: bool = False
    computed: bool = False
    negative: str = ""
    topic: str = ""

    def to_document(self) -> dict[str, Any]:
        """The JSON form of a declared fact, as kept beside a list entry or a benchmark."""
        return {
            "code": self.code,
            "label": self.label,
            "type": self.type.value,
            "unit": self.unit,
            "options": list(self.options),
            "question": self.question,
            "confirmed_by_officer": self.confirmed_by_officer,
        }


def declared_code(*, fact_type: FactType, label: str, unit: str) -> str:
    """The code of a declared fact; the same meaning gives the same code in every document."""
    digest = hashlib.sha256(f"{fact_type.value}|{label}|{unit}".encode()).hexdigest()
    return DECLARED_PREFIX + digest[:10]


def declare_fact(
    *,
    fact_type: FactType,
    label: str,
    unit: str = "",
    options: tuple[str, ...] = (),
    question: str = "",
    confirmed_by_officer: bool = False,
) -> dict[str, Any]:
    """The JSON document of a new declared fact, with its code and, when none is given, a plain question."""
    return FactDefinition(
        code=declared_code(fact_type=fact_type, label=label, unit=unit),
        label=label,
        type=fact_type,
        unit=unit,
        options=options,
        question=question or _plain_question(fact_type, label, unit, confirmed_by_officer),
        confirmed_by_officer=confirmed_by_officer,
    ).to_document()


def merge_declared(*groups: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Declared facts of several clauses or entries as one list: each code once, in order of first appearance.

    Options of one choice are united. Raises `VocabularyError` when a grade is ordered in two ways.
    """
    merged: dict[str, dict[str, Any]] = {}
    for declared in (fact for group in groups for fact in group):
        known = merged.setdefault(declared["code"], dict(declared))
        problems = _unite(known, declared)
        if problems:
            raise VocabularyError(problems)
    return list(merged.values())


def _unite(known: dict[str, Any], declared: Mapping[str, Any]) -> list[str]:
    """Add to `known` what a second declaration of the same fact says; both have the same code."""
    known_options, options = list(known.get("options", ())), list(declared.get("options", ()))
    if known["type"] == FactType.GRADE and known_options != options:
        return [f"“{known['label']}”在两处声明的等级次序不一致"]
    known["options"] = list(dict.fromkeys([*known_options, *options]))
    known["question"] = known.get("question") or declared.get("question", "")
    confirmed = known.get("confirmed_by_officer") or declared.get("confirmed_by_officer")
    known["confirmed_by_officer"] = bool(confirmed)
    return []


def _plain_question(fact_type: FactType, label: str, unit: str, confirmed: bool) -> str:
    if confirmed:
        return f"“{label}”是否属实？"
    if fact_type is FactType.BOOLEAN:
        return f"是否符合：{label}？"
    if fact_type in TYPES_WITH_OPTIONS:
        return f"{label}属于哪一种？"
    return f"{label}是多少{unit}？" if unit else f"{label}是多少？"


class Vocabulary(Mapping[str, FactDefinition]):
    """Fact definitions by code. Immutable: `with_declared` gives a new vocabulary.

    A vocabulary that counts offences or punishments knows them within every window of `counting_windows`, too; these
    are found by their code and not listed.
    """

    __slots__ = ("_definitions",)

    def __init__(self, definitions: Iterable[FactDefinition]) -> None:
        self._definitions: dict[str, FactDefinition] = {}
        for definition in definitions:
            if definition.code in self._definitions:
                raise VocabularyError([f"事实代码“{definition.code}”重复"])
            self._definitions[definition.code] = definition

    def __getitem__(self, code: str) -> FactDefinition:
        known = self._definitions.get(code)
        return known if known is not None else self._counted_within(code)

    def _counted_within(self, code: str) -> FactDefinition:
        window = window_of(code) if isinstance(code, str) else None
        if window is None or window.counted not in self._definitions:
            raise KeyError(code)
        return replace(
            self._definitions[window.counted], code=code, label=window.label, question=window.question
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._definitions)

    def __len__(self) -> int:
        return len(self._definitions)

    def with_declared(self, declared: Iterable[Mapping[str, Any]]) -> "Vocabulary":
        """This vocabulary plus a document's declared facts.

        Declaring a fact again is allowed and unites the options of a choice. Raises `VocabularyError` listing
        every declared fact that is malformed, whose code does not follow from its meaning, or that orders a
        known grade differently.
        """
        definitions = dict(self._definitions)
        problems: list[str] = []
        for position, document in enumerate(declared, start=1):
            found = _declared_problems(document)
            if not found:
                known = definitions.get(document["code"])
                united = known.to_document() if known else dict(document)
                found = _unite(united, document)
                definitions[document["code"]] = _definition_from(united)
            problems += [f"声明的第{position}项事实：{problem}" for problem in found]
        if problems:
            raise VocabularyError(problems)
        return Vocabulary(definitions.values())


def _declared_problems(document: object) -> list[str]:
    if not isinstance(document, Mapping):
        return ["应为一个对象"]
    label, unit = document.get("label"), document.get("unit", "")
    if not isinstance(label, str) or not label.strip():
        return ["缺少名称"]
    if not isinstance(unit, str):
        return [f"“{label}”的单位应为文字"]
    try:
        fact_type = FactType(str(document.get("type")))
    except ValueError:
        return [f"“{label}”的类型不在可用类型之内"]
    problems = _option_problems(label, fact_type, document.get("options", ()))
    if document.get("code") != declared_code(fact_type=fact_type, label=label, unit=unit):
        problems.append(f"“{label}”的代码与其类型、名称、单位不对应")
    if document.get("confirmed_by_officer") and fact_type is not FactType.BOOLEAN:
        problems.append(f"“{label}”由执法人员确认，类型应为是否")
    return problems


def _option_problems(label: str, fact_type: FactType, options: object) -> list[str]:
    if not isinstance(options, (list, tuple)) or not all(isinstance(one, str) and one for one in options):
        return [f"“{label}”的选项应为一组文字"]
    if fact_type not in TYPES_WITH_OPTIONS:
        return [f"“{label}”不是选择类事实，不应有选项"] if options else []
    if len(options) < 2 or len(set(options)) != len(options):
        return [f"“{label}”应至少有两个互不相同的选项"]
    return []


def _definition_from(document: Mapping[str, Any]) -> FactDefinition:
    return FactDefinition(
        code=document["code"],
        label=document["label"],
        type=FactType(document["type"]),
        unit=document.get("unit", ""),
        options=tuple(document.get("options", ())),
        question=str(document.get("question", "")),
        confirmed_by_officer=bool(document.get("confirmed_by_officer", False)),
        topic=DECLARED_TOPIC,
    )
