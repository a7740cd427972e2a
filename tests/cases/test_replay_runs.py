"""影响模拟 as people ask for it: requested, done once by a worker, cancelled, repeated, and recorded in the ledger."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import replay_queue
from cases.models import Case, Decision, ReplayChange, ReplayRun, ReplayStatus
from cases.replay.by_row import changed_case
from cases.replay.sides import changed_matters
from cases.selectors.decided_cases import decided_cases
from cases.selectors.replay_plan import compared_version, deciding_digest, replay_plan
from cases.services import run_replay as work
from cases.services.replay_version import replay_version
from cases.services.request_replay import cancel_replay, request_replay
from cases.services.run_replay import requeue_stale, run_replay
from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.ledger.models import LedgerEntry
from enforcement.models import RuleDocument, RuleVersion
from enforcement.services.draft_version import start_next_version
from enforcement.services.return_version import discard_draft
from exemption_lists.content import BODY
from exemption_lists.models import ListEntry
from tests.case_builders import (
    MINOR_CORRECTED,
    NOT_CORRECTED,
    TODAY,
    CaseWorld,
    answer,
    decide,
    make_case,
    publish_list,
)

NOW = dt.timedelta(0)
# The list in force asks for a first offence, minor harm and timely correction; the draft for no harm at all.
STRICTER: dict[str, Any] = {
    "all": [
        {"fact": "offence_count", "op": "eq", "value": 1},
        {"fact": "harm", "op": "in", "value": ["无"]},
        {"fact": "corrected_timely", "op": "eq", "value": True},
    ]
}


@pytest.fixture
def woken(monkeypatch):
    """Ids of the runs that a worker was asked to do."""
    sent: list[int] = []
    for module in ("request_replay", "run_replay"):
        monkeypatch.setattr(f"cases.services.{module}.wake_replay", sent.append)
    return sent


@pytest.fixture
def draft(world: CaseWorld) -> RuleVersion:
    """A stricter next version, over three past cases of which two would no longer be spared."""
    for facts in (MINOR_CORRECTED, MINOR_CORRECTED | {"harm": "无"}, MINOR_CORRECTED, NOT_CORRECTED):
        decide(world, answer(world, make_case(world), facts))
    return stricter_draft(world)


def stricter_draft(world: CaseWorld) -> RuleVersion:
    document = RuleDocument.objects.get(slug="yn-scjg-list")
    version = start_next_version(actor=world.compiler, body=BODY, document_id=document.pk)
    ListEntry.objects.filter(version=version).update(condition=STRICTER)
    return version


def requested(world, version) -> ReplayRun:
    return request_replay(actor=world.compiler, version_id=version.pk, today=TODAY)


def acts(run: ReplayRun) -> list[str]:
    rows = LedgerEntry.objects.filter(subject_type="ReplayRun", subject_id=str(run.pk)).order_by("sequence")
    return list(rows.values_list("action", flat=True))


def test_the_document_counts_each_changed_case_once_in_every_grouping(world, draft):
    compared = compared_version(draft, on=TODAY)
    found = replay_version(draft, compared, margin=NOW)
    document = found.document
    assert (document["cases"], document["changed"]) == (4, 2)
    assert document["by_entry"] == {"17": 2}
    assert document["by_matter"] == {"SCJG-008": 2}
    assert document["by_prefecture"] == {"5301": 2}
    assert document["by_month"] == {"2026-11": 2}
    assert document["by_change"] == {"no_penalty>none": 2}
    assert document["labels"]["matters"] == {"SCJG-008": "未按规定明码标价"}
    json.dumps(document)


@pytest.mark.parametrize("margin", [NOW, dt.timedelta(hours=1)], ids=["from files", "by row"])
def test_the_same_ids_as_evaluating_every_case_by_row(world, draft, margin):
    compared = compared_version(draft, on=TODAY)
    plan = replay_plan(draft, compared)
    both = changed_matters(plan.old, plan.new, plan.matters.values())
    expected = {
        row.case_id
        for row in decided_cases(Decision.objects.all())
        if changed_case(both[row.violation_id], row.facts) is not None
    }
    found = replay_version(draft, compared, margin=margin)
    assert set(found.changes["case_id"]) == expected and len(expected) == 2
    assert found.document["evaluated_by_row"] == (0 if margin == NOW else 4)


def test_cases_of_other_places_and_lines_are_out_of_reach(world, draft):
    for place, cases in (("530102", 4), ("5301", 4), ("530103", 0), ("54", 0)):
        draft.document.region_code = place
        assert replay_version(draft, None, margin=NOW).document["cases"] == cases
    draft.document.region_code, draft.document.line_code = "53", "STHJ"
    assert replay_version(draft, None, margin=NOW).document["cases"] == 0


def test_with_nothing_in_force_every_case_the_list_reaches_counts(world, draft):
    document = replay_version(draft, None, margin=NOW).document
    assert (document["changed"], document["by_change"]) == (1, {"none>no_penalty": 1})


def test_what_a_version_is_compared_with(world):
    first = RuleVersion.objects.get(document__slug="yn-scjg-list")
    assert compared_version(first, on=TODAY) is None
    second = publish_list(world, effective_from=dt.date(2026, 6, 1), next_of=first.document_id)
    third = start_next_version(actor=world.compiler, body=BODY, document_id=first.document_id)
    assert compared_version(second, on=TODAY) == first, "a published one with what it replaced"
    assert compared_version(third, on=TODAY) == second
    assert compared_version(third, on=dt.date(2026, 5, 31)) == first
    assert compared_version(third, on=dt.date(2025, 5, 31)) is None


def test_a_requested_run_is_done_once_and_recorded(world, draft, woken, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = requested(world, draft)
    assert woken == [run.pk] and run.status == ReplayStatus.QUEUED
    run_replay(run_id=run.pk)
    run_replay(run_id=run.pk)
    run.refresh_from_db()
    assert (run.status, run.attempt, run.result["changed"], run.as_of is not None) == ("done", 1, 2, True)
    assert (run.done_cases, run.total_cases) == (4, 4)
    changes = ReplayChange.objects.filter(run=run).values_list("was", "becomes", "entry")
    assert list(changes) == [("no_penalty", "none", "17")] * 2
    assert acts(run) == ["replay_requested", "replay_finished"]


def test_one_run_at_a_time_also_in_the_database(world, draft, woken):
    requested(world, draft)
    with pytest.raises(Refusal, match="正在进行"):
        requested(world, draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReplayRun.objects.create(
            version=draft, content_digest="0" * 64, requested_by=world.accounts["compiler"]
        )


@pytest.mark.parametrize("who", ["officer", "neighbour"])
def test_only_those_who_compile_review_or_publish_it_ask_and_cancel(world, draft, woken, who):
    actor = getattr(world, who)
    with pytest.raises(NotPermitted):
        request_replay(actor=actor, version_id=draft.pk, today=TODAY)
    run = request_replay(actor=world.reviewer, version_id=draft.pk, today=TODAY)
    with pytest.raises(NotPermitted):
        cancel_replay(actor=actor, version_id=draft.pk)
    assert cancel_replay(actor=world.publisher, version_id=draft.pk).pk == run.pk


def test_an_unreadable_entry_is_named_and_nothing_is_queued(world, draft, woken):
    ListEntry.objects.filter(version=draft).update(condition={"fact": "没有这个", "op": "eq", "value": 1})
    with pytest.raises(InvalidInput, match="第 17 条"):
        requested(world, draft)
    assert not ReplayRun.objects.exists()


def test_an_entry_broken_after_the_request_fails_the_run_with_the_reason(world, draft, woken):
    run = requested(world, draft)
    ListEntry.objects.filter(version=draft).update(condition={"fact": "没有这个", "op": "eq", "value": 1})
    run_replay(run_id=run.pk)
    run.refresh_from_db()
    assert run.status == ReplayStatus.FAILED and "第 17 条" in run.failure


def test_a_cancelled_run_stops_before_its_next_partition(world, draft, woken, monkeypatch):
    monkeypatch.setattr(work, "TOLD_EVERY_NS", 0)
    run = requested(world, draft)
    looked = []

    def cancelled_meanwhile(*args: Any, observe, **more: Any):
        observe(0, 4)
        cancel_replay(actor=world.compiler, version_id=draft.pk)
        looked.append("before")
        observe(4, 4)
        looked.append("after")

    monkeypatch.setattr(work, "replay_version", cancelled_meanwhile)
    run_replay(run_id=run.pk)
    run.refresh_from_db()
    assert looked == ["before"]
    assert (run.status, run.result, run.done_cases) == ("cancelled", None, 0)
    assert acts(run) == ["replay_requested", "replay_cancelled"]
    with pytest.raises(Refusal, match="没有正在进行"):
        cancel_replay(actor=world.compiler, version_id=draft.pk)


def test_a_result_that_comes_after_the_cancelling_is_dropped(world, draft, woken, monkeypatch):
    run = requested(world, draft)
    real = work.replay_version

    def slow(*args: Any, **more: Any):
        found = real(*args, margin=NOW)
        cancel_replay(actor=world.compiler, version_id=draft.pk)
        return found

    monkeypatch.setattr(work, "replay_version", slow)
    run_replay(run_id=run.pk)
    run.refresh_from_db()
    assert run.status == "cancelled" and not run.changes.exists()


def test_a_silent_run_is_done_again_three_times_and_then_has_failed(world, draft, woken):
    run = requested(world, draft)
    now = timezone.now()
    woken.clear()
    for attempt in (1, 2, 3):
        ReplayRun.objects.filter(pk=run.pk).update(
            status=ReplayStatus.RUNNING, attempt=attempt, moved_at=now - ReplayRun.STALE_AFTER * 2
        )
        requeue_stale(now=now)
        run.refresh_from_db()
        assert run.status == ("queued" if attempt < 3 else "failed")
    assert woken == [run.pk, run.pk]
    assert "请联系系统管理员" in run.failure


@pytest.mark.parametrize(("status", "age", "again"), [("queued", 1, 0), ("queued", 3, 1), ("running", 3, 0)])
def test_only_what_waits_too_long_is_woken_again(world, draft, woken, status, age, again):
    run = requested(world, draft)
    now = timezone.now()
    ReplayRun.objects.filter(pk=run.pk).update(status=status, moved_at=now - dt.timedelta(minutes=age))
    assert requeue_stale(now=now) == again


def test_a_worker_that_was_given_up_on_changes_nothing_any_more(world, draft, woken, monkeypatch):
    run = requested(world, draft)
    real = work.replay_version

    def overtaken(*args: Any, **more: Any):
        ReplayRun.objects.filter(pk=run.pk).update(attempt=2)
        return real(*args, margin=NOW)

    monkeypatch.setattr(work, "replay_version", overtaken)
    run_replay(run_id=run.pk)
    run.refresh_from_db()
    assert (run.status, run.attempt) == ("running", 2)


def test_what_decides_cases_makes_a_result_old_and_words_do_not(world, draft, woken):
    run = requested(world, draft)
    compared = run.compared

    def is_current() -> bool:
        return run.content_digest == deciding_digest(draft, compared)

    assert is_current()
    ListEntry.objects.filter(version=draft).update(note="更正错字")
    assert is_current()
    ListEntry.objects.filter(version=draft).update(mandate="must")
    assert not is_current()


def test_giving_up_a_draft_takes_its_runs_along(world, draft, woken):
    run = requested(world, draft)
    run_replay(run_id=run.pk)
    discard_draft(actor=world.compiler, body=BODY, version_id=draft.pk, reason="不再修订。")
    assert not ReplayRun.objects.exists() and not ReplayChange.objects.exists()
    assert Case.objects.count() == 4


def test_a_lost_draft_leaves_the_worker_nothing_to_do(world, draft, woken):
    run = requested(world, draft)
    discard_draft(actor=world.compiler, body=BODY, version_id=draft.pk, reason="不再修订。")
    run_replay(run_id=run.pk)


def test_the_command_prints_one_document(world, draft):
    out, err = io.StringIO(), io.StringIO()
    call_command("replay", str(draft.pk), "--json", stdout=out, stderr=err)
    document = json.loads(out.getvalue())
    assert {"as_of", "cases", "changed", "by_entry", "by_matter"} <= document.keys()
    assert (document["cases"], document["changed"], document["by_entry"]) == (4, 2, {"17": 2})
    assert "已比对 4 / 4 件" in err.getvalue()


def test_the_command_refuses_what_it_cannot_replay(world, draft):
    with pytest.raises(CommandError, match="没有编号为 987654"):
        call_command("replay", "987654", stderr=io.StringIO())
    ListEntry.objects.filter(version=draft).update(condition={"fact": "没有这个", "op": "eq", "value": 1})
    with pytest.raises(CommandError, match="第 17 条"):
        call_command("replay", str(draft.pk), stderr=io.StringIO())


def test_the_task_is_known_by_the_name_it_is_sent_under():
    from cases.tasks import do_replay

    assert do_replay.name == replay_queue.REPLAY_TASK
