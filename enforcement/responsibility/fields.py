"""The fields of a matter as values, from a spreadsheet or from the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterFields:
    """What a person fills in about a matter. `legal_basis` are JSON references; `violation_code` "" for none.

    A penalty matter named exactly like a violation of the line is linked to it also without a code.
    """

    serial: str
    name: str
    kind: str
    code: str = ""
    legal_basis: Sequence[Mapping[str, Any]] = ()
    violation_code: str = ""
    object_classes: Sequence[str] = ()
    level: str = ""
    exercised_by: str = ""
    note: str = ""
