"""Whether a condition can hold at all, and whether one says everything another says: static checks with an example.

Between two values that a condition names, all answers are alike; so trying each named value and its neighbours tries
every case there is. The search goes fact by fact and stops where the three-valued answer is already decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from enforcement.conditions.evaluate import Truth, compare_truth, truth_of
from enforcement.conditions.facts import DECIMAL_PLACES, INTEGER_LIMIT
from enforcement.conditions.tree import AllOf, Compare, Condition, FactValue, Not, fact_codes, leaves
from enforcement.conditions.vocabulary.definitions import TYPES_WITH_OPTIONS, FactDefinition, FactType

MOST_STEPS = 4000
SMALLEST_STEP = Decimal(1).scaleb(-DECIMAL_PLACES)
INCLUDING_THIS_ONE = "（含本次）"


@dataclass(frozen=True, slots=True)
class Possibility:
    """TRUE: there are answers under which the condition holds, and `example` is a set of them. FALSE: it can never
    hold. UNKNOWN: the condition has too many parts to try them all.
    """

    verdict: Truth
    example: Mapping[str, FactValue] | None = None

    @property
    def is_excluded(self) -> bool:
        return self.verdict is Truth.FALSE


def possibility_of(condition: Condition, vocabulary: Mapping[str, FactDefinition]) -> Possibility:
    """Whether any answers make the condition hold. Raises `KeyError` for a fact outside the vocabulary."""
    definitions = tuple(vocabulary[code] for code in fact_codes(condition))
    verdict, example = _search(condition, definitions)
    return Possibility(verdict, dict(example) if example is not None else None)


def implies(narrow: Condition, wide: Condition, vocabulary: Mapping[str, FactDefinition]) -> bool:
    """Whether everything that meets `narrow` meets `wide`. False also when there was too much to try."""
    return possibility_of(AllOf((narrow, Not(wide))), vocabulary).is_excluded


def clashing_parts(condition: Condition, vocabulary: Mapping[str, FactDefinition]) -> tuple[int, ...] | None:
    """None when the condition can hold, or when that is not known. Otherwise one smallest group of the parts of a
    conjunction (by number from 1) that cannot hold together; empty when the condition is no conjunction.
    """
    if not possibility_of(condition, vocabulary).is_excluded:
        return None
    if not isinstance(condition, AllOf):
        return ()
    kept = list(range(len(condition.children)))
    for place in range(len(condition.children)):
        fewer = [one for one in kept if one != place]
        if possibility_of(_only(condition, fewer), vocabulary).is_excluded:
            kept = fewer
    return tuple(place + 1 for place in kept)


def _only(condition: AllOf, places: Iterable[int]) -> AllOf:
    return AllOf(tuple(condition.children[place] for place in places))


@lru_cache(maxsize=8192)
def _search(
    condition: Condition, definitions: tuple[FactDefinition, ...]
) -> tuple[Truth, tuple[tuple[str, FactValue], ...] | None]:
    return _Search(condition, definitions).run()


class _Search:
    """One search; `steps` bounds it, since the question is as hard as any puzzle of its kind."""

    def __init__(self, condition: Condition, definitions: tuple[FactDefinition, ...]) -> None:
        self.condition = condition
        self.definitions = {definition.code: definition for definition in definitions}
        self.answers = {code: _answers(one, condition) for code, one in self.definitions.items()}
        self.given: dict[str, FactValue] = {}
        self.steps = 0

    def run(self) -> tuple[Truth, tuple[tuple[str, FactValue], ...] | None]:
        verdict = self._try(tuple(self.definitions))
        return verdict, tuple(self.given.items()) if verdict is Truth.TRUE else None

    def _try(self, open_codes: tuple[str, ...]) -> Truth:
        self.steps += 1
        if self.steps > MOST_STEPS:
            return Truth.UNKNOWN
        truth = truth_of(self.condition, self._leaf)
        if truth is not Truth.UNKNOWN or not open_codes:
            return truth
        code, rest = open_codes[0], open_codes[1:]
        worst = Truth.FALSE
        for answer in self.answers[code]:
            self.given[code] = answer
            found = self._try(rest)
            if found is Truth.TRUE:
                return found
            if found is Truth.UNKNOWN:
                worst = found
                break
        self.given.pop(code, None)
        return worst

    def _leaf(self, leaf: Compare) -> Truth:
        return compare_truth(leaf, self.given.get(leaf.fact), self.definitions[leaf.fact])


def _answers(definition: FactDefinition, condition: Condition) -> tuple[FactValue, ...]:
    """Answers that stand for all answers the condition can tell apart."""
    if definition.type is FactType.BOOLEAN:
        return (True, False)
    if definition.type in TYPES_WITH_OPTIONS:
        return definition.options
    named = _named_values(condition, definition.code)
    if definition.type is FactType.TEXT:
        return (*named, _other_text(named))
    around = {near for value in named for near in _neighbours(definition, value)}
    return tuple(sorted(around))


def _named_values(condition: Condition, code: str) -> tuple[FactValue, ...]:
    operands = [leaf.value for leaf in leaves(condition) if leaf.fact == code]
    values = [value for one in operands for value in (one if isinstance(one, tuple) else (one,))]
    return tuple(dict.fromkeys(values))


def _other_text(named: Iterable[FactValue]) -> str:
    return "".join(str(one) for one in named) + "以外"


def _neighbours(definition: FactDefinition, value: FactValue) -> Iterable[FactValue]:
    match value:
        case Decimal():
            return (value - SMALLEST_STEP, value, value + SMALLEST_STEP)
        case date():
            days = (value.toordinal() + step for step in (-1, 0, 1))
            return tuple(
                date.fromordinal(one) for one in days if date.min.toordinal() <= one <= date.max.toordinal()
            )
        case int():
            least = 1 if definition.label.endswith(INCLUDING_THIS_ONE) else 0
            # The least possible answer is an answer too, also when only larger ones are named.
            near = {value - 1, value, value + 1, least}
            return tuple(one for one in near if least <= one <= INTEGER_LIMIT)
        case _:
            raise TypeError(f"{definition.code}: {value!r} has no neighbours")
