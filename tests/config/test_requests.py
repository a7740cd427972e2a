"""What surrounds every request: headers, request id, actor, session lifetime, health, error pages."""

from __future__ import annotations

import time
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from config import health
from config.middleware import REQUEST_ID_ALPHABET, REQUEST_ID_LENGTH, new_request_id
from enforcement.actors import PUBLIC


def who(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    return HttpResponse("public" if actor is PUBLIC else str(actor.account_id))


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


handler403 = "config.error_pages.not_permitted"
handler404 = "config.error_pages.not_found"
handler500 = "config.error_pages.server_error"
urlpatterns = [path("who", who), path("broken", broken), path("healthz", health.healthz)]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def account() -> Any:
    return get_user_model().objects.create_user(username="zhang", password="a long passphrase 42")


def test_every_answer_carries_the_security_headers(client: Client) -> None:
    response = client.get("/who")
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    for directive in ("default-src", "frame-ancestors", "object-src", "base-uri"):
        assert policy[directive] == "'none'"
    for directive in ("script-src", "style-src", "font-src", "connect-src", "form-action", "manifest-src"):
        assert policy[directive] == "'self'"
    assert policy["img-src"] == "'self' data:"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_request_ids_are_short_readable_and_differ() -> None:
    ids = {new_request_id() for _ in range(200)}
    assert len(ids) == 200
    assert all(len(found) == REQUEST_ID_LENGTH and set(found) <= set(REQUEST_ID_ALPHABET) for found in ids)
    assert not set("01OIL") & set(REQUEST_ID_ALPHABET)


def test_visitor_is_the_public_and_may_be_cached(client: Client) -> None:
    response = client.get("/who")
    assert response.content == b"public"
    assert "no-store" not in response.get("Cache-Control", "")


def test_signed_in_answers_are_never_stored(client: Client, account: Any) -> None:
    client.force_login(account)
    response = client.get("/who")
    assert response.content.decode() == str(account.pk)
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(("minutes", "still_in"), [(29, True), (31, False)])
def test_idle_limit(client: Client, account: Any, minutes: int, still_in: bool) -> None:
    start = time.time()
    with time_machine.travel(start, tick=False) as clock:
        client.force_login(account)
        client.get("/who")
        clock.move_to(start + minutes * 60)
        assert (client.get("/who").content != b"public") is still_in


def test_use_moves_the_idle_limit_but_not_the_absolute_one(client: Client, account: Any) -> None:
    start = time.time()
    with time_machine.travel(start, tick=False) as clock:
        client.force_login(account)
        client.get("/who")
        for elapsed in range(20 * 60, settings.SESSION_ABSOLUTE_AGE, 20 * 60):
            clock.move_to(start + elapsed)
            assert client.get("/who").content != b"public"
        clock.move_to(start + settings.SESSION_ABSOLUTE_AGE)
        assert client.get("/who").content == b"public"


def test_health_is_good_when_both_servers_answer(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"database": True, "broker": True})


def test_health_names_the_broker_that_is_down(client: Client) -> None:
    with override_settings(REDIS_URL="unix:///tmp/hengdu-no-such-socket?db=0"):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"database": True, "broker": False})


def test_health_names_the_database_that_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "database_answers", lambda: False)
    response = health.healthz(RequestFactory().get("/healthz"))
    assert response.status_code == 503


def test_error_pages_are_chinese_and_show_the_request_id(client: Client) -> None:
    client.raise_request_exception = False
    for address, status in (("/absent", 404), ("/broken", 500)):
        response = client.get(address)
        assert response.status_code == status
        assert response["X-Request-ID"] in response.content.decode()
        assert 'lang="zh' in response.content.decode()


@pytest.mark.parametrize("address", ["/public/search/?q=%00", "/public/%00/", "/login/?next=%2500&x=%00"])
def test_a_null_character_in_an_address_is_a_bad_request_and_no_error(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert "Content-Security-Policy" in response.headers
