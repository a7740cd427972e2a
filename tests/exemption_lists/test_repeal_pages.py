"""Repealing a version on its pages, and what the public reads afterwards."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from django.test import Client
from django.utils import timezone

from enforcement.models import Account, RuleVersion, VersionRepeal
from tests.builders import SPRING, publish_list, publish_next
from tests.cast import Cast, raise_cast

pytestmark = pytest.mark.django_db
OFFICER, PUBLIC = "/officer/lists/market-list/v1/", "/public/lists/market-list/v1/"


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def facts(day: dt.date, **changes: str) -> dict[str, str]:
    today = timezone.localdate().isoformat()
    values = {
        "document_number": "示市监规〔2026〕7号",
        "issued_on": today,
        "ends_on": day.isoformat(),
        "reason": "所依据的规定已经修改",
    }
    return values | changes


def as_person(client: Client, account: Account) -> Client:
    client.force_login(account)
    return client


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def repeal(client: Client, cast: Cast, ends_on: dt.date, address: str = OFFICER) -> None:
    assert as_person(client, cast.compiler).post(f"{address}repeal/", facts(ends_on)).status_code == 302
    assert as_person(client, cast.publisher).post(f"{address}repeal/confirm/").status_code == 302
    client.logout()


def test_two_persons_repeal_a_version_and_the_public_reads_why(client: Client, cast: Cast) -> None:
    publish_list(cast)
    today = timezone.localdate()
    page = read(as_person(client, cast.compiler), OFFICER)
    assert f'href="{OFFICER}repeal/"' in page
    client.post(f"{OFFICER}repeal/", facts(today))
    assert "确认废止" in read(client, OFFICER)
    assert "待确认废止" in read(client, "/officer/lists/")
    assert not VersionRepeal.objects.exists()
    assert "所依据的规定已经修改" in read(as_person(client, cast.publisher), f"{OFFICER}repeal/confirm/")
    client.post(f"{OFFICER}repeal/confirm/")
    assert "废止经手" in read(client, OFFICER)
    client.logout()
    page = read(client, PUBLIC)
    assert "已废止" in page and "示市监规〔2026〕7号" in page and "所依据的规定已经修改" in page
    text = client.get(f"{PUBLIC}repeal.json").content
    assert hashlib.sha256(text).hexdigest() == VersionRepeal.objects.get().digest
    assert "现在没有有效的版本" in read(client, "/public/lists/")


def test_a_version_still_to_be_repealed_says_until_when(client: Client, cast: Cast) -> None:
    publish_list(cast)
    repeal(client, cast, timezone.localdate() + dt.timedelta(days=40))
    page = read(client, PUBLIC)
    assert "现行有效" in page and "在那以前仍然有效" in page


def test_an_upcoming_version_is_withdrawn(client: Client, cast: Cast) -> None:
    first = publish_list(cast)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    publish_next(cast, first, effective_from=tomorrow)
    later = PUBLIC.replace("v1", "v2")
    page = read(client, later)
    assert "还有 1 天" in page and "看现行有效的第 1 版" in page
    repeal(client, cast, tomorrow, OFFICER.replace("v1", "v2"))
    assert "生效前由示市监规〔2026〕7号撤回" in read(client, later)
    assert "现行有效" in read(client, PUBLIC)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, "填写废止的原因"),
        ({"ends_on": "2020-01-01"}, "失效日期不能早于成文日期"),
        ({"ends_on": "下周"}, "失效日期应为日期"),
        ({"issued_on": "2099-01-01", "ends_on": "2099-02-01"}, "成文日期不能晚于今天"),
    ],
)
def test_bad_input_is_named_and_stays(
    client: Client, cast: Cast, changes: dict[str, str], words: str
) -> None:
    publish_list(cast)
    values = facts(timezone.localdate(), **changes)
    response = as_person(client, cast.compiler).post(f"{OFFICER}repeal/", values)
    page = response.content.decode()
    assert response.status_code == 200
    assert words in page
    assert all(value in page for value in values.values())


def test_a_request_is_taken_back_on_the_page(client: Client, cast: Cast) -> None:
    version = publish_list(cast)
    as_person(client, cast.compiler).post(f"{OFFICER}repeal/", facts(timezone.localdate()))
    client.post(f"{OFFICER}repeal/withdraw/")
    assert version in RuleVersion.objects.in_force_on(timezone.localdate())
    assert f'href="{OFFICER}repeal/"' in read(client, OFFICER)


def test_who_asked_cannot_confirm_and_is_told_so(client: Client, cast: Cast) -> None:
    publish_list(cast)
    as_person(client, cast.all_duties).post(f"{OFFICER}repeal/", facts(timezone.localdate()))
    page = read(client, f"{OFFICER}repeal/confirm/")
    assert "双人规则" in page
    client.post(f"{OFFICER}repeal/confirm/")
    assert not VersionRepeal.objects.exists()


@pytest.mark.parametrize("account", ["neighbour", "ecology_compiler"])
def test_what_is_foreign_does_not_exist(client: Client, cast: Cast, account: str) -> None:
    publish_list(cast)
    as_person(client, getattr(cast, account))
    assert client.get(f"{OFFICER}repeal/").status_code == 404
    assert client.get(f"{OFFICER}repeal/confirm/").status_code == 404


def test_a_version_without_repeal_has_no_text_of_one(client: Client, cast: Cast) -> None:
    publish_list(cast)
    assert client.get(f"{PUBLIC}repeal.json").status_code == 404


def test_a_trial_version_and_a_draft_beside_it_say_so(client: Client, cast: Cast) -> None:
    until = timezone.localdate() + dt.timedelta(days=30)
    first = publish_list(cast, effective_from=SPRING, effective_until=until)
    assert "本版试行" in read(client, PUBLIC)
    as_person(client, cast.compiler).post("/officer/lists/market-list/next-version/")
    page = read(client, OFFICER.replace("v1", "v2"))
    assert f"现行有效的是第 {first.number} 版，试行到" in page
