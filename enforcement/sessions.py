"""The session store: Django's database store over `BrowserSession`, which knows whose session a row is.

What the keys of a session mean:
`started_at`  moment of signing in (epoch seconds); the absolute limit counts from it
`seen_at`     last use, written at most once a minute; the idle limit counts from it
`proved_at`   last time the person proved who they are (sign-in or step-up)
`factors`     1 or 2: how many factors that sign-in rested on
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore


class SessionStore(DatabaseSessionStore):
    """Copies the owner and the two moments out of the session, for lists and for ending."""

    @classmethod
    def get_model_class(cls) -> type[Any]:
        from enforcement.models import BrowserSession

        return BrowserSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.started_at = _moment(data.get("started_at"))
        row.seen_at = _moment(data.get("seen_at"))
        row.browser = data.get("browser", "")
        return row


def _moment(seconds: int | None) -> dt.datetime | None:
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC) if seconds else None
