"""Searching the case list: by name, case number or whole identifier, with nothing of it in any address."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.case_builders import CaseWorld, make_case, make_party, valid_id_number

pytestmark = pytest.mark.django_db

NAME, NUMBER = "马丽华", valid_id_number(41)


@pytest.fixture
def officer(world: CaseWorld) -> Client:
    make_case(world, party=make_party(world, kind="person", name=NAME, identifier=NUMBER))
    make_case(world, party=make_party(world, name="阿诺小吃店"))
    client = Client()
    client.force_login(world.accounts["officer"])
    return client


def search(client: Client, words: str, **more: str) -> tuple[str, str]:
    """Address and text of the list after a search."""
    answer = client.post(reverse("cases:search"), {"q": words, "view": "all", **more})
    assert answer.status_code == 302
    return answer["Location"], client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("words", [NAME, "丽", NUMBER, f"{NUMBER[:6]} {NUMBER[6:]}".lower()])
def test_a_party_is_found_and_no_address_holds_the_words(officer: Client, words: str) -> None:
    address, text = search(officer, words)
    assert NAME in text
    assert "阿诺小吃店" not in text
    assert re.fullmatch(r"/officer/cases/\?view=all&search=[\w-]{8}", address)
    links = re.findall(r'(?:href|action)="([^"]*)"', text)
    assert not [link for link in links if words in link]


def test_part_of_an_identifier_finds_nobody(officer: Client) -> None:
    assert NAME not in search(officer, NUMBER[:17])[1]


def test_back_and_paging_keep_the_search(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.selectors.case_list.PAGE_SIZE", 1)
    first, text = search(officer, "未按规定")
    following = re.search(r'href="(\?[^"]+)" rel="next"', text)
    assert following is not None
    second = officer.get(reverse("cases:list") + following.group(1).replace("&amp;", "&")).content.decode()
    assert ("阿诺小吃店" in text) != ("阿诺小吃店" in second)
    assert 'value="未按规定"' in second
    search(officer, "别的")
    assert 'value="未按规定"' in officer.get(first).content.decode()


def test_the_words_are_sealed_in_the_session_and_mean_nothing_to_another(
    officer: Client, world: CaseWorld
) -> None:
    address, _ = search(officer, NAME)
    assert NAME not in repr([session.get_decoded() for session in Session.objects.all()])
    other = Client()
    other.force_login(world.accounts["partner"])
    text = other.get(address).content.decode()
    assert "请重新输入查找词" in text
    assert f'value="{NAME}"' not in text


def test_an_empty_search_and_a_get_leave_no_mark(officer: Client) -> None:
    assert search(officer, "  ")[0] == "/officer/cases/?view=all"
    assert search(officer, "", view="nonsense")[0] == "/officer/cases/?"
    assert officer.get(reverse("cases:search")).status_code == 405
    assert NAME in officer.get(reverse("cases:list"), {"view": "all", "q": "阿诺"}).content.decode()


def test_only_the_latest_searches_are_kept(officer: Client) -> None:
    first, _ = search(officer, NAME)
    for number in range(20):
        search(officer, f"词{number}")
    assert "请重新输入查找词" in officer.get(first).content.decode()
