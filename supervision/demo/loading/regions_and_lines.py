"""Regions and lines of the demonstration, with a history that reaches back before its cases."""

from __future__ import annotations

import datetime as dt

from enforcement.actors import SYSTEM, actor_for
from enforcement.models import Account, Line, Region
from enforcement.seed.regions import read_regions
from enforcement.selectors.register_history import end_of_day
from enforcement.services.bulk_register_rows import create_rows, update_rows
from supervision.demo.legal_content import read_lines
from supervision.demo.line_remits import (
    FIRST_WORDINGS,
    LINE_REMITS,
    REGISTERED_DAYS_AGO,
    REWORDED_DAYS_AGO,
    REWORDING_REASON,
)

FIRST_LOAD = "首次登记"


def registered_at(today: dt.date) -> dt.datetime:
    """The moment at which the demonstration says its register began."""
    return end_of_day(today - dt.timedelta(days=REGISTERED_DAYS_AGO))


def load_regions(*, today: dt.date) -> None:
    """All divisions of Yunnan, parents first."""
    rows = [Region(code=r.code, name=r.name, level=r.level.value, parent_id=r.parent) for r in read_regions()]
    create_rows(actor=SYSTEM, model=Region, rows=rows, reason=FIRST_LOAD, at=registered_at(today))


def load_lines(*, today: dt.date) -> None:
    """The lines as they were first worded."""
    rows = [
        Line(code=code, name=name, remit=FIRST_WORDINGS.get(code, LINE_REMITS.get(code, "")))
        for code, name in read_lines().items()
    ]
    create_rows(actor=SYSTEM, model=Line, rows=rows, reason=FIRST_LOAD, at=registered_at(today))


def reword_lines(*, registrar: Account, today: dt.date) -> None:
    """One later change, so that a history shows two wordings."""
    rows = list(Line.objects.filter(code__in=FIRST_WORDINGS))
    for row in rows:
        row.remit = LINE_REMITS[row.code]
    update_rows(
        actor=actor_for(registrar),
        model=Line,
        rows=rows,
        fields=["remit"],
        reason=REWORDING_REASON,
        at=end_of_day(today - dt.timedelta(days=REWORDED_DAYS_AGO)),
    )
