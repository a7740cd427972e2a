"""Login accounts and the duties granted to them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from enforcement.actors import ROLE_LABELS, Role
from enforcement.models.agencies import Agency
from enforcement.models.officers import Officer


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Account:
        """New account; without a password it cannot be used to sign in."""
        account = self.model(username=self.model.normalize_username(username), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A person's login. What they may do is only in `RoleGrant`; there is no superuser.

    `sso_subject` is the `sub` of this person at the single sign-on provider; blank: signs in by password only.
    """

    username = models.CharField("用户名", max_length=60, unique=True)
    display_name = models.CharField("姓名", max_length=40)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    officer = models.OneToOneField(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="account"
    )
    is_active = models.BooleanField("可以登录", default=True)
    must_change_password = models.BooleanField("登录后须修改密码", default=False)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)
    sso_subject = models.CharField("统一身份认证标识", max_length=255, blank=True)
    lock_version = models.PositiveIntegerField("编辑版本", default=1)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["display_name"]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sso_subject"], condition=~Q(sso_subject=""), name="account_sso_subject_once"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name


class RoleGrant(models.Model):
    """职责授权: one duty inside one region prefix and one line (blank line: every line).

    A trigger (`roles_kept_apart`) keeps the three administrators' duties apart from each other and from all work.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(
        "职责", max_length=20, choices=[(role.value, label) for role, label in ROLE_LABELS.items()]
    )
    region_code = models.CharField("行政区划代码", max_length=9)
    line_code = models.CharField("条线代码", max_length=32, blank=True)
    granted_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="grants_given"
    )
    granted_at = models.DateTimeField("授予时间", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "role", "region_code", "line_code"], name="role_grant_given_once"
            ),
            models.CheckConstraint(
                name="role_grant_role_known", condition=Q(role__in=[r.value for r in Role])
            ),
            # A grant is always a whole level: 2, 4, 6 or 9 digits, so that the prefix rule cannot cut a code in half.
            models.CheckConstraint(
                name="role_grant_whole_level", condition=Q(region_code__regex=r"^(\d{2}|\d{4}|\d{6}|\d{9})$")
            ),
            models.CheckConstraint(
                name="role_grant_never_to_oneself",
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("account")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.region_code} {self.line_code or '*'}"
