"""废止: who may, from which day, what is shown afterwards, and what the database itself refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.ledger.models import LedgerEntry, PublicLogEntry
from enforcement.models import RepealRequest, RuleVersion, VersionRepeal, VersionSpan
from enforcement.repeal_rules import StandingVersion, repeal_problems
from enforcement.selectors.documents import Validity, place_in_time, versions_of
from enforcement.services.repeal_version import (
    RepealAct,
    confirm_repeal,
    request_repeal,
    withdraw_repeal_request,
)
from exemption_lists.content import BODY
from supervision.verification import verify_everything
from tests.builders import SPRING, draft_list, publish_list, publish_next
from tests.cast import Cast, raise_cast
from tests.tampering import change_behind_triggers

FROZEN = (IntegrityError, InternalError)
TODAY = dt.date(2025, 5, 10)
ENDS = dt.date(2025, 6, 1)
ACT = RepealAct("示市监规〔2025〕7号", dt.date(2025, 5, 8), ENDS, "所依据的规定已经修改")


@pytest.fixture
def cast(db: None) -> Cast:
    return raise_cast()


def repeal(
    cast: Cast, version: RuleVersion, act: RepealAct = ACT, *, today: dt.date = TODAY
) -> VersionRepeal:
    request_repeal(actor=cast.actor("compiler"), kind=BODY.kind, version_id=version.pk, act=act, today=today)
    return confirm_repeal(actor=cast.actor("publisher"), kind=BODY.kind, version_id=version.pk, today=today)


def in_force(version: RuleVersion, on: dt.date) -> int | None:
    found = RuleVersion.objects.in_force_on(on).filter(document=version.document_id)
    return found.values_list("number", flat=True).first()


D = dt.date
RULE_CASES = [
    # effective, until, issued, ends, today, words of the problems
    (D(2025, 1, 1), None, D(2025, 5, 8), D(2025, 6, 1), TODAY, []),
    (D(2025, 1, 1), None, TODAY, TODAY, TODAY, []),
    (D(2025, 1, 1), None, D(2025, 5, 11), D(2025, 6, 1), TODAY, ["成文日期不能晚于今天"]),
    (D(2025, 1, 1), None, D(2025, 5, 8), D(2025, 5, 7), TODAY, ["失效日期不能早于成文日期"]),
    (D(2025, 1, 1), D(2025, 6, 1), D(2025, 5, 8), D(2025, 5, 31), TODAY, []),
    (D(2025, 1, 1), D(2025, 6, 1), D(2025, 5, 8), D(2025, 6, 1), TODAY, ["已不再适用"]),
    (D(2025, 5, 11), None, D(2025, 5, 8), D(2025, 5, 11), TODAY, []),
    (D(2025, 5, 11), None, D(2025, 5, 8), D(2025, 5, 9), TODAY, []),
    (D(2025, 5, 10), None, D(2025, 5, 8), D(2025, 5, 10), TODAY, ["失效日期应晚于这一天"]),
    (D(2025, 5, 10), None, D(2025, 5, 8), D(2025, 5, 11), TODAY, []),
    (D(2025, 5, 9), None, D(2025, 5, 10), D(2025, 5, 9), TODAY, ["不能早于成文", "应晚于这一天"]),
]


@pytest.mark.parametrize("case", RULE_CASES, ids=lambda case: f"{case[0]}-{case[2]}-{case[3]}")
def test_from_which_day_a_version_may_be_repealed(
    case: tuple[dt.date, dt.date | None, dt.date, dt.date, dt.date, list[str]],
) -> None:
    effective, until, issued, ends, today, words = case
    problems = repeal_problems(StandingVersion(effective, until), issued_on=issued, ends_on=ends, today=today)
    assert len(problems) == len(words)
    assert all(word in problem for word, problem in zip(words, problems, strict=True))


@pytest.mark.parametrize(
    ("on", "number"), [(ENDS - dt.timedelta(days=1), 1), (ENDS, None), (D(2030, 1, 1), None)]
)
def test_a_repealed_version_has_no_effect_from_its_day(cast: Cast, on: dt.date, number: int | None) -> None:
    version = publish_list(cast)
    digest = version.digest
    repeal(cast, version)
    assert in_force(version, on) == number
    version.refresh_from_db()
    assert (version.effective_until, version.digest) == (None, digest)


def test_what_was_not_yet_repealed_was_still_in_force(cast: Cast) -> None:
    version = publish_list(cast, published_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    moment = repeal(cast, version).repealed_at
    later = RuleVersion.objects.in_force_on(ENDS, known_at=moment - dt.timedelta(seconds=1))
    assert version in later
    assert version not in RuleVersion.objects.in_force_on(ENDS, known_at=moment)


def test_repealing_a_later_version_does_not_bring_the_earlier_back(cast: Cast) -> None:
    first = publish_list(cast)
    second = publish_next(cast, first, effective_from=D(2025, 4, 1))
    repeal(cast, second)
    assert [in_force(first, on) for on in (D(2025, 3, 31), D(2025, 5, 31), ENDS)] == [1, 2, None]


def test_a_version_withdrawn_before_its_day_replaces_nothing_and_frees_the_day(cast: Cast) -> None:
    first = publish_list(cast)
    upcoming = publish_next(cast, first, effective_from=ENDS)
    repeal(cast, upcoming)
    assert in_force(first, D(2025, 12, 1)) == 1
    placed = place_in_time(versions_of(first.document, published_only=True), on=TODAY)
    assert [(row.version.number, row.validity) for row in placed] == [
        (2, Validity.WITHDRAWN),
        (1, Validity.IN_FORCE),
    ]
    again = publish_next(cast, first, effective_from=ENDS)
    assert in_force(first, ENDS) == again.number


@pytest.mark.parametrize(
    ("on", "validity"),
    [
        (ENDS - dt.timedelta(days=1), Validity.IN_FORCE),
        (ENDS, Validity.REPEALED),
        (D(2026, 3, 1), Validity.REPEALED),
    ],
)
def test_the_timeline_says_that_it_was_repealed(cast: Cast, on: dt.date, validity: Validity) -> None:
    first = publish_list(cast)
    repeal(cast, first)
    publish_next(cast, first, effective_from=D(2026, 1, 1))
    placed = place_in_time(versions_of(first.document, published_only=True), on=on)
    assert placed[-1].validity is validity
    assert placed[-1].until == ENDS


def test_it_takes_two_persons(cast: Cast) -> None:
    version = publish_list(cast)
    both = cast.actor("all_duties")
    request_repeal(actor=both, kind=BODY.kind, version_id=version.pk, act=ACT, today=TODAY)
    with pytest.raises(NotPermitted, match="另一位"):
        confirm_repeal(actor=both, kind=BODY.kind, version_id=version.pk, today=TODAY)
    confirm_repeal(actor=cast.actor("publisher"), kind=BODY.kind, version_id=version.pk, today=TODAY)
    assert not RepealRequest.objects.exists()


@pytest.mark.parametrize("person", ["publisher", "reviewer", "neighbour", "officer", "supervisor"])
def test_only_its_compilers_prepare_a_repeal(cast: Cast, person: str) -> None:
    version = publish_list(cast)
    with pytest.raises(NotPermitted):
        request_repeal(actor=cast.actor(person), kind=BODY.kind, version_id=version.pk, act=ACT, today=TODAY)


@pytest.mark.parametrize("person", ["compiler", "reviewer", "neighbour", "officer", "supervisor"])
def test_only_its_publishers_confirm(cast: Cast, person: str) -> None:
    version = publish_list(cast)
    request_repeal(actor=cast.actor("compiler"), kind=BODY.kind, version_id=version.pk, act=ACT, today=TODAY)
    with pytest.raises(NotPermitted):
        confirm_repeal(actor=cast.actor(person), kind=BODY.kind, version_id=version.pk, today=TODAY)


def test_a_request_may_be_taken_back_and_made_again(cast: Cast) -> None:
    version = publish_list(cast)
    places = {"kind": BODY.kind, "version_id": version.pk}
    request_repeal(actor=cast.actor("compiler"), act=ACT, today=TODAY, **places)
    with pytest.raises(Refusal, match="已经有人提出"):
        request_repeal(actor=cast.actor("compiler"), act=ACT, today=TODAY, **places)
    withdraw_repeal_request(actor=cast.actor("publisher"), **places)
    with pytest.raises(Refusal, match="没有等待确认的废止"):
        confirm_repeal(actor=cast.actor("publisher"), today=TODAY, **places)
    repeal(cast, version)
    with pytest.raises(Refusal, match="已经废止"):
        request_repeal(actor=cast.actor("compiler"), act=ACT, today=TODAY, **places)
    actions = LedgerEntry.objects.filter(subject_id=str(version.pk)).order_by("pk")
    assert list(actions.values_list("action", flat=True))[-4:] == [
        "repeal_requested", "repeal_withdrawn", "repeal_requested", "version_repealed",
    ]  # fmt: skip


def test_a_draft_has_nothing_to_repeal(cast: Cast) -> None:
    draft = draft_list(cast)
    with pytest.raises(Refusal, match="已发布的版本"):
        repeal(cast, draft)


@pytest.mark.parametrize(("field", "words"), [("document_number", "发文字号"), ("reason", "原因")])
def test_what_is_missing_is_named(cast: Cast, field: str, words: str) -> None:
    version = publish_list(cast)
    values = {"document_number": "号", "issued_on": TODAY, "ends_on": ENDS, "reason": "因", field: " "}
    with pytest.raises(InvalidInput) as refused:
        repeal(cast, version, RepealAct(**values))
    assert any(words in problem for problem in refused.value.problems)


def test_a_repeal_is_a_public_act_and_a_change_behind_it_is_found(cast: Cast) -> None:
    version = publish_list(cast)
    done = repeal(cast, version)
    act = PublicLogEntry.objects.get(kind="repeal")
    assert (act.key, act.digest) == ("market-list/1", done.digest)
    assert verify_everything().breaks == []
    change_behind_triggers(
        "enforcement_versionrepeal", "UPDATE enforcement_versionrepeal SET ends_on = '2026-01-01'"
    )
    assert any("与公开时的内容不符" in line for line in verify_everything().breaks)


ATTACKS = {
    "a span written from outside": ("UPDATE enforcement_versionspan SET days = '[2020-01-01,2021-01-01)'", "derived"),
    "a span removed from outside": ("DELETE FROM enforcement_versionspan", "derived"),
    "a repeal changed": ("UPDATE enforcement_versionrepeal SET ends_on = '2030-01-01'", "never changed"),
    "a repeal removed": ("DELETE FROM enforcement_versionrepeal", "never changed"),
    "a published version changed": ("UPDATE enforcement_ruleversion SET effective_from = '2020-01-01'", "frozen"),
    "a published version removed": ("DELETE FROM enforcement_ruleversion", "frozen"),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_raw_sql_does_not_change_what_is_in_force(cast: Cast, attack: str) -> None:
    repeal(cast, publish_list(cast))
    sql, words = ATTACKS[attack]
    before = list(VersionSpan.objects.values_list("version", "days"))
    with pytest.raises(FROZEN, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert list(VersionSpan.objects.values_list("version", "days")) == before


@pytest.mark.parametrize("days", ["[2025-01-01,2025-01-02)", "[2024-01-01,2025-01-02)", "[2027-01-01,)"])
def test_an_overlapping_span_is_refused_even_behind_the_triggers(cast: Cast, days: str) -> None:
    first = publish_list(cast)
    second = publish_next(cast, first, effective_from=D(2026, 1, 1))
    with pytest.raises(IntegrityError, match="version_span_one_in_force"), transaction.atomic():
        change_behind_triggers(
            "enforcement_versionspan",
            "UPDATE enforcement_versionspan SET days = %s WHERE version_id = %s",
            [days, second.pk if days.startswith("[2025") or days.startswith("[2024") else first.pk],
        )


def test_a_second_version_of_one_effective_day_is_refused_by_raw_sql(cast: Cast) -> None:
    first = publish_list(cast)
    second = publish_next(cast, first, effective_from=D(2026, 1, 1))
    third = publish_next(cast, second, effective_from=D(2026, 2, 1))
    with pytest.raises(IntegrityError, match="one_per_effective_day"), transaction.atomic():
        change_behind_triggers(
            "enforcement_versionspan",
            "UPDATE enforcement_versionspan SET starts_on = '2026-01-01', days = 'empty' WHERE version_id = %s",
            [third.pk],
        )


def test_one_person_alone_is_refused_by_the_database(cast: Cast) -> None:
    version = publish_list(cast)
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        VersionRepeal.objects.create(
            version=version,
            document_number="号",
            issued_on=TODAY,
            ends_on=ENDS,
            reason="因",
            requested_by=cast.publisher,
            requested_at=version.published_at,
            repealed_by=cast.publisher,
            repealed_at=version.published_at,
            digest="0" * 64,
        )


def test_spans_meet_without_gap_or_overlap(cast: Cast) -> None:
    first = publish_list(cast, effective_from=SPRING)
    publish_next(cast, first, effective_from=D(2025, 7, 1), effective_until=D(2025, 9, 1))
    spans = VersionSpan.objects.filter(document=first.document_id).values_list("days", flat=True)
    assert [(span.lower, span.upper) for span in spans] == [
        (SPRING, D(2025, 7, 1)),
        (D(2025, 7, 1), D(2025, 9, 1)),
    ]
