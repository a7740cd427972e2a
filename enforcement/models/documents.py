"""Rule documents: 减免责清单, 裁量权基准, 综合查一次清单, 权责清单, all versioned and published in the same way.

A document has numbered versions. A version is drafted, legally reviewed and published by a second person; from then
on it and its entries are frozen by database triggers. Whether it is in force is a function of dates.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from enforcement.models.accounts import Account
from enforcement.models.agencies import Agency
from enforcement.scoping import Scoped, ScopedQuerySet, pattern_index


class DocumentKind(models.TextChoices):
    EXEMPTION_LIST = "exemption_list", "减免责清单"
    BENCHMARK_STANDARD = "benchmark_standard", "裁量权基准"
    JOINT_INSPECTION_LIST = "joint_inspection_list", "综合查一次清单"
    RESPONSIBILITY_LIST = "responsibility_list", "权责清单"


class VersionStatus(models.TextChoices):
    DRAFT = "draft", "草稿"
    IN_REVIEW = "in_review", "法制审核中"
    REVIEWED = "reviewed", "待发布"
    PUBLISHED = "published", "已发布"


class RuleDocumentQuerySet(ScopedQuerySet):
    def applicable_to(self, *, region_code: str, line_code: str) -> Self:
        """Documents a lower agency applies directly: its own and its superiors' in the same line (51号 二(一))."""
        prefixes = [region_code[:length] for length in (2, 4, 6, 9) if length <= len(region_code)]
        return self.filter(line_code=line_code, region_code__in=prefixes)


class RuleDocument(Scoped):
    """规则文件: the thing that has versions; its slug is the stem of every permalink."""

    slug = models.SlugField("网址代号", max_length=60, unique=True)
    kind = models.CharField("种类", max_length=24, choices=DocumentKind)
    title = models.CharField("名称", max_length=160)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="rule_documents")

    objects = RuleDocumentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["region_code", "line_code", "title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="rule_document_kind_known", condition=Q(kind__in=DocumentKind.values)
            ),
        ]
        indexes: ClassVar = [pattern_index("rule_document_scope")]

    def __str__(self) -> str:
        return self.title


class RuleVersionQuerySet(models.QuerySet["RuleVersion"]):
    def published(self) -> Self:
        return self.filter(status=VersionStatus.PUBLISHED)

    def in_force_on(self, day: dt.date, *, known_at: dt.datetime | None = None) -> Self:
        """The version of each document in force on `day`, as far as was published and repealed by `known_at`.

        A later version replaces the earlier for good: when a trial version ends or is repealed, what it replaced does
        not return. A version withdrawn before its effective day never replaced anything. As far as is known now the
        database has derived the days (`VersionSpan`); what was known earlier is worked out again.
        """
        if known_at is None:
            return self.filter(span__days__contains=day)
        latest = (
            RuleVersion.objects.known(known_at)
            .filter(document=OuterRef("document"), effective_from__lte=day)
            .order_by("-effective_from", "-number")
        )
        return (
            self.known(known_at)
            .filter(pk=Subquery(latest.values("pk")[:1]))
            .filter(Q(effective_until__isnull=True) | Q(effective_until__gt=day))
            .filter(_not_repealed_by(day, known_at))
        )

    def known(self, known_at: dt.datetime | None) -> Self:
        """What was published, and not withdrawn before its effective day, as far as was known then (None: today)."""
        published = self.published()
        if known_at is not None:
            published = published.filter(published_at__lte=known_at)
        return published.filter(_not_repealed_by(F("effective_from"), known_at))

    def visible_to(self, actor: Any) -> Self:
        """Published versions for everyone, unpublished ones inside the actor's grants."""
        own = RuleDocument.objects.visible_to(actor)
        return self.filter(Q(status=VersionStatus.PUBLISHED) | Q(document__in=own))


def _not_repealed_by(day: dt.date | F, known_at: dt.datetime | None) -> Q:
    """No repeal that was known and from which the version has no effect on `day`."""
    held = Q(repeal__isnull=True) | Q(repeal__ends_on__gt=day)
    return held if known_at is None else held | Q(repeal__repealed_at__gt=known_at)


class RuleVersion(models.Model):
    """One numbered version. `effective_until` is exclusive and, once published, never changes.

    `declares_no_entries`: somebody stated that the document has no entries, so that an empty one may be published.
    """

    document = models.ForeignKey(RuleDocument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("版次")
    status = models.CharField("状态", max_length=12, choices=VersionStatus, default=VersionStatus.DRAFT)
    document_number = models.CharField("发文字号", max_length=60, blank=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    effective_from = models.DateField("生效日期", null=True, blank=True)
    effective_until = models.DateField("失效日期", null=True, blank=True)
    change_summary = models.CharField("修订说明", max_length=300, blank=True)
    source_note = models.TextField("来源说明", blank=True)
    source_warnings = models.JSONField("导入提示", default=list, blank=True)
    recorded_warnings = models.JSONField("发布时的提示", default=list, blank=True)
    declares_no_entries = models.BooleanField("声明没有条目", default=False)
    drafted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    contributors = models.ManyToManyField(Account, related_name="+", blank=True)
    drafted_at = models.DateTimeField("起草时间", auto_now_add=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    published_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    digest = models.CharField("内容摘要", max_length=64, blank=True)
    lock_version = models.PositiveIntegerField("编辑版本", default=1)

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["document", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="rule_version_number_once"),
            models.UniqueConstraint(
                fields=["document"], condition=~Q(status="published"), name="rule_version_one_under_work"
            ),
            models.CheckConstraint(
                name="rule_version_status_known", condition=Q(status__in=VersionStatus.values)
            ),
            models.CheckConstraint(
                name="rule_version_span_ordered",
                condition=Q(effective_until__isnull=True) | Q(effective_until__gt=F("effective_from")),
            ),
            models.CheckConstraint(
                name="rule_version_published_by_second_person",
                condition=~Q(status="published")
                | (
                    Q(published_by__isnull=False)
                    & Q(reviewed_by__isnull=False)
                    & Q(published_at__isnull=False)
                    & Q(reviewed_at__isnull=False)
                    & Q(effective_from__isnull=False)
                    & ~Q(document_number="")
                    & ~Q(digest="")
                    & ~Q(published_by=F("drafted_by"))
                    & ~Q(reviewed_by=F("drafted_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document.title}（第 {self.number} 版）"

    @property
    def is_published(self) -> bool:
        return self.status == VersionStatus.PUBLISHED

    @property
    def is_trial(self) -> bool:
        """试行: its end was fixed at publication."""
        return self.effective_until is not None

    @property
    def repealed(self) -> Any:
        """Its repeal, or None. Load it with `select_related("repeal")`."""
        return getattr(self, "repeal", None)

    @property
    def public_key(self) -> str:
        """Its name in the public log: the stem of its permalink."""
        return f"{self.document.slug}/{self.number}"


class ReviewVerdict(models.TextChoices):
    AGREE = "agree", "同意"
    RETURN = "return", "退回修改"


class ReviewOpinion(models.Model):
    """法制审核意见 on a version."""

    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="opinions")
    verdict = models.CharField("结论", max_length=8, choices=ReviewVerdict)
    text = models.TextField("意见")
    content_digest = models.CharField("所审内容摘要", max_length=64)
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["given_at"]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} {self.given_by.display_name}"
