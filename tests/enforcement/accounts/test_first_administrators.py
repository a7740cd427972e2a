"""The first administrators come from the console; production starts with no default account."""

from __future__ import annotations

import io
import re

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.test import Client, override_settings

from config import gunicorn
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Account, RoleGrant
from supervision.demo.accounts import DEMO_PASSWORD, demo_accounts
from tests.enforcement.accounts.signing_in import enter, with_password, with_second_factor

pytestmark = pytest.mark.django_db


def create(duty: str, username: str, *more: str) -> str:
    """Run the command; what it printed."""
    printed = io.StringIO()
    call_command(
        "create_administrator",
        "--duty",
        duty,
        "--username",
        username,
        "--name",
        "某人",
        *more,
        stdout=printed,
    )
    return printed.getvalue()


def printed_password(text: str) -> str:
    found = re.search(r"：([A-Za-z0-9-]{19})$", text, re.MULTILINE)
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize(
    ("duty", "role"), [("system", "system_admin"), ("security", "security_admin"), ("audit", "audit_admin")]
)
def test_each_duty_can_be_created_and_must_change_the_printed_password(
    client: Client, duty: str, role: str
) -> None:
    text = create(duty, "first")
    assert RoleGrant.objects.get().role == role
    assert enter(client, "first", printed_password(text))["Location"] == "/account/password/"
    assert list(LedgerEntry.objects.order_by("pk").values_list("action", flat=True)[:2]) == [
        "account_created",
        "duty_granted",
    ]


def test_a_second_one_needs_force() -> None:
    create("system", "first")
    with pytest.raises(CommandError, match="--force"):
        create("system", "second")
    assert not Account.objects.filter(username="second").exists()
    create("security", "third")
    create("system", "second", "--force")
    assert RoleGrant.objects.filter(role="system_admin").count() == 2


@pytest.mark.parametrize("more", [("--region", "5"), ("--region", "省")])
def test_a_region_that_is_none_creates_nothing(more: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        create("system", "first", *more)
    assert not Account.objects.exists()


def test_an_administrator_comes_back_in_from_the_console_only(client: Client) -> None:
    create("audit", "first")
    account = Account.objects.get()
    with_second_factor(account)
    printed = io.StringIO()
    call_command("reset_administrator", "first", stdout=printed)
    assert enter(client, "first", printed_password(printed.getvalue()))["Location"] == "/account/password/"
    Account.objects.create_user("officer", "x")
    with pytest.raises(CommandError, match="没有用户名为“officer”的管理员账号"):
        call_command("reset_administrator", "officer")


def found_problems() -> list[str | None]:
    return [message.id for message in run_checks(databases=["default"]) if message.id == "hengdu.E010"]


def test_production_does_not_start_with_an_account_of_the_demonstration() -> None:
    name = demo_accounts()[0].username
    account = with_password(Account.objects.create_user(name), "an-own-password-12")
    with override_settings(MODE="production"):
        assert found_problems() == [], "a person may happen to have that name"
        with_password(account, DEMO_PASSWORD)
        assert found_problems() == ["hengdu.E010"]
        Account.objects.update(is_active=False)
        assert found_problems() == []
    Account.objects.update(is_active=True)
    assert found_problems() == [], "outside production it is what the demonstration needs"


def test_the_demonstration_is_not_loaded_in_production() -> None:
    with override_settings(IS_PRODUCTION=True), pytest.raises(CommandError, match="生产环境不载入演示数据"):
        call_command("load_demo")


def test_the_web_server_asks_before_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    with_password(Account.objects.create_user(demo_accounts()[0].username), DEMO_PASSWORD)
    gunicorn.on_starting(None)
    with (
        override_settings(IS_PRODUCTION=True, MODE="production"),
        pytest.raises(SystemCheckError, match="E010"),
    ):
        gunicorn.on_starting(None)
