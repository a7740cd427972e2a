"""Too many wrong passwords or codes close a name for half an hour, and an address when they come from one place."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from enforcement.errors import Refusal
from enforcement.ledger.models import LedgerEntry
from enforcement.models import SignInFailure
from enforcement.services.sign_in.attempts import counted_attempt
from enforcement.sign_in_limits import ADDRESS_LIMIT, NAME_LIMIT, closed_until
from tests.cast import Cast
from tests.enforcement.accounts.signing_in import (
    app_code,
    enter,
    enter_code,
    is_in,
    minutes,
    text_of,
    with_password,
    with_second_factor,
)

NOON = dt.datetime(2026, 11, 25, 12, 0, tzinfo=dt.UTC)


def at(*minutes_after_noon: float) -> list[dt.datetime]:
    return [NOON + dt.timedelta(minutes=one) for one in minutes_after_noon]


@pytest.mark.parametrize(
    ("failures", "now", "until"),
    [
        (at(0, 1, 2, 3), 4, None),
        (at(0, 1, 2, 3, 4), 4, 34),
        (at(0, 1, 2, 3, 4), 33.9, 34),
        (at(0, 1, 2, 3, 4), 34, None),
        (at(0, 1, 2, 3, 30), 30, 60),
        (at(0, 1, 2, 3, 30.1), 30.1, None),
        (at(4, 3, 2, 1, 0), 5, 34),
        (at(0, 1, 2, 3, 4, 40), 41, None),
        ([], 0, None),
    ],
)
def test_five_failures_within_half_an_hour_close_for_half_an_hour(
    failures: list[dt.datetime], now: float, until: float | None
) -> None:
    expected = None if until is None else at(until)[0]
    assert closed_until(failures, limit=NAME_LIMIT, now=at(now)[0]) == expected


@pytest.mark.django_db
class TestOverHttp:
    @pytest.fixture(autouse=True)
    def _officer(self, cast: Cast) -> None:
        with_password(cast.officer)
        self.cast = cast

    def fail(
        self, client: Client, times: int, *, username: str = "officer", address: str = "10.0.0.1"
    ) -> Any:
        for _ in range(times):
            response = enter(client, username, "wrong-password", address=address)
        return response

    def test_the_sixth_try_is_refused_even_with_the_right_password(self, client: Client, clock: Any) -> None:
        last = self.fail(client, NAME_LIMIT)
        assert "以前不能登录" in text_of(last)
        response = enter(client, "officer")
        assert response.status_code == 400
        assert "以前不能登录" in text_of(response)
        assert not is_in(client)

    def test_four_failures_leave_the_door_open_and_a_success_starts_afresh(
        self, client: Client, clock: Any
    ) -> None:
        self.fail(client, NAME_LIMIT - 1)
        assert enter(client, "officer").status_code == 302
        client.post("/logout/")
        self.fail(client, NAME_LIMIT - 1)
        assert enter(client, "officer").status_code == 302

    @pytest.mark.parametrize(("waited", "works"), [(29.9, False), (30, True)])
    def test_after_half_an_hour_the_right_password_works(
        self, client: Client, clock: Any, waited: float, works: bool
    ) -> None:
        self.fail(client, NAME_LIMIT)
        clock.shift(minutes(waited))
        assert (enter(client, "officer").status_code == 302) is works

    def test_the_message_says_until_when_and_what_to_do(self, client: Client, clock: Any) -> None:
        clock.move_to(dt.datetime(2026, 11, 25, 4, 2, 30, tzinfo=dt.UTC))
        words = text_of(self.fail(client, NAME_LIMIT))
        assert "12:33 以前不能登录" in words
        assert "联系本单位系统管理员" in words

    def test_tries_while_closed_do_not_keep_it_closed(self, client: Client, clock: Any) -> None:
        self.fail(client, NAME_LIMIT)
        clock.shift(minutes(29))
        self.fail(client, 3)
        clock.shift(minutes(1))
        assert enter(client, "officer").status_code == 302

    def test_another_name_is_not_closed(self, client: Client, clock: Any) -> None:
        self.fail(client, NAME_LIMIT)
        with_password(self.cast.approver)
        assert enter(client, "approver").status_code == 302

    def test_unknown_names_are_counted_and_refused_in_the_same_words(
        self, client: Client, clock: Any
    ) -> None:
        known = [text_of(self.fail(client, 1)) for _ in range(NAME_LIMIT + 1)]
        unknown = [text_of(self.fail(client, 1, username="nobody")) for _ in range(NAME_LIMIT + 1)]
        assert known == unknown
        recorded = LedgerEntry.objects.filter(action="sign_in_refused")
        assert recorded.filter(subject_type="Account").count() == NAME_LIMIT
        assert recorded.filter(subject_type="SignInFailure").count() == NAME_LIMIT

    def test_many_names_from_one_address_close_the_address(self, client: Client, clock: Any) -> None:
        for number in range(ADDRESS_LIMIT):
            self.fail(client, 1, username=f"name{number}", address="10.9.9.9")
        response = enter(client, "officer", address="10.9.9.9")
        assert "所在的网络登录未成功的次数过多" in text_of(response)
        assert enter(client, "officer", address="10.9.9.8").status_code == 302

    def test_wrong_codes_count_too(self, client: Client, clock: Any) -> None:
        with_second_factor(self.cast.officer)
        enter(client, "officer")
        for _ in range(NAME_LIMIT):
            response = enter_code(client, "000000")
        assert "以前不能登录" in text_of(response)
        assert enter_code(client, app_code()).status_code == 400
        assert "以前不能登录" in text_of(enter(client, "officer"))

    def test_a_right_password_does_not_wipe_out_wrong_codes(self, client: Client, clock: Any) -> None:
        with_second_factor(self.cast.officer)
        for _ in range(NAME_LIMIT):
            enter(client, "officer")
            response = enter_code(client, "000000")
        assert "以前不能登录" in text_of(response)

    def test_wrong_passwords_at_the_confirm_page_count_too(self, client: Client, clock: Any) -> None:
        enter(client, "officer")
        for _ in range(NAME_LIMIT):
            client.post("/account/confirm/", {"password": "wrong"}, REMOTE_ADDR="10.0.0.1")
        assert "以前不能登录" in text_of(enter(Client(), "officer"))

    def test_neither_names_nor_addresses_are_stored(self, client: Client, clock: Any) -> None:
        self.fail(client, 1, username="secret-typed-here", address="10.1.2.3")
        row = SignInFailure.objects.get()
        assert len(row.name_digest) == len(row.address_digest) == 64
        assert "secret" not in str(list(LedgerEntry.objects.values()))


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_count_like_many_one_after_another() -> None:
    checked: list[int] = []
    outcomes: list[str] = []

    def check() -> None:
        checked.append(1)

    def attempt() -> None:
        try:
            counted_attempt(username="somebody", check=check, refusal=Refusal("wrong", "不对。"))
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(NAME_LIMIT + 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(checked) == NAME_LIMIT
    assert sorted(outcomes) == ["closed"] * 6 + ["wrong"] * (NAME_LIMIT - 1)
