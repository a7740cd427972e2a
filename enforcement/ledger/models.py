"""The append-only, chained record of every act (one chain per agency)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from enforcement.ledger.action_names import LedgerAction


class LedgerEntry(models.Model):
    """One act. Rows are written only by `append_entry`; triggers refuse UPDATE and DELETE.

    Names are copied as text, so that the record stays readable when rows elsewhere change. Payloads hold ids,
    numbers and digests, never personal data.
    """

    chain = models.CharField("链", max_length=32)
    sequence = models.PositiveBigIntegerField("序号")
    action = models.CharField("动作", max_length=32)
    subject_type = models.CharField("对象类型", max_length=40)
    subject_id = models.CharField("对象编号", max_length=64)
    subject_label = models.CharField("对象", max_length=200)
    actor_id = models.BigIntegerField("操作人编号", null=True)
    actor_name = models.CharField("操作人", max_length=60)
    occurred_at = models.DateTimeField("时间")
    payload = models.TextField("内容")
    previous_hash = models.CharField("前一条摘要", max_length=64)
    hash = models.CharField("摘要", max_length=64)

    class Meta:
        ordering: ClassVar = ["chain", "sequence"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="ledger_sequence_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id"], name="ledger_subject")]

    def __str__(self) -> str:
        return f"{self.chain}#{self.sequence}"

    def get_action_display(self) -> str:
        """The Chinese phrase of the act. The column has no `choices`: a new act needs no migration."""
        return LedgerAction(self.action).label

    def sentence(self) -> str:
        """“王某 提交法制审核：某清单第 2 版”."""
        return f"{self.actor_name} {self.get_action_display()}：{self.subject_label}"
