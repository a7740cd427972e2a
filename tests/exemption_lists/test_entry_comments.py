"""Comments on cells: who may write them, threads, and that they stay beside the content."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.ledger.models import LedgerEntry
from enforcement.models import RuleVersion
from exemption_lists.content import content_of
from exemption_lists.grid import comments_of
from exemption_lists.grid_acts import GridActs, Removal, Restoration
from exemption_lists.models import EntryComment
from exemption_lists.services.edit_cells import edit_cells
from exemption_lists.services.entry_comments import resolve_comment, write_comment
from tests.builders import draft_list, publish
from tests.cast import Cast, raise_cast

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 11, 26, 1, 30, tzinfo=dt.UTC)


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def comment(cast: Cast, version: RuleVersion, who: str = "reviewer", **changes: Any) -> EntryComment:
    entry = version.list_entries.first()
    values: dict[str, Any] = {
        "entry_slug": entry.slug if entry else "1",
        "column": "condition_text",
        "text": " 首次违法按什么期限算 ",
        "now": MORNING,
    }
    return write_comment(actor=cast.actor(who), version_id=version.pk, **(values | changes))


def test_a_thread_is_answered_resolved_and_opened_again_by_an_answer(cast: Cast) -> None:
    version = draft_list(cast)
    before = content_of(version)
    first = comment(cast, version)
    answer = comment(cast, version, "compiler", answer_to=first.pk, text="按十二个月")
    assert (answer.entry_slug, answer.column) == (first.entry_slug, first.column)
    resolve_comment(actor=cast.actor("reviewer"), version_id=version.pk, comment_id=first.pk, now=MORNING)
    (thread,) = comments_of(version)
    assert (thread["text"], thread["at"]) == ("首次违法按什么期限算", "2026-11-26 09:30")
    assert thread["resolved"] == f"{cast.reviewer.display_name} 2026-11-26 09:30"
    assert [one["text"] for one in thread["answers"]] == ["按十二个月"]
    comment(cast, version, "compiler", answer_to=first.pk, text="仍有疑问")
    assert comments_of(version)[0]["resolved"] == ""
    assert content_of(version) == before


def test_resolving_twice_is_one_act(cast: Cast) -> None:
    version = draft_list(cast)
    first = comment(cast, version)
    for _time in range(2):
        resolve_comment(actor=cast.actor("compiler"), version_id=version.pk, comment_id=first.pk, now=MORNING)
    acts = LedgerEntry.objects.filter(action="entry_commented").order_by("occurred_at")
    assert ["写批注" in acts[0].payload, "批注已处理" in acts[1].payload, acts.count()] == [True, True, 2]


def test_a_comment_outlives_a_removal_that_is_undone(cast: Cast) -> None:
    version = draft_list(cast)
    comment(cast, version)
    entry = version.list_entries.get()
    actor = cast.actor("compiler")
    removals = (Removal(entry.pk, entry.lock_version),)
    outcome = edit_cells(actor=actor, version_id=version.pk, acts=GridActs(removals=removals))
    assert comments_of(version)[0]["slug"] == entry.slug
    back = (Restoration(outcome.removed[entry.pk], None),)
    edit_cells(actor=actor, version_id=version.pk, acts=GridActs(restorations=back))
    assert version.list_entries.get().slug == comments_of(version)[0]["slug"]


@pytest.mark.parametrize("who", ["officer", "ecology_compiler", "supervisor"])
def test_without_a_compiling_duty_for_the_document_nobody_comments(cast: Cast, who: str) -> None:
    version = draft_list(cast)
    with pytest.raises(NotPermitted):
        comment(cast, version, who)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": "  "}, "写下批注"),
        ({"text": "字" * 2001}, "批注最多 2000 个字"),
    ],
)
def test_a_comment_says_something_and_not_too_much(cast: Cast, changes: dict[str, Any], message: str) -> None:
    version = draft_list(cast)
    with pytest.raises(InvalidInput, match=message):
        comment(cast, version, **changes)
    assert comment(cast, version, text="字" * 2000).pk


@pytest.mark.parametrize(
    "changes", [{"column": "slug"}, {"entry_slug": "no-such"}, {"answer_to": 987_654_321}]
)
def test_a_comment_belongs_to_a_cell_that_is_there(cast: Cast, changes: dict[str, Any]) -> None:
    version = draft_list(cast)
    with pytest.raises(Refusal):
        comment(cast, version, **changes)


def test_a_published_version_takes_no_comments(cast: Cast) -> None:
    version = publish(cast, draft_list(cast))
    with pytest.raises(Refusal, match="已发布"):
        comment(cast, version)
