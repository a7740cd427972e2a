"""Passwords: what each profile asks, the forced change, and one-time passwords that lapse."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from enforcement.ledger.models import LedgerEntry
from enforcement.models import Account
from enforcement.passwords.one_time import new_one_time_password
from enforcement.services.accounts.change_password import problems_of
from tests.cast import Cast
from tests.enforcement.accounts.signing_in import PASSWORD, enter, is_in, minutes, text_of, with_password

pytestmark = pytest.mark.django_db
NEW = "nine-copper-kettles"
PREFIX = "enforcement.passwords.validators."
STANDARD = [{"NAME": PREFIX + name} for name in ("NotLikeThePerson", "LongEnough", "NotCommon")]
DENGBAO = [*STANDARD, *({"NAME": PREFIX + name} for name in ("MixedCharacters", "NotUsedBefore"))]
dengbao = override_settings(AUTH_PASSWORD_VALIDATORS=DENGBAO, PASSWORD_MAX_AGE_DAYS=90)


@pytest.fixture
def officer(cast: Cast) -> Any:
    return with_password(cast.officer)


@pytest.mark.parametrize(
    ("password", "refused_for"),
    [
        ("seven-quiet-la", None),
        ("elevenchar1", "至少 12 个字符"),
        ("twelve-chars", None),
        ("password123456", "太常见"),
        ("Password!2026!!", "太常见"),
        ("Hengdu-2026-2026", "太常见"),
        ("qwertyuiop123", "太常见"),
        ("111111111111", "太常见"),
        ("abababababab", "太常见"),
        ("offi-cer-1234", "太像"),
        ("my-Officer-lamp-is-quiet", "太像"),
    ],
)
def test_the_standard_profile(officer: Account, password: str, refused_for: str | None) -> None:
    problems = problems_of(password, account=officer)
    assert (problems == []) if refused_for is None else any(refused_for in one for one in problems), problems


@dengbao
@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        ("seven-quiet-lamps", False),
        ("Seven-quiet-lamps", True),
        ("sevenquietlamps7", False),
        ("Sevenquietlamps7", True),
        ("SEVEN7QUIET7LAMPS", False),
        ("seven-7-quiet-lamps", True),
        ("Seven-7-q", False),
    ],
)
def test_dengbao_asks_three_kinds_of_characters(officer: Account, password: str, is_good: bool) -> None:
    assert (problems_of(password, account=officer) == []) is is_good


def change(client: Client, present: str, new: str, again: str | None = None) -> Any:
    return client.post(
        "/account/password/", {"present": present, "new": new, "again": new if again is None else again}
    )


@dengbao
def test_dengbao_refuses_the_last_five_and_allows_the_sixth(client: Client, officer: Any) -> None:
    passwords = [f"Copper-Kettle-No{number}" for number in range(7)]
    with_password(officer, passwords[0])
    enter(client, "officer", passwords[0])
    for before, after in itertools.pairwise(passwords[:6]):
        assert change(client, before, after).status_code == 302
    # In use is number 5; 1 to 4 came before it; 0 is the sixth back.
    assert "最近 5 次里用过" in text_of(change(client, passwords[5], passwords[1]))
    assert "最近 5 次里用过" in text_of(change(client, passwords[5], passwords[4]))
    assert change(client, passwords[5], passwords[0]).status_code == 302


@dengbao
@pytest.mark.parametrize(("days", "led_to_change"), [(89.9, False), (90, True)])
def test_dengbao_wants_a_new_password_after_ninety_days(
    client: Client, officer: Any, clock: Any, days: float, led_to_change: bool
) -> None:
    Account.objects.filter(pk=officer.pk).update(password_changed_at=timezone.now())
    clock.shift(minutes(days * 24 * 60))
    location = enter(client, "officer")["Location"]
    assert (location == "/account/password/") is led_to_change
    assert is_in(client, "/officer/") is not led_to_change
    if led_to_change:
        assert "已使用满 90 天" in text_of(client.get("/account/password/"))
        assert change(client, PASSWORD, "Nine-copper-kettles").status_code == 302
        assert is_in(client, "/officer/")


def test_a_one_time_password_opens_only_the_page_to_change_it(client: Client, officer: Any) -> None:
    Account.objects.filter(pk=officer.pk).update(must_change_password=True)
    assert enter(client, "officer", next="/officer/cases/")["Location"].startswith("/account/password/?next=")
    for address in ("/officer/", "/account/", "/account/sessions/"):
        assert client.get(address)["Location"] == "/account/password/"
    assert change(client, PASSWORD, NEW)["Location"] == "/officer/"
    assert is_in(client, "/officer/")
    assert LedgerEntry.objects.order_by("-pk")[0].action == "password_changed"


@pytest.mark.parametrize(("days", "works"), [(6.9, True), (7.1, False)])
def test_a_one_time_password_lapses_after_a_week(
    client: Client, officer: Any, clock: Any, days: float, works: bool
) -> None:
    Account.objects.filter(pk=officer.pk).update(
        must_change_password=True, password_changed_at=timezone.now()
    )
    clock.shift(minutes(days * 24 * 60))
    response = enter(client, "officer")
    assert (response.status_code == 302) is works
    if not works:
        assert "已经失效" in text_of(response)


@pytest.mark.parametrize(
    ("present", "new", "again", "said"),
    [
        ("wrong-password", NEW, None, "现在的密码不对"),
        (PASSWORD, NEW, "something-else", "不一致"),
        (PASSWORD, PASSWORD, None, "与现在的密码相同"),
        (PASSWORD, "short", None, "至少 12 个字符"),
        ("", "", "", "填写现在的密码"),
    ],
)
def test_a_change_that_cannot_be_made_says_why(
    client: Client, officer: Any, present: str, new: str, again: str | None, said: str
) -> None:
    enter(client, "officer")
    before = Account.objects.get(pk=officer.pk).password
    response = change(client, present, new, again)
    assert response.status_code == 400
    assert said in text_of(response)
    assert Account.objects.get(pk=officer.pk).password == before
    assert NEW not in response.content.decode()


def test_a_change_ends_the_other_sessions_and_keeps_this_one_under_a_new_key(
    client: Client, officer: Any
) -> None:
    other = Client()
    enter(client, "officer")
    enter(other, "officer")
    before = client.session.session_key
    change(client, PASSWORD, NEW)
    assert (is_in(client), is_in(other)) == (True, False)
    assert client.session.session_key != before
    assert enter(Client(), "officer", NEW).status_code == 302


def test_one_time_passwords_meet_both_profiles_and_differ(officer: Account) -> None:
    made = {new_one_time_password() for _ in range(200)}
    assert len(made) == 200
    with dengbao:
        assert all(problems_of(one, account=officer) == [] for one in made)
