"""One try at a password or code: refused while the name or the address is closed, counted when it fails.

Names are looked at one try at a time (an advisory lock), so that many tries at once count like many one after another.
Unknown names are counted, recorded and refused exactly like known ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from enforcement.actors import PUBLIC
from enforcement.errors import Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import PROVINCE_CHAIN, append_entry
from enforcement.ledger.context import current_context
from enforcement.models import Account, SignInFailure
from enforcement.sealing import keyed_digest
from enforcement.services.accounts.subject import chain_of
from enforcement.sign_in_limits import ADDRESS_LIMIT, NAME_LIMIT, closed_until

Found = TypeVar("Found")
KEPT_FOR = dt.timedelta(days=1)
UNKNOWN_NAME = "未登记的用户名"


def counted_attempt(*, username: str, check: Callable[[], Found | None], refusal: Refusal) -> Found:
    """What `check` finds; None from it is one failure of `username` and of the client's address.

    Raises `refusal` for a failure, `Refusal` ("closed") while closed, and says the second from the failure on that closed it.
    """
    name, address = _digests(username)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"sign-in:{name}"])
        closed = _closed(name, address, timezone.now())
        found = check() if closed is None else None
        if closed is None and found is None:
            closed = _count_failure(username, name, address)
    if found is None:
        raise closed or refusal
    return found


def forget_failures(username: str) -> None:
    """After a complete sign-in the name starts afresh; the address does not."""
    SignInFailure.objects.filter(name_digest=_digests(username)[0]).delete()


def name_closed_until(username: str, *, now: dt.datetime) -> dt.datetime | None:
    """The moment from which this name may be tried again, None when it may now."""
    failures = _latest(Q(name_digest=_digests(username)[0]), NAME_LIMIT)
    return closed_until(failures, limit=NAME_LIMIT, now=now)


def _count_failure(username: str, name: str, address: str) -> Refusal | None:
    now = timezone.now()
    failure = SignInFailure.objects.create(name_digest=name, address_digest=address, failed_at=now)
    SignInFailure.objects.filter(failed_at__lt=now - KEPT_FOR).delete()
    closed = _closed(name, address, now)
    account = Account.objects.select_related("agency").filter(username=username).first()
    append_entry(
        chain=PROVINCE_CHAIN if account is None else chain_of(account),
        action=LedgerAction.SIGN_IN_REFUSED,
        subject=failure if account is None else account,
        subject_label=UNKNOWN_NAME if account is None else account.display_name,
        actor=PUBLIC,
        payload={"closed": closed is not None},
    )
    return closed


def _closed(name: str, address: str, now: dt.datetime) -> Refusal | None:
    by_name = closed_until(_latest(Q(name_digest=name), NAME_LIMIT), limit=NAME_LIMIT, now=now)
    if by_name is not None:
        return Refusal(
            "closed",
            f"这个用户名登录未成功的次数过多，{_clock(by_name)} 以前不能登录。请到时再试；忘记密码请联系本单位系统管理员。",
        )
    by_address = closed_until(_latest(Q(address_digest=address), ADDRESS_LIMIT), limit=ADDRESS_LIMIT, now=now)
    if by_address is not None:
        return Refusal(
            "closed",
            f"您所在的网络登录未成功的次数过多，{_clock(by_address)} 以前不能登录。请到时再试，急用请联系本单位系统管理员。",
        )
    return None


def _latest(which: Q, count: int) -> list[dt.datetime]:
    moments = SignInFailure.objects.filter(which).order_by("-failed_at").values_list("failed_at", flat=True)
    return list(moments[:count])


def _clock(moment: dt.datetime) -> str:
    """Hours and minutes here, rounded up: at that minute a try counts again."""
    up = moment + dt.timedelta(seconds=59)
    return timezone.localtime(up).strftime("%H:%M")


def _digests(username: str) -> tuple[str, str]:
    address = current_context().client_address
    return keyed_digest(username, purpose="sign-in-name"), keyed_digest(address, purpose="sign-in-address")
