"""The page of one's own keys: shown once, stopped at once, never somebody else's."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from enforcement.models import ApiKey
from tests.cast import raise_cast

pytestmark = pytest.mark.django_db


def test_a_key_is_shown_once_and_can_be_stopped() -> None:
    cast = raise_cast()
    client, address = Client(), reverse("account:api_keys")
    client.force_login(cast.officer)
    assert "还没有密钥" in client.get(address).content.decode()
    wrong = client.post(address, {"purpose": "导入案件", "days": "400"})
    assert wrong.status_code == 400
    assert "有效期为 1 至 365 天" in wrong.content.decode()
    assert 'value="导入案件"' in wrong.content.decode()
    page = client.post(address, {"purpose": "导入案件", "days": "30"}).content.decode()
    key = ApiKey.objects.get()
    shown = page.split(f'value="{key.prefix}_')[1].split('"')[0]
    again = client.get(address).content.decode()
    assert key.prefix in again
    assert shown not in again
    calls = {"headers": {"Authorization": f"Bearer {key.prefix}_{shown}"}}
    assert Client().get("/api/v1/cases/", **calls).status_code == 200
    stop = reverse("account:api_key_revoke", args=[key.pk])
    other = Client()
    other.force_login(cast.second_officer)
    assert other.post(stop).status_code == 404
    assert client.post(stop).status_code == 302
    assert Client().get("/api/v1/cases/", **calls).status_code == 401
    assert "已停用" in client.get(address).content.decode()
