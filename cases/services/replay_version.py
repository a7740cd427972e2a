"""影响模拟 of one version: refresh the store, compare, count. Reads only; the run and the command build on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils import timezone

from cases.fact_store.keeping import MARGIN, holds, refresh
from cases.replay.engine import Observe, PastCases, replay
from cases.replay.tally import result_document
from cases.selectors.decided_cases import database_time
from cases.selectors.replay_plan import past_cases, replay_plan
from enforcement.models import RuleVersion

ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class ReplayOfVersion:
    """The result document and the changed cases (columns `cases.replay.columnar.CHANGES`)."""

    document: dict[str, Any]
    changes: pl.DataFrame


def replay_version(
    version: RuleVersion,
    compared: RuleVersion | None,
    *,
    observe: Observe = lambda done, total: None,
    margin: dt.timedelta = MARGIN,
) -> ReplayOfVersion:
    """Both versions over every case decided by the instant `as_of`. Raises InvalidInput for an unreadable entry.

    `observe(done, total)` hears of progress and may stop the replay by raising.
    """
    plan = replay_plan(version, compared)
    as_of, past = _exact_past(margin)
    found = replay(plan, past, observe)
    document = result_document(found, plan, as_of=timezone.localtime(as_of))
    return ReplayOfVersion(document, found.changes)


def _exact_past(margin: dt.timedelta) -> tuple[dt.datetime, PastCases]:
    """Files and newer rows that together are every decision of one instant: checked, and read again if not."""
    for _ in range(ATTEMPTS):
        manifest = refresh(margin=margin)
        as_of = database_time()
        past = past_cases(manifest)
        # Rows only come: if none is missing below the watermark now, none was missing when the newer ones were read.
        if holds(manifest):
            return as_of, past
    raise RuntimeError("decisions keep arriving behind the watermark of the fact store")
