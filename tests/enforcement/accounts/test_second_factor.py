"""The second factor: set up once, asked at every sign-in, each code good once; `required` serves nothing without it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client, override_settings

from enforcement.actors import Role
from enforcement.ledger.models import LedgerEntry
from enforcement.models import RecoveryCode, SecondFactor
from enforcement.one_time_codes import accepted_step, new_recovery_codes, tidy
from tests.architecture.routes import all_routes
from tests.architecture.test_routes import STAFF, example_address
from tests.cast import Cast, make_account
from tests.enforcement.accounts.signing_in import (
    PASSWORD,
    SECRET,
    app_code,
    enter,
    enter_code,
    is_in,
    minutes,
    stored_secret,
    text_of,
    with_password,
    with_second_factor,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(cast: Cast) -> Any:
    return with_password(cast.officer)


@pytest.fixture
def officer_with_app(officer: Any) -> Any:
    with_second_factor(officer)
    return officer


def test_the_password_alone_opens_nothing(client: Client, officer_with_app: Any, clock: Any) -> None:
    response = enter(client, "officer", next="/officer/cases/")
    assert response["Location"] == "/login/code/?next=%2Fofficer%2Fcases%2F"
    assert not is_in(client)
    assert client.get("/login/code/").status_code == 200


def test_password_and_code_sign_in_with_a_new_key(client: Client, officer_with_app: Any, clock: Any) -> None:
    enter(client, "officer")
    waiting_key = client.session.session_key
    assert enter_code(client, app_code()).status_code == 302
    assert is_in(client)
    assert client.session.session_key != waiting_key
    assert LedgerEntry.objects.order_by("-pk")[0].payload == '{"factors":2,"means":"password"}'


@pytest.mark.parametrize(
    ("steps_away", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_is_good_one_step_to_either_side(
    client: Client, officer_with_app: Any, clock: Any, steps_away: int, accepted: bool
) -> None:
    enter(client, "officer")
    response = enter_code(client, app_code(steps_away=steps_away))
    assert (response.status_code == 302) is accepted


def test_a_code_is_good_once(client: Client, officer_with_app: Any, clock: Any) -> None:
    code = app_code()
    for expected in (302, 400):
        other = Client()
        enter(other, "officer")
        assert enter_code(other, code).status_code == expected


def test_an_earlier_step_is_refused_after_a_later_one(
    client: Client, officer_with_app: Any, clock: Any
) -> None:
    for away, expected in ((1, 302), (0, 400)):
        other = Client()
        enter(other, "officer")
        assert enter_code(other, app_code(steps_away=away)).status_code == expected


@pytest.mark.parametrize("written", ["{0} {1}", "{0}-{1}", " {0}{1} "])
def test_blanks_and_full_width_digits_do_not_matter(
    client: Client, officer_with_app: Any, clock: Any, written: str
) -> None:
    code = app_code()
    enter(client, "officer")
    assert enter_code(client, written.format(code[:3], code[3:])).status_code == 302
    assert tidy("１２３ 456") == "123456"


@pytest.mark.parametrize(("waited", "works"), [(9.9, True), (10.1, False)])
def test_a_password_waits_ten_minutes_for_its_code(
    client: Client, officer_with_app: Any, clock: Any, waited: float, works: bool
) -> None:
    enter(client, "officer")
    clock.shift(minutes(waited))
    enter_code(client, app_code())
    assert is_in(client) is works


def test_a_password_changed_meanwhile_stops_the_sign_in(
    client: Client, officer_with_app: Any, clock: Any
) -> None:
    enter(client, "officer")
    with_password(officer_with_app, "another-password-1")
    assert enter_code(client, app_code())["Location"] == "/login/"
    assert not is_in(client)


def set_up(client: Client) -> list[str]:
    """Set up the app over the pages; the recovery codes shown."""
    page = client.get("/account/second-factor/new/").content.decode()
    secret = re.search(r'class="long-code">([A-Z2-7 ]+)<', page).group(1).replace(" ", "")  # type: ignore[union-attr]
    drawing = re.search(r"<svg[^>]*square-code[^>]*>", page).group(0)  # type: ignore[union-attr]
    assert "viewBox" in drawing, "a drawing with a size of its own is cut by its frame"
    assert "width" not in drawing
    response = client.post("/account/second-factor/new/", {"code": app_code(secret)})
    assert response["Location"] == "/account/recovery-codes/"
    return re.findall(
        r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", client.get(response["Location"]).content.decode()
    )


def test_setting_it_up_shows_ten_recovery_codes_once(client: Client, officer: Any, clock: Any) -> None:
    enter(client, "officer")
    other = Client()
    enter(other, "officer")
    codes = set_up(client)
    assert len(set(codes)) == 10
    assert codes[0] not in client.get("/account/recovery-codes/").content.decode()
    assert is_in(client)
    assert not is_in(other), "a session that rests on less has ended"
    assert all(len(row.digest) == 64 for row in RecoveryCode.objects.all())
    row = SecondFactor.objects.get()
    assert stored_secret(officer) not in row.sealed_secret


def test_a_wrong_code_sets_nothing_up_and_keeps_the_secret(client: Client, officer: Any, clock: Any) -> None:
    enter(client, "officer")
    first = client.get("/account/second-factor/new/").content.decode()
    response = client.post("/account/second-factor/new/", {"code": "000000"})
    assert response.status_code == 400
    secret = re.search(r'class="long-code">([A-Z2-7 ]+)<', first).group(1)  # type: ignore[union-attr]
    assert secret in response.content.decode()
    assert not SecondFactor.objects.exists()


def test_a_recovery_code_stands_in_once(client: Client, officer: Any, clock: Any) -> None:
    enter(client, "officer")
    code = set_up(client)[0]
    for expected in (302, 400):
        other = Client()
        enter(other, "officer")
        assert enter_code(other, code.lower().replace("-", " ")).status_code == expected
    assert LedgerEntry.objects.filter(action="recovery_code_used").count() == 1


def test_new_recovery_codes_replace_the_old(client: Client, officer: Any, clock: Any) -> None:
    enter(client, "officer")
    old = set_up(client)[0]
    assert client.post("/account/recovery-codes/").status_code == 302
    other = Client()
    enter(other, "officer")
    assert enter_code(other, old).status_code == 400


@pytest.mark.parametrize("address", ["/account/second-factor/new/", "/account/recovery-codes/"])
def test_changing_it_needs_a_fresh_proof_with_the_code(
    client: Client, officer_with_app: Any, clock: Any, address: str
) -> None:
    enter(client, "officer")
    enter_code(client, app_code())
    clock.shift(minutes(6))
    assert client.get(address)["Location"].startswith("/account/confirm/")
    wrong = client.post("/account/confirm/", {"password": PASSWORD, "code": "000000", "next": address})
    assert wrong.status_code == 400
    right = client.post("/account/confirm/", {"password": PASSWORD, "code": app_code(), "next": address})
    assert right["Location"] == address
    assert client.get(address).status_code == 200


def test_codes_belong_to_one_account(client: Client, cast: Cast, officer_with_app: Any, clock: Any) -> None:
    other = with_password(cast.approver)
    with_second_factor(other, "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU")
    enter(client, "approver")
    assert enter_code(client, app_code(SECRET)).status_code == 400


def test_the_arithmetic_agrees_with_rfc_6238() -> None:
    # Appendix B, SHA-1, shortened to six digits.
    import base64

    secret = base64.b32encode(b"12345678901234567890").decode()
    for moment, code in ((59, "287082"), (1111111109, "081804"), (2000000000, "279037")):
        assert accepted_step(secret, code, at=moment, after=0) == moment // 30
    assert accepted_step(secret, "287082", at=59, after=1) is None
    assert len({code for _ in range(50) for code in new_recovery_codes()}) == 500


# `required`: the login matrix. No page of the staff is served on one factor, whoever asks and however.
STAFF_ROUTES = [route for route in all_routes() if route.audience in STAFF]
STEPS = {"account:new_factor", "account:confirm", "account:continue", "account:session_left"}


def one_of_each_surface(cast: Cast) -> list[Any]:
    roles = (Role.OFFICER, Role.SUPERVISOR, Role.SYSTEM_ADMIN)
    return [make_account(f"one-{role.value}", "某人", cast.city_market, role) for role in roles]


@override_settings(SECOND_FACTOR="required")
def test_no_staff_page_is_served_on_one_factor(cast: Cast) -> None:
    served = []
    for account in one_of_each_surface(cast):
        client = Client()
        client.force_login(account)
        for route in STAFF_ROUTES:
            for ask in (client.get, client.post):
                response = ask(example_address(route))
                is_led = (response.status_code, response.headers.get("Location", "")) == (
                    302,
                    "/account/second-factor/new/",
                )
                if not is_led and route.name not in STEPS:
                    served.append((account.username, ask.__name__, route.path, response.status_code))
    assert len(STAFF_ROUTES) > 60
    assert served == []


@override_settings(SECOND_FACTOR="required")
def test_no_endpoint_answers_a_session_on_one_factor(client: Client, cast: Cast) -> None:
    client.force_login(cast.officer)
    endpoints = [route for route in all_routes() if route.audience == "api"]
    answers = [client.get(example_address(route)) for route in endpoints]
    assert endpoints
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {
        (403, "sign_in_incomplete")
    }


@override_settings(SECOND_FACTOR="required")
def test_setting_it_up_opens_the_way_and_signing_in_again_needs_it(
    client: Client, officer: Any, clock: Any
) -> None:
    response = enter(client, "officer", next="/officer/cases/")
    assert response["Location"] == "/account/second-factor/new/?next=%2Fofficer%2Fcases%2F"
    assert not is_in(client, "/officer/")
    set_up(client)
    assert is_in(client, "/officer/")
    other = Client()
    assert enter(other, "officer")["Location"] == "/login/code/"


def test_enrolled_asks_only_those_who_have_it_and_suggests_it_to_the_others(
    client: Client, officer: Any, clock: Any
) -> None:
    response = enter(client, "officer")
    assert response["Location"] == "/officer/"
    assert "建议设置动态口令" in text_of(client.get("/officer/"))


def test_after_a_reset_the_next_sign_in_sets_it_up_anew(
    client: Client, cast: Cast, officer_with_app: Any, clock: Any
) -> None:
    from enforcement.actors import actor_for
    from enforcement.services.accounts.reset_sign_in import reset_second_factor

    enter(client, "officer")
    enter_code(client, app_code())
    system = make_account("sys", "系统", cast.province_market, Role.SYSTEM_ADMIN, line_code="")
    reset_second_factor(actor=actor_for(system), account_id=officer_with_app.pk)
    assert not is_in(client)
    with override_settings(SECOND_FACTOR="required"):
        assert enter(client, "officer")["Location"] == "/account/second-factor/new/"
