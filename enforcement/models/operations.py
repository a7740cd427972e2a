"""Submissions that took effect, and the keys that programs sign in with."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from enforcement.models.accounts import Account

LONGEST_KEY_LIFE = dt.timedelta(days=366)


class Operation(models.Model):
    """One submission with its answer: the same key sent again gets this answer and changes nothing.

    Written in the transaction of the act itself, so that there is a row exactly when the act took effect. While an
    act is under way its key is held by an advisory lock, which a crash releases. `digest` covers method, address and
    content of the request, never stored as such; `answer` holds numbers and addresses, no personal data.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    key = models.CharField("操作标识", max_length=64)
    digest = models.CharField("请求摘要", max_length=64)
    status = models.PositiveSmallIntegerField("应答状态")
    answer = models.JSONField("应答")
    done_at = models.DateTimeField("完成时间")
    expires_at = models.DateTimeField("保留至")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "key"], name="operation_key_once"),
            models.CheckConstraint(
                name="operation_kept_a_day", condition=Q(expires_at__gte=F("done_at") + dt.timedelta(days=1))
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="operation_expiry")]

    def __str__(self) -> str:
        return self.key


class ApiKey(models.Model):
    """接口密钥 of one account: everything it does is done as that account, with its duties.

    Shown once; kept is its SHA-256. The secret part is random and long, so a plain digest is enough. `prefix`
    tells keys apart on pages and in the ledger.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="api_keys")
    purpose = models.CharField("用途", max_length=60)
    prefix = models.CharField("前缀", max_length=12, unique=True)
    digest = models.CharField("摘要", max_length=64, unique=True)
    created_at = models.DateTimeField("签发时间")
    expires_at = models.DateTimeField("有效期至")
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)
    last_used_at = models.DateTimeField("最近使用", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="api_key_at_most_a_year",
                condition=Q(expires_at__gt=F("created_at"))
                & Q(expires_at__lte=F("created_at") + LONGEST_KEY_LIFE),
            ),
        ]

    def __str__(self) -> str:
        return self.prefix

    def is_valid_at(self, moment: dt.datetime) -> bool:
        return self.revoked_at is None and self.created_at <= moment < self.expires_at
