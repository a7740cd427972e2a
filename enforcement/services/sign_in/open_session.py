"""Signing in and out: the password, then the code where the account has one, then a session with a new key."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from enforcement.actors import actor_for
from enforcement.browser_words import browser_words
from enforcement.errors import Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Account
from enforcement.passwords.one_time import has_lapsed
from enforcement.services.accounts.subject import record_act
from enforcement.services.sign_in.attempts import counted_attempt, forget_failures
from enforcement.services.sign_in.second_factor import WRONG_CODE, accepts_code, has_second_factor
from enforcement.sign_in_limits import CODE_WAIT

WRONG_CREDENTIALS = "用户名或密码不对。请检查后再试；忘记密码请联系本单位系统管理员。"
LAPSED = "一次性密码超过 7 天没有使用，已经失效。请联系本单位系统管理员重新设置。"
BACKEND = "django.contrib.auth.backends.ModelBackend"
WAITING = "waiting_for_code"


class Means(StrEnum):
    """How a person proved who they are."""

    PASSWORD = "password"  # noqa: S105 - the name of a means
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class SignIn:
    """The account whose first factor was right; `is_complete` False: its code is still to come."""

    account: Account
    is_complete: bool


def sign_in(*, request: HttpRequest, username: str, password: str) -> SignIn:
    """Check the password; open a session, or wait for the code when the account has a second factor.

    Unknown and known names are refused in the same words after the same work (the hasher runs in both cases).
    Raises `Refusal`.
    """
    name = username.strip()

    def check() -> Account | None:
        found = authenticate(request, username=name, password=password)
        return found if isinstance(found, Account) else None

    account = counted_attempt(
        username=name, check=check, refusal=Refusal("wrong_credentials", WRONG_CREDENTIALS)
    )
    now = timezone.now()
    if has_lapsed(must_change=account.must_change_password, set_at=account.password_changed_at, now=now):
        raise Refusal("password_lapsed", LAPSED)
    return continue_sign_in(request=request, account=account, means=Means.PASSWORD, factors=1)


def continue_sign_in(*, request: HttpRequest, account: Account, means: Means, factors: int) -> SignIn:
    """After a first factor that was right: the session, unless a code of ours is still needed."""
    if factors >= 2 or not has_second_factor(account):
        open_session(request=request, account=account, means=means, factors=factors)
        return SignIn(account, is_complete=True)
    request.session.cycle_key()
    request.session[WAITING] = {
        "account": account.pk,
        "since": int(timezone.now().timestamp()),
        "hash": account.get_session_auth_hash(),
        "means": means,
    }
    return SignIn(account, is_complete=False)


def account_waiting(request: HttpRequest) -> Account | None:
    """The account whose password was right in this session less than ten minutes ago."""
    waiting = request.session.get(WAITING)
    if not waiting:
        return None
    age = dt.timedelta(seconds=timezone.now().timestamp() - waiting["since"])
    account = Account.objects.filter(pk=waiting["account"], is_active=True).first()
    # A password changed in the meantime makes the first factor worthless.
    if age > CODE_WAIT or account is None or not _is_hash_of(account, waiting["hash"]):
        del request.session[WAITING]
        return None
    return account


def complete_sign_in(*, request: HttpRequest, code: str) -> Account:
    """The second step. Raises `Refusal`: a wrong code counts like a wrong password."""
    account = account_waiting(request)
    if account is None:
        raise Refusal("sign_in_again", "输入密码后超过 10 分钟没有填写口令。请重新登录。")
    counted_attempt(
        username=account.username,
        check=lambda: accepts_code(account, code) or None,
        refusal=Refusal("wrong_code", WRONG_CODE),
    )
    means = Means(request.session[WAITING]["means"])
    open_session(request=request, account=account, means=means, factors=2)
    return account


def open_session(*, request: HttpRequest, account: Account, means: Means, factors: int) -> None:
    """A session with a new key, for an account that proved itself by `factors` factors."""
    request.session.pop(WAITING, None)
    login(request, account, backend=BACKEND)
    now = int(timezone.now().timestamp())
    request.session.update(
        {
            "started_at": now,
            "seen_at": now,
            "proved_at": now,
            "factors": factors,
            "means": means,
            "browser": browser_words(request.headers.get("User-Agent", "")),
        }
    )
    with transaction.atomic():
        forget_failures(account.username)
        record_act(
            LedgerAction.SIGNED_IN,
            account,
            actor=actor_for(account),
            payload={"factors": factors, "means": means},
        )


def sign_out(*, request: HttpRequest) -> None:
    """End the session and record it; harmless when nobody was signed in."""
    account = request.user if isinstance(request.user, Account) else None
    logout(request)
    if account is not None:
        with transaction.atomic():
            record_act(LedgerAction.SIGNED_OUT, account, actor=actor_for(account))


def _is_hash_of(account: Account, kept: str) -> bool:
    hashes = [account.get_session_auth_hash(), *account.get_session_auth_fallback_hash()]
    return any(constant_time_compare(one, kept) for one in hashes)
