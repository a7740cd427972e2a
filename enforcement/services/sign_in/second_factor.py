"""The second factor: setting it up, accepting its codes once each, and the recovery codes beside it."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from enforcement.actors import actor_for
from enforcement.errors import InvalidInput
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Account, RecoveryCode, SecondFactor
from enforcement.one_time_codes import accepted_step, is_app_code, new_recovery_codes, tidy
from enforcement.sealing import keyed_digest, seal, unseal
from enforcement.services.accounts.subject import end_sessions, record_act

PURPOSE = "second-factor"
WRONG_CODE = "动态口令不对，或者已经用过。请等应用里显示下一个口令后再填写；也可以填写一个恢复码。"


def has_second_factor(account: Account) -> bool:
    return SecondFactor.objects.filter(account=account).exists()


def set_up_second_factor(*, request: HttpRequest, account: Account, secret: str, code: str) -> list[str]:
    """Start using `secret`, once a code made from it is right; replaces an earlier one. Returns new recovery codes.

    This session counts as two factors from now on and gets a new key; the others end, since they rest on less.
    Raises `InvalidInput` for a wrong code; nothing changed then.
    """
    now = timezone.now()
    step = accepted_step(secret, tidy(code), at=int(now.timestamp()), after=0)
    if step is None:
        raise InvalidInput.from_problems(
            "wrong_code", ["口令与这个密钥不符。请核对手机时间是否准确，再填写应用里现在显示的 6 位数字。"]
        )
    with transaction.atomic():
        SecondFactor.objects.update_or_create(
            account=account,
            defaults={
                "sealed_secret": seal(secret, purpose=PURPOSE),
                "confirmed_at": now,
                "last_step": step,
            },
        )
        codes = _replace_recovery_codes(account)
        request.session["factors"] = 2
        request.session.cycle_key()
        end_sessions(account, except_key=request.session.session_key)
        record_act(LedgerAction.SECOND_FACTOR_SET_UP, account, actor=actor_for(account))
        return codes


def renew_recovery_codes(*, account: Account) -> list[str]:
    """Ten new codes; the old ones stop working."""
    with transaction.atomic():
        codes = _replace_recovery_codes(account)
        record_act(LedgerAction.RECOVERY_CODES_RENEWED, account, actor=actor_for(account))
        return codes


def accepts_code(account: Account, typed: str) -> bool:
    """True once per code: the app's six digits, or an unused recovery code. Call inside a transaction."""
    tidied = tidy(typed)
    if is_app_code(tidied):
        return _accepts_app_code(account, tidied)
    digest = _recovery_digest(account, tidied)
    used = RecoveryCode.objects.filter(account=account, digest=digest, used_at=None).update(
        used_at=timezone.now()
    )
    if used:
        record_act(LedgerAction.RECOVERY_CODE_USED, account, actor=actor_for(account))
    return bool(used)


def _accepts_app_code(account: Account, tidied: str) -> bool:
    factor = SecondFactor.objects.select_for_update().filter(account=account).first()
    if factor is None:
        return False
    secret = unseal(factor.sealed_secret, purpose=PURPOSE)
    step = accepted_step(secret, tidied, at=int(timezone.now().timestamp()), after=factor.last_step)
    if step is None:
        return False
    factor.last_step = step
    factor.save(update_fields=["last_step"])
    return True


def _replace_recovery_codes(account: Account) -> list[str]:
    codes = new_recovery_codes()
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, digest=_recovery_digest(account, tidy(code))) for code in codes
    )
    return codes


def _recovery_digest(account: Account, tidied: str) -> str:
    return keyed_digest(f"{account.pk}:{tidied}", purpose="recovery-code")
