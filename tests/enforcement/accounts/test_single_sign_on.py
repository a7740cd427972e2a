"""Single sign-on against a small local provider: what is believed, what is not, and who gets in."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings
from joserfc.jwk import RSAKey

from config import env
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Account
from enforcement.secure_addresses import is_secure_address
from tests.cast import Cast
from tests.enforcement.accounts.local_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    LocalProvider,
    running_provider,
    shared_secret_key,
)
from tests.enforcement.accounts.signing_in import app_code, enter_code, is_in, text_of, with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider() -> Iterator[LocalProvider]:
    with (
        running_provider() as running,
        override_settings(
            OIDC_ISSUER=running.issuer,
            OIDC_CLIENT_ID=CLIENT_ID,
            OIDC_CLIENT_SECRET=CLIENT_SECRET,
            OIDC_TWO_FACTOR_ACR=["urn:loa:3"],
        ),
    ):
        yield running


@pytest.fixture
def officer(cast: Cast) -> Account:
    """Known to the provider, without a password here."""
    Account.objects.filter(pk=cast.officer.pk).update(sso_subject="person-1")
    cast.officer.refresh_from_db()
    return cast.officer


def go(client: Client, provider: LocalProvider, *, begin: str = "/login/sso/", **callback: str) -> Any:
    """The whole way: off to the provider and back; `callback` replaces parameters of the way back."""
    leaving = client.get(begin)
    assert leaving["Location"].startswith(f"{provider.issuer}/authorize?"), leaving["Location"]
    code, state = provider.authorize(leaving["Location"])
    return client.get("/login/sso/callback/", {"code": code, "state": state} | callback)


def words_after(client: Client, response: Any) -> str:
    """The page the person sees when it did not work."""
    assert response.status_code == 302
    assert response["Location"] == "/login/"
    assert not is_in(client)
    return text_of(client.get("/login/"))


def test_a_known_person_gets_in_with_pkce_state_and_nonce(
    client: Client, provider: LocalProvider, officer: Account
) -> None:
    response = go(client, provider, begin="/login/sso/?next=/officer/cases/")
    assert response["Location"] == "/officer/cases/"
    assert is_in(client)
    asked = provider.asked[0]
    assert asked["code_challenge_method"] == "S256"
    assert asked["response_type"] == "code"
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20
    assert LedgerEntry.objects.order_by("-pk")[0].payload == '{"factors":1,"means":"provider"}'


BELIEVED_NOT = {
    "wrong nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "wrong audience": {"aud": "another-system"},
    "no audience": {"aud": None},
    "wrong issuer": {"iss": "https://elsewhere.example"},
    "expired": {"exp": int(time.time()) - 600},
    "no expiry": {"exp": None},
    "no subject": {"sub": None},
    "empty subject": {"sub": ""},
    "issued in the future": {"iat": int(time.time()) + 3600},
}


@pytest.mark.parametrize("changes", BELIEVED_NOT.values(), ids=BELIEVED_NOT.keys())
def test_a_token_with_a_wrong_claim_is_not_believed(
    client: Client, provider: LocalProvider, officer: Account, changes: dict[str, Any]
) -> None:
    provider.changes = changes
    assert "没有通过核验" in words_after(client, go(client, provider))


def test_a_token_signed_with_another_key_is_not_believed(
    client: Client, provider: LocalProvider, officer: Account
) -> None:
    provider.signer = RSAKey.generate_key(2048, parameters={"kid": "own"})
    assert "没有通过核验" in words_after(client, go(client, provider))


def test_a_token_signed_with_the_shared_secret_is_not_believed(
    client: Client, provider: LocalProvider, officer: Account
) -> None:
    provider.signer, provider.algorithm = shared_secret_key(), "HS256"
    assert "没有通过核验" in words_after(client, go(client, provider))


@pytest.mark.parametrize("callback", [{"state": "another"}, {"state": ""}, {"code": "another"}])
def test_a_way_back_that_did_not_begin_here_is_not_believed(
    client: Client, provider: LocalProvider, officer: Account, callback: dict[str, str]
) -> None:
    assert "没有通过核验" in words_after(client, go(client, provider, **callback))


def test_a_way_back_in_another_browser_is_not_believed(
    client: Client, provider: LocalProvider, officer: Account
) -> None:
    code, state = provider.authorize(client.get("/login/sso/")["Location"])
    other = Client()
    response = other.get("/login/sso/callback/", {"code": code, "state": state})
    assert "没有通过核验" in words_after(other, response)


def test_a_way_back_is_good_once(client: Client, provider: LocalProvider, officer: Account) -> None:
    code, state = provider.authorize(client.get("/login/sso/")["Location"])
    way_back = {"code": code, "state": state}
    assert client.get("/login/sso/callback/", way_back)["Location"] == "/officer/"
    client.post("/logout/")
    assert "没有通过核验" in words_after(client, client.get("/login/sso/callback/", way_back))


def test_somebody_unknown_is_told_whom_to_ask_and_no_account_is_made(
    client: Client, provider: LocalProvider, officer: Account
) -> None:
    provider.subject = "person-2"
    before = Account.objects.count()
    assert "登记认证标识" in words_after(client, go(client, provider))
    assert Account.objects.count() == before
    assert LedgerEntry.objects.filter(action="sign_in_refused").count() == 1


def test_a_closed_account_does_not_get_in(client: Client, provider: LocalProvider, officer: Account) -> None:
    Account.objects.update(is_active=False)
    assert "没有与您对应、可以登录的账号" in words_after(client, go(client, provider))


@pytest.mark.parametrize(
    ("changes", "is_two"),
    [
        ({}, False),
        ({"amr": ["pwd"]}, False),
        ({"amr": ["pwd", "mfa"]}, True),
        ({"amr": "mfa"}, False),
        ({"acr": "urn:loa:3"}, True),
        ({"acr": "urn:loa:1"}, False),
    ],
)
def test_acr_and_amr_decide_whether_it_counts_as_two_factors(
    client: Client, provider: LocalProvider, officer: Account, changes: dict[str, Any], is_two: bool
) -> None:
    provider.changes = changes
    with override_settings(SECOND_FACTOR="required"):
        location = go(client, provider).headers["Location"]
        led_to_set_up = location == "/account/second-factor/new/"
        if changes.get("amr") == "mfa":
            assert location == "/login/", "a malformed claim is not believed at all"
            return
        assert led_to_set_up is not is_two
        assert is_in(client, "/officer/") is is_two


def test_one_factor_at_the_provider_still_needs_the_code_of_ours(
    client: Client, provider: LocalProvider, officer: Account, clock: Any
) -> None:
    with_second_factor(officer)
    assert go(client, provider)["Location"] == "/login/code/"
    assert not is_in(client)
    assert enter_code(client, app_code())["Location"] == "/officer/"


def test_a_one_time_password_does_not_matter_to_those_who_come_from_the_provider(
    client: Client, provider: LocalProvider, officer: Account
) -> None:
    Account.objects.update(must_change_password=True)
    assert go(client, provider)["Location"] == "/officer/"


class TestConfirming:
    """Step-up for those who have no password here."""

    @pytest.fixture(autouse=True)
    def _signed_in(self, client: Client, provider: LocalProvider, officer: Account, clock: Any) -> None:
        go(client, provider)
        clock.shift(6 * 60)

    def test_the_same_person_asked_again_confirms(self, client: Client, provider: LocalProvider) -> None:
        assert "用统一身份认证确认" in text_of(client.get("/account/confirm/"))
        response = go(client, provider, begin="/login/sso/?next=/account/second-factor/new/")
        assert response["Location"] == "/account/second-factor/new/"
        assert client.get("/account/second-factor/new/").status_code == 200
        assert (provider.asked[-1]["prompt"], provider.asked[-1]["max_age"]) == ("login", "0")

    @pytest.mark.parametrize("changes", [{"sub": "person-2"}, {"auth_time": 1}, {"auth_time": None}])
    def test_another_person_or_an_old_proof_does_not(
        self, client: Client, provider: LocalProvider, changes: dict[str, Any]
    ) -> None:
        provider.changes = changes
        assert go(client, provider)["Location"] == "/account/confirm/"
        assert client.get("/account/second-factor/new/").status_code == 302


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"jwks_uri": ""},
    ],
)
def test_a_provider_that_describes_itself_wrongly_is_not_used(
    client: Client, provider: LocalProvider, metadata: dict[str, str]
) -> None:
    provider.metadata = metadata
    assert "没有响应" in words_after(client, client.get("/login/sso/"))


def test_a_provider_that_is_down_is_said_so(client: Client) -> None:
    with override_settings(OIDC_ISSUER="http://127.0.0.1:9", OIDC_CLIENT_ID="x", OIDC_CLIENT_SECRET="y"):
        assert "没有响应" in words_after(client, client.get("/login/sso/"))


def test_the_button_is_there_only_when_configured(client: Client, provider: LocalProvider) -> None:
    assert "用统一身份认证登录" in text_of(client.get("/login/"))
    with override_settings(OIDC_ISSUER=""):
        assert "统一身份认证" not in text_of(client.get("/login/"))
        assert client.get("/login/sso/").status_code == 404
        assert client.get("/login/sso/callback/").status_code == 404


@pytest.mark.parametrize(
    ("address", "is_secure"),
    [
        ("https://sso.example.gov.cn/realm", True),
        ("http://sso.example.gov.cn", False),
        ("http://127.0.0.1:8080", True),
        ("http://localhost", True),
        ("http://127.0.0.1.example", False),
        ("https://user@sso.example", False),
        ("ftp://localhost", False),
        ("https://", False),
        ("", False),
    ],
)
def test_the_issuer_needs_https_outside_this_machine(address: str, is_secure: bool) -> None:
    assert is_secure_address(address) is is_secure


def test_a_bad_or_half_configuration_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HENGDU_OIDC_ISSUER", "http://sso.example.gov.cn")
    with pytest.raises(ImproperlyConfigured, match="https://"):
        env.env_issuer("HENGDU_OIDC_ISSUER")
    with pytest.raises(ImproperlyConfigured, match=re.escape("HENGDU_OIDC_CLIENT_ID_FILE")):
        env.env_needed_with("HENGDU_OIDC_CLIENT_ID", "HENGDU_OIDC_ISSUER")
