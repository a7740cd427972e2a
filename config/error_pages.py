"""The pages shown when something went wrong: in Chinese, with the request id to quote on the telephone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enforcement.actors import PUBLIC


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    if not hasattr(request, "actor"):
        # The failure happened before the acting person was known; the templates still ask.
        request.actor = PUBLIC  # type: ignore[attr-defined]
    context = {"request_id": getattr(request, "request_id", ""), "status": status}
    return render(request, template, context, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404.html", 404)


def not_permitted(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "403.html", 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "400.html", 400)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(request, "500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is stale or came from another site: both are answered like a refusal."""
    return _page(request, "403.html", 403)
