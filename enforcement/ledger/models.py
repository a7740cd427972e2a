"""The append-only, chained record of every act (one chain per agency), and the salts beside it."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.sentences import sentence_of

# Format 1: rows written before duties, requests and MACs were recorded. Their hashes stay as they are.
FORMAT_FIRST, FORMAT_CURRENT = 1, 2


class LedgerEntry(models.Model):
    """One act. Rows are written only by `append_entry`; triggers refuse UPDATE, DELETE and TRUNCATE.

    Names are copied as text, so that the record stays readable when rows elsewhere change. Payloads hold ids,
    numbers and digests, never personal data; `commitments` holds what was committed to (`commitments.py`).
    `occurred_at` is the clock of the database and never runs backwards within a chain.
    """

    format = models.PositiveSmallIntegerField("格式", default=FORMAT_CURRENT)
    chain = models.CharField("链", max_length=32)
    sequence = models.PositiveBigIntegerField("序号")
    action = models.CharField("动作", max_length=32)
    subject_type = models.CharField("对象类型", max_length=40)
    subject_id = models.CharField("对象编号", max_length=64)
    subject_label = models.CharField("对象", max_length=200)
    subject_version = models.PositiveBigIntegerField("对象版本", null=True)
    actor_id = models.BigIntegerField("操作人编号", null=True)
    actor_name = models.CharField("操作人", max_length=60)
    duty = models.CharField("职责", max_length=120, blank=True, default="")
    request_id = models.CharField("请求编号", max_length=36, blank=True, default="")
    reason = models.CharField("原因", max_length=500, blank=True, default="")
    occurred_at = models.DateTimeField("时间")
    payload = models.TextField("内容")
    commitments = models.TextField("承诺值", blank=True, default="{}")
    key_id = models.CharField("密钥编号", max_length=16, blank=True, default="")
    previous_hash = models.CharField("前一条摘要", max_length=64)
    hash = models.CharField("摘要", max_length=64)
    mac = models.CharField("认证码", max_length=64, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["chain", "sequence"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="ledger_sequence_once"),
            models.CheckConstraint(name="ledger_format_known", condition=Q(format__in=[1, 2])),
            models.CheckConstraint(
                name="ledger_entry_authenticated",
                condition=Q(format=FORMAT_FIRST) | (~Q(mac="") & ~Q(key_id="")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id"], name="ledger_subject"),
            models.Index(fields=["-occurred_at", "-id"], name="ledger_newest_first"),
            models.Index(fields=["actor_id", "-occurred_at"], name="ledger_actor"),
            models.Index(fields=["request_id"], name="ledger_request", condition=~Q(request_id="")),
        ]

    def __str__(self) -> str:
        return f"{self.chain}#{self.sequence}"

    def get_action_display(self) -> str:
        """The Chinese phrase of the act. The column has no `choices`: a new act needs no migration."""
        return LedgerAction(self.action).label

    def sentence(self) -> str:
        """“王某提交法制审核：某清单（第 2 版）。”"""
        return sentence_of(self)

    def committed(self) -> dict[str, str]:
        """Commitments by name."""
        return dict(json.loads(self.commitments))


class CommitmentSalt(models.Model):
    """The salt of one commitment; deleting it is how a value is forgotten. It is never changed."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="salts")
    name = models.CharField("名称", max_length=40)
    salt = models.BinaryField("盐")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "name"], name="commitment_salt_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.name}"


class PublicLogEntry(models.Model):
    """One public act: a leaf of the Merkle tree that outsiders check. Never changed.

    `kind` and `key` are the address of what was published (`exemption_list`, `yn-scjg-exemptions/2`); `digest` is the
    SHA-256 of its canonical content. `subtrees` holds the hashes of the complete subtrees that end with this leaf,
    the leaf's own first, so that roots and paths need no recomputation.
    """

    sequence = models.PositiveBigIntegerField("序号", unique=True)
    kind = models.CharField("种类", max_length=32)
    key = models.CharField("编号", max_length=120)
    label = models.CharField("名称", max_length=200)
    digest = models.CharField("内容摘要", max_length=64)
    chain = models.CharField("链", max_length=32)
    entry_sequence = models.PositiveBigIntegerField("账本序号")
    entry_hash = models.CharField("账本摘要", max_length=64)
    recorded_at = models.DateTimeField("记录时间")
    subtrees = ArrayField(models.CharField(max_length=64), verbose_name="子树摘要")

    class Meta:
        ordering: ClassVar = ["sequence"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key"], name="public_log_once"),
        ]

    def __str__(self) -> str:
        return self.label

    def leaf_content(self) -> dict[str, Any]:
        """What the leaf hash covers."""
        names = (
            "sequence",
            "kind",
            "key",
            "label",
            "digest",
            "chain",
            "entry_sequence",
            "entry_hash",
            "recorded_at",
        )
        return {name: getattr(self, name) for name in names}


class LedgerCheckpoint(models.Model):
    """A signed statement of where every chain and the public log stood. Never changed; a copy goes to the witness.

    `content` is the exact text that is signed and published. `heads` names the last entry of every chain that moved
    since the checkpoint before (of every chain when `is_complete`); `content` holds its digest only, because how
    busy an agency is is nobody's business.
    """

    number = models.PositiveBigIntegerField("编号", unique=True)
    made_at = models.DateTimeField("时间")
    entries = models.PositiveBigIntegerField("账本记录总数")
    log_size = models.PositiveBigIntegerField("公开记录数")
    is_complete = models.BooleanField("列出全部链")
    content = models.TextField("内容")
    heads = models.TextField("各链末条")
    digest = models.CharField("内容摘要", max_length=64)
    key_id = models.CharField("密钥编号", max_length=16)
    signature = models.CharField("签名", max_length=88)

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"检查点 {self.number}"

    def witness_document(self) -> dict[str, Any]:
        """What is written to the witness folder."""
        return {
            "content": self.content,
            "heads": self.heads,
            "key_id": self.key_id,
            "signature": self.signature,
        }
