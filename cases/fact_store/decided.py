"""A decided case as the store and the replay see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DecidedCase:
    """Place, line and facts as the decision rested on them; `facts` are JSON values by fact code (money in fen)."""

    case_id: int
    violation_id: int
    line_code: str
    region_code: str
    issued_on: dt.date
    outcome: str
    facts: Mapping[str, Any]
