"""Reads of replay runs: the latest of a version, whether its result still holds, and the cases a person may open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cases.models import Case, ReplayChange, ReplayRun
from cases.selectors.replay_plan import compared_version, deciding_digest
from enforcement.actors import Actor
from enforcement.models import Region, RuleVersion

SAMPLES = 20


@dataclass(frozen=True, slots=True)
class RunsOfVersion:
    """`latest` is the last run, whatever became of it; `done` the last one with a result, which may be `latest`.

    `outdated` says why the result of `done` no longer holds, empty while it does.
    """

    latest: ReplayRun | None = None
    done: ReplayRun | None = None
    outdated: str = ""


def runs_of(version: RuleVersion, *, on: dt.date) -> RunsOfVersion:
    """The runs of a version the caller may see."""
    runs = list(
        ReplayRun.objects.filter(version=version)
        .select_related("compared", "requested_by")
        .order_by("-requested_at", "-pk")[:10]
    )
    done = next((run for run in runs if run.is_done), None)
    return RunsOfVersion(
        latest=runs[0] if runs else None,
        done=done,
        outdated=_outdated(done, version, on) if done is not None else "",
    )


def _outdated(run: ReplayRun, version: RuleVersion, on: dt.date) -> str:
    if run.content_digest != deciding_digest(version, run.compared):
        return "清单在模拟之后有改动，这份结果已过时。"
    compared = compared_version(version, on=on)
    if (compared.pk if compared is not None else None) != run.compared_id:
        return "现行版本在模拟之后有变化，这份结果已过时。"
    return ""


def openable_changes(*, actor: Actor, run: ReplayRun, on: dt.date) -> list[ReplayChange]:
    """Some of the changed cases among those the actor may read: nobody learns of a case here that is not theirs."""
    readable = Case.objects.readable_by(actor, on=on)
    changes = ReplayChange.objects.filter(run=run, case__in=readable).select_related("case")
    return list(changes.order_by("pk")[:SAMPLES])


def prefecture_names(codes: list[str]) -> dict[str, str]:
    """The names of the regions with these codes."""
    return dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
