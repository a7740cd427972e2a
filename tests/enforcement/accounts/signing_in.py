"""A person at the sign-in pages, over HTTP: with a password, an authenticator app, and a clock that can be moved."""

from __future__ import annotations

import base64
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp

from enforcement.models import Account, SecondFactor
from enforcement.sealing import seal, unseal
from enforcement.services.sign_in.second_factor import PURPOSE

PASSWORD = "seven-quiet-lanterns"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_password(account: Account, password: str = PASSWORD) -> Account:
    account.set_password(password)
    account.save()
    return account


def with_second_factor(account: Account, secret: str = SECRET) -> SecondFactor:
    """An authenticator app that was set up earlier."""
    return SecondFactor.objects.create(
        account=account, sealed_secret=seal(secret, purpose=PURPOSE), confirmed_at=timezone.now()
    )


def app_code(secret: str = SECRET, *, steps_away: int = 0) -> str:
    """What the app shows now, or some steps of 30 seconds away."""
    return f"{totp(base64.b32decode(secret), drift=steps_away):06d}"


def stored_secret(account: Account) -> str:
    return unseal(SecondFactor.objects.get(account=account).sealed_secret, purpose=PURPOSE)


def enter(
    client: Client, username: str, password: str = PASSWORD, *, address: str = "10.0.0.1", **more: Any
) -> Any:
    return client.post("/login/", {"username": username, "password": password, **more}, REMOTE_ADDR=address)


def enter_code(client: Client, code: str, *, address: str = "10.0.0.1") -> Any:
    return client.post("/login/code/", {"code": code}, REMOTE_ADDR=address)


def is_in(client: Client, address: str = "/account/") -> bool:
    return bool(client.get(address).status_code == 200)


def text_of(response: HttpResponse) -> str:
    """The words of a page without its tags."""
    return re.sub(r"<[^>]+>", " ", response.content.decode())


def minutes(number: float) -> float:
    return number * 60
