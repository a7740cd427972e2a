"""Where a person wanted to go before a detour: kept on this host."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def return_address(request: HttpRequest) -> str:
    """`next` from the form or the address; blank when there is none or it leads elsewhere."""
    return safe_address(request, request.POST.get("next") or request.GET.get("next") or "")


def safe_address(request: HttpRequest, wanted: str) -> str:
    """`wanted` when it stays on this host, else blank."""
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else ""
