"""The one way a rule says no: a `Refusal` with a stable code, a Chinese sentence and structured details.

Forms, pages and the API all render the same object, so that the reason never depends on the surface.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from enforcement.ledger.context import note_refusal


class Refusal(Exception):
    """A rule refused an act. `code` is for programs, `message` for people, `data` for details of either."""

    def __init__(self, code: str, message: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data: dict[str, Any] = dict(data or {})

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions are pickled by their `args`, which hold the message only.
        return (self.__class__, (self.code, self.message, self.data))

    def as_document(self) -> dict[str, Any]:
        """The JSON form used by the API."""
        return {"code": self.code, "message": self.message, "data": self.data}


class NotPermitted(Refusal):
    """The actor may not do this, or may not do it to this object.

    Raised during a request it leaves a trace in the ledger, wherever it is caught (`RefusalTraceMiddleware`).
    """

    def __init__(self, code: str, message: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(code, message, data)
        note_refusal(self)


class InvalidInput(Refusal):
    """What was handed in cannot be accepted; `data["problems"]` lists every problem, not only the first."""

    @property
    def problems(self) -> list[str]:
        return list(self.data.get("problems", []))

    @classmethod
    def from_problems(cls, code: str, problems: Sequence[str]) -> "InvalidInput":
        """One refusal for several problems; the message is their list as one sentence."""
        return cls(code, "；".join(problems), {"problems": list(problems)})

    @classmethod
    def from_fields(cls, code: str, fields: Mapping[str, Sequence[str]]) -> "InvalidInput":
        """One refusal for the problems of several fields: a form shows each at its field, a table at its cell."""
        problems = [sentence for sentences in fields.values() for sentence in sentences]
        named = {name: list(sentences) for name, sentences in fields.items()}
        return cls(code, "；".join(problems), {"problems": problems, "fields": named})


class StaleVersion(Refusal):
    """Someone else changed the row since the actor read it; nothing was saved."""
