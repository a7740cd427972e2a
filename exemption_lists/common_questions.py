"""常见问题 of a public entry page: answered from what the entry says, each with the provision it rests on. Pure.

Our own words. Citations are references `{law, article, paragraph, item}`; their texts are read under 依据 of the law
pages. 行政处罚法 is that of 2021, 行政强制法 that of 2012, 行政复议法 that of 2024, 行政诉讼法 that of 2017.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from enforcement.conditions.vocabulary.counting_windows import OFFENCES, window_of
from exemption_lists.plain_questions import period_words

PENALTY_LAW: Final = "中华人民共和国行政处罚法"
COMPULSION_LAW: Final = "中华人民共和国行政强制法"
REVIEW_LAW: Final = "中华人民共和国行政复议法"
LITIGATION_LAW: Final = "中华人民共和国行政诉讼法"

Citation = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CommonQuestion:
    """A question, its answer in plain words, and the provisions behind it."""

    text: str
    answer: str
    citations: tuple[Citation, ...] = ()


def _cite(law: str, article: int, paragraph: int | None = None) -> Citation:
    return {"law": law, "article": article, "paragraph": paragraph, "item": None, "text": ""}


_MEANING = {
    "lighter": (
        "从轻处罚是什么意思？",
        "在法律规定的种类和幅度以内，按较轻的处罚。罚款的，不会低于法定的最低数额。",
        _cite(PENALTY_LAW, 32),
    ),
    "mitigated": (
        "减轻处罚是什么意思？",
        "低于法律规定的最低限度处罚。罚款的，可以少于法定的最低数额。",
        _cite(PENALTY_LAW, 32),
    ),
    "no_compulsion": (
        "免予行政强制，是不是就不罚了？",
        "不是。这一条只说不采取查封、扣押等强制措施。罚不罚，另看有关处罚的条目。",
        _cite(COMPULSION_LAW, 16, 2),
    ),
}
_MUST_RESTS_ON = {
    "no_penalty": _cite(PENALTY_LAW, 33, 1),
    "lighter": _cite(PENALTY_LAW, 32),
    "mitigated": _cite(PENALTY_LAW, 32),
}


def common_questions(
    *, kind: str, mandate: str, codes: Collection[str], condition_texts: Collection[str], has_exclusions: bool
) -> tuple[CommonQuestion, ...]:
    """The questions that make sense for an entry with these facts, in the order people ask them."""
    return tuple(_questions(kind, mandate, codes, condition_texts, has_exclusions))


def _questions(
    kind: str, mandate: str, codes: Collection[str], condition_texts: Collection[str], has_exclusions: bool
) -> Iterator[CommonQuestion]:
    if kind in _MEANING:
        text, answer, citation = _MEANING[kind]
        yield CommonQuestion(text, answer, (citation,))
    yield _mandate_question(kind, mandate)
    if kind == "no_penalty":
        yield CommonQuestion(
            "不予处罚，是不是什么都不用做？",
            "不是。违法的事仍要改正，执法机关还要进行教育。",
            (_cite(PENALTY_LAW, 28, 1), _cite(PENALTY_LAW, 33, 3)),
        )
    windows = [window for code in codes if (window := window_of(code)) and window.counted == OFFENCES]
    if windows:
        yield CommonQuestion(
            "怎样算初次？",
            f"{period_words(windows[0])}，同样的事没有被查实过，这一次就是初次。查实过、没有罚的，也算一次。",
            (_cite(PENALTY_LAW, 33, 1),),
        )
    if any(code.startswith("corrected") for code in codes) or any("改正" in text for text in condition_texts):
        yield CommonQuestion(
            "没有按要求改正，会怎样？",
            "改正是这一条的条件。没有改正的，不能按这一条处理，由执法机关依法处罚。",
            (_cite(PENALTY_LAW, 28, 1),),
        )
    if has_exclusions:
        yield CommonQuestion(
            "条件都符合，又有“不适用”的情形，怎么办？",
            "不能按这一条处理。还有别的从轻、减轻情形的，可以向执法机关提出。",
            (_cite(PENALTY_LAW, 32),),
        )
    yield CommonQuestion(
        "执法人员没有适用这一条，怎么办？",
        "处罚决定作出前，您可以陈述和申辩，请执法机关说明理由；不会因为申辩罚得更重。"
        "已经作出决定的，可以自知道之日起 60 日内申请行政复议，或者 6 个月内向法院起诉；法律另有规定的，按规定。",
        (
            _cite(PENALTY_LAW, 44),
            _cite(PENALTY_LAW, 45),
            _cite(REVIEW_LAW, 20, 1),
            _cite(LITIGATION_LAW, 46, 1),
        ),
    )


def _mandate_question(kind: str, mandate: str) -> CommonQuestion:
    if mandate == "must":
        return CommonQuestion(
            "“应当”是什么意思？",
            "条件都符合的，执法机关必须这样处理，没有选择的余地。",
            (_MUST_RESTS_ON[kind],) if kind in _MUST_RESTS_ON else (),
        )
    return CommonQuestion(
        "“可以”是什么意思？",
        "条件都符合的，执法机关可以这样处理，要结合事实、情节和危害程度决定。不这样处理的，您可以请执法机关说明理由。",
        (_cite(PENALTY_LAW, 5, 2), _cite(PENALTY_LAW, 45)),
    )
