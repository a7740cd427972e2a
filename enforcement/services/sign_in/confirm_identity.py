"""Step-up: proving again who one is, before an act with far-reaching effect."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from enforcement.actors import actor_for
from enforcement.errors import Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Account
from enforcement.services.accounts.subject import record_act
from enforcement.services.sign_in.attempts import counted_attempt
from enforcement.services.sign_in.second_factor import WRONG_CODE, accepts_code, has_second_factor

WRONG_PASSWORD = "密码不对。请检查后再试；忘记密码请联系本单位系统管理员。"  # noqa: S105 - a sentence


def confirm_identity(*, request: HttpRequest, account: Account, password: str, code: str = "") -> None:
    """Check the password, and the code when the account has a second factor; the session gets a new key.

    Raises `Refusal`; failures count like those of signing in.
    """

    def check() -> bool | None:
        return account.check_password(password) or None

    counted_attempt(username=account.username, check=check, refusal=Refusal("wrong_password", WRONG_PASSWORD))
    if has_second_factor(account):
        counted_attempt(
            username=account.username,
            check=lambda: accepts_code(account, code) or None,
            refusal=Refusal("wrong_code", WRONG_CODE),
        )
    mark_confirmed(request=request, account=account)


def mark_confirmed(*, request: HttpRequest, account: Account) -> None:
    """The person just proved who they are."""
    request.session.cycle_key()
    request.session["proved_at"] = int(timezone.now().timestamp())
    with transaction.atomic():
        record_act(LedgerAction.IDENTITY_CONFIRMED, account, actor=actor_for(account))
