"""行政相对人 / 当事人."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.crypto.fields import BlindIndexField, EncryptedTextField, SealedRow
from enforcement.identifiers import compact_identifier, mask_name
from enforcement.scoping import Scoped, ScopedQuerySet, pattern_index


class PartyKind(models.TextChoices):
    PERSON = "person", "自然人"
    SOLE_TRADER = "sole_trader", "个体工商户"
    ENTERPRISE = "enterprise", "企业"
    ORGANISATION = "organisation", "其他组织"


class Party(SealedRow, Scoped):
    """A person or an organisation, told apart by 身份证号 or 统一社会信用代码.

    Personal data: `name` and `id_number` of natural persons never leave the case surfaces; public pages get
    `public_name`.
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
