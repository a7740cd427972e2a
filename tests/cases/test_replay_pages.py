"""The pages of 影响模拟: every state, the panel for compiler and reviewer, and who may open which case."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import ReplayRun, ReplayStatus
from cases.services.run_replay import run_replay
from cases.web.replay_presentation import change_rows, headline, result_tables
from enforcement.models import RuleVersion
from exemption_lists.models import ListEntry
from tests.case_builders import MINOR_CORRECTED, CaseWorld, answer, decide, make_case, signed_in
from tests.cases.test_replay_runs import stricter_draft

pytestmark = pytest.mark.usefixtures("fixed_day")


@pytest.fixture(autouse=True)
def woken(monkeypatch) -> list[int]:
    sent: list[int] = []
    monkeypatch.setattr("cases.services.request_replay.wake_replay", sent.append)
    return sent


@pytest.fixture
def draft(world: CaseWorld) -> RuleVersion:
    """A stricter draft over five past cases that would lose 不予处罚, and one that would not."""
    for _ in range(5):
        decide(world, answer(world, make_case(world), MINOR_CORRECTED))
    decide(world, answer(world, make_case(world), MINOR_CORRECTED | {"harm": "无"}))
    return stricter_draft(world)


def address(version: RuleVersion, part: str = "") -> str:
    return f"/officer/lists/{version.document.slug}/v{version.number}/replay/{part}"


def sent(client: Client, url: str) -> Any:
    return client.post(url, {"operation_id": str(uuid.uuid4())}, follow=True)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def replayed(world, version) -> ReplayRun:
    """A finished run, asked for through the page."""
    sent(signed_in(world, "compiler"), address(version, "start/"))
    run = ReplayRun.objects.latest("pk")
    run_replay(run_id=run.pk)
    run.refresh_from_db()
    return run


def test_before_the_first_run_the_page_offers_one(world, draft):
    shown = text_of(signed_in(world, "compiler").get(address(draft)))
    assert "开始模拟" in shown and "取消模拟" not in shown


def test_from_start_to_result(world, draft, woken, django_capture_on_commit_callbacks):
    client = signed_in(world, "compiler")
    with django_capture_on_commit_callbacks(execute=True):
        shown = text_of(sent(client, address(draft, "start/")))
    run = ReplayRun.objects.get()
    assert woken == [run.pk]
    assert "正在排队，马上开始比对。" in shown and "取消模拟" in shown and 'hx-trigger="every 2s"' in shown
    waiting = client.get(address(draft, "progress/"))
    assert "HX-Refresh" not in waiting
    ReplayRun.objects.update(status="running", done_cases=12_400, total_cases=50_000)
    told = client.get(address(draft, "progress/"))
    assert "正在模拟影响：已比对 12,400 / 50,000 件。" in text_of(told)
    ReplayRun.objects.update(status="queued")
    run_replay(run_id=run.pk)
    assert client.get(address(draft, "progress/"))["HX-Refresh"] == "true"
    shown = text_of(client.get(address(draft)))
    assert "若新版当时生效：6 件中 5 件结论不同。" in shown
    assert "不予处罚 → 清单不适用" in shown and "第 17 条 未按规定明码标价" in shown
    assert "昆明市" in shown and "2026年11月" in shown and "与第 1 版比较" in shown


def test_the_same_form_sent_twice_starts_one_run(world, draft):
    client = signed_in(world, "compiler")
    form = {"operation_id": str(uuid.uuid4())}
    for _ in range(2):
        client.post(address(draft, "start/"), form)
    assert ReplayRun.objects.count() == 1


def test_a_second_start_says_that_one_is_under_way(world, draft):
    client = signed_in(world, "compiler")
    sent(client, address(draft, "start/"))
    assert "正在进行" in text_of(sent(client, address(draft, "start/")))
    assert ReplayRun.objects.count() == 1


def test_cancelling(world, draft):
    client = signed_in(world, "compiler")
    sent(client, address(draft, "start/"))
    shown = text_of(sent(client, address(draft, "cancel/")))
    assert "已取消影响模拟，没有保存结果。" in shown and "重新模拟" in shown
    assert "没有正在进行" in text_of(sent(client, address(draft, "cancel/")))


def test_a_failed_run_says_why_and_keeps_the_earlier_result(world, draft):
    run = replayed(world, draft)
    ReplayRun.objects.create(
        version=draft,
        compared=run.compared,
        content_digest=run.content_digest,
        requested_by=run.requested_by,
        status=ReplayStatus.FAILED,
        failure="第 17 条的适用条件不能读出",
        ended_at=timezone.now(),
    )
    shown = text_of(signed_in(world, "compiler").get(address(draft)))
    assert "第 17 条的适用条件不能读出" in shown and "6 件中 5 件结论不同" in shown


def test_a_result_of_earlier_content_is_marked_on_every_page(world, draft):
    replayed(world, draft)
    ListEntry.objects.filter(version=draft).update(mandate="must")
    client = signed_in(world, "compiler")
    version_page = f"/officer/lists/{draft.document.slug}/v{draft.number}/"
    for url in (address(draft), version_page):
        assert "这份结果已过时" in text_of(client.get(url))


def test_compiler_and_reviewer_see_the_summary(world, draft):
    replayed(world, draft)
    place = f"/officer/lists/{draft.document.slug}/v{draft.number}/"
    for username, url in (("compiler", place), ("reviewer", f"{place}review/")):
        shown = text_of(signed_in(world, username).get(url))
        assert "若新版当时生效：6 件中 5 件结论不同。" in shown and address(draft) in shown


def test_only_cases_in_the_readers_scope_are_listed(world, draft):
    replayed(world, draft)
    compiler = text_of(signed_in(world, "compiler").get(address(draft)))
    assert "结论不同的案件都不在您的办案范围内。" in compiler
    reviewer = text_of(signed_in(world, "reviewer").get(address(draft)))
    numbers = ReplayRun.objects.get().changes.values_list("case__number", "case_id")
    for number, case_id in numbers:
        assert number not in compiler
        assert number in reviewer and f"/officer/cases/{case_id}/" in reviewer


@pytest.mark.parametrize("part", ["", "progress/"])
def test_who_does_not_compile_there_finds_nothing(world, draft, part):
    for username in ("officer", "neighbour"):
        assert signed_in(world, username).get(address(draft, part)).status_code == 404


@pytest.mark.parametrize("part", ["start/", "cancel/"])
def test_acts_are_posted(world, draft, part):
    assert signed_in(world, "compiler").get(address(draft, part)).status_code == 405


def document(**changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "cases": 1204,
        "changed": 18,
        "by_entry": {"1": 12, "2": 6, "3": 0},
        "by_matter": {"A": 18},
        "by_prefecture": {"5301": 9, "5303": 5, "5325": 4},
        "by_month": {"2026-02": 10, "2026-01": 8},
        "by_change": {"lighter>no_penalty": 18},
        "labels": {
            "entries": {
                key: {"serial": key, "title": "某行为", "dropped": key == "2"} for key in ("1", "2", "3")
            },
            "matters": {"A": "某行为"},
        },
    }
    return values | changes


@pytest.mark.parametrize(
    ("cases", "changed", "words"),
    [
        (1204, 318, "若新版当时生效：1,204 件中 318 件结论不同。"),
        (1204, 4, "若新版当时生效：1,204 件中不足 5 件结论不同。"),
        (1204, 5, "若新版当时生效：1,204 件中 5 件结论不同。"),
        (1204, 0, "若新版当时生效：1,204 件中没有结论不同的案件。"),
        (3, 2, "若新版当时生效：不足 5 件中不足 5 件结论不同。"),
        (0, 0, "范围内还没有已作出决定的案件，没有可以比对的。"),
    ],
)
def test_headline(cases, changed, words):
    assert headline(document(cases=cases, changed=changed)) == words


def test_small_cells_are_summed_and_unaffected_entries_named():
    tables = {one.key: one for one in result_tables(document(), {"5301": "昆明市", "5303": "曲靖市"})}
    assert tables["by-prefecture"].rows == [["昆明市", "9"], ["其余 2 项合计", "9"]]
    assert tables["by-prefecture"].note
    assert tables["by-entry"].rows == [["第 1 条 某行为", "12"], ["第 2 条 某行为（新版没有）", "6"]]
    assert tables["by-entry"].untouched == ("第 3 条 某行为",) and not tables["by-entry"].note
    assert tables["by-month"].rows == [["2026年1月", "8"], ["2026年2月", "10"]]
    assert change_rows(document(), most=5) == (("从轻处罚", "不予处罚", "18"),)


def test_where_every_cell_is_small_none_is_named():
    tables = {one.key: one for one in result_tables(document(by_prefecture={"5301": 1, "5303": 2}), {})}
    assert tables["by-prefecture"].rows == [["各项合计", "不足 5 件"]]


def test_the_documents_of_other_kinds_have_no_such_panel(world):
    standard = RuleVersion.objects.get(document__slug="yn-scjg-standard")
    page = signed_in(world, "compiler").get(f"/officer/standards/{standard.document.slug}/v1/")
    assert page.status_code == 200 and "影响模拟" not in text_of(page)
