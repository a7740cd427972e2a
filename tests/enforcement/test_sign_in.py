"""Login and logout: recorded, the same words for unknown and known names, nobody sent to another host."""

from __future__ import annotations

import pytest
from django.test import Client

from enforcement.ledger.models import LedgerEntry
from enforcement.models import Account, RoleGrant
from enforcement.services.sign_in.open_session import WRONG_CREDENTIALS

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-test-password"


@pytest.fixture
def account() -> Account:
    made = Account.objects.create_user("zhifa", PASSWORD, display_name="某执法员")
    RoleGrant.objects.create(account=made, role="officer", region_code="53")
    return made


def test_a_correct_password_leads_to_the_first_duty_and_is_recorded(client: Client, account: Account) -> None:
    response = client.post("/login/", {"username": " zhifa ", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/officer/")
    assert list(LedgerEntry.objects.values_list("action", flat=True)) == ["signed_in"]


@pytest.mark.parametrize("username", ["zhifa", "nobody"])
def test_known_and_unknown_names_are_refused_in_the_same_words(
    client: Client, account: Account, username: str
) -> None:
    response = client.post("/login/", {"username": username, "password": "wrong-password"})
    assert response.status_code == 400
    page = response.content.decode()
    assert WRONG_CREDENTIALS in page
    assert f'value="{username}"' in page, "the name typed is still there"


def test_a_closed_account_cannot_sign_in(client: Client, account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert client.post("/login/", {"username": "zhifa", "password": PASSWORD}).status_code == 400


@pytest.mark.parametrize(
    ("wanted", "landing"),
    [
        ("/officer/cases/", "/officer/cases/"),
        ("https://elsewhere.example/", "/officer/"),
        ("//elsewhere", "/officer/"),
    ],
)
def test_next_stays_on_this_host(client: Client, account: Account, wanted: str, landing: str) -> None:
    response = client.post("/login/", {"username": "zhifa", "password": PASSWORD, "next": wanted})
    assert response["Location"] == landing


def test_signing_out_needs_a_post_and_is_recorded(client: Client, account: Account) -> None:
    client.force_login(account)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").status_code == 302
    assert LedgerEntry.objects.filter(action="signed_out").count() == 1
    assert client.get("/officer/").status_code == 302


def test_empty_fields_say_what_to_fill_in(client: Client) -> None:
    page = client.post("/login/", {}).content.decode()
    assert "填写用户名" in page
    assert "填写密码" in page
