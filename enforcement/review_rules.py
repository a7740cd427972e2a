"""When legal review may agree to a version as a whole, given its opinions on single entries. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Where an entry stands in review. The code names the reason, `label` is what people read."""

    UNSEEN = "unseen"
    AGREED = "agreed"
    CHANGED_SINCE = "changed_since"
    OPEN = "open"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Standing.UNSEEN: "没有意见",
    Standing.AGREED: "同意",
    Standing.CHANGED_SINCE: "提出意见后已修改",
    Standing.OPEN: "意见待处理",
    Standing.DECLINED: "起草人不采纳",
}


@dataclass(frozen=True, slots=True)
class LatestOpinion:
    """The newest opinion on an entry: what was read, what was said, and whether the drafter declined it with reasons."""

    serial: str
    verdict: str
    digest: str
    declined: bool


def standing_of(opinion: LatestOpinion | None, digest: str | None) -> Standing:
    """`digest` is that of the entry as it stands now, None when it is gone. An agreement holds for what was read."""
    if opinion is None:
        return Standing.UNSEEN
    if opinion.digest != digest:
        return Standing.CHANGED_SINCE
    if opinion.verdict == "agree":
        return Standing.AGREED
    return Standing.DECLINED if opinion.declined else Standing.OPEN


def hindrances(opinions: Mapping[str, LatestOpinion], digests: Mapping[str, str]) -> list[str]:
    """What stands against agreeing to the whole, in Chinese; empty when nothing does.

    An entry the reviewer disagreed with hinders while it stands as it was, whatever was answered: the reviewer looks
    again and says otherwise, or it changes. A wish for a change hinders until the entry changed, or the drafter gave reasons for keeping it.
    """
    problems = []
    for slug, opinion in opinions.items():
        found = standing_of(opinion, digests.get(slug))
        if found in {Standing.OPEN, Standing.DECLINED} and opinion.verdict == "disagree":
            problems.append(f"第 {opinion.serial} 条的意见是“不同意”，内容还没有改，不能整体同意。")
        elif found is Standing.OPEN:
            problems.append(f"第 {opinion.serial} 条的修改意见还没有处理，不能整体同意。")
    return problems


def unsound(choices: Iterable[tuple[str, str, str]]) -> list[str]:
    """Problems of what a reviewer chose: (serial, verdict, text)."""
    return [
        f"第 {serial} 条：写明{'要怎样修改' if verdict == 'change' else '不同意的理由'}。"
        for serial, verdict, text in choices
        if verdict in {"change", "disagree"} and not text.strip()
    ]
