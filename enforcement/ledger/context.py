"""What surrounds an act and is not an argument of any service: the request it came by, and from where.

The middleware (or a task) sets it; `append_entry` reads it. Nothing here is written anywhere as it is: the address of
a client enters the ledger only as a salted commitment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActContext:
    """`duty` overrides the actor's own duties where a page is used in one of several."""

    request_id: str = ""
    client_address: str = ""
    duty: str = ""


_current: ContextVar[ActContext] = ContextVar("hengdu_act_context", default=ActContext())  # noqa: B039 (frozen)


def current_context() -> ActContext:
    """The context of the act under way; empty outside a request or task."""
    return _current.get()


@contextmanager
def acting_in(context: ActContext) -> Iterator[None]:
    """Everything appended inside the block carries `context`."""
    token = _current.set(context)
    try:
        yield
    finally:
        _current.reset(token)
