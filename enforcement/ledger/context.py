"""What surrounds an act and is not an argument of any service: the request it came by, and from where.

The middleware (or a task) sets it; `append_entry` reads it. Nothing here is written anywhere as it is: the address of
a client enters the ledger only as a salted commitment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


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


@dataclass(slots=True)
class RequestTrace:
    """What a request met on its way: refusals that rules raised, and the actions it left in the ledger."""

    refusals: list[Exception] = field(default_factory=list)
    actions: set[str] = field(default_factory=set)

    def raised(self) -> list[Exception]:
        """Refusals that were raised, and not only made to explain a button that cannot be pressed."""
        return [refusal for refusal in self.refusals if refusal.__traceback__ is not None]


_trace: ContextVar[RequestTrace | None] = ContextVar("hengdu_request_trace", default=None)


@contextmanager
def tracing() -> Iterator[RequestTrace]:
    """Collect what the block meets; forms and pages may catch a refusal long before anyone could record it."""
    trace = RequestTrace()
    token = _trace.set(trace)
    try:
        yield trace
    finally:
        _trace.reset(token)


def note_refusal(refusal: Exception) -> None:
    trace = _trace.get()
    if trace is not None:
        trace.refusals.append(refusal)


def note_action(action: str) -> None:
    trace = _trace.get()
    if trace is not None:
        trace.actions.add(action)
