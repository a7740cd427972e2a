"""What the shared services of the register need to know about one kind of row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from enforcement.actors import Actor, Role
from enforcement.errors import NotPermitted
from enforcement.ledger.append import PROVINCE_CHAIN
from enforcement.models.register_rows import RegisterRow

WHOLE_PROVINCE = "53"
EVERY_LINE = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the duty of somebody who edits a row must reach; `EVERY_LINE` asks for a grant over all lines."""

    region_code: str = WHOLE_PROVINCE
    line_code: str = EVERY_LINE


def reach_of_agency_row(row: Any) -> Reach:
    """For rows with `region_code` and `line_code` of their own."""
    return Reach(row.region_code, row.line_code)


def _province_chain(row: Any) -> str:
    return PROVINCE_CHAIN


def _prepared(row: Any) -> None:
    """Nothing to fill in."""


@dataclass(frozen=True, slots=True)
class RegisterKind:
    """One kind of register row.

    - `reach_of(row)` says how far a registrar's grant must reach to write the row;
    - `chain_of(row)` names the ledger chain, `label_of(row)` how the ledger calls the row (no personal data);
    - `prepare(row)` fills in what follows from other columns before a row is checked and saved (region and line of its
      agency, for example);
    - `end_field` names the date column with which a row ends, "" where rows of this kind do not end.
    """

    slug: str
    noun: str
    model: type[RegisterRow]
    reach_of: Callable[[Any], Reach] = lambda row: Reach()
    chain_of: Callable[[Any], str] = _province_chain
    label_of: Callable[[Any], str] = str
    prepare: Callable[[Any], None] = _prepared
    end_field: str = ""
    duties: frozenset[Role] = frozenset({Role.REGISTRAR})

    def may_write(self, actor: Actor, row: Any) -> bool:
        """True when a duty of the actor reaches this row."""
        reach = self.reach_of(row)
        return actor.is_system or actor.may_any(
            self.duties, region_code=reach.region_code, line_code=reach.line_code
        )

    def may_begin(self, actor: Actor) -> bool:
        """True when the actor has the duty at all; whether it reaches a row is known once the row is."""
        return actor.is_system or bool(actor.roles & self.duties)

    def require_write(self, actor: Actor, row: Any) -> None:
        """Raise `NotPermitted` unless a duty of the actor reaches this row."""
        if not self.may_write(actor, row):
            raise NotPermitted(
                "not_permitted",
                f"您的职责范围不包括{self.noun}“{self.label_of(row)}”，没有保存。请联系管理员授权。",
            )
