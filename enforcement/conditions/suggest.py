"""Suggest a typed condition for a published clause, shown to the compiler and never applied by itself.

A suggestion is made only when the whole clause is understood; one word left over and there is none.
以上, 以下 and 以内 include the number, 不满, 不足 and 超过 do not (民法典第一千二百五十九条).
"""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from enforcement.conditions.chinese_numbers import NUMBER, read_number
from enforcement.conditions.tree import Compare, Condition, Operator, all_of, any_of
from enforcement.conditions.vocabulary import STANDARD, FactType
from enforcement.conditions.vocabulary.counting_windows import LONGEST_MONTHS, OFFENCES, CountingWindow
from enforcement.conditions.wordings import FIRST_WORDING, FIXED_WORDINGS

Match = re.Match[str]

_PATTERNS = tuple(
    (re.compile(pattern), Compare(code, op, value)) for pattern, code, op, value in FIXED_WORDINGS
)

# Names of quantities in clauses, and the unit words each may carry with their factor to the fact's own unit.
_DAYS: dict[str, Decimal | None] = {"日": Decimal(1), "天": Decimal(1), "个工作日": None}
_YUAN: dict[str, Decimal | None] = {
    "元": Decimal(100),
    "万元": Decimal(1_000_000),
    "亿元": Decimal(10_000_000_000),
}
_QUANTITIES: tuple[tuple[str, str, dict[str, Decimal | None]], ...] = (
    (r"(?:违法行为|违法)?持续(?:时间|天数)?", "duration_days", _DAYS),
    (r"逾期(?:天数|时间)?", "overdue_days", _DAYS),
    (r"违法所得(?:金额|数额)?", "illegal_gains", _YUAN),
    (r"(?:违法)?(?:涉案)?货值(?:金额)?", "goods_value", _YUAN),
    (r"(?:造成)?直接(?:经济)?损失", "direct_loss", _YUAN),
    (r"(?:建设)?项目总投资额?", "project_investment", _YUAN),
    (r"(?:违法|涉案|占地|占用)面积", "area_sqm", {"平方米": Decimal(1)}),
    (r"超标(?:排放的)?倍数", "exceed_multiple", {"倍": Decimal(1)}),
    (r"(?:违法时)?年龄", "age_at_act", {"周岁": Decimal(1), "岁": Decimal(1)}),
)
_BEFORE = {
    "不超过": Operator.LE,
    "未超过": Operator.LE,
    "不足": Operator.LT,
    "不满": Operator.LT,
    "少于": Operator.LT,
    "低于": Operator.LT,
    "超过": Operator.GT,
    "达到": Operator.GE,
    "不低于": Operator.GE,
    "": Operator.EQ,
    "为": Operator.EQ,
    "在": Operator.EQ,
}
_AFTER = {"以下": Operator.LE, "以内": Operator.LE, "以上": Operator.GE}
_BOUND = rf"(?P<before>{'|'.join(word for word in _BEFORE if word)})?(?P<number>{NUMBER})"
_TAIL = r"(?P<unit>亿元|万元|元|个工作日|日|天|平方米|倍|周岁|岁)(?P<after>以下|以内|以上)?(?:的)?"
_AGE = re.compile(
    rf"(?:当事人)?(?:违法时)?(?P<word>不满|未满|已满)(?P<number>{NUMBER})周?岁(?:的人|的未成年人)?(?:有违法行为)?"
)
_SPAN = rf"(?P<span>{NUMBER})(?P<unit>年|个月)"
_NTH = re.compile(rf"(?:(?:近|最近)?{_SPAN}内?)?(?:发生)?第(?P<number>{NUMBER})次(?:违法|发现|被发现)?")
_FIRST_WITHIN = re.compile(rf"(?:近|最近)?{_SPAN}(?:以)?内(?:{FIRST_WORDING})")
_AND = re.compile(r"[,;；，]|且|并且|并|同时")
_OR = re.compile(r"或者|或")


def suggest_from_text(clause: str) -> Condition | None:
    """The condition a published clause states, or None unless every part of it is understood."""
    text = _plain(clause)
    if not text:
        return None
    single = _single(text)
    if single is not None:
        return single
    # "甲，乙或丙" may group either way; only a person can tell.
    if _AND.search(text) and _OR.search(text):
        return None
    return _split(text, _AND, all_of) or _split(text, _OR, any_of)


def _plain(clause: str) -> str:
    text = unicodedata.normalize("NFKC", clause)
    text = re.sub(r"\s", "", text).replace("；", ";").rstrip("。.;,")
    return text.removesuffix("的")


def _split(text: str, separator: re.Pattern[str], join: Callable[..., Condition]) -> Condition | None:
    parts = [part.removesuffix("的") for part in separator.split(text) if part]
    if len(parts) < 2:
        return None
    conditions = [_single(part) for part in _completed(parts)]
    understood = [condition for condition in conditions if condition is not None]
    return join(*understood) if len(understood) == len(conditions) else None


def _completed(parts: list[str]) -> list[str]:
    """立即或期限内改正 says the verb once; a part that ends before it takes the verb of the last part."""
    verb = re.search(r"(改正|整改|纠正)$", parts[-1])
    if verb is None:
        return parts
    return [
        part + verb.group() if re.search(r"(立即|当场|及时|主动|自行|按期)$", part) else part
        for part in parts
    ]


def _single(text: str) -> Condition | None:
    for pattern, leaf in _PATTERNS:
        if pattern.fullmatch(text):
            return leaf
    return _age(text) or _nth_offence(text) or _first_within(text) or _quantity(text)


def _age(text: str) -> Condition | None:
    matched = _AGE.fullmatch(text)
    number = read_number(matched["number"]) if matched else None
    if matched is None or number is None or number != int(number):
        return None
    operator = Operator.GE if matched["word"] == "已满" else Operator.LT
    return Compare("age_at_act", operator, int(number))


def _nth_offence(text: str) -> Condition | None:
    matched = _NTH.fullmatch(text)
    number = read_number(matched["number"]) if matched else None
    if matched is None or number is None or number != int(number):
        return None
    return _counted_within(matched, int(number))


def _first_within(text: str) -> Condition | None:
    matched = _FIRST_WITHIN.fullmatch(text)
    return _counted_within(matched, 1) if matched is not None else None


def _counted_within(matched: Match, times: int) -> Condition | None:
    """So many times within the span a clause names; a span beyond the longest window is not understood."""
    if matched["span"] is None:
        return Compare(OFFENCES, Operator.EQ, times)
    number = read_number(matched["span"])
    months = number * (12 if matched["unit"] == "年" else 1) if number is not None else None
    if months is None or months != int(months) or not 1 <= months <= LONGEST_MONTHS:
        return None
    return Compare(CountingWindow(OFFENCES, int(months)).code, Operator.EQ, times)


def _quantity(text: str) -> Condition | None:
    for name, code, factors in _QUANTITIES:
        matched = re.fullmatch(rf"{name}{_BOUND}{_TAIL}", text)
        if matched is not None:
            return _bounded(code, matched, factors.get(matched["unit"]))
    return None


def _bounded(code: str, matched: Match, factor: Decimal | None) -> Condition | None:
    number = read_number(matched["number"])
    before, after = matched["before"] or "", matched["after"]
    # 超过20日以下 has two bounds for one number; nobody can say which is meant.
    unclear = before not in ("", "在", "达到") if after else before == "在"
    if number is None or factor is None or unclear:
        return None
    amount = number * factor
    operator = _AFTER[after] if after else _BEFORE[before]
    if STANDARD[code].type is FactType.DECIMAL:
        return Compare(code, operator, amount)
    return Compare(code, operator, int(amount)) if amount == int(amount) else None
