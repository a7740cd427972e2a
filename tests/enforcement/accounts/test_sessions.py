"""Open sessions: their limits, what ends them, and that rights act at the next request."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from enforcement.actors import Role, actor_for
from enforcement.ledger.models import LedgerEntry
from enforcement.models import ApiKey, BrowserSession, RoleGrant
from enforcement.services.accounts.account_state import deactivate_account
from enforcement.services.accounts.grant_duty import grant_duty, withdraw_duty
from enforcement.services.accounts.reset_sign_in import reset_password
from enforcement.services.api_keys import issue_api_key
from tests.cast import CITY, MARKET, Cast, make_account
from tests.enforcement.accounts.signing_in import enter, is_in, minutes, text_of, with_password

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def officer(cast: Cast) -> Any:
    return with_password(cast.officer)


@pytest.fixture
def system(cast: Cast) -> Any:
    return with_password(make_account("sys", "系统", cast.province_market, Role.SYSTEM_ADMIN, line_code=""))


@pytest.fixture
def security(cast: Cast) -> Any:
    return make_account("sec", "安全", cast.province_market, Role.SECURITY_ADMIN, line_code="")


@pytest.mark.parametrize(("waited", "still_in"), [(14, True), (16, False)])
def test_an_administrator_has_a_quarter_of_an_hour(
    client: Client, system: Any, clock: Any, waited: int, still_in: bool
) -> None:
    enter(client, "sys")
    clock.shift(minutes(waited))
    assert is_in(client) is still_in


@pytest.mark.parametrize(("waited", "still_in"), [(29, True), (31, False)])
def test_everybody_else_has_half_an_hour(
    client: Client, officer: Any, clock: Any, waited: int, still_in: bool
) -> None:
    enter(client, "officer")
    clock.shift(minutes(waited))
    assert is_in(client) is still_in


def test_asking_how_much_is_left_is_no_use_but_going_on_is(client: Client, officer: Any, clock: Any) -> None:
    enter(client, "officer")
    for _ in range(2):
        clock.shift(minutes(10))
        left = client.get("/account/sessions/left/").json()["left"]
    assert left == minutes(10)
    assert client.post("/account/sessions/left/").json()["left"] == minutes(30)
    clock.shift(minutes(29))
    assert is_in(client)
    clock.shift(minutes(31))
    assert client.get("/account/sessions/left/").status_code == 302


def test_after_the_end_signing_in_leads_back(client: Client, officer: Any, clock: Any) -> None:
    enter(client, "officer")
    clock.shift(minutes(31))
    led = client.get("/officer/cases/?view=mine")
    assert led["Location"] == "/login/?next=/officer/cases/%3Fview%3Dmine"
    assert (
        enter(client, "officer", next="/officer/cases/?view=mine")["Location"] == "/officer/cases/?view=mine"
    )


def test_the_key_changes_at_sign_in(client: Client, officer: Any) -> None:
    client.get("/login/")
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    enter(client, "officer")
    assert client.session.session_key != before
    assert not BrowserSession.objects.filter(session_key=before).exists()


def test_a_closed_account_is_out_at_its_next_request(client: Client, officer: Any, system: Any) -> None:
    enter(client, "officer")
    assert is_in(client)
    deactivate_account(actor=actor_for(system), account_id=officer.pk)
    assert not is_in(client)
    assert enter(client, "officer").status_code == 400


def test_a_closed_account_is_out_even_when_its_session_row_is_left(client: Client, officer: Any) -> None:
    enter(client, "officer")
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    assert BrowserSession.objects.filter(account=officer).exists()
    assert not is_in(client)


def test_a_duty_withdrawn_is_gone_at_the_next_request(client: Client, officer: Any, security: Any) -> None:
    enter(client, "officer")
    assert client.get("/officer/cases/").status_code == 200
    withdraw_duty(actor=actor_for(security), grant_id=RoleGrant.objects.get(account=officer).pk)
    assert client.get("/officer/cases/").status_code == 403


def test_a_duty_granted_is_there_at_the_next_request(client: Client, cast: Cast, security: Any) -> None:
    plain = with_password(make_account("plain", "普通人", cast.city_market))
    enter(client, "plain")
    assert client.get("/officer/").status_code == 403
    grant_duty(
        actor=actor_for(security),
        account_id=plain.pk,
        role=Role.OFFICER,
        region_code=CITY,
        line_code=MARKET,
    )
    assert client.get("/officer/").status_code == 200


def test_a_reset_password_signs_out_everywhere_and_must_be_changed(
    client: Client, officer: Any, system: Any, clock: Any
) -> None:
    enter(client, "officer")
    made = reset_password(actor=actor_for(system), account_id=officer.pk)
    assert not is_in(client)
    assert enter(client, "officer", made.one_time_password)["Location"] == "/account/password/"


def test_sessions_are_listed_with_browser_and_ended_one_by_one_or_all(officer: Any, cast: Cast) -> None:
    here, there, third = Client(), Client(headers={"User-Agent": FIREFOX}), Client()
    for one in (here, there, third):
        enter(one, "officer")
    stranger = Client()
    with_password(cast.approver)
    enter(stranger, "approver")
    page = here.get("/account/sessions/")
    assert "火狐浏览器，Windows 电脑" in text_of(page)
    assert "结束其他 2 处登录" in text_of(page)
    for key in BrowserSession.objects.values_list("session_key", flat=True):
        assert key not in page.content.decode()
    digest = BrowserSession.objects.get(browser__startswith="火狐").key_digest()
    stranger.post("/account/sessions/", {"session": digest})
    assert is_in(there), "somebody else's session cannot be ended"
    here.post("/account/sessions/", {"session": digest})
    assert not is_in(there)
    here.post("/account/sessions/")
    assert (is_in(here), is_in(third), is_in(stranger)) == (True, False, True)
    assert LedgerEntry.objects.filter(action="session_ended").count() == 2


def test_pages_of_the_account_are_never_stored(client: Client, officer: Any) -> None:
    enter(client, "officer")
    for address in ("/account/", "/account/sessions/", "/account/second-factor/new/"):
        assert client.get(address)["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    ("role", "landing"),
    [
        (Role.OFFICER, "/officer/"),
        (Role.COMPILER, "/officer/"),
        (Role.REGISTRAR, "/officer/register/"),
        (Role.SUPERVISOR, "/supervisor/"),
    ],
)
def test_each_duty_lands_on_its_own_page(client: Client, cast: Cast, role: Role, landing: str) -> None:
    with_password(make_account("somebody", "某人", cast.city_market, role))
    assert enter(client, "somebody")["Location"] == landing


@pytest.mark.parametrize("role", [None, *Role])
def test_whoever_signs_in_lands_on_a_page_they_may_open(
    client: Client, cast: Cast, role: Role | None
) -> None:
    with_password(make_account("somebody", "某人", cast.city_market, *([role] if role else [])))
    assert is_in(client, enter(client, "somebody")["Location"])


def test_the_own_page_names_duties_in_words_and_the_last_sign_ins(client: Client, officer: Any) -> None:
    enter(client, "officer", "wrong-password")
    enter(client, "officer")
    words = text_of(client.get("/account/"))
    for expected in ("执法人员", "示范市", "市场监管", "登录未成功", "没有启用"):
        assert expected in words


def test_a_reset_password_stops_the_keys_for_programs(officer: Any, system: Any) -> None:
    now = timezone.now()
    issue_api_key(actor=actor_for(officer), purpose="导入", days=30, now=now)
    reset_password(actor=actor_for(system), account_id=officer.pk)
    assert not ApiKey.objects.get().is_valid_at(timezone.now())
