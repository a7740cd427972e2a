"""A condition cell: its lead-in (同时满足 / 之一, 不予 / 可以不予) and its numbered clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .drafts import ConditionLogic, DraftKind, DraftMandate
from .wording import kind_named, mandate_named

_CHINESE = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PARENTHESISED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
# A marker stands at the beginning of a line or behind a closing mark; “第（一）项” and “0.1倍” are none.
_MARKER = re.compile(
    r"(?:(?<=^)|(?<=[\n：:；;。，,]))[ \t　]*(?:"
    r"[（(]\s*(?P<round>\d{1,2})\s*[）)](?!项)[、.．]?|"
    rf"[（(]\s*(?P<chinese_round>[{_CHINESE}]{{1,3}})\s*[）)](?!项)[、.．]?|"
    r"(?P<plain>\d{1,2})(?:[.．](?!\d)|、|[）)])|"
    rf"(?P<chinese>[{_CHINESE}]{{1,3}})、)[ \t　]*"
    rf"|(?P<circled>[{_CIRCLED}])\s*|(?P<digit_round>[{_PARENTHESISED}])\s*"
)
_RUN_ON_MARKER = re.compile(r"(?<!第)[（(]\s*(?P<round>\d{1,2})\s*[）)](?!项)")
_ALL_WORDS = re.compile(
    r"同时(?:满足|符合|具备|具有)|(?:均|全部|都)(?:满足|符合)|以下(?:全部|所有)(?:条件|情形)"
)
_ANY_WORDS = re.compile(r"之一|任一|任意一|其一|其中一")
_OUTCOME = (
    r"(?:依法|应当|可以|可|予以|给予|作出|且|的)*"
    r"(?:不予|免予|免于|从轻|减轻|不|免)(?:实施|采取)?(?:行政)?(?:处罚|罚款|强制(?:措施)?)?(?:决定)?"
)
_STANDARD_LEAD_IN = re.compile(
    r"^(?:当事人|违法行为|经营者|单位|个人)?(?:同时|均|全部)?(?:有|满足|符合|具有|具备|存在|属于)?"
    r"(?:以下|下列|如下|下述)?(?:全部|所有)?(?:各项|几种|\w{1,2}种)?(?:情形|条件|情节|要求|情况)?(?:之一|任一|任意一项)?(?:的|时|且)?"
    rf"[，,、：:]*(?:{_OUTCOME})?(?:的)?[：:，,。]*$"
)
_LEAD_IN_START = re.compile(
    r"^(?:同时|有|满足|符合|具有|具备|存在|属于)?(?:满足|符合|具备|具有)?(?:以下|下列|如下|下述)"
)


@dataclass(frozen=True, slots=True)
class ConditionWording:
    """`extra`: what the lead-in says beyond the standard phrase; `logic_stated`: not merely assumed."""

    clauses: tuple[str, ...]
    logic: ConditionLogic
    logic_stated: bool
    mandate: DraftMandate | None
    kind: DraftKind | None
    lead_in: str
    extra: str


def read_condition(text: str) -> ConditionWording:
    """Split one cell. Without numbered clauses the whole text (behind a standard lead-in) is one clause."""
    starts = _clause_starts(text)
    if starts:
        lead_in = text[: starts[0][0]].strip()
        ends = [start for start, _ in starts[1:]] + [len(text)]
        clauses = tuple(_clean(text[begin:end]) for (_, begin), end in zip(starts, ends, strict=True))
    else:
        lead_in, rest = _split_unnumbered(text)
        clauses = (_clean(rest),) if _clean(rest) else ()
    stated = _logic_of(lead_in)
    return ConditionWording(
        clauses=tuple(clause for clause in clauses if clause),
        logic=stated or ConditionLogic.ALL,
        logic_stated=stated is not None,
        mandate=mandate_named(lead_in) if lead_in else None,
        kind=kind_named(lead_in) if lead_in else None,
        lead_in=lead_in,
        extra="" if _STANDARD_LEAD_IN.match(re.sub(r"\s", "", lead_in)) else lead_in,
    )


def starts_with_lead_in(text: str) -> bool:
    """Whether a condition begins here, rather than being continued from the page before."""
    starts = _clause_starts(text)
    return bool(_LEAD_IN_START.match(text)) or bool(starts and starts[0][0] == 0)


def first_marker_number(text: str) -> int | None:
    """The number with which the text begins, if it begins with a clause marker at all."""
    found = _MARKER.match(text)
    return _number(found) if found else None


def lead_in_for(kind: DraftKind, mandate: DraftMandate, logic: ConditionLogic) -> str:
    """The lead-in a download prints; `read_condition` understands it."""
    how = "同时满足下列情形的" if logic is ConditionLogic.ALL else "有下列情形之一的"
    return f"{how}，{'可以' if mandate is DraftMandate.MAY else '应当'}{kind.label}："


def read_items(text: str) -> tuple[str, ...]:
    """The items of a cell that lists things: numbered, or one per line."""
    starts = _clause_starts(text)
    if len(starts) > 0 and starts[0][0] == 0:
        ends = [start for start, _ in starts[1:]] + [len(text)]
        items = [text[begin:end] for (_, begin), end in zip(starts, ends, strict=True)]
    else:
        items = text.split("\n")
    return tuple(item for item in map(_clean, items) if item)


def print_items(items: tuple[str, ...]) -> str:
    """The cell of a download for several items; `read_items` gives them back."""
    return "\n".join(f"（{number}）{item}；" for number, item in enumerate(items, start=1))


def print_condition(
    clauses: tuple[str, ...], *, kind: DraftKind, mandate: DraftMandate, logic: ConditionLogic
) -> str:
    """The cell of a download: lead-in and one numbered line per clause. Empty without clauses."""
    if not clauses:
        return ""
    # The closing mark is what the reader takes away, so a clause that ends in one keeps its own.
    return f"{lead_in_for(kind, mandate, logic)}\n{print_items(clauses)}"


def _clause_starts(text: str) -> list[tuple[int, int]]:
    """(start of the marker, start of the clause) for the first run 1, 2, 3 … in one style of numbering."""
    strict = _run(list(_MARKER.finditer(text)))
    # “（1）甲（2）乙” without any mark between counts only when the strict reading sees no second.
    return strict if len(strict) > 1 else max(strict, _run(list(_RUN_ON_MARKER.finditer(text))), key=len)


def _run(found: list[re.Match[str]]) -> list[tuple[int, int]]:
    for first in found:
        if _number(first) != 1:
            continue
        style, run = first.lastgroup, [first]
        for later in found:
            if (
                later.start() > run[-1].start()
                and later.lastgroup == style
                and _number(later) == len(run) + 1
            ):
                run.append(later)
        return [(marker.start(), marker.end()) for marker in run]
    return []


def _number(marker: re.Match[str]) -> int:
    style, printed = marker.lastgroup or "", marker.group(marker.lastgroup or 0)
    if style == "circled":
        return _CIRCLED.index(printed) + 1
    if style == "digit_round":
        return _PARENTHESISED.index(printed) + 1
    if style in {"round", "plain"}:
        return int(printed)
    tens, _, ones = printed.rpartition("十")
    if "十" not in printed:
        return _CHINESE.index(printed) + 1 if len(printed) == 1 else 0
    return (_CHINESE.index(tens) + 1 if tens else 1) * 10 + (_CHINESE.index(ones) + 1 if ones else 0)


def _split_unnumbered(text: str) -> tuple[str, str]:
    head, mark, rest = text.partition("：")
    if mark and rest.strip() and _STANDARD_LEAD_IN.match(re.sub(r"\s", "", head)):
        return head + mark, rest
    return "", text


def _logic_of(lead_in: str) -> ConditionLogic | None:
    if _ALL_WORDS.search(lead_in):
        return ConditionLogic.ALL
    return ConditionLogic.ANY if _ANY_WORDS.search(lead_in) else None


def _clean(clause: str) -> str:
    """Without outer blanks and without one closing mark; inner line breaks stay."""
    clause = clause.strip()
    return clause[:-1].rstrip() if clause.endswith(("；", ";", "。")) else clause
