"""What signing in needs to remember: second factors, former passwords, failures, and open sessions."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from enforcement.models.accounts import Account
from enforcement.sealing import keyed_digest


class SecondFactor(models.Model):
    """动态口令: the shared secret of one person's authenticator app, sealed at rest.

    Counts only once `confirmed_at` is set. `last_step` is the time step of the last accepted code: a code is good once.
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="second_factor")
    sealed_secret = models.TextField("密钥（加密）")
    confirmed_at = models.DateTimeField("启用时间", null=True, blank=True)
    last_step = models.BigIntegerField("最近使用的时间步", default=0)

    def __str__(self) -> str:
        return f"second factor of account {self.account_id}"


class RecoveryCode(models.Model):
    """恢复码: good once, kept as a keyed digest only."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField("摘要", max_length=64)
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_once"),
        ]

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class FormerPassword(models.Model):
    """The hash of a password an account used before, for the profile that forbids going back to it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="former_passwords")
    encoded = models.CharField("散列", max_length=128)
    replaced_at = models.DateTimeField("更换时间")

    class Meta:
        ordering: ClassVar = ["-replaced_at", "-id"]

    def __str__(self) -> str:
        return f"former password {self.pk}"


class SignInFailure(models.Model):
    """One wrong password or code. Name and address are keyed digests: people mistype passwords into the name field."""

    name_digest = models.CharField("用户名摘要", max_length=64)
    address_digest = models.CharField("来源地址摘要", max_length=64)
    failed_at = models.DateTimeField("时间")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["name_digest", "failed_at"], name="sign_in_failure_name"),
            models.Index(fields=["address_digest", "failed_at"], name="sign_in_failure_address"),
        ]

    def __str__(self) -> str:
        return f"failure {self.pk}"


class BrowserSession(AbstractBaseSession):
    """Django's session row, with its owner beside it, so that a person can see and end their own."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="sessions")
    started_at = models.DateTimeField("登录时间", null=True)
    seen_at = models.DateTimeField("最近使用", null=True)
    browser = models.CharField("浏览器", max_length=60, blank=True)

    def key_digest(self) -> str:
        """Names the session on a page; its key would let anybody who reads it in."""
        return keyed_digest(self.session_key, purpose="session-key")

    @classmethod
    def get_session_store_class(cls) -> type[DatabaseSessionStore]:
        from enforcement.sessions import SessionStore

        return SessionStore
