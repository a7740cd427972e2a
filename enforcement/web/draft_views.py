"""Where the browser keeps and fetches the drafts of its forms (static/js/drafts.js); never cached, never in an address
but for the path of the form."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enforcement.errors import Refusal
from enforcement.services.saved_drafts import TypedFields, discard_draft, find_draft, keep_draft
from enforcement.web.access import ActorRequest, account_page


@require_http_methods(["GET", "POST", "DELETE"])
@account_page
def draft(request: ActorRequest) -> HttpResponse:
    """GET the draft of `?place=`, POST `{"place", "fields"}`, DELETE `?place=`. 204 when there is none."""
    if request.method == "POST":
        return _keep(request)
    place = request.GET.get("place", "")
    if request.method == "DELETE":
        discard_draft(actor=request.actor, place=place)
        return HttpResponse(status=204)
    found = find_draft(actor=request.actor, place=place)
    return _answer(found) if found is not None else HttpResponse(status=204)


def _keep(request: ActorRequest) -> HttpResponse:
    try:
        sent: Any = json.loads(request.body)
        kept = keep_draft(
            actor=request.actor,
            place=str(sent["place"]),
            fields=sent["fields"],
            now=timezone.now(),
        )
    except (ValueError, KeyError, TypeError):
        return JsonResponse(
            {"code": "draft_malformed", "message": "草稿的格式不对，没有保存。请刷新页面后再试。"}, status=400
        )
    except Refusal as refusal:
        return JsonResponse(refusal.as_document(), status=400)
    return _answer(kept)


def _answer(found: TypedFields) -> HttpResponse:
    return JsonResponse(
        {
            "fields": found.fields,
            "saved_at": timezone.localtime(found.saved_at).strftime("%H:%M"),
            "saved_on": timezone.localtime(found.saved_at).strftime("%Y-%m-%d"),
        }
    )


class SavedDraftMiddleware:
    """Drops the draft of a form once the form did its work: the answer leads on to another page, or says so itself."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        leads_on = response.status_code in (302, 303) and not getattr(response, "keeps_draft", False)
        did_its_work = leads_on or getattr(response, "form_is_done", False)
        if request.method == "POST" and did_its_work:
            place = request.POST.get("draft_place", "")
            actor = getattr(request, "actor", None)
            if place and actor is not None and actor.is_signed_in:
                discard_draft(actor=actor, place=place)
        return response
