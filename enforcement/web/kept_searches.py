"""Search words that may be a person's name or number: kept sealed in the session, so that no address holds them.

A search is sent by POST and answered with a redirect to the list with a short random mark (`?search=…`). Back, reload
and paging work with the mark; it means nothing to another session and ends with this one.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest

from enforcement.sealing import BrokenSeal, seal, unseal

SESSION_KEY, PURPOSE = "searches", "kept-search"
KEPT = 20
WORDS_LENGTH = 100


def keep_search(request: HttpRequest, words: str) -> str:
    """The mark of these words; empty for empty words. The oldest of more than 20 searches goes."""
    # The database knows no null character.
    wanted = words.replace("\x00", "").strip()[:WORDS_LENGTH]
    if not wanted:
        return ""
    mark = secrets.token_urlsafe(6)
    kept: dict[str, str] = dict(request.session.get(SESSION_KEY, {}))
    kept[mark] = seal(wanted, purpose=PURPOSE)
    request.session[SESSION_KEY] = dict(list(kept.items())[-KEPT:])
    return mark


def kept_search(request: HttpRequest, mark: str) -> str:
    """The words of a mark; empty when the session does not know it."""
    stored: Any = request.session.get(SESSION_KEY, {}).get(mark)
    try:
        return unseal(stored, purpose=PURPOSE) if stored else ""
    except BrokenSeal:
        return ""
