"""Pages of 影响模拟, below the page of a list's version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from cases.models import ReplayRun
from cases.replay.words import conclusion_words
from cases.selectors.replay_runs import RunsOfVersion, openable_changes, prefecture_names, runs_of
from cases.services.request_replay import cancel_replay, request_replay
from cases.web.replay_part import as_of_words
from cases.web.replay_presentation import headline, progress_words, result_tables
from enforcement.errors import Refusal
from enforcement.models import RuleVersion
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.officer_views import version_context, version_or_404
from enforcement.web.documents.refusals import add_to_messages
from enforcement.web.submitted_once import submitted_once, took_effect
from exemption_lists.web.surface import LISTS


@working_page
@require_GET
def page(request: ActorRequest, slug: str, number: int) -> HttpResponse:
    """Start a replay, watch it, read its result."""
    version = version_or_404(request, LISTS, slug, number)
    runs = runs_of(version, on=timezone.localdate())
    context = version_context(request, LISTS, version, step="影响模拟") | _addresses(version)
    context |= {"runs": runs, "state": _state(runs), **_progress(runs.latest), **_result(request, runs)}
    return render(request, "cases/replay.html", context)


@working_page
@require_GET
def progress(request: ActorRequest, slug: str, number: int) -> HttpResponse:
    """What the page asks for every two seconds; once the run has ended the page is loaded again."""
    version = version_or_404(request, LISTS, slug, number)
    runs = runs_of(version, on=timezone.localdate())
    context = _addresses(version) | _progress(runs.latest)
    response = render(request, "cases/_replay_progress.html", context)
    if _state(runs) != "under_way":
        response["HX-Refresh"] = "true"
    return response


@working_page
@require_POST
@submitted_once
def start(request: ActorRequest, slug: str, number: int) -> HttpResponse:
    """Queue a replay of what stands in the version now."""
    version = version_or_404(request, LISTS, slug, number)
    back = redirect("replays:page", slug, number)
    try:
        request_replay(actor=request.actor, version_id=version.pk, today=timezone.localdate())
    except Refusal as refusal:
        add_to_messages(request, refusal)
        return back
    return took_effect(request, back, what="影响模拟")


@working_page
@require_POST
@submitted_once
def cancel(request: ActorRequest, slug: str, number: int) -> HttpResponse:
    """Stop the replay under way."""
    version = version_or_404(request, LISTS, slug, number)
    back = redirect("replays:page", slug, number)
    try:
        cancel_replay(actor=request.actor, version_id=version.pk)
    except Refusal as refusal:
        add_to_messages(request, refusal)
        return back
    messages.success(request, "已取消影响模拟，没有保存结果。")
    return took_effect(request, back, what="取消影响模拟")


def _state(runs: RunsOfVersion) -> str:
    """none, under_way, cancelled, failed or done: what became of the last run."""
    if runs.latest is None:
        return "none"
    return "under_way" if runs.latest.is_under_way else str(runs.latest.status)


def _addresses(version: RuleVersion) -> dict[str, str]:
    place = [version.document.slug, version.number]
    return {
        f"{name}_url": reverse(f"replays:{name}", args=place)
        for name in ("page", "start", "cancel", "progress")
    }


def _progress(run: ReplayRun | None) -> dict[str, Any]:
    if run is None:
        return {}
    return {"run": run, "progress_text": progress_words(run)}


def _result(request: ActorRequest, runs: RunsOfVersion) -> dict[str, Any]:
    """The last result with its tables, and the cases this person may open."""
    if runs.done is None:
        return {}
    document = runs.done.result or {}
    samples = openable_changes(actor=request.actor, run=runs.done, on=timezone.localdate())
    names = prefecture_names(list(document["by_prefecture"]))
    return {
        "headline": headline(document),
        "as_of": as_of_words(runs.done),
        "compared": runs.done.compared,
        "tables": result_tables(document, names) if document["changed"] else [],
        "has_changes": document["changed"] > 0,
        "sample_columns": [{"label": "案件"}, {"label": "原结论"}, {"label": "新结论"}],
        "samples": [
            [
                {"text": one.case.number, "url": reverse("cases:case", args=[one.case_id])},
                conclusion_words(one.was),
                conclusion_words(one.becomes),
            ]
            for one in samples
        ],
    }
