"""Texts of a law over time: one in force a day, what provisions became, and lists that outlive their law."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from enforcement.models import EntryCitation, Law, Provision, ProvisionSuccession
from enforcement.selectors.law import became, provision_on, revisions_of, text_in_force
from enforcement.selectors.stale_citations import Staleness, stale_citations
from enforcement.services.index_citations import index_citations
from exemption_lists.content import BODY
from tests.builders import PRICE_TAG, entry_fields, publish_list
from tests.cast import Cast, raise_cast
from tests.enforcement.law_register import AIR, CODE, DAY, GONE, NEW, OLD, reference, register_laws

pytestmark = pytest.mark.django_db


@pytest.fixture
def laws() -> dict[str, Law]:
    return register_laws()


@pytest.mark.parametrize(
    ("day", "found"),
    [(OLD - DAY, None), (OLD, "old"), (NEW - DAY, "old"), (NEW, "new"), (GONE - DAY, "new"), (GONE, None)],
)
def test_the_text_in_force_follows_from_half_open_spans(
    laws: dict[str, Law], day: dt.date, found: str | None
) -> None:
    assert text_in_force(AIR, on=day) == (laws[found] if found else None)
    assert provision_on(reference(5), day).law == (laws[found] if found else None)


def test_a_second_text_in_force_is_refused_by_the_database_even_by_sql(laws: dict[str, Law]) -> None:
    columns = "lock_version, name, level, issued_by, document_number, change_kind, ending, effective_from, effective_until"
    insert = f"INSERT INTO enforcement_law ({columns}) VALUES (1, %s, '', '', '', 'enacted', '', %s, %s)"
    overlapping = ((GONE - DAY, None), (OLD - DAY, OLD + DAY), (NEW + DAY, NEW + 2 * DAY))
    for start, end in overlapping:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(insert, [AIR, start, end])
    with connection.cursor() as cursor:
        cursor.execute(insert, [AIR, GONE, None])
        cursor.execute(insert, [AIR, OLD - 9 * DAY, OLD])
        cursor.execute(insert, ["另一部法", OLD, None])


def test_an_overlap_is_said_in_chinese_before_it_reaches_the_database(laws: dict[str, Law]) -> None:
    with pytest.raises(ValidationError, match="另一文本在这段时间内也有效"):
        Law(name=AIR, effective_from=OLD).full_clean()


@pytest.mark.parametrize(
    "values",
    [
        {"effective_until": OLD},
        {"promulgated_on": OLD + DAY},
        {"ending": "repealed"},
        {"level": "法律"},
        {"change_kind": "other"},
    ],
)
def test_impossible_texts_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Law.objects.create(name="甲法", effective_from=OLD, **values)
    assert Law.objects.create(name="甲法", effective_from=OLD, promulgated_on=OLD, level="law")


def test_newest_text_first(laws: dict[str, Law]) -> None:
    assert revisions_of(AIR) == [laws["new"], laws["old"]]


@pytest.mark.parametrize(
    ("cited", "day", "expected"),
    [
        (reference(5), NEW - DAY, [(AIR, 5)]),
        (reference(5), NEW, [(AIR, 5)]),
        (reference(5), GONE, []),
        (reference(70, 1), NEW - DAY, [(AIR, 70)]),
        (reference(70, 1), NEW, [(AIR, 72)]),
        (reference(70, 1), GONE, [(CODE, 241)]),
        (reference(99), NEW, []),
        (reference(5, law="没有的法"), NEW, []),
    ],
)
def test_what_a_citation_became(
    laws: dict[str, Law], cited: dict[str, object], day: dt.date, expected: list[tuple[str, int]]
) -> None:
    found = became(cited, cited_on=OLD, day=day)
    assert [(one.law.name, one.article) for one in found] == expected


def test_a_split_provision_has_several_successors(laws: dict[str, Law]) -> None:
    other = Provision.objects.create(law=laws["code"], article=242)
    ProvisionSuccession.objects.create(
        old=Provision.objects.get(law=laws["new"], article=72), new=other, note="分为两条"
    )
    found = became(reference(70, 1), cited_on=OLD, day=GONE)
    assert [one.article for one in found] == [241, 242]


def publish_citing(cast: Cast, *references: dict[str, object], on: dt.date = OLD) -> None:
    publish_list(cast, entries=(entry_fields(penalty_provisions=references),), effective_from=on)


def test_publication_writes_the_index_and_writing_again_changes_nothing(
    cast: Cast, laws: dict[str, Law]
) -> None:
    publish_citing(cast, reference(5), reference(70, 1, law=f"《{AIR}》"), {"law": "", "text": "有关规定"})
    cited = EntryCitation.objects.values_list("serial", "law_name", "article", "paragraph")
    assert list(cited) == [("1", AIR, 5, None), ("1", AIR, 70, 1)]
    version = EntryCitation.objects.first().version  # type: ignore[union-attr]
    assert index_citations(body=BODY, version=version) == 2
    assert len(cited.all()) == 2


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


@pytest.mark.parametrize(
    ("cited", "day", "reason", "words"),
    [
        (reference(70, 1), NEW - DAY, None, ""),
        (reference(70, 1), NEW, Staleness.RENUMBERED, "改为《示范大气法》第七十二条第一款"),
        (reference(5), NEW, Staleness.REVISED, "2022年6月1日起施行的新文本"),
        (reference(5), GONE - DAY, Staleness.REVISED, ""),
        (reference(5), GONE, Staleness.ENDED, "已于2026年8月15日废止，由《示范环境法典》接续"),
        (reference(72, 1), GONE, Staleness.ENDED, "废止，现为《示范环境法典》第二百四十一条"),
        (reference(1, law="没有登记的法"), GONE, None, ""),
    ],
)
def test_lists_that_outlive_their_law_are_named(
    cast: Cast,
    laws: dict[str, Law],
    cited: dict[str, object],
    day: dt.date,
    reason: Staleness | None,
    words: str,
) -> None:
    publish_citing(cast, cited)
    found = stale_citations(on=day)
    assert [one.reason for one in found] == ([reason] if reason else [])
    if reason:
        assert words in found[0].sentence and found[0].sentence.endswith("。")


def test_an_entry_that_also_cites_the_new_law_is_in_order(cast: Cast, laws: dict[str, Law]) -> None:
    publish_citing(cast, reference(5), reference(241, law=CODE))
    assert stale_citations(on=GONE) == ()


def test_only_versions_in_force_are_judged(cast: Cast, laws: dict[str, Law]) -> None:
    citing = (entry_fields(penalty_provisions=(reference(5),)),)
    publish_list(cast, slug="trial-list", entries=citing, effective_from=NEW, effective_until=GONE)
    assert stale_citations(on=GONE) == ()
    publish_list(cast, slug="lasting-list", entries=citing, effective_from=NEW)
    assert len(stale_citations(on=GONE)) == 1


def test_the_question_costs_the_same_for_many_entries(cast: Cast, laws: dict[str, Law]) -> None:
    entries = tuple(
        entry_fields(serial=str(n), violation_name=f"{PRICE_TAG}之{n}", penalty_provisions=[reference(70, 1)])
        for n in range(1, 9)
    )
    publish_list(cast, entries=entries, effective_from=OLD)
    with CaptureQueriesContext(connection) as queries:
        assert len(stale_citations(on=NEW)) == 8
    assert len(queries) <= 4


def test_what_is_cited_keeps_its_place_even_against_sql(cast: Cast, laws: dict[str, Law]) -> None:
    publish_citing(cast, reference(5))
    cited = Provision.objects.filter(law=laws["old"], article=5)
    for change in ({"article": 6}, {"law": laws["code"]}, {"item": 1}):
        with pytest.raises(IntegrityError, match="cited"), transaction.atomic():
            cited.update(**change)
    with pytest.raises(IntegrityError, match="first day stay"), transaction.atomic():
        Law.objects.filter(pk=laws["old"].pk).update(name="别的法")
    cited.update(gist="提要可以改")
    Law.objects.filter(pk=laws["old"].pk).update(issued_by="可以改")


def test_what_nothing_cites_may_still_be_corrected(laws: dict[str, Law]) -> None:
    assert Provision.objects.filter(law=laws["old"], article=70).update(article=71) == 1
    empty = Law.objects.create(name="打错的法", effective_from=OLD)
    assert Law.objects.filter(pk=empty.pk).update(name="改正的法") == 1
