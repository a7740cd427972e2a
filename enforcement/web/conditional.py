"""Answers that a reader asks for again and again: unchanged ones cost a 304."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import condition


def conditional_answer(
    request: HttpRequest,
    content: bytes,
    *,
    media_type: str,
    changed_at: dt.datetime,
    seconds: int,
    disposition: str = "",
) -> HttpResponseBase:
    """The bytes with ETag (their SHA-256), Last-Modified and a time to keep them; 304 when the reader has them."""
    etag = f'"{hashlib.sha256(content).hexdigest()}"'

    @condition(etag_func=lambda request: etag, last_modified_func=lambda request: changed_at)
    def answer(request: HttpRequest) -> HttpResponse:
        response = HttpResponse(content, content_type=media_type)
        if disposition:
            response["Content-Disposition"] = disposition
        return response

    response = answer(request)
    response["Cache-Control"] = f"public, max-age={seconds}"
    return response
