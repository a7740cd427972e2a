"""Who else has the table of a version open, and at which entry: kept for half a minute, forgotten by itself."""

from __future__ import annotations

import datetime as dt

from django.core.cache import cache

from enforcement.actors import Actor

KEPT_SECONDS = 40


def note_presence(*, actor: Actor, version_id: int, serial: str, now: dt.datetime) -> list[dict[str, str]]:
    """Note where the actor is and give the others, by name. Two notes at once may lose one until the next, seconds later."""
    key = f"grid-presence:{version_id}"
    limit = (now - dt.timedelta(seconds=KEPT_SECONDS)).timestamp()
    there = {who: seen for who, seen in (cache.get(key) or {}).items() if seen[2] >= limit}
    there[str(actor.account_id)] = [actor.name, serial[:60], int(now.timestamp())]
    cache.set(key, there, timeout=KEPT_SECONDS)
    others = [seen for who, seen in there.items() if who != str(actor.account_id)]
    return [{"name": name, "serial": at} for name, at, _seen in sorted(others)]
