"""From the facts a published decision records to the facts its benchmark asks for. Names are matched, never invented.

A recorded fact is used only where its name, its unit or its wording clearly means one fact of the benchmark.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from discretion.rules.import_research import BenchmarkDraft
from discretion.rules.money import fen_from_yuan
from discretion.rules.research_facts import BASE_FACTS, SERIOUS
from enforcement.conditions.aliases import standard_code
from enforcement.conditions.tree import AllOf, AnyOf, Compare, FactValue, Not, fact_codes
from enforcement.conditions.vocabulary import FactDefinition, FactType, Vocabulary

SAME_UNITS = {"㎡": "平方米", "m2": "平方米", "天": "日", "个月": "月"}
NEGATIONS = ("非", "不", "未", "没有", "无")
INTERVAL = re.compile(r"(\d+(?:\.\d+)?)[^\d]*?(?:以上|至|-|—|~)(?:(\d+(?:\.\d+)?))?")
NUMERIC = frozenset({FactType.INTEGER, FactType.DECIMAL})
SHORTEST_NAME = 2


def plain(text: object) -> str:
    """Text for comparison: without punctuation, spaces and a closing 的."""
    return re.sub(r"[\s、，。；：:“”\"'（）()《》…·/,.-]", "", str(text)).removesuffix("的")


def used_codes(value: Any) -> Iterator[str]:
    """Every fact code the rules look at: leaves of conditions, bases, counts, coefficients."""
    if isinstance(value, (Compare, AllOf, AnyOf, Not)):
        yield from fact_codes(value)
    elif isinstance(value, tuple):
        for one in value:
            yield from used_codes(one)
    elif is_dataclass(value):
        for field in fields(value):
            own = getattr(value, field.name)
            if field.name in ("base", "count", "coefficient") and isinstance(own, str):
                yield from [own] if own else []
            else:
                yield from used_codes(own)


def case_facts(decision: Mapping[str, Any], draft: BenchmarkDraft) -> dict[str, FactValue]:
    """The facts of the benchmark that the decision establishes."""
    vocabulary = draft.vocabulary
    codes = tuple(dict.fromkeys(used_codes(draft.rules)))
    definitions = [vocabulary[code] for code in codes if code in vocabulary]
    facts: dict[str, FactValue] = {}
    for recorded in decision.get("facts") or ():
        if recorded.get("value") is not None:
            facts.update(_matched(recorded, definitions))
    kind = subject_kind(str(decision.get("party_type") or ""))
    if kind and "subject_kind" not in facts:
        facts["subject_kind"] = kind
    if isinstance(facts.get("overdue_days"), int) and facts["overdue_days"]:
        facts.setdefault("corrected_within_order", False)
    return facts


def unconfirmed_as_false(facts: Mapping[str, FactValue], vocabulary: Vocabulary) -> dict[str, FactValue]:
    """`facts` with every clause the decision does not record taken as not established."""
    silent = {
        code: False
        for code, definition in vocabulary.items()
        if definition.confirmed_by_officer and code not in facts
    }
    return {**silent, **facts}


def subject_kind(party: str) -> str:
    """单位, 个人 or 个体工商户 from the words of a decision; empty when they do not say."""
    if re.search(r"个体", party):
        return "个体工商户"
    if re.search(r"自然人|个人|主播|公民|业主$|驾驶员|司机", party):
        return "个人"
    return "单位" if re.search(r"公司|企业|单位|机构|法人|政府|医院|学校|厂", party) else ""


def recorded_amount(decision: Mapping[str, Any], base: str) -> int | None:
    """The recorded amount in fen of the money a statute or a benchmark calls `base`."""
    for recorded in decision.get("facts") or ():
        value, unit = recorded.get("value"), str(recorded.get("unit") or "")
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or not unit.endswith("元"):
            continue
        if same_name(str(recorded.get("fact", "")), base):
            return _money(value, unit)
    return None


def same_name(first: str, second: str) -> bool:
    """Whether two names clearly mean one thing: equal, or the shorter runs through the longer in order."""
    short, long = sorted((plain(first), plain(second)), key=len)
    if len(short) < SHORTEST_NAME or _negated(short) != _negated(long):
        return False
    return short in long or (len(short) > SHORTEST_NAME + 1 and _runs_through(short, long))


def _negated(text: str) -> bool:
    return text.startswith(NEGATIONS)


def _runs_through(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def _matched(
    recorded: Mapping[str, Any], definitions: list[FactDefinition]
) -> Iterator[tuple[str, FactValue]]:
    name, value = str(recorded.get("fact", "")), recorded["value"]
    unit = _unit(recorded)
    if isinstance(value, bool):
        yield from _flags(name, value, definitions)
    elif isinstance(value, str):
        yield from _worded(name, value, definitions)
    named = _named(name, unit, definitions)
    for definition in named or _answered(value, unit, definitions):
        typed = _typed(definition, value, unit)
        if typed is not None:
            yield definition.code, typed


def _answered(value: Any, unit: str, definitions: Iterable[FactDefinition]) -> list[FactDefinition]:
    """The only choice one of whose options the recorded value is, whatever it is called in the decision."""
    choices = [one for one in definitions if one.type is FactType.CHOICE]
    exact = [one for one in choices if plain(value) in map(plain, one.options)]
    bounded = [one for one in choices if unit and not exact and _option(one, value, unit) is not None]
    found = exact or bounded
    return found if len(found) == 1 else []


def _unit(recorded: Mapping[str, Any]) -> str:
    unit = str(recorded.get("unit") or "")
    if not unit and isinstance(recorded["value"], str):
        found = re.search(r"\d(倍|%|日|天|个月|吨|平方米|次|处)", recorded["value"])
        unit = found.group(1) if found else ""
    return SAME_UNITS.get(unit, unit)


def _named(name: str, unit: str, definitions: list[FactDefinition]) -> list[FactDefinition]:
    code = BASE_FACTS.get(plain(name)) or standard_code(name) or _counted_code(name, unit)
    family = [one for one in definitions if code and (one.code == code or one.code.startswith(f"{code}_"))]
    if family:
        return family
    usable = [one for one in definitions if not one.confirmed_by_officer]
    by_name = [one for one in usable if same_name(name, one.label)]
    if by_name:
        return by_name
    by_unit = [one for one in usable if unit and SAME_UNITS.get(one.unit, one.unit) == unit]
    measured = [one for one in by_unit if one.type in NUMERIC and unit != "次"]
    return measured if len(measured) == 1 else []


def _counted_code(name: str, unit: str) -> str:
    if unit == "日" and re.search(r"期限|逾期", name):
        return "overdue_days"
    if unit == "次" and "处罚" in name:
        return "punishment_count"
    return "offence_count" if unit == "次" and "违法" in name else ""


def _typed(definition: FactDefinition, value: Any, unit: str) -> FactValue | None:
    if definition.type is FactType.BOOLEAN:
        return value if isinstance(value, bool) else None
    if definition.type in (FactType.CHOICE, FactType.GRADE):
        return _option(definition, value, unit)
    number = _number(value)
    if number is None or isinstance(value, bool):
        return None
    if definition.type is FactType.MONEY:
        return _money(number, unit or "元") if not isinstance(value, str) else None
    if definition.type is FactType.INTEGER:
        return int(number) if number == number.to_integral_value() else None
    return number if definition.type is FactType.DECIMAL else None


def _money(value: Decimal | int, unit: str) -> int:
    return fen_from_yuan(Decimal(value) * {"万元": 10_000, "亿元": 10**8}.get(unit, 1))


def _number(value: Any) -> Decimal | None:
    """A number as recorded; the middle of a recorded interval, its lower end when it is open."""
    if isinstance(value, (int, Decimal)):
        return Decimal(value)
    matched = INTERVAL.search(str(value))
    if matched is None:
        plain_number = re.fullmatch(r"(\d+(?:\.\d+)?)\D{0,3}", str(value))
        return Decimal(plain_number.group(1)) if plain_number else None
    low, high = matched.groups()
    return (Decimal(low) + Decimal(high)) / 2 if high else Decimal(low)


def _option(definition: FactDefinition, value: Any, unit: str) -> str | None:
    wanted = plain(f"{value}{unit}" if not isinstance(value, str) else value)
    equal = [option for option in definition.options if plain(option) == wanted]
    if not equal and isinstance(value, str):
        equal = [option for option in definition.options if same_name(value, option)]
    if not equal and isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        equal = [option for option in definition.options if _within_words(option, Decimal(value), unit)][-1:]
    return equal[0] if len(equal) == 1 else None


def _within_words(option: str, value: Decimal, unit: str) -> bool:
    """Whether a number lies in the bounds an option words, such as 超标3倍以上8倍以下."""
    mark = re.escape(unit) if unit else r"\D{1,4}"
    low = re.search(rf"(\d+(?:\.\d+)?){mark}以上", option)
    high = re.search(rf"(\d+(?:\.\d+)?){mark}以下", option)
    if low is None and high is None:
        return False
    return (low is None or value >= Decimal(low.group(1))) and (
        high is None or value <= Decimal(high.group(1))
    )


def _flags(name: str, value: bool, definitions: Iterable[FactDefinition]) -> Iterator[tuple[str, FactValue]]:
    in_time = _in_time(name)
    for definition in definitions:
        if definition.code == "corrected_within_order" and in_time is not None:
            yield definition.code, in_time is value
        elif definition.confirmed_by_officer and same_name(name, definition.label):
            yield definition.code, value
        elif definition.type is FactType.CHOICE and value:
            option = _option(definition, name, "")
            if option is not None:
                yield definition.code, option


def _in_time(words: str) -> bool | None:
    if re.search(r"逾期(未|不|没有)|拒不(改正|整改)|未按期", words):
        return False
    return True if re.search(r"限期内|期限内|按期改正", words) else None


def _worded(name: str, value: str, definitions: Iterable[FactDefinition]) -> Iterator[tuple[str, FactValue]]:
    in_time = _in_time(value)
    for definition in definitions:
        if definition.code == "corrected_within_order" and in_time is not None:
            yield definition.code, in_time
        elif definition.confirmed_by_officer and plain(definition.label) == SERIOUS and SERIOUS in value:
            yield definition.code, not _negated(value)
        elif definition.confirmed_by_officer and _says(value, name, definition.label):
            yield definition.code, True


def _says(value: str, name: str, label: str) -> bool:
    wording, own = plain(value), plain(label.rpartition("：")[2])
    dimension = plain(label.partition("：")[0]) if "：" in label else ""
    if dimension and not same_name(name, dimension):
        return False
    return own == wording or (min(len(own), len(wording)) > SHORTEST_NAME + 1 and same_name(wording, own))
