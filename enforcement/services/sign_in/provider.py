"""Single sign-on (OpenID Connect, code flow with PKCE, state and nonce) against the one provider of the settings.

What the provider says is believed only after issuer, audience, expiry, nonce and signature were checked. It never
makes accounts: an administrator enters the person's `sub` first.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import cache
from typing import Any

import requests
import structlog
from authlib.integrations.django_client import DjangoIntegration, DjangoOAuth2App, OAuthError
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError

from enforcement.errors import Refusal
from enforcement.models import Account
from enforcement.secure_addresses import is_secure_address
from enforcement.services.sign_in.attempts import counted_attempt
from enforcement.services.sign_in.confirm_identity import mark_confirmed
from enforcement.services.sign_in.open_session import Means, SignIn, continue_sign_in

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
TIMEOUT_SECONDS = 10
CLOCK_DIFFERENCE_SECONDS = 60
# A confirmation through the provider is as fresh as one by password.
CONFIRMED_WITHIN_SECONDS = 5 * 60

UNREACHABLE = (
    "provider_unreachable",
    "统一身份认证暂时没有响应，没有登录。请稍后再试，或者用用户名和密码登录。",
)
NOT_BELIEVED = (
    "provider_not_believed",
    "统一身份认证返回的内容没有通过核验，没有登录。请重新登录；多次出现的，请联系系统管理员。",
)
UNKNOWN_PERSON = (
    "provider_person_unknown",
    "统一身份认证已通过，但本系统没有与您对应、可以登录的账号。请联系本单位系统管理员建立账号并登记认证标识。",
)
OTHER_PERSON = ("provider_other_person", "统一身份认证确认的不是现在登录的人。请用本人的身份重新确认。")

logger = structlog.get_logger("hengdu.sign_in")


def is_configured() -> bool:
    return bool(settings.OIDC_ISSUER)


def lead_to_provider(*, request: HttpRequest, callback: str, confirm: bool = False) -> HttpResponse:
    """The redirect to the provider; `confirm` makes it ask the person again. Raises `Refusal`."""
    again = {"prompt": "login", "max_age": "0"} if confirm else {}
    try:
        redirect: HttpResponse = _provider().authorize_redirect(request, callback, **again)
    except (requests.RequestException, ValueError, RuntimeError, KeyError) as error:
        logger.warning("provider unreachable", error=type(error).__name__)
        raise Refusal(*UNREACHABLE) from error
    return redirect


def told_by_provider(*, request: HttpRequest) -> Mapping[str, Any]:
    """The checked claims of the person who comes back. Raises `Refusal`."""
    claims_options = {
        "iss": {"essential": True, "value": settings.OIDC_ISSUER},
        "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
    }
    try:
        token = _provider().authorize_access_token(
            request, claims_options=claims_options, leeway=CLOCK_DIFFERENCE_SECONDS
        )
        claims: Mapping[str, Any] = token["userinfo"]
        if not claims["sub"]:
            raise KeyError("sub")
    except requests.RequestException as error:
        logger.warning("provider unreachable", error=type(error).__name__)
        raise Refusal(*UNREACHABLE) from error
    except (OAuthError, JoseError, ValueError, RuntimeError, KeyError, TypeError) as error:
        logger.warning("provider not believed", error=type(error).__name__)
        raise Refusal(*NOT_BELIEVED) from error
    return claims


def sign_in_by_provider(*, request: HttpRequest, claims: Mapping[str, Any]) -> SignIn:
    """A session for the account with this `sub`, or the wait for a code of ours when the provider saw one factor only.

    Raises `Refusal` when there is no such account or it is closed; that is recorded and counted like a wrong password.
    """
    subject = str(claims["sub"])
    account = counted_attempt(
        username=f"sso:{subject}",
        check=lambda: Account.objects.filter(sso_subject=subject, is_active=True).first(),
        refusal=Refusal(*UNKNOWN_PERSON),
    )
    factors = 2 if saw_two_factors(claims) else 1
    return continue_sign_in(request=request, account=account, means=Means.PROVIDER, factors=factors)


def confirm_by_provider(*, request: HttpRequest, account: Account, claims: Mapping[str, Any]) -> None:
    """Step-up for those without a password here: the provider asked the same person again, just now. Raises `Refusal`."""
    if str(claims["sub"]) != account.sso_subject:
        raise Refusal(*OTHER_PERSON)
    asked_at = claims.get("auth_time")
    if not isinstance(asked_at, int | float) or time.time() - asked_at > CONFIRMED_WITHIN_SECONDS:
        raise Refusal(*NOT_BELIEVED)
    mark_confirmed(request=request, account=account)


def saw_two_factors(claims: Mapping[str, Any]) -> bool:
    """RFC 8176 `mfa` among the methods, or one of the `acr` values the deployer named."""
    methods = claims.get("amr")
    named = claims.get("acr") in settings.OIDC_TWO_FACTOR_ACR
    return named or (isinstance(methods, list) and "mfa" in methods)


def _provider() -> DjangoOAuth2App:
    """The client, with the provider's own description of itself checked. Raises ValueError for one that is unsafe."""
    provider = _client(settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)
    described = provider.load_server_metadata()
    is_ours = described.get("issuer") == settings.OIDC_ISSUER
    if not is_ours or not all(is_secure_address(str(described.get(name, ""))) for name in ENDPOINTS):
        _client.cache_clear()  # ask again next time: it may have been put right
        raise ValueError("the provider names another issuer or an address that is not https")
    offered = described.get("id_token_signing_alg_values_supported") or ["RS256"]
    # A token without a signature, or signed with our own shared secret, is never accepted.
    described["id_token_signing_alg_values_supported"] = [one for one in offered if one in ALGORITHMS]
    return provider


@cache
def _client(issuer: str, client_id: str, client_secret: str) -> DjangoOAuth2App:
    return DjangoOAuth2App(
        DjangoIntegration("hengdu"),
        name="hengdu",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT_SECONDS,
        },
    )
