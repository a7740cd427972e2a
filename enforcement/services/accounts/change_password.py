"""A person changes their own password."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from enforcement.actors import actor_for
from enforcement.errors import InvalidInput, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Account, FormerPassword
from enforcement.services.accounts.subject import end_sessions, record_act
from enforcement.services.sign_in.attempts import counted_attempt

WRONG_PRESENT_PASSWORD = "现在的密码不对。请检查后再试。"  # noqa: S105 - a sentence


def change_password(*, request: HttpRequest, account: Account, present: str, new: str) -> None:
    """Replace the password; every other session of the account ends, this one gets a new key.

    Raises `Refusal` for a wrong present password (counted like a failed sign-in), `InvalidInput` with every problem of
    the new one.
    """
    counted_attempt(
        username=account.username,
        check=lambda: account.check_password(present) or None,
        refusal=Refusal("wrong_password", WRONG_PRESENT_PASSWORD),
    )
    problems = problems_of(new, account=account)
    if present == new:
        problems.insert(0, "新密码与现在的密码相同。请换一个。")
    if problems:
        raise InvalidInput.from_problems("password_refused", problems)
    with transaction.atomic():
        now = timezone.now()
        FormerPassword.objects.create(account=account, encoded=account.password, replaced_at=now)
        account.set_password(new)
        account.must_change_password = False
        account.password_changed_at = now
        account.save(update_fields=["password", "must_change_password", "password_changed_at"])
        update_session_auth_hash(request, account)
        request.session["proved_at"] = int(now.timestamp())
        request.session.save()
        end_sessions(account, except_key=request.session.session_key)
        record_act(LedgerAction.PASSWORD_CHANGED, account, actor=actor_for(account))


def problems_of(new: str, *, account: Account) -> list[str]:
    """Every reason the password profile refuses it; empty: it is good."""
    try:
        validate_password(new, account)
    except ValidationError as error:
        return list(error.messages)
    return []
