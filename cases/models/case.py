"""案件 and its events. `status` is a cache of the last event; only `cases.services.advance_case` assigns it."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from cases.deadlines import DueDay, decision_deadline, latest_filing_due_by, next_due, provisional_note
from cases.statuses import OPEN_LEVELS, CaseStatus, Confidentiality
from enforcement.actors import CASE_ROLES, Actor, Role
from enforcement.models import Agency, Officer, Party, Violation
from enforcement.scoping import Scoped, ScopedQuerySet, pattern_index
from enforcement.seed.work_calendar import read_work_calendar

READING_ROLES = CASE_ROLES | {Role.SUPERVISOR}
DECIDING_ROLES = frozenset({Role.APPROVER, Role.LEGAL_REVIEWER})


class CaseSource(models.TextChoices):
    INSPECTION = "inspection", "检查发现"
    COMPLAINT = "complaint", "投诉举报"
    TRANSFER = "transfer", "其他机关移送"
    ASSIGNMENT = "assignment", "上级交办"


class CaseQuerySet(ScopedQuerySet):
    def open(self) -> CaseQuerySet:
        return self.exclude(status__in=[CaseStatus.CLOSED, CaseStatus.WITHDRAWN])

    def decision_due_by(self, day: dt.date) -> CaseQuerySet:
        """Those whose decision was or is due on `day` or before, whether it has been made or not."""
        return self.filter(opened_on__lte=latest_filing_due_by(day, read_work_calendar()))

    def for_reading(self) -> CaseQuerySet:
        """With everything a list row or a case page names."""
        return self.select_related("agency", "violation", "party").prefetch_related("handlers", "events")

    def with_decision(self) -> CaseQuerySet:
        """With the decision, where there is one, and what the page of one case shows."""
        return (
            self.for_reading()
            .select_related("decision")
            .prefetch_related("handlers__certificates__suspensions", "recusals", "shares__agency")
        )

    def visible_to(self, actor: Actor, *, roles: frozenset[Role] | None = None) -> Self:
        """Cases inside the actor's grants whose confidentiality level lets the actor read them."""
        return self.filter(self.reach_of(actor, roles=roles) & self.within_level(actor))

    def workable_by(self, actor: Actor) -> Self:
        """Cases of the actor's own scope: those the actor handles, approves, reviews or supervises."""
        return self.visible_to(actor, roles=READING_ROLES)

    def readable_by(self, actor: Actor, *, on: dt.date) -> Self:
        """Those, and the cases that another agency shares with the actor's on that day."""
        own = self.reach_of(actor, roles=READING_ROLES)
        return self.filter((own | self._shared(actor, on)) & self.within_level(actor))

    def shared_with(self, actor: Actor, *, on: dt.date) -> Self:
        """Cases of other agencies that are shared with the actor's on that day."""
        return self.filter(self._shared(actor, on) & self.within_level(actor))

    def _shared(self, actor: Actor, on: dt.date) -> Q:
        if actor.agency_id is None or not actor.roles & CASE_ROLES:
            return Q(pk__in=[])
        shared = self.model._default_manager.filter(
            shares__agency=actor.agency_id,
            shares__starts_on__lte=on,
            shares__ends_on__gte=on,
            shares__withdrawn_on__isnull=True,
        )
        return Q(pk__in=shared.values("pk"))

    def within_level(self, actor: Actor) -> Q:
        """公开 and 内部 for everybody in scope; 敏感 and 商业秘密 for the handlers, for those who approve and review
        there, and for whoever has a recorded clearance for the case.
        """
        return Q(confidentiality__in=OPEN_LEVELS) | self._cleared(actor)

    def cleared_for(self, actor: Actor) -> Self:
        """Of these cases, the ones whose sensitive parts the actor may read."""
        return self.filter(self._cleared(actor))

    def _cleared(self, actor: Actor) -> Q:
        if actor.is_system:
            return Q()
        allowed = Q(pk__in=[])
        rows = self.model._default_manager
        if actor.officer_id is not None:
            allowed |= Q(pk__in=rows.filter(handlers=actor.officer_id).values("pk"))
        if actor.account_id is not None:
            cleared = rows.filter(clearances__account=actor.account_id, clearances__withdrawn_on__isnull=True)
            allowed |= Q(pk__in=cleared.values("pk"))
        return allowed | self.reach_of(actor, roles=DECIDING_ROLES)


class Case(Scoped):
    """One case against one party for one violation.

    `facts` maps a fact code to `{"value", "source", "note", "by", "at"}`; values are in the JSON form of
    `enforcement.conditions.facts` (money in fen). `evidence` lists the pieces by name. `act_date` is the day the unlawful act ended: it decides which
    list and which law apply (行政处罚法 第三十六条、第三十七条).
    """

    number = models.CharField("案号", max_length=60, unique=True)
    operation_id = models.UUIDField("操作标识", unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cases")
    # As it was called when the case was filed; the agency may be renamed, merged, or hand the case over.
    agency_name = models.CharField("立案机关", max_length=80, blank=True)
    violation = models.ForeignKey(Violation, on_delete=models.PROTECT, related_name="cases")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="cases")
    handlers = models.ManyToManyField(Officer, related_name="cases")
    source = models.CharField("案件来源", max_length=12, choices=CaseSource)
    place = models.CharField("违法行为地", max_length=200, blank=True)
    narrative = models.TextField("违法事实", blank=True)
    evidence = models.JSONField("证据", default=list, blank=True)
    act_date = models.DateField("违法行为发生日期")
    found_on = models.DateField("发现日期")
    opened_on = models.DateField("立案日期")
    closed_on = models.DateField("结案日期", null=True, blank=True)
    status = models.CharField("阶段", max_length=16, choices=CaseStatus, default=CaseStatus.INVESTIGATION)
    facts = models.JSONField("事实", default=dict, blank=True)
    confidentiality = models.CharField(
        "保密级别", max_length=12, choices=Confidentiality, default=Confidentiality.INTERNAL
    )
    lock_version = models.PositiveIntegerField("编辑版本", default=1)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-opened_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="case_status_known", condition=Q(status__in=CaseStatus.values)),
            models.CheckConstraint(
                name="case_level_known", condition=Q(confidentiality__in=Confidentiality.values)
            ),
            models.CheckConstraint(name="case_found_after_act", condition=Q(found_on__gte=F("act_date"))),
            models.CheckConstraint(name="case_opened_after_found", condition=Q(opened_on__gte=F("found_on"))),
            models.CheckConstraint(
                name="case_closed_has_day",
                condition=(Q(status__in=["closed", "withdrawn"]) & Q(closed_on__isnull=False))
                | (~Q(status__in=["closed", "withdrawn"]) & Q(closed_on__isnull=True)),
            ),
        ]
        indexes: ClassVar = [
            pattern_index("case_scope"),
            models.Index(fields=["-opened_on", "-id"], name="case_newest_first"),
            models.Index(fields=["status"], name="case_status"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_secret(self) -> bool:
        """敏感 or 商业秘密."""
        return self.confidentiality not in OPEN_LEVELS

    @property
    def decision_due_on(self) -> dt.date:
        """The last day for the decision, also once it has been made."""
        return decision_deadline(self.opened_on, read_work_calendar()).due_on

    @property
    def decision_due_note(self) -> str:
        """Why that day may still move, or nothing."""
        calendar = read_work_calendar()
        return provisional_note(decision_deadline(self.opened_on, calendar).unseeded_year, calendar)

    def due_day(self, today: dt.date) -> DueDay | None:
        """The next deadline. Needs `decision` and `events` loaded."""
        delivered = next((event.happened_on for event in self.events.all() if event.name == "deliver"), None)
        decision = getattr(self, "decision", None)
        return next_due(
            status=self.status,
            opened_on=self.opened_on,
            issued_on=decision.issued_on if decision else None,
            delivered_on=delivered,
            today=today,
            calendar=read_work_calendar(),
        )


class CaseEvent(models.Model):
    """One step of a case. Append-only; rebuilding `Case.status` from the last event gives the same value.

    `details` holds what the step recorded: for `record_statement` the day of the notice and what the party said, for
    `deliver` day, method and receiver, for `close` how the decision was carried out.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField("序号")
    name = models.CharField("动作", max_length=30)
    from_status = models.CharField("原阶段", max_length=16, choices=CaseStatus, blank=True)
    to_status = models.CharField("新阶段", max_length=16, choices=CaseStatus)
    actor_id = models.BigIntegerField("操作人编号", null=True)
    actor_name = models.CharField("操作人", max_length=60)
    happened_on = models.DateField("日期")
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)
    note = models.TextField("说明", blank=True)
    details = models.JSONField("记载事项", default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["case", "sequence"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "sequence"], name="case_event_sequence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.get_to_status_display()}"
