"""The first administrators, made at the console of the server: afterwards they make everybody else."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from enforcement.actors import ADMINISTRATORS, ROLE_LABELS, SYSTEM, Role
from enforcement.errors import Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Account, RoleGrant
from enforcement.region_codes import level_of
from enforcement.services.accounts.create_account import NewSignIn, write_account
from enforcement.services.accounts.reset_sign_in import reset_at_console
from enforcement.services.accounts.subject import record_act


def create_administrator(
    *, role: Role, username: str, display_name: str, region_code: str = "53", force: bool = False
) -> NewSignIn:
    """An account that holds one of the three administrators' duties and nothing else.

    Raises `Refusal` when an active account holds that duty for the region already, unless `force`; `InvalidInput` for
    bad fields.
    """
    if role not in ADMINISTRATORS:
        raise ValueError(f"{role} is not an administrator's duty")
    level_of(region_code)
    with transaction.atomic():
        held = RoleGrant.objects.filter(role=role, region_code=region_code, account__is_active=True)
        if held.exists() and not force:
            raise Refusal(
                "administrator_exists",
                f"区划 {region_code} 已有{ROLE_LABELS[role]}，没有新建账号。确实需要再建一个的，请加 --force。",
            )
        made = write_account(actor=SYSTEM, username=username, display_name=display_name, agency=None)
        RoleGrant.objects.create(
            account=made.account, role=role, region_code=region_code, granted_at=timezone.now()
        )
        record_act(
            LedgerAction.DUTY_GRANTED,
            made.account,
            actor=SYSTEM,
            payload={"role": role.value, "region": region_code, "line": ""},
        )
        return made


def reset_administrator(*, username: str) -> NewSignIn:
    """A one-time password for an administrator, and no second factor any more. Raises `Refusal` for anybody else."""
    account = Account.objects.filter(username=username, grants__role__in=ADMINISTRATORS).first()
    if account is None:
        raise Refusal(
            "not_an_administrator",
            f"没有用户名为“{username}”的管理员账号，没有作任何改动。其他人的密码请由系统管理员在页面上重置。",
        )
    return reset_at_console(account_id=account.pk)
