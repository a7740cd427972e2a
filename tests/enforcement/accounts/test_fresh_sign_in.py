"""Step-up: publishing and sealing ask again who one is after five minutes, and nothing typed is lost."""

from __future__ import annotations

import html
import re
import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from enforcement.ledger.models import LedgerEntry
from enforcement.models import RuleVersion
from enforcement.services.publish_version import review_version, submit_version
from enforcement.web.documents.addresses import OfficerAddresses
from enforcement.web.fresh_sign_in import FRESH_SECONDS, HELD_SECONDS, fresh_sign_in, held_form
from exemption_lists.content import BODY
from exemption_lists.web.surface import LISTS
from tests.architecture.routes import all_routes
from tests.builders import draft_list
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-test-password"
TYPED = {
    "document_number": "示市监规〔2026〕7号",
    "issued_on": "2026-11-01",
    "effective_from": "2026-12-01",
    "change_summary": "第一次公布，含“引号”<与尖括号>",
}


@pytest.fixture
def reviewed(cast: Cast) -> RuleVersion:
    version = draft_list(cast)
    submit_version(actor=cast.actor("compiler"), body=BODY, version_id=version.pk)
    return review_version(
        actor=cast.actor("reviewer"), body=BODY, version_id=version.pk, verdict="agree", text="同意。"
    )


@pytest.fixture
def publisher(cast: Cast, client: Client) -> Client:
    cast.publisher.set_password(PASSWORD)
    cast.publisher.save()
    client.post("/login/", {"username": "publisher", "password": PASSWORD})
    return client


def address(version: RuleVersion) -> str:
    return OfficerAddresses(LISTS, version).publish


@pytest.mark.parametrize(("seconds", "asked"), [(FRESH_SECONDS - 1, False), (FRESH_SECONDS, True)])
def test_the_page_opens_within_five_minutes_and_asks_after_them(
    publisher: Client, reviewed: RuleVersion, clock: Any, seconds: int, asked: bool
) -> None:
    clock.shift(seconds)
    response = publisher.get(address(reviewed))
    assert (response.status_code == 302) is asked
    if asked:
        assert response["Location"].startswith("/account/confirm/?next=")


def test_after_confirming_one_is_back_with_a_new_key_and_a_ledger_entry(
    publisher: Client, reviewed: RuleVersion, clock: Any
) -> None:
    clock.shift(FRESH_SECONDS)
    asked = publisher.get(address(reviewed))["Location"]
    before = publisher.session.session_key
    response = publisher.post(asked, {"password": PASSWORD, "next": address(reviewed)})
    assert (response.status_code, response["Location"]) == (302, address(reviewed))
    assert publisher.session.session_key != before
    assert publisher.get(address(reviewed)).status_code == 200
    assert LedgerEntry.objects.order_by("-pk")[0].action == "identity_confirmed"


def test_a_wrong_password_confirms_nothing(publisher: Client, reviewed: RuleVersion, clock: Any) -> None:
    clock.shift(FRESH_SECONDS)
    response = publisher.post("/account/confirm/", {"password": "wrong"})
    assert response.status_code == 400
    assert "密码不对" in response.content.decode()
    assert publisher.get(address(reviewed)).status_code == 302


def hidden_fields(page: str) -> dict[str, str]:
    """Names and values of the hidden inputs, without the CSRF token."""
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in pairs if name != "csrfmiddlewaretoken"}


def test_a_form_sent_too_late_is_held_shown_and_sent_by_the_person(
    publisher: Client, reviewed: RuleVersion, clock: Any
) -> None:
    assert publisher.get(address(reviewed)).status_code == 200
    clock.shift(FRESH_SECONDS)
    response = publisher.post(address(reviewed), TYPED)
    assert (response.status_code, response["Location"]) == (302, "/account/confirm/")
    reviewed.refresh_from_db()
    assert reviewed.status == "reviewed", "nothing happened yet"
    assert "已保留 10 分钟" in publisher.get("/account/confirm/").content.decode()
    response = publisher.post("/account/confirm/", {"password": PASSWORD})
    assert response["Location"] == "/account/continue/"
    page = publisher.get("/account/continue/").content.decode()
    assert f'action="{address(reviewed)}"' in page
    assert hidden_fields(page) == TYPED
    reviewed.refresh_from_db()
    assert reviewed.status == "reviewed", "seeing it again sends nothing"
    response = publisher.post(address(reviewed), hidden_fields(page))
    assert response.status_code == 302
    reviewed.refresh_from_db()
    assert (reviewed.status, reviewed.change_summary) == ("published", TYPED["change_summary"])
    assert "没有等待提交" in publisher.get("/account/continue/").content.decode()


def test_what_is_held_lies_sealed_in_the_session(
    publisher: Client, reviewed: RuleVersion, clock: Any
) -> None:
    clock.shift(FRESH_SECONDS)
    publisher.post(address(reviewed), TYPED)
    assert "document_number" not in publisher.session["held_form"]
    assert TYPED["document_number"] not in publisher.session["held_form"]


def test_what_is_held_is_gone_after_ten_minutes(publisher: Client, reviewed: RuleVersion, clock: Any) -> None:
    clock.shift(FRESH_SECONDS)
    publisher.post(address(reviewed), TYPED)
    clock.shift(HELD_SECONDS + 1)
    publisher.post("/account/confirm/", {"password": PASSWORD})
    assert "没有等待提交" in publisher.get("/account/continue/").content.decode()


@fresh_sign_in
def sensitive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


def stale_request(method: str, **more: Any) -> Any:
    request = getattr(RequestFactory(), method)("/x/", **more)
    request.session = {"started_at": int(time.time()) - 3600}
    request._messages = _Messages()
    return request


class _Messages(list[Any]):
    def add(self, level: int, message: str, extra_tags: str = "") -> None:
        self.append(message)


def test_a_fragment_moves_the_whole_page() -> None:
    response = sensitive(stale_request("post", data={"a": "1"}, headers={"HX-Request": "true"}))
    assert (response.status_code, response["HX-Redirect"]) == (204, "/account/confirm/")


def test_files_are_asked_for_again_and_repeated_fields_are_kept() -> None:
    request = stale_request("post", data={"a": ["1", "2"], "table": SimpleUploadedFile("清单.xlsx", b"x")})
    sensitive(request)
    held = held_form(request)
    assert held is not None
    assert held.fields == (("a", "1"), ("a", "2"))
    assert held.files == (("table", "清单.xlsx"),)


def test_what_is_too_large_to_hold_is_said_so() -> None:
    request = stale_request("post", data={"a": "字" * 200_001})
    response = sensitive(request)
    assert response.url.endswith("?next=%2Fx%2F")
    assert "没有保留" in request._messages[0]


def test_publishing_and_sealing_need_it() -> None:
    guarded = {route.name for route in all_routes() if hasattr(route.view, "needs_fresh_sign_in")}
    assert {"lists:publish", "standards:publish", "joint:publish", "cases:issue"} <= guarded
    assert reverse("account:continue")
