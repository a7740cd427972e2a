"""Ending one's own sessions in other places."""

from __future__ import annotations

from django.db import transaction

from enforcement.actors import actor_for
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Account
from enforcement.services.accounts.subject import end_sessions, record_act


def end_other_sessions(*, account: Account, this_key: str | None) -> int:
    """Sign out everywhere but here; the number of sessions that ended."""
    with transaction.atomic():
        ended = end_sessions(account, except_key=this_key)
        record_act(LedgerAction.SESSION_ENDED, account, actor=actor_for(account), payload={"sessions": ended})
        return ended


def end_one_session(*, account: Account, digest: str) -> bool:
    """End the session whose key has this digest; False when it is over already or not the account's."""
    with transaction.atomic():
        row = next((row for row in account.sessions.all() if row.key_digest() == digest), None)
        if row is None:
            return False
        row.delete()
        record_act(LedgerAction.SESSION_ENDED, account, actor=actor_for(account), payload={"sessions": 1})
        return True
