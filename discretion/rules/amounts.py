"""What one component of a tier or a statute comes to, in fen, with the arithmetic in words.

A missing base is a named need, never a guess. Products are rounded half-up to the fen (四舍五入到分).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeGuard

from discretion.rules.money import HUNDRED, number_text, round_fen, yuan_text
from discretion.rules.schema import Basis, Component
from enforcement.conditions.evaluate import Facts, Truth, evaluate, open_facts
from enforcement.conditions.tree import FactValue
from enforcement.conditions.vocabulary import Vocabulary

ROUNDING_NOTE = "金额四舍五入到分"


@dataclass(frozen=True, slots=True)
class Need:
    """A fact that must be established before the amount is known."""

    fact: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class AmountRange:
    """A lawful range for one subject, in fen. Without a printed minimum `min_fen` is 0 and not inclusive."""

    subject: str
    min_fen: int
    max_fen: int
    min_inclusive: bool = True
    max_inclusive: bool = True
    steps: tuple[str, ...] = ()

    @property
    def is_fixed(self) -> bool:
        return self.min_fen == self.max_fen

    def contains(self, fen: int) -> bool:
        """Whether `fen` lies in the range, the printed inclusion of both ends respected."""
        above = fen > self.min_fen or (self.min_inclusive and fen == self.min_fen)
        below = fen < self.max_fen or (self.max_inclusive and fen == self.max_fen)
        return above and below

    @property
    def text(self) -> str:
        """The range in words: `10,000元以上50,000元以下（不含上限）`."""
        if self.is_fixed:
            return yuan_text(self.max_fen)
        upper = f"{yuan_text(self.max_fen)}以下"
        excluded = "" if self.max_inclusive else "（不含本数）"
        if self.min_fen == 0 and not self.min_inclusive:
            return upper + excluded
        lower = f"{yuan_text(self.min_fen)}以上{'' if self.min_inclusive else '（不含本数）'}"
        return f"{lower}{upper}{excluded}"


@dataclass(frozen=True, slots=True)
class AmountOutcome:
    """The ranges that could be computed and what is missing for the others."""

    ranges: tuple[AmountRange, ...] = ()
    needs: tuple[Need, ...] = ()


def need_for(code: str, vocabulary: Vocabulary, reason: str) -> Need:
    """A need in the words of the vocabulary."""
    return Need(code, vocabulary[code].label if code in vocabulary else code, reason)


def component_ranges(components: Iterable[Component], facts: Facts, vocabulary: Vocabulary) -> AmountOutcome:
    """Every component that applies, each on its own (cumulative by subject, exclusive by `applies_when`)."""
    ranges: list[AmountRange] = []
    needs: list[Need] = []
    for component in components:
        missing = applicability_needs(component, facts, vocabulary)
        if missing is None:
            continue
        computed = component_range(component, facts, vocabulary) if not missing else None
        if isinstance(computed, AmountRange):
            ranges.append(computed)
        needs.extend([computed] if isinstance(computed, Need) else missing)
    return AmountOutcome(tuple(ranges), distinct_needs(needs))


def applicability_needs(component: Component, facts: Facts, vocabulary: Vocabulary) -> list[Need] | None:
    """None when the component does not apply; otherwise the facts still needed to say that it does."""
    if component.applies_when is None:
        return []
    explanation = evaluate(component.applies_when, facts, vocabulary)
    if explanation.truth is Truth.FALSE:
        return None
    return [need_for(code, vocabulary, "决定适用哪一项罚款") for code in open_facts(explanation)]


def component_range(component: Component, facts: Facts, vocabulary: Vocabulary) -> AmountRange | Need:
    """The range of one component, or the one fact it lacks."""
    if component.basis is Basis.FIXED:
        low, high = component.minimum or 0, component.maximum
        return _finished(component, Decimal(low), Decimal(high), ())
    base = facts.get(component.base)
    if not is_quantity(base):
        return need_for(component.base, vocabulary, "计算罚款的基数或者数量")
    quantity, steps = _base_with_floor(component, Decimal(base), vocabulary)
    divisor = HUNDRED if component.basis is Basis.PERCENT else Decimal(1)
    low, high = (
        Decimal(figure) * quantity / divisor for figure in (component.minimum or 0, component.maximum)
    )
    return _finished(component, low, high, (*steps, _product_step(component, quantity, vocabulary)))


def is_quantity(value: FactValue | None) -> TypeGuard[int | Decimal]:
    """Whether a fact's value can be multiplied: a number that is not negative."""
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool) and value >= 0


def _base_with_floor(
    component: Component, base: Decimal, vocabulary: Vocabulary
) -> tuple[Decimal, tuple[str, ...]]:
    floor = component.deemed_base
    if floor is None or base >= floor:
        return base, ()
    label = vocabulary[component.base].label
    return Decimal(floor), (f"{label}{yuan_text(int(base))}不足{yuan_text(floor)}，按{yuan_text(floor)}计算",)


def _product_step(component: Component, quantity: Decimal, vocabulary: Vocabulary) -> str:
    definition = vocabulary[component.base]
    if component.basis in (Basis.MULTIPLE, Basis.PERCENT):
        figure = _figures(component, "%" if component.basis is Basis.PERCENT else "倍", number_text)
        return f"{definition.label}{yuan_text(round_fen(quantity))}×{figure}"
    figure = _figures(component, "", lambda fen: yuan_text(int(fen)))
    per = "每日" if component.basis is Basis.PER_DAY else "每一单位"
    return f"{definition.label}{number_text(quantity)}{definition.unit}×{per}{figure}"


def _figures(component: Component, unit: str, write: Callable[[int | Decimal], str]) -> str:
    high = f"{write(component.maximum)}{unit}"
    if component.minimum is None:
        return f"（{high}以下）"
    if component.minimum == component.maximum:
        return high
    return f"（{write(component.minimum)}{unit}至{high}）"


def _finished(component: Component, low: Decimal, high: Decimal, steps: tuple[str, ...]) -> AmountRange:
    stated = component.minimum is not None
    result = AmountRange(
        subject=component.subject,
        min_fen=round_fen(low),
        max_fen=round_fen(high),
        min_inclusive=component.min_inclusive and stated,
        max_inclusive=component.max_inclusive,
        steps=steps,
    )
    if component.cap is not None and result.max_fen > component.cap:
        result = capped(result, component.cap, f"超过最高限额，按{yuan_text(component.cap)}封顶")
    return replace(result, steps=(*result.steps, f"得{result.text}"))


def capped(amount: AmountRange, cap: int, reason: str) -> AmountRange:
    """The part of `amount` not above `cap` fen, which is itself allowed; `reason` is added to the steps."""
    if amount.max_fen <= cap:
        return amount
    low = min(amount.min_fen, cap)
    return replace(
        amount,
        min_fen=low,
        max_fen=cap,
        min_inclusive=amount.min_inclusive or low == cap,
        max_inclusive=True,
        steps=(*amount.steps, reason),
    )


def distinct_needs(needs: Iterable[Need]) -> tuple[Need, ...]:
    """Each missing fact once, in order of first mention."""
    return tuple({need.fact: need for need in reversed(list(needs))}.values())[::-1]
