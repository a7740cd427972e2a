"""A version as a table that is edited in place: the page, and what its script asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.models import RuleVersion
from enforcement.operations.once import Answer, once, request_digest
from enforcement.selectors.provision_search import provisions_like
from enforcement.selectors.version_acts import acts_for
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.entry_lines import narrowed_entries
from enforcement.web.documents.officer_views import version_context, version_or_404
from exemption_lists import grid as selectors
from exemption_lists.cells import COLUMNS, NEW_ENTRY
from exemption_lists.grid_acts import CellsOvertaken, GridOutcome
from exemption_lists.services.edit_cells import edit_cells
from exemption_lists.services.entry_comments import resolve_comment, write_comment
from exemption_lists.web.grid_input import malformed, read_acts, read_json, whole_number
from exemption_lists.web.presence import note_presence
from exemption_lists.web.surface import LISTS

# In the order in which they build on each other.
SCRIPTS = tuple(
    f"js/grid_{name}.js"
    for name in ("clipboard", "model", "sync", "view", "pen", "keys", "acts", "panels", "start")
)
JsonView = Callable[..., HttpResponse]


def answers_refusals(view: JsonView) -> JsonView:
    """A refusal as JSON: 409 for cells others changed, 422 for bad cells, 403 without the duty, 400 otherwise."""

    @wraps(view)
    def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except CellsOvertaken as overtaken:
            return JsonResponse(_conflicts_document(overtaken), status=409)
        except NotPermitted as refusal:
            return JsonResponse({"code": refusal.code, "message": refusal.message}, status=403)
        except Refusal as refusal:
            cells = refusal.data.get("cells", [])
            document = {"code": refusal.code, "message": refusal.message, "cells": cells}
            return JsonResponse(document, status=422 if isinstance(refusal, InvalidInput) and cells else 400)

    return guarded


def _conflicts_document(overtaken: CellsOvertaken) -> dict[str, Any]:
    return {
        "code": overtaken.code,
        "message": overtaken.message,
        "conflicts": [
            {"entry": one.entry_id, "column": one.column, "theirs": one.theirs, "message": one.message}
            for one in overtaken.conflicts
        ],
    }


@working_page
@require_GET
def page(request: ActorRequest, slug: str, number: int) -> HttpResponse:
    """The table; on phones and without script the ordinary list with its links to the form."""
    version = version_or_404(request, LISTS, slug, number)
    context = version_context(request, LISTS, version, step="表格编辑")
    context |= narrowed_entries(request, LISTS, version, context["at"].entry)
    place = [slug, number]
    context["grid"] = {
        "columns": [column.as_document() for column in COLUMNS],
        "fresh": dict(NEW_ENTRY),
        "editable": acts_for(actor=request.actor, version=version).edit.allowed,
        "remarkable": not version.is_published,
        "place": f"{request.actor.account_id}-{version.pk}",
        "rows": reverse("lists:grid_rows", args=place),
        "edits": reverse("lists:grid_edits", args=place),
        "comments": reverse("lists:grid_comments", args=place),
        "provisions": reverse("lists:grid_provisions", args=place),
        "entry": reverse("lists:entry", args=[*place, "SLUG"]),
    }
    context["grid_scripts"] = SCRIPTS
    return render(request, "exemption_lists/grid.html", context)


@never_cache
@working_page
@require_GET
def rows(request: ActorRequest, slug: str, number: int) -> JsonResponse:
    """All rows, or with `since` what changed after that number of the draft; comments; and who else is here."""
    version = version_or_404(request, LISTS, slug, number)
    others = note_presence(
        actor=request.actor, version_id=version.pk, serial=request.GET.get("on", ""), now=timezone.now()
    )
    document: dict[str, Any] = {
        "lock": version.lock_version,
        "others": others,
        "comments": selectors.comments_of(version),
    }
    since = request.GET.get("since", "")
    if not since.isdecimal():
        document |= {"rows": selectors.rows_of(version), "doubled": selectors.doubled_serials(version)}
    elif int(since[:18]) != version.lock_version:
        document |= {
            "rows": selectors.rows_changed(version, int(since[:18])),
            "order": selectors.order_of(version),
            "doubled": selectors.doubled_serials(version),
        }
    return JsonResponse(document)


@working_page
@require_POST
@answers_refusals
def edits(request: ActorRequest, slug: str, number: int) -> JsonResponse:
    """One act in the table, `{"operation", "changes", "additions", …}`; sent again it gets the first answer."""
    version = version_or_404(request, LISTS, slug, number)
    sent = read_json(request.body)
    acts, key = read_acts(sent), str(sent.get("operation", ""))
    if not key or len(key) > 60 or request.actor.account_id is None:
        raise malformed()

    def act() -> Answer:
        outcome = edit_cells(actor=request.actor, version_id=version.pk, acts=acts)
        return Answer(200, _ids(outcome))

    done = once(
        account_id=request.actor.account_id,
        key=key,
        digest=request_digest("POST", request.path, request.body),
        act=act,
        now=timezone.now(),
        waits=True,
    )
    if done is None:
        raise malformed()
    return JsonResponse(_written(request, slug, number, done.answer.content, moves=acts.moves_rows))


def _ids(outcome: GridOutcome) -> dict[str, Any]:
    """What is remembered of an act: ids only. Names are text, as JSON keeps them."""
    return {
        "written": sorted(outcome.written),
        "created": outcome.created,
        "removed": {str(entry): removed for entry, removed in outcome.removed.items()},
        "notices": {str(entry): notices for entry, notices in outcome.notices.items()},
    }


def _written(
    request: ActorRequest, slug: str, number: int, ids: dict[str, Any], *, moves: bool
) -> dict[str, Any]:
    """The entries of the act as they stand now, and the number of the draft."""
    version: RuleVersion = version_or_404(request, LISTS, slug, number)
    notices = {int(entry): found for entry, found in ids["notices"].items()}
    document = {
        "lock": version.lock_version,
        "saved_at": f"{timezone.localtime():%H:%M}",
        "rows": selectors.rows_written(version, ids["written"], notices),
        "created": ids["created"],
        "removed": ids["removed"],
        "doubled": selectors.doubled_serials(version),
    }
    return document | ({"order": selectors.order_of(version)} if moves else {})


@working_page
@require_POST
@answers_refusals
def comments(request: ActorRequest, slug: str, number: int) -> JsonResponse:
    """`{"entry", "column", "text"}` writes, `{"answer_to", "text"}` answers, `{"resolve"}` resolves."""
    version = version_or_404(request, LISTS, slug, number)
    sent = read_json(request.body)
    if "resolve" in sent:
        resolve_comment(
            actor=request.actor,
            version_id=version.pk,
            comment_id=whole_number(sent["resolve"]),
            now=timezone.now(),
        )
    else:
        answer_to = sent.get("answer_to")
        write_comment(
            actor=request.actor,
            version_id=version.pk,
            entry_slug=str(sent.get("entry", "")),
            column=str(sent.get("column", "")),
            text=str(sent.get("text", "")),
            answer_to=whole_number(answer_to) if answer_to is not None else None,
            now=timezone.now(),
        )
    return JsonResponse({"comments": selectors.comments_of(version)})


@working_page
@require_GET
def provisions(request: ActorRequest, slug: str, number: int) -> JsonResponse:
    """Citations that fit `q`, for the picker of a citation cell."""
    version_or_404(request, LISTS, slug, number)
    return JsonResponse({"found": provisions_like(request.GET.get("q", ""))})
