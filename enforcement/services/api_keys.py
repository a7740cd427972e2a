"""Keys that programs sign in with: issued once in clear, kept as a digest, at most a year, revocable at once."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction

from enforcement.actors import Actor, actor_for
from enforcement.errors import InvalidInput, NotPermitted
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import PROVINCE_CHAIN, append_entry
from enforcement.models import Account, ApiKey
from enforcement.models.operations import LONGEST_KEY_LIFE

MARK = "hd_"
PREFIX_BYTES, SECRET_BYTES = 4, 32
MOST_KEYS = 5
# The time of last use is written at most once in this span.
USE_INTERVAL = dt.timedelta(minutes=1)


def issue_api_key(*, actor: Actor, purpose: str, days: int, now: dt.datetime) -> tuple[ApiKey, str]:
    """A key for the actor's own account, and its text, which nobody sees again. Raises InvalidInput."""
    if actor.account_id is None:
        raise NotPermitted("not_permitted", "请先登录。")
    problems = []
    if not purpose.strip():
        problems.append("填写用途，例如：从执法系统导入案件")
    if not 1 <= days <= LONGEST_KEY_LIFE.days - 1:
        problems.append(f"有效期为 1 至 {LONGEST_KEY_LIFE.days - 1} 天")
    with transaction.atomic():
        account = (
            Account.objects.select_for_update(of=("self",)).select_related("agency").get(pk=actor.account_id)
        )
        live = account.api_keys.filter(revoked_at__isnull=True, expires_at__gt=now).count()
        if live >= MOST_KEYS:
            problems.append(f"每个账号最多有 {MOST_KEYS} 个有效密钥，请先停用不用的")
        if problems:
            raise InvalidInput.from_problems("api_key_invalid", problems)
        prefix = f"{MARK}{secrets.token_hex(PREFIX_BYTES)}"
        text = f"{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
        key = ApiKey.objects.create(
            account=account,
            purpose=purpose.strip(),
            prefix=prefix,
            digest=_digest(text),
            created_at=now,
            expires_at=now + dt.timedelta(days=days),
        )
        _to_ledger(actor, account, LedgerAction.API_KEY_ISSUED, key)
    return key, text


def revoke_api_key(*, actor: Actor, key_id: int, now: dt.datetime) -> ApiKey:
    """Stop one of the actor's own keys at once. Raises ApiKey.DoesNotExist for anybody else's."""
    with transaction.atomic():
        key = (
            ApiKey.objects.select_for_update(of=("self",))
            .select_related("account__agency")
            .get(pk=key_id, account=actor.account_id)
        )
        if key.revoked_at is None:
            key.revoked_at = now
            key.save(update_fields=["revoked_at"])
            _to_ledger(actor, key.account, LedgerAction.API_KEY_REVOKED, key)
    return key


def account_of_key(*, text: str, now: dt.datetime) -> Account | None:
    """The account a valid key stands for, None for every other text. One query, and a write once a minute."""
    key = (
        ApiKey.objects.select_related("account__agency")
        .prefetch_related("account__grants")
        .filter(digest=_digest(text))
        .first()
    )
    if key is None or not key.is_valid_at(now) or not key.account.is_active:
        return None
    if key.last_used_at is None or now - key.last_used_at >= USE_INTERVAL:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return key.account


def keys_of(*, actor: Actor) -> list[ApiKey]:
    """The actor's own keys, newest first."""
    return list(ApiKey.objects.filter(account=actor.account_id))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _to_ledger(actor: Actor, account: Account, action: LedgerAction, key: ApiKey) -> None:
    append_entry(
        chain=account.agency.code if account.agency is not None else PROVINCE_CHAIN,
        action=action,
        subject=key,
        subject_label=f"{key.prefix} {actor_for(account).name}",
        actor=actor,
        payload={"prefix": key.prefix, "expires_at": key.expires_at},
    )
