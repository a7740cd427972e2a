"""影响模拟 of a version: a row per run with its progress and result, and the cases that would have ended otherwise."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases.models.case import Case
from enforcement.models import Account, RuleVersion


class ReplayStatus(models.TextChoices):
    QUEUED = "queued", "排队中"
    RUNNING = "running", "正在比对"
    DONE = "done", "已完成"
    CANCELLED = "cancelled", "已取消"
    FAILED = "failed", "没有完成"


UNDER_WAY = (ReplayStatus.QUEUED, ReplayStatus.RUNNING)


class ReplayRun(models.Model):
    """One run, kept with the version it is about and gone with a draft that is given up.

    `content_digest` covers what was compared on both sides; a result is out of date once it differs. `compared` None
    means that nothing was in force. `attempt` tells the program that works on the run from one that was given up on.
    `result` is the document of `cases.replay.tally`, None before the end.
    """

    STALE_AFTER: ClassVar = dt.timedelta(minutes=5)
    MOST_ATTEMPTS: ClassVar = 3

    version = models.ForeignKey(RuleVersion, on_delete=models.CASCADE, related_name="replay_runs")
    compared = models.ForeignKey(
        RuleVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    content_digest = models.CharField("所比内容摘要", max_length=64)
    status = models.CharField("状态", max_length=10, choices=ReplayStatus, default=ReplayStatus.QUEUED)
    requested_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("提出时间", auto_now_add=True)
    done_cases = models.PositiveIntegerField("已比对件数", default=0)
    total_cases = models.PositiveIntegerField("应比对件数", default=0)
    attempt = models.PositiveSmallIntegerField("次", default=0)
    moved_at = models.DateTimeField("最近进展", auto_now_add=True)
    as_of = models.DateTimeField("数据时点", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    result = models.JSONField("结果", null=True, blank=True)
    failure = models.CharField("没有完成的原因", max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["version", "-requested_at"]
        constraints: ClassVar = [
            models.CheckConstraint(name="replay_status_known", condition=Q(status__in=ReplayStatus.values)),
            models.CheckConstraint(
                name="replay_done_has_result",
                condition=~Q(status="done") | (Q(result__isnull=False) & Q(as_of__isnull=False)),
            ),
            models.CheckConstraint(
                name="replay_end_has_time",
                condition=Q(status__in=UNDER_WAY, ended_at__isnull=True)
                | Q(status__in=["done", "cancelled", "failed"], ended_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["version"], condition=Q(status__in=UNDER_WAY), name="replay_one_under_way"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["status", "moved_at"], name="replay_waiting")]

    def __str__(self) -> str:
        return f"{self.version} {self.get_status_display()}"

    @property
    def is_under_way(self) -> bool:
        return self.status in UNDER_WAY

    @property
    def is_done(self) -> bool:
        return self.status == ReplayStatus.DONE


class ReplayChange(models.Model):
    """A case that would have ended otherwise: for those who may open it. Written once, with the result."""

    run = models.ForeignKey(ReplayRun, on_delete=models.CASCADE, related_name="changes")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="replay_changes")
    was = models.CharField("原结论", max_length=40)
    becomes = models.CharField("新结论", max_length=40)
    entry = models.CharField("起决定作用的条目", max_length=80)

    class Meta:
        ordering: ClassVar = ["run", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "case"], name="replay_change_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.was} → {self.becomes}"
