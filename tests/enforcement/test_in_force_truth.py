"""`in_force_on` against a simple reference, over random histories of publications, trials and repeals.

Every history goes through the real services, at the moments it names. On every day, as known at every moment, the
query, the timeline of the pages and the spans of the database say the same as a function of twenty lines.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enforcement.errors import InvalidInput, Refusal
from enforcement.models import RuleVersion, VersionSpan
from enforcement.selectors.documents import Validity, place_in_time, versions_of
from enforcement.services.draft_version import start_next_version
from enforcement.services.repeal_version import RepealAct, confirm_repeal, request_repeal
from exemption_lists.content import BODY
from tests.builders import draft_list, publish
from tests.cast import Cast, raise_cast

pytestmark = pytest.mark.django_db
ORIGIN = dt.date(2025, 3, 1)
HORIZON = 24


def day(number: int) -> dt.date:
    return ORIGIN + dt.timedelta(days=number)


def noon(number: int) -> dt.datetime:
    return dt.datetime.combine(day(number), dt.time(4), tzinfo=dt.UTC)


@dataclass
class Told:
    """One version of the reference: days and moments as plain numbers."""

    number: int
    published: int
    starts: int
    trial_end: int | None
    repealed: int | None = None
    ends: int | None = None


@dataclass
class Reference:
    versions: list[Told] = field(default_factory=list)

    def in_force(self, on: int, known: int) -> int | None:
        """What somebody would answer who knows only what had been announced by `known`."""
        latest = None
        for one in self.versions:
            if one.published > known or one.starts > on:
                continue
            is_repealed = one.repealed is not None and one.repealed <= known
            if is_repealed and one.ends <= one.starts:
                continue
            if latest is None or (one.starts, one.number) > (latest.starts, latest.number):
                latest = one
        if latest is None or (latest.trial_end is not None and on >= latest.trial_end):
            return None
        is_repealed = latest.repealed is not None and latest.repealed <= known
        return None if is_repealed and on >= latest.ends else latest.number


PUBLISH = st.tuples(
    st.just("publish"), st.integers(0, HORIZON), st.one_of(st.none(), st.integers(1, 8)), st.just(0)
)
REPEAL = st.tuples(st.just("repeal"), st.integers(0, HORIZON), st.none(), st.integers(0, 3))
HISTORIES = st.lists(st.one_of(PUBLISH, PUBLISH, REPEAL), min_size=1, max_size=7)


def play(cast: Cast, history: list[tuple[str, int, int | None, int]]) -> tuple[RuleVersion, Reference]:
    """Act by act, each on the third day after the one before. Acts the services refuse are left out of both."""
    reference = Reference()
    draft: RuleVersion | None = draft_list(cast)
    assert draft is not None
    document, first = draft.document, draft
    for step, (kind, target, trial, back) in enumerate(history):
        today = step * 3
        if kind == "publish":
            draft = draft or start_next_version(
                actor=cast.actor("compiler"), body=BODY, document_id=document.pk
            )
            told = Told(draft.number, today, target, None if trial is None else target + trial)
            if published(cast, draft, told):
                reference.versions.append(told)
                draft = None
        elif reference.versions:
            told = reference.versions[-1 - back % len(reference.versions)]
            if repealed(cast, document.pk, told, today, target):
                told.repealed, told.ends = today, target
    first.refresh_from_db()
    return first, reference


def published(cast: Cast, draft: RuleVersion, told: Told) -> bool:
    draft.refresh_from_db()
    if draft.status == "reviewed":
        return False  # its day was taken; the history goes on without it
    try:
        publish(
            cast,
            draft,
            effective_from=day(told.starts),
            effective_until=None if told.trial_end is None else day(told.trial_end),
            published_at=noon(told.published),
        )
    except InvalidInput:
        return False
    return True


def repealed(cast: Cast, document_id: int, told: Told, today: int, ends: int) -> bool:
    version = RuleVersion.objects.get(document_id=document_id, number=told.number)
    act = RepealAct("示政办发〔2025〕9号", day(min(today, ends)), day(ends), "依据已经修改")
    try:
        request_repeal(
            actor=cast.actor("compiler"), kind=BODY.kind, version_id=version.pk, act=act, today=day(today)
        )
        confirm_repeal(
            actor=cast.actor("publisher"),
            kind=BODY.kind,
            version_id=version.pk,
            today=day(today),
            repealed_at=noon(today),
        )
    except Refusal:
        return False
    return True


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def agree(cast: Cast, history: list[tuple[str, int, int | None, int]]) -> None:
    """Play the history, ask on every day, and forget it again."""
    with transaction.atomic():
        first, reference = play(cast, history)
        of_document = RuleVersion.objects.filter(document=first.document_id)
        last = len(history) * 3
        for on in range(-1, HORIZON + 10, 3):
            for known in range(-1, last + 2, 3):
                found = of_document.in_force_on(day(on), known_at=noon(known)).values_list(
                    "number", flat=True
                )
                expected = reference.in_force(on, known)
                assert list(found) == ([] if expected is None else [expected]), (on, known)
        for on in range(-1, HORIZON + 10):
            expected = reference.in_force(on, last + 1)
            assert number_now(first, on) == expected, on
        transaction.set_rollback(True)


ONE_CAST = [HealthCheck.function_scoped_fixture]


@settings(max_examples=12, deadline=None, suppress_health_check=ONE_CAST)
@given(history=HISTORIES)
def test_what_is_in_force_is_what_the_reference_says(
    cast: Cast, history: list[tuple[str, int, int | None, int]]
) -> None:
    agree(cast, history)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=ONE_CAST)
@given(history=HISTORIES)
def test_the_same_over_many_histories(cast: Cast, history: list[tuple[str, int, int | None, int]]) -> None:
    agree(cast, history)


def number_now(first: RuleVersion, on: int) -> int | None:
    """The answer of query, timeline and spans, which have to be one."""
    by_query = list(
        RuleVersion.objects.in_force_on(day(on))
        .filter(document=first.document_id)
        .values_list("number", flat=True)
    )
    by_pages = [
        row.version.number
        for row in place_in_time(versions_of(first.document, published_only=True), on=day(on))
        if row.validity is Validity.IN_FORCE
    ]
    by_spans = list(
        VersionSpan.objects.filter(document=first.document_id, days__contains=day(on)).values_list(
            "version__number", flat=True
        )
    )
    assert by_query == by_pages == by_spans
    assert len(by_query) <= 1
    return by_query[0] if by_query else None
