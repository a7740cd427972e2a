"""Lists of cases: the officer's views, searched and paged by key, and the to-do list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from cases.deadlines import BEFORE_DECISION, DueDay
from cases.models import Case, CaseStatus
from cases.models.case import CaseQuerySet
from cases.selectors.version_changes import notices_by_case
from cases.statuses import ENDED
from cases.workflow import acting_roles
from enforcement.actors import Actor, Role
from enforcement.models import RuleVersion
from enforcement.selectors.parties import parties_with_identifier

PAGE_SIZE = 50
SOON_DAYS = 7
TODO_LIMIT = 200


class SavedView(StrEnum):
    """Saved views of the list."""

    MINE = "mine"
    SHARED = "shared"
    REVIEW = "review"
    SOON = "soon"
    ENDED = "ended"
    ALL = "all"

    @property
    def label(self) -> str:
        return _VIEW_LABELS[self]


_VIEW_LABELS = {
    SavedView.MINE: "我承办的",
    SavedView.SHARED: "我协办的",
    SavedView.REVIEW: "待我审核",
    SavedView.SOON: "将到期",
    SavedView.ENDED: "已结案",
    SavedView.ALL: "全部",
}


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of cases; `next_cursor` is empty on the last one."""

    cases: Sequence[Case]
    next_cursor: str


def list_cases(*, actor: Actor, view: SavedView, query: str, cursor: str, today: dt.date) -> CasePage:
    """Newest first, 50 a page; `query` is part of a number, name or violation, or a whole identifier.

    A broken cursor gives the first page.
    """
    rows = in_view(Case.objects.readable_by(actor, on=today), actor, view, today).select_related("decision")
    if query.strip():
        words = query.strip()
        rows = rows.filter(
            Q(number__icontains=words)
            | Q(party__name__icontains=words)
            | Q(violation__name__icontains=words)
            | Q(party__in=parties_with_identifier(words))
        )
    position = _read_cursor(cursor)
    if position is not None:
        day, key = position
        rows = rows.filter(Q(opened_on__lt=day) | Q(opened_on=day, pk__lt=key))
    found = list(rows.for_reading().order_by("-opened_on", "-id")[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    more = len(found) > PAGE_SIZE
    return CasePage(page, f"{page[-1].opened_on.isoformat()}_{page[-1].pk}" if more else "")


def in_view(rows: CaseQuerySet, actor: Actor, view: SavedView, today: dt.date) -> CaseQuerySet:
    """Narrow visible cases to one view."""
    if view is SavedView.MINE:
        return rows.filter(handlers=actor.officer_id).exclude(status__in=ENDED)
    if view is SavedView.SHARED:
        return rows.filter(pk__in=Case.objects.shared_with(actor, on=today).values("pk"))
    if view is SavedView.REVIEW:
        own = Case.objects.visible_to(actor, roles=frozenset({Role.APPROVER})).values("pk")
        return rows.filter(status=CaseStatus.APPROVAL, pk__in=own).exclude(handlers=actor.officer_id)
    if view is SavedView.SOON:
        return rows.decision_due_by(today + dt.timedelta(days=SOON_DAYS)).filter(status__in=BEFORE_DECISION)
    if view is SavedView.ENDED:
        return rows.filter(status__in=ENDED)
    return rows


def _read_cursor(cursor: str) -> tuple[dt.date, int] | None:
    day, _, key = cursor.partition("_")
    try:
        return dt.date.fromisoformat(day), int(key)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class TodoRow:
    """One line of the to-do list: the act first, then who and which case."""

    case: Case
    act: str
    due: DueDay | None
    is_own: bool
    waiting_for: str
    news: str = ""

    @property
    def step(self) -> str:
        """The page where the act is done: the part of its address after the case."""
        return STEP_PAGES.get(CaseStatus(self.case.status), "")


@dataclass(frozen=True, slots=True)
class TodoGroup:
    """Rows that are due in the same span."""

    key: str
    title: str
    rows: tuple[TodoRow, ...]


STEP_PAGES = {
    CaseStatus.APPROVAL: "review",
    CaseStatus.NOTICE: "statement",
    CaseStatus.DECISION: "issue",
    CaseStatus.DELIVERY: "deliver",
    CaseStatus.EXECUTION: "close",
}
ACT_WORDS = {
    CaseStatus.INVESTIGATION: "查明事实，提出处理建议",
    CaseStatus.APPROVAL: "审批处理建议",
    CaseStatus.NOTICE: "告知并听取陈述申辩",
    CaseStatus.DECISION: "签发决定书",
    CaseStatus.DELIVERY: "送达决定书",
    CaseStatus.EXECUTION: "核对执行，结案",
}


@dataclass(frozen=True, slots=True)
class TodoList:
    """`is_cut`: more cases wait than the longest waiting `TODO_LIMIT`, which are shown."""

    groups: tuple[TodoGroup, ...]
    is_cut: bool

    @property
    def own_count(self) -> int:
        return sum(len(group.rows) for group in self.groups if group.key != "others")


def todo_list(*, actor: Actor, today: dt.date) -> TodoList:
    """Open cases the actor handles or must approve, by when they are due; those waiting for others last."""
    approving = Case.objects.visible_to(actor, roles=frozenset({Role.APPROVER})).values("pk")
    theirs = Q(status=CaseStatus.APPROVAL, pk__in=approving)
    mine = (
        Q(pk__in=Case.objects.filter(handlers=actor.officer_id).values("pk"))
        if actor.officer_id
        else Q(pk__in=[])
    )
    cases = (
        Case.objects.readable_by(actor, on=today)
        .open()
        .filter(mine | theirs)
        .select_related("decision")
        .for_reading()
        .order_by("opened_on", "id")[: TODO_LIMIT + 1]
    )
    found = list(cases)
    told = notices_by_case(found[:TODO_LIMIT])
    rows = sorted(
        (_todo_row(case, actor, today, told.get(case.pk, [])) for case in found[:TODO_LIMIT]), key=_urgency
    )
    own = [row for row in rows if row.is_own]
    groups = (
        TodoGroup("overdue", "已逾期", tuple(row for row in own if _days(row) < 0)),
        TodoGroup("today", "今天到期", tuple(row for row in own if _days(row) == 0)),
        TodoGroup("week", "7 天内", tuple(row for row in own if 0 < _days(row) <= SOON_DAYS)),
        TodoGroup("later", "以后", tuple(row for row in own if _days(row) > SOON_DAYS)),
        TodoGroup("others", "待他人", tuple(row for row in rows if not row.is_own)),
    )
    return TodoList(tuple(group for group in groups if group.rows), is_cut=len(found) > TODO_LIMIT)


def _urgency(row: TodoRow) -> tuple[bool, int]:
    """Soonest due first; rows without a due day keep their order after those."""
    return row.due is None, _days(row)


def _days(row: TodoRow) -> int:
    """Calendar days, whatever the due day itself counts in: the groups are spans of the calendar."""
    return row.due.calendar_days_left if row.due is not None else SOON_DAYS + 1


def _todo_row(case: Case, actor: Actor, today: dt.date, newer: Sequence[RuleVersion]) -> TodoRow:
    is_handler = any(handler.pk == actor.officer_id for handler in case.handlers.all())
    roles = acting_roles(case.status)
    is_own = is_handler if case.status != CaseStatus.APPROVAL else not is_handler
    waiting = "" if is_own else ("负责人审批" if Role.APPROVER in roles else "承办人")
    news = "、".join(f"《{one.document.title}》第 {one.number} 版" for one in newer)
    told = f"适用的规则有新版：{news}" if news else ""
    return TodoRow(case, ACT_WORDS[CaseStatus(case.status)], case.due_day(today), is_own, waiting, told)
