"""A document from draft to publication: three acts, at least two persons, and frozen afterwards."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.ledger.models import LedgerEntry
from enforcement.ledger.verify import verify_chains
from enforcement.models import RuleDocument, RuleVersion
from enforcement.models.documents import ReviewVerdict
from enforcement.selectors.documents import Validity, place_in_time
from enforcement.selectors.version_acts import acts_for, history_of
from enforcement.services.draft_version import create_document, start_next_version
from enforcement.services.publish_version import publish_version, review_version, submit_version
from enforcement.services.return_version import discard_draft, send_back_version
from exemption_lists.content import BODY
from exemption_lists.models import ListEntry
from tests.builders import SPRING, draft_list, entry_fields, entry_of, publish, publish_list, publish_next
from tests.cast import COUNTY, MARKET, Cast, raise_cast

pytestmark = pytest.mark.django_db
FROZEN = (IntegrityError, InternalError)


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def test_a_version_is_published_by_a_second_person_and_recorded_step_by_step(cast: Cast) -> None:
    published = publish_list(cast)
    assert published.is_published and len(published.digest) == 64
    actions = [line.entry.action for line in history_of(published)]
    assert actions == [
        "version_published", "version_reviewed", "version_submitted", "version_edited", "version_drafted",
    ]  # fmt: skip
    assert verify_chains().holds


def test_a_digest_is_the_same_for_the_same_content_and_another_for_other_content(cast: Cast) -> None:
    first = publish_list(cast)
    second = publish_list(cast, slug="other-list", entries=(entry_fields(note="另有备注"),))
    assert first.digest != second.digest
    assert BODY.content_of(first) == BODY.content_of(RuleVersion.objects.get(pk=first.pk))


@pytest.mark.parametrize("person", ["compiler", "all_duties"])
def test_who_drafted_or_edited_neither_reviews_nor_publishes(cast: Cast, person: str) -> None:
    draft = draft_list(cast, compiler=cast.actor("all_duties"))
    submit_version(actor=cast.actor("compiler"), body=BODY, version_id=draft.pk)
    with pytest.raises(NotPermitted):
        review_version(
            actor=cast.actor(person),
            body=BODY,
            version_id=draft.pk,
            verdict=ReviewVerdict.AGREE,
            text="同意。",
        )
    review_version(
        actor=cast.actor("reviewer"),
        body=BODY,
        version_id=draft.pk,
        verdict=ReviewVerdict.AGREE,
        text="同意。",
    )
    with pytest.raises(NotPermitted):
        publish_version(
            actor=cast.actor(person),
            body=BODY,
            version_id=draft.pk,
            document_number="示市监规〔2025〕1号",
            issued_on=SPRING,
            effective_from=SPRING,
        )


def test_the_database_itself_refuses_publication_by_the_drafter(cast: Cast) -> None:
    draft = draft_list(cast)
    submit_version(actor=cast.actor("compiler"), body=BODY, version_id=draft.pk)
    review_version(
        actor=cast.actor("reviewer"),
        body=BODY,
        version_id=draft.pk,
        verdict=ReviewVerdict.AGREE,
        text="同意。",
    )
    values = {
        "status": "published",
        "published_at": timezone.now(),
        "effective_from": SPRING,
        "document_number": "示市监规〔2025〕1号",
        "digest": "0" * 64,
    }
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        RuleVersion.objects.filter(pk=draft.pk).update(published_by=cast.compiler, **values)
    RuleVersion.objects.filter(pk=draft.pk).update(published_by=cast.publisher, **values)


def test_a_version_cannot_be_published_without_review_even_by_sql(cast: Cast) -> None:
    draft = draft_list(cast)
    with pytest.raises(FROZEN), transaction.atomic():
        RuleVersion.objects.filter(pk=draft.pk).update(status="published")
    with pytest.raises(FROZEN), transaction.atomic():
        RuleVersion.objects.create(
            document=draft.document, number=9, drafted_by=cast.compiler, status="published"
        )


def test_a_published_version_and_its_entries_are_frozen(cast: Cast) -> None:
    published = publish_list(cast)
    entry = entry_of(published)
    attempts = (
        lambda: ListEntry.objects.filter(pk=entry.pk).update(note="改"),
        lambda: ListEntry.objects.filter(pk=entry.pk).delete(),
        lambda: ListEntry.objects.create(version=published, position=99, serial="99", slug="99", kind="lighter",
                                         scope="general"),
        lambda: RuleVersion.objects.filter(pk=published.pk).update(effective_until=dt.date(2030, 1, 1)),
        lambda: RuleDocument.objects.filter(pk=published.document_id).update(title="改"),
        lambda: connection.cursor().execute("DELETE FROM enforcement_ruleversion WHERE id=%s", [published.pk]),
    )  # fmt: skip
    for attempt in attempts:
        with pytest.raises(FROZEN), transaction.atomic():
            attempt()
    assert entry_of(published).note == ""


def test_review_in_between_freezes_the_entries_too(cast: Cast) -> None:
    draft = draft_list(cast)
    submit_version(actor=cast.actor("compiler"), body=BODY, version_id=draft.pk)
    with pytest.raises(FROZEN), transaction.atomic():
        ListEntry.objects.filter(version=draft).update(note="改")


def test_the_next_version_begins_as_a_copy_and_the_old_one_stays(cast: Cast) -> None:
    first = publish_list(cast)
    draft = start_next_version(actor=cast.actor("compiler"), body=BODY, document_id=first.document_id)
    assert draft.number == 2
    assert BODY.content_of(draft) == BODY.content_of(first)
    with pytest.raises(Refusal, match="未发布"):
        start_next_version(actor=cast.actor("compiler"), body=BODY, document_id=first.document_id)


def test_sending_back_needs_a_reason_and_makes_the_version_a_draft_again(cast: Cast) -> None:
    draft = draft_list(cast)
    submit_version(actor=cast.actor("compiler"), body=BODY, version_id=draft.pk)
    with pytest.raises(InvalidInput):
        send_back_version(actor=cast.actor("compiler"), body=BODY, version_id=draft.pk, reason=" ")
    back = send_back_version(actor=cast.actor("compiler"), body=BODY, version_id=draft.pk, reason="要补一条")
    assert back.status == "draft"
    publish(cast, back)
    with pytest.raises(Refusal):
        send_back_version(actor=cast.actor("publisher"), body=BODY, version_id=draft.pk, reason="改主意")


def test_discarding_removes_the_draft_and_an_otherwise_empty_document(cast: Cast) -> None:
    draft = draft_list(cast)
    discard_draft(actor=cast.actor("compiler"), body=BODY, version_id=draft.pk, reason="重复建立")
    assert not RuleDocument.objects.filter(slug="market-list").exists()
    assert LedgerEntry.objects.filter(action="version_discarded").exists()


def test_a_draft_with_an_opinion_is_kept(cast: Cast) -> None:
    draft = draft_list(cast)
    submit_version(actor=cast.actor("compiler"), body=BODY, version_id=draft.pk)
    review_version(
        actor=cast.actor("reviewer"),
        body=BODY,
        version_id=draft.pk,
        verdict=ReviewVerdict.RETURN,
        text="第 1 条要改",
    )
    with pytest.raises(Refusal, match="法制审核意见"):
        discard_draft(actor=cast.actor("compiler"), body=BODY, version_id=draft.pk, reason="不做了")


@pytest.mark.parametrize("person", ["neighbour", "ecology_compiler", "officer", "supervisor", "reviewer"])
def test_compiling_is_for_the_agencys_own_compilers(cast: Cast, person: str) -> None:
    with pytest.raises(NotPermitted):
        create_document(
            actor=cast.actor(person),
            kind=BODY.kind,
            slug="foreign",
            title="别处的清单",
            agency=cast.city_market,
        )


def test_the_page_says_why_an_act_is_refused(cast: Cast) -> None:
    draft = draft_list(cast, compiler=cast.actor("all_duties"))
    submit_version(actor=cast.actor("compiler"), body=BODY, version_id=draft.pk)
    version = RuleVersion.objects.get(pk=draft.pk)
    assert "双人" in acts_for(actor=cast.actor("all_duties"), version=version).review.refusal
    assert "职责" in acts_for(actor=cast.actor("publisher"), version=version).review.refusal
    assert acts_for(actor=cast.actor("reviewer"), version=version).review.allowed


FUTURE = dt.date(2026, 1, 1)
TRIAL_END = dt.date(2026, 7, 1)


@pytest.fixture
def timeline(cast: Cast) -> RuleVersion:
    """Version 1 from 2025, version 2 on trial from 2026-01-01 to 2026-07-01 (exclusive)."""
    first = publish_list(cast, effective_from=SPRING)
    return publish_next(cast, first, effective_from=FUTURE, effective_until=TRIAL_END)


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (dt.date(2024, 12, 31), None),
        (SPRING, 1),
        (dt.date(2025, 12, 31), 1),
        (FUTURE, 2),
        (dt.date(2026, 6, 30), 2),
        (TRIAL_END, None),
        (dt.date(2030, 1, 1), None),
    ],
)
def test_what_is_in_force_follows_from_dates(timeline: RuleVersion, day: dt.date, number: int | None) -> None:
    found = RuleVersion.objects.in_force_on(day).filter(document=timeline.document).first()
    assert (found.number if found else None) == number
    placed = place_in_time(timeline.document.versions.all(), on=day)
    shown = [row.version.number for row in placed if row.validity is Validity.IN_FORCE]
    assert shown == ([number] if number else [])


def test_what_was_not_yet_published_was_not_known(cast: Cast) -> None:
    moment = dt.datetime(2025, 3, 1, tzinfo=dt.UTC)
    published = publish_list(cast, published_at=moment)
    before = RuleVersion.objects.in_force_on(SPRING, known_at=moment - dt.timedelta(seconds=1))
    assert published not in before
    assert published in RuleVersion.objects.in_force_on(SPRING, known_at=moment)


def test_a_lower_agency_applies_its_superiors_lists_in_its_line(cast: Cast) -> None:
    city = publish_list(cast)
    applicable = RuleDocument.objects.applicable_to
    assert city.document in applicable(region_code=COUNTY, line_code=MARKET)
    assert city.document in applicable(region_code="5301", line_code=MARKET)
    assert city.document not in applicable(region_code="53", line_code=MARKET)
    assert city.document not in applicable(region_code="5303", line_code=MARKET)
    assert city.document not in applicable(region_code=COUNTY, line_code="ecology")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"document_number": " "}, "发文字号"),
        ({"issued_on": dt.date(2025, 1, 2)}, "生效日期不能早于"),
        ({"effective_until": SPRING}, "失效日期应晚于"),
    ],
)
def test_wrong_dates_and_numbers_are_named(cast: Cast, changes: dict[str, object], words: str) -> None:
    draft = draft_list(cast)
    submit_version(actor=cast.actor("compiler"), body=BODY, version_id=draft.pk)
    review_version(
        actor=cast.actor("reviewer"),
        body=BODY,
        version_id=draft.pk,
        verdict=ReviewVerdict.AGREE,
        text="同意。",
    )
    values = {
        "document_number": "示市监规〔2025〕1号",
        "issued_on": SPRING,
        "effective_from": SPRING,
    } | changes
    with pytest.raises(InvalidInput) as refused:
        publish_version(actor=cast.actor("publisher"), body=BODY, version_id=draft.pk, **values)  # type: ignore[arg-type]
    assert any(words in problem for problem in refused.value.problems)
