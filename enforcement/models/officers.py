"""Enforcement officers and their certificates (行政处罚法 第四十二条)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat, Left

from enforcement.certificate_validity import (
    CertificateObstacle,
    CertificateTerm,
    SuspendedDays,
    obstacle_on,
)
from enforcement.crypto.fields import BlindIndexField, EncryptedTextField, SealedRow
from enforcement.identifiers import compact_identifier
from enforcement.models.agencies import Agency
from enforcement.models.register_rows import RegisterRow, row_history
from enforcement.scoping import Scoped, ScopedQuerySet, pattern_index
from enforcement.spans import no_overlap

PROVISIONAL_MARK = "临"


# Given by the database to a person whose agency has not given a number yet; its first sign says so on every page.
PROVISIONAL_NUMBER = Concat(
    Value(PROVISIONAL_MARK), Left(Cast(RandomUUID(), models.CharField()), 13), output_field=models.CharField()
)


# Sealed values follow the exchange of data keys, which an append-only history could not: it goes without them.
NOT_IN_HISTORY = ("seal_id", "id_number", "id_number_index", "phone")


class Officer(SealedRow, Scoped, RegisterRow):
    """执法人员 of one agency. Whether an act may be performed depends on a certificate valid on that day.

    `staff_number` is the key by which imports recognise the person, unique in the whole system. `left_on` is the
    last day of service: from the day after nothing may be done any more, whatever a certificate says.
    """

    staff_number = models.CharField("工号", max_length=32, unique=True, db_default=PROVISIONAL_NUMBER)
    name = models.CharField("姓名", max_length=40)
    id_number = EncryptedTextField("身份证号", bound_to="officer.id_number", null=True, blank=True)
    id_number_index = BlindIndexField(
        "身份证号盲索引", source="id_number", normalise=compact_identifier, null=True, unique=True
    )
    phone = EncryptedTextField("联系电话", bound_to="officer.phone", blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="officers")
    position = models.CharField("职务", max_length=40, blank=True)
    is_auxiliary = models.BooleanField("辅助人员", default=False)
    joined_on = models.DateField("到岗日期", null=True, blank=True)
    left_on = models.DateField("离岗日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = row_history("执法人员", excluded_fields=list(NOT_IN_HISTORY))

    class Meta:
        ordering: ClassVar = ["region_code", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="officer_staff_number_given", condition=~Q(staff_number="")),
            models.CheckConstraint(
                name="officer_service_ordered",
                condition=Q(joined_on__isnull=True)
                | Q(left_on__isnull=True)
                | Q(left_on__gte=F("joined_on")),
            ),
        ]
        indexes: ClassVar = [pattern_index("officer_scope")]

    def __str__(self) -> str:
        return self.name

    def serves_on(self, day: dt.date) -> bool:
        """In service on `day`, the last day of service included."""
        return (self.joined_on is None or day >= self.joined_on) and (
            self.left_on is None or day <= self.left_on
        )

    @property
    def has_provisional_number(self) -> bool:
        return self.staff_number.startswith(PROVISIONAL_MARK)


class ThroughOfficer(ScopedQuerySet):
    """Rows that belong to an officer are seen by whoever sees the officer."""

    scope_path = "officer__"


class RevocationKind(models.TextChoices):
    CANCELLED = "cancelled", "注销"
    REVOKED = "revoked", "吊销"


class Certificate(RegisterRow):
    """执法证. `valid_until` is the last valid day, `revoked_on` the first day without effect.

    One officer may hold several whose terms overlap: a renewal begins before the old one ends, and a 综合执法
    officer carries that of the State Council's department beside the local one. One valid certificate is enough
    for an act. `line_codes` names the lines written on it; none means the line of the officer's own agency.
    """

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField("证号", max_length=40, unique=True)
    line_codes = ArrayField(
        models.CharField(max_length=32), verbose_name="执法领域", default=list, blank=True
    )
    issuing_authority = models.CharField("发证机关", max_length=80, blank=True)
    valid_from = models.DateField("有效期自")
    valid_until = models.DateField("有效期至")
    revoked_on = models.DateField("失效日期", null=True, blank=True)
    revocation_kind = models.CharField("失效方式", max_length=10, choices=RevocationKind, blank=True)
    revocation_reason = models.CharField("失效原因", max_length=200, blank=True)

    objects = ThroughOfficer.as_manager()
    history = row_history("执法证")

    class Meta:
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="certificate_span_ordered",
                condition=Q(valid_until__gte=F("valid_from")),
                violation_error_message="有效期至不能早于有效期自。",
            ),
            models.CheckConstraint(
                name="certificate_revoked_whole",
                condition=Q(revoked_on__isnull=True, revocation_kind="", revocation_reason="")
                | (
                    Q(revoked_on__isnull=False, revocation_kind__in=RevocationKind.values)
                    & ~Q(revocation_reason="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def term(self) -> CertificateTerm:
        """What the rule needs; one query unless `suspensions` was prefetched."""
        return CertificateTerm(
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            suspensions=[SuspendedDays(one.starts_on, one.ends_on) for one in self.suspensions.all()],
            revoked_on=self.revoked_on,
        )

    def obstacle_on(self, day: dt.date) -> CertificateObstacle | None:
        return obstacle_on(self.term, day)

    def is_valid_on(self, day: dt.date) -> bool:
        return self.obstacle_on(day) is None

    def names_line(self, line_code: str, *, own_line: str) -> bool:
        """Whether acts of this line are covered; `own_line` is that of the officer's agency."""
        return line_code in (self.line_codes or [own_line])


class ThroughCertificate(ScopedQuerySet):
    scope_path = "certificate__officer__"


class CertificateSuspension(RegisterRow):
    """暂扣 of a certificate. `ends_on` is the last suspended day; none while it has not been lifted."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="suspensions")
    starts_on = models.DateField("暂扣首日")
    ends_on = models.DateField("暂扣末日", null=True, blank=True)
    reason = models.CharField("暂扣原因", max_length=200)

    objects = ThroughCertificate.as_manager()
    history = row_history("执法证暂扣")

    class Meta:
        ordering: ClassVar = ["starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="suspension_span_ordered",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="暂扣末日不能早于暂扣首日。",
            ),
            models.CheckConstraint(name="suspension_has_reason", condition=~Q(reason="")),
            no_overlap(
                name="suspension_no_overlap",
                owner="certificate_id",
                first="starts_on",
                last="ends_on",
                bounds="[]",
                message="与已登记的暂扣日期重叠。核对起止日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.starts_on} – {self.ends_on or ''}"


class CheckResult(models.TextChoices):
    PASSED = "passed", "合格"
    FAILED = "failed", "不合格"
    NOT_DONE = "not_done", "未参加"


class CertificateCheck(RegisterRow):
    """年度审验 of a certificate: one result a year. What a failed one entails is decided when it is recorded."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="checks")
    year = models.PositiveSmallIntegerField("审验年度")
    checked_on = models.DateField("审验日期")
    result = models.CharField("审验结果", max_length=10, choices=CheckResult)
    note = models.CharField("说明", max_length=200, blank=True)

    objects = ThroughCertificate.as_manager()
    history = row_history("执法证年度审验")

    class Meta:
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["certificate", "year"], name="certificate_checked_once_a_year"),
            models.CheckConstraint(
                name="certificate_check_result_known", condition=Q(result__in=CheckResult.values)
            ),
            models.CheckConstraint(
                name="certificate_check_year_plausible", condition=Q(year__gte=1996, year__lte=2200)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.year} {self.get_result_display()}"
