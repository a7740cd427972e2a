"""行政相对人 / 当事人, with earlier names, object classes and credit tiers by day."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from enforcement.crypto.fields import BlindIndexField, EncryptedTextField, SealedRow
from enforcement.identifiers import compact_identifier, mask_name
from enforcement.models.register_rows import RegisterRow, row_history
from enforcement.scoping import ReferenceQuerySet, Scoped, ScopedQuerySet, pattern_index
from enforcement.spans import no_overlap


class PartyKind(models.TextChoices):
    PERSON = "person", "自然人"
    SOLE_TRADER = "sole_trader", "个体工商户"
    ENTERPRISE = "enterprise", "企业"
    ORGANISATION = "organisation", "其他组织"


class Party(RegisterRow, SealedRow, Scoped):
    """A person or an organisation, told apart by 身份证号 or 统一社会信用代码.

    Personal data: `name` and `id_number` of natural persons never leave the case surfaces; public pages get
    `public_name`. `name` is the present one; earlier ones are `FormerName` rows, and a decision keeps the name of its
    day in its snapshot.
    """

    kind = models.CharField("类型", max_length=14, choices=PartyKind)
    name = models.CharField("名称", max_length=120)
    uscc = models.CharField("统一社会信用代码", max_length=18, null=True, blank=True, unique=True)
    id_number = EncryptedTextField("身份证号", bound_to="party.id_number", null=True, blank=True)
    id_number_index = BlindIndexField(
        "身份证号盲索引", source="id_number", normalise=compact_identifier, null=True, unique=True
    )
    representative = models.CharField("法定代表人（负责人）", max_length=40, blank=True)
    address = models.CharField("住所（经营场所）", max_length=200, blank=True)
    phone = EncryptedTextField("联系电话", bound_to="party.phone", blank=True)

    objects = ScopedQuerySet.as_manager()
    history = row_history("当事人")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="party_identified_by_its_kind",
                condition=Q(kind="person", uscc__isnull=True)
                | (~Q(kind="person") & Q(id_number__isnull=True)),
            ),
            models.CheckConstraint(
                name="party_id_number_indexed",
                condition=Q(id_number__isnull=True, id_number_index__isnull=True)
                | Q(id_number__isnull=False, id_number_index__isnull=False),
            ),
        ]
        indexes: ClassVar = [pattern_index("party_scope")]

    def __str__(self) -> str:
        return self.name

    @property
    def public_name(self) -> str:
        """Name fit for publication: natural persons are reduced to 姓某."""
        return mask_name(self.name) if self.kind == PartyKind.PERSON else self.name

    def name_on(self, day: dt.date) -> str:
        """The name borne on `day`. Reads `former_names`; the day of a change already belongs to the new name."""
        later = [one for one in self.former_names.all() if day < one.used_until]
        return min(later, key=lambda one: one.used_until).name if later else self.name

    def credit_on(self, day: dt.date) -> CreditRating | None:
        """The rating that counted on `day`, None before the first. Reads `credit_ratings`."""
        known = [one for one in self.credit_ratings.all() if one.from_day <= day]
        return max(known, key=lambda one: (one.from_day, one.pk), default=None)


class FormerName(models.Model):
    """曾用名: borne up to the day before `used_until`. Rows are never changed (trigger)."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField("曾用名", max_length=120)
    used_until = models.DateField("变更日期")
    basis = models.CharField("变更依据", max_length=200)
    recorded_by = models.CharField("登记人", max_length=60)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-used_until", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "used_until"], name="former_name_one_change_a_day"),
        ]
        indexes: ClassVar = [models.Index(fields=["name"], name="former_name_text")]

    def __str__(self) -> str:
        return self.name


class ObjectClass(RegisterRow):
    """监管对象类别: what kind of thing is supervised (餐饮服务单位, 危险化学品经营单位 …)."""

    code = models.CharField("代码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=60, unique=True)
    remit = models.CharField("说明", max_length=300, blank=True)
    ended_on = models.DateField("停用日期", null=True, blank=True)

    objects = ReferenceQuerySet.as_manager()
    history = row_history("监管对象类别")

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class ClassMembership(models.Model):
    """A party belongs to an object class from `since` up to the day before `until` (NULL: still)."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="class_memberships")
    object_class = models.ForeignKey(ObjectClass, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["object_class", "since"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="class_membership_ordered", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
            no_overlap(
                name="class_membership_not_twice",
                owner="party_id",
                within="object_class_id",
                first="since",
                last="until",
                bounds="[)",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object_class_id} {self.since}"

    def holds_on(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


class CreditTier(models.TextChoices):
    """企业信用风险分类, as supervision plans use it."""

    A = "A", "A 类（信用风险低）"
    B = "B", "B 类（信用风险一般）"
    C = "C", "C 类（信用风险较高）"
    D = "D", "D 类（信用风险高）"


class CreditRating(models.Model):
    """信用等级 from a day on, as its source states it. A correction is a later row; rows are never changed (trigger)."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="credit_ratings")
    tier = models.CharField("信用等级", max_length=1, choices=CreditTier)
    from_day = models.DateField("自")
    source = models.CharField("来源", max_length=120)
    recorded_by = models.CharField("登记人", max_length=60)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-from_day", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="credit_rating_known", condition=Q(tier__in=["A", "B", "C", "D"])),
        ]
        indexes: ClassVar = [models.Index(fields=["party", "-from_day"], name="credit_rating_of_party")]

    def __str__(self) -> str:
        return f"{self.tier} {self.from_day}"
