"""The supervisor's pages: counts, departures with reasons, the file behind them, and nobody else's cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from enforcement.wording import date_zh
from tests.case_builders import (
    MINOR_CORRECTED,
    NOT_CORRECTED,
    REASONS,
    CaseWorld,
    answer,
    decide,
    make_case,
    make_party,
    propose,
    valid_id_number,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_of(client: Client, supervisor: Any) -> Callable[[str], str]:
    def get(address: str) -> str:
        client.force_login(supervisor)
        response = client.get(address)
        assert response.status_code == 200
        return response.content.decode()

    return get


def departing_case(world: CaseWorld) -> Case:
    case = answer(world, make_case(world), MINOR_CORRECTED)
    propose(
        world,
        case,
        outcome="normal",
        follows_analysis=False,
        fines={"": 60000},
        departure_class="facts",
        departure_reasons=REASONS,
        education="",
    )
    return case


def test_empty_scope_says_so(page_of: Callable[[str], str]) -> None:
    assert "您监督范围内还没有案件" in page_of("/supervisor/")
    assert "没有同时满足这些条件的案件" in page_of("/supervisor/cases/?status=closed")
    assert "所有处理建议都采纳了系统建议" in page_of("/supervisor/departures/")


def test_home_counts_stages_outcomes_and_departures(world: CaseWorld, page_of: Callable[[str], str]) -> None:
    decide(world, answer(world, make_case(world), MINOR_CORRECTED))
    decide(world, answer(world, make_case(world), NOT_CORRECTED))
    departing_case(world)
    page = page_of("/supervisor/")
    assert "3 件" in page
    assert "status=approval" in page, "a count leads to its cases"
    assert "outcome=no_penalty" in page
    assert "1 件</a>，占 3 次处理建议" in page
    assert "昆明市" in page


def test_departure_shows_class_and_reasons(world: CaseWorld, page_of: Callable[[str], str]) -> None:
    case = departing_case(world)
    page = page_of("/supervisor/departures/")
    assert REASONS in page
    assert "系统未反映的事实" in page
    assert f"/supervisor/cases/{case.pk}/" in page


def test_file_shows_proposal_events_and_decision_without_personal_numbers(
    world: CaseWorld, page_of: Callable[[str], str]
) -> None:
    number = valid_id_number()
    person = make_party(world, kind="person", name="王小明", identifier=number)
    case = answer(world, make_case(world, party=person), MINOR_CORRECTED)
    decide(world, case)
    page = page_of(f"/supervisor/cases/{case.pk}/")
    assert f"{date_zh(case.decision_due_on)}{case.decision_due_note}，立案起九十日" in page
    assert "裁量说明" in page
    assert "采纳系统建议" in page
    assert number not in page
    assert "王小明" not in page


def test_cases_outside_the_scope_do_not_exist(
    client: Client, world: CaseWorld, distant_supervisor: Any
) -> None:
    case = departing_case(world)
    client.force_login(distant_supervisor)
    assert client.get(f"/supervisor/cases/{case.pk}/").status_code == 404
    for address in ("/supervisor/", "/supervisor/cases/", "/supervisor/departures/"):
        page = client.get(address).content.decode()
        assert case.number not in page
        assert REASONS not in page


def test_an_officer_cannot_open_the_supervisors_pages(client: Client, world: CaseWorld) -> None:
    client.force_login(world.accounts["officer"])
    response = client.get("/supervisor/")
    assert response.status_code == 403


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("opened_from=2026-13-01", "立案日期自应为日期，例如 2026.3.5"),
        ("opened_from=2026-03-02&opened_until=2026-03-01", "止日应不早于起日"),
        ("region=5399", "不在您的监督范围内"),
    ],
)
def test_a_wrong_filter_is_explained(page_of: Callable[[str], str], query: str, message: str) -> None:
    assert message in page_of(f"/supervisor/?{query}")


def test_filter_narrows_by_day_of_filing(world: CaseWorld, page_of: Callable[[str], str]) -> None:
    case = departing_case(world)
    inside, outside = f"opened_from={case.opened_on}", "opened_until=2020-01-01"
    assert case.number in page_of(f"/supervisor/cases/?{inside}")
    assert case.number not in page_of(f"/supervisor/cases/?{outside}")


def test_query_counts_do_not_grow_with_cases(world: CaseWorld, page_of: Callable[[str], str]) -> None:
    departing_case(world)
    counts = {}
    addresses = ("/supervisor/", "/supervisor/cases/", "/supervisor/departures/")
    for address in addresses:
        page_of(address)
        with CaptureQueriesContext(connection) as captured:
            page_of(address)
        counts[address] = len(captured)
    for _ in range(3):
        departing_case(world)
    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            page_of(address)
        assert len(captured) <= counts[address], address
