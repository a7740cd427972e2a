"""The stage rail: eight stages in the order of the law, each done, current, still to come, or closed with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from cases.statuses import CaseStatus, Outcome

# Stage name, the status that means “in this stage”, what stands below it while it lies ahead.
STAGES: tuple[tuple[str, CaseStatus | None, str], ...] = (
    ("立案", None, ""),
    ("调查取证", CaseStatus.INVESTIGATION, ""),
    ("审核", CaseStatus.APPROVAL, "须先完成调查"),
    ("告知", CaseStatus.NOTICE, "须先通过审核"),
    ("决定", CaseStatus.DECISION, "须先听取意见"),
    ("送达", CaseStatus.DELIVERY, "作出后七个工作日内"),
    ("执行", CaseStatus.EXECUTION, "视决定内容"),
    ("归档", CaseStatus.CLOSED, "执行完毕后"),
)
SKIPPED_WITHOUT_PENALTY = {
    CaseStatus.NOTICE: "不予处罚，无需告知",
    CaseStatus.EXECUTION: "不予处罚，无需执行",
}
_ORDER = [status for _, status, _ in STAGES]


@dataclass(frozen=True, slots=True)
class StageView:
    """One mark on the rail."""

    name: str
    note: str
    state: str
    url: str = ""


def stage_rail(
    *, status: str, outcome: str | None, opened_on: dt.date, left_on: Mapping[str, dt.date]
) -> tuple[StageView, ...]:
    """`outcome` is that of the proposal under way, None before there is one; `left_on` the day each stage ended."""
    return tuple(
        _stage(name, stage, ahead, status=status, outcome=outcome, opened_on=opened_on, left_on=left_on)
        for name, stage, ahead in STAGES
    )


def _stage(
    name: str,
    stage: CaseStatus | None,
    ahead: str,
    *,
    status: str,
    outcome: str | None,
    opened_on: dt.date,
    left_on: Mapping[str, dt.date],
) -> StageView:
    if stage is None:
        return StageView(name, _day(opened_on), "done")
    if status == CaseStatus.WITHDRAWN:
        if stage == CaseStatus.INVESTIGATION:
            return StageView(name, "已撤案", "done")
        return StageView(name, "已撤案", "closed")
    if outcome == Outcome.NO_PENALTY and stage in SKIPPED_WITHOUT_PENALTY:
        return StageView(name, SKIPPED_WITHOUT_PENALTY[stage], "closed")
    if stage == status:
        ended = stage == CaseStatus.CLOSED
        return StageView(name, "已结案" if ended else "进行中", "done" if ended else "current")
    if _ORDER.index(stage) < _ORDER.index(CaseStatus(status)):
        day = left_on.get(stage)
        return StageView(name, _day(day) if day else "", "done")
    return StageView(name, ahead, "todo")


def _day(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"
