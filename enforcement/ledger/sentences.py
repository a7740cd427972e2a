"""One Chinese sentence per entry: who did what to what, and why. Every action has a formatter.

Most acts read well as “name + phrase + subject”; those whose point lies in the payload have their own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from enforcement.ledger.action_names import LedgerAction

if TYPE_CHECKING:
    from enforcement.ledger.models import LedgerEntry

Formatter = Callable[["LedgerEntry", Mapping[str, Any]], str]


def _plain(entry: LedgerEntry, payload: Mapping[str, Any]) -> str:
    return f"{entry.actor_name}{LedgerAction(entry.action).label}：{entry.subject_label}"


def _alone(entry: LedgerEntry, payload: Mapping[str, Any]) -> str:
    """The subject is the person who acts."""
    return f"{entry.subject_label}{LedgerAction(entry.action).label}"


def _edited(entry: LedgerEntry, payload: Mapping[str, Any]) -> str:
    what = payload.get("what")
    return _plain(entry, payload) + (f"，{what}" if what else "")


def _facts(entry: LedgerEntry, payload: Mapping[str, Any]) -> str:
    facts = payload.get("facts")
    return _plain(entry, payload) + (f"，{len(facts)} 项" if isinstance(facts, list) else "")


def _decided(entry: LedgerEntry, payload: Mapping[str, Any]) -> str:
    number = payload.get("number")
    return _plain(entry, payload) + (f"，文号 {number}" if number else "")


OWN_FORMATTERS: dict[str, Formatter] = {
    LedgerAction.SIGNED_IN: _alone,
    LedgerAction.SIGNED_OUT: _alone,
    LedgerAction.SIGN_IN_REFUSED: _alone,
    LedgerAction.ACCESS_REFUSED: _alone,
    LedgerAction.VERSION_EDITED: _edited,
    LedgerAction.ENTRY_COMMENTED: _edited,
    LedgerAction.CASE_FACTS_RECORDED: _facts,
    LedgerAction.DECISION_ISSUED: _decided,
}
FORMATTERS: Mapping[str, Formatter] = {
    action.value: OWN_FORMATTERS.get(action, _plain) for action in LedgerAction
}


def sentence_of(entry: LedgerEntry) -> str:
    """Ends with a full stop; the reason stands behind in words. An action no longer listed is shown by its code."""
    payload = json.loads(entry.payload)
    formatter = FORMATTERS.get(entry.action)
    said = (
        formatter(entry, payload)
        if formatter
        else f"{entry.actor_name}（{entry.action}）：{entry.subject_label}"
    )
    reason = entry.reason or payload.get("reason") or ""
    return said + (f"。原因：{reason}" if reason else "") + ("" if str(reason).endswith("。") else "。")
