"""Decisions cannot be changed by any way round, and their public copy carries no personal data."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from docx import Document
from docx.shared import Length

from cases.documents.decision_docx import decision_docx
from cases.documents.decision_text import decision_text
from cases.models import Case, CaseDocument, CaseEvent, Decision, Proposal
from cases.selectors.analysis import analysis_for, similar_cases
from cases.services.later_steps import deliver_document
from cases.services.record_facts import record_narrative
from enforcement.ledger.canonical import digest_of
from tests.case_builders import (
    FIRST_MINOR_CONDITION,
    MINOR_CORRECTED,
    NOT_CORRECTED,
    TODAY,
    CaseWorld,
    answer,
    decide,
    list_entry,
    make_case,
    make_party,
    publish_list,
    valid_id_number,
)

pytestmark = pytest.mark.django_db

ID_NUMBER = valid_id_number()
PHONE = "13887654321"
NAME = "马丽华"
ADDRESS = "五华区青藤路1号2栋301室"


@pytest.fixture
def decision(world: CaseWorld) -> Decision:
    return decide(world, answer(world, make_case(world), NOT_CORRECTED))


@pytest.mark.parametrize("model", [Decision, CaseDocument, CaseEvent])
def test_issued_rows_refuse_update_and_delete(decision: Decision, model) -> None:  # type: ignore[no-untyped-def]
    row = model.objects.first()
    column = {"Decision": "number", "CaseDocument": "number", "CaseEvent": "note"}[model.__name__]
    ways = (
        lambda: model.objects.filter(pk=row.pk).update(**{column: "改"}),
        lambda: row.delete(),
        lambda: model.objects.filter(pk=row.pk)._raw_delete("default"),
        lambda: _raw(f"UPDATE {model._meta.db_table} SET {column} = '改' WHERE id = {row.pk}"),
        lambda: _raw(f"DELETE FROM {model._meta.db_table} WHERE id = {row.pk}"),
    )
    for way in ways:
        with pytest.raises(Exception, match=r"never changed|foreign key|protected"), transaction.atomic():
            way()
    assert model.objects.filter(pk=row.pk).values_list(column, flat=True).get() != "改"


def _raw(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_settled_proposal_is_frozen(decision: Decision) -> None:
    with pytest.raises(IntegrityError, match="settled"), transaction.atomic():
        Proposal.objects.filter(pk=decision.proposal_id).update(departure_reasons="改")


def test_snapshot_is_what_the_digest_says_and_survives_changes_of_live_rows(decision: Decision) -> None:
    party = decision.case.party
    party.name = "改了名字的店"
    party.save()
    stored = Decision.objects.get(pk=decision.pk)
    assert stored.snapshot["party"]["name"] == "阿诺小吃店"
    assert digest_of(stored.snapshot) == stored.digest
    assert stored.snapshot["handlers"][0]["certificate"]
    assert stored.snapshot["analysis"]["benchmark"]["version_id"]


def test_public_page_of_a_person_carries_no_personal_data(world: CaseWorld) -> None:
    party = make_party(world, kind="person", name=NAME, identifier=ID_NUMBER, address=ADDRESS, phone=PHONE)
    case = make_case(world, party=party)
    narrative = f"{NAME}（身份证号{ID_NUMBER}，电话{PHONE}）住{ADDRESS}，没有标明价格。"
    record_narrative(
        actor=world.officer,
        case_id=case.pk,
        narrative=narrative,
        evidence=["笔录"],
        place=ADDRESS,
        today=TODAY,
    )
    answer(world, case, MINOR_CORRECTED)
    decision = decide(world, case, education=f"已对{NAME}当面讲解。")
    deliver_document(
        actor=world.officer, case_id=case.pk, delivered_on=TODAY, method="direct", receiver=NAME, today=TODAY
    )
    pages = [
        Client().get(reverse("decisions_public:decision", args=[decision.slug])),
        Client().get(reverse("decisions_public:index")),
    ]
    for page in pages:
        html = page.content.decode()
        assert page.status_code == 200
        assert "马某" in html
        for canary in (NAME, ID_NUMBER, PHONE, ADDRESS):
            assert canary not in html
    stored = json.dumps(decision.public_snapshot, ensure_ascii=False)
    assert not any(canary in stored for canary in (NAME, ID_NUMBER, PHONE, ADDRESS))
    assert NAME in decision.snapshot["case"]["narrative"]


def test_public_page_of_an_organisation_names_it_but_not_its_head(world: CaseWorld) -> None:
    party = make_party(world, kind="enterprise", name="云上茶业有限公司", representative="木增福")
    case = make_case(world, party=party)
    record_narrative(
        actor=world.officer,
        case_id=case.pk,
        narrative="木增福承认没有标明价格。",
        evidence=["笔录"],
        place="",
        today=TODAY,
    )
    decision = decide(world, answer(world, case, NOT_CORRECTED))
    public = json.dumps(decision.public_snapshot, ensure_ascii=False)
    assert "云上茶业有限公司" in public
    assert "木增福" not in public


def test_not_served_not_published(world: CaseWorld, decision: Decision) -> None:
    address = reverse("decisions_public:decision", args=[decision.slug])
    assert Client().get(address).status_code == 404
    deliver_document(
        actor=world.officer,
        case_id=decision.case_id,
        delivered_on=TODAY,
        method="direct",
        receiver="本人",
        today=TODAY,
    )
    assert Client().get(address).status_code == 200


def test_public_index_filters_by_line_and_outcome(world: CaseWorld, decision: Decision) -> None:
    deliver_document(
        actor=world.officer,
        case_id=decision.case_id,
        delivered_on=TODAY,
        method="direct",
        receiver="本人",
        today=TODAY,
    )
    index = reverse("decisions_public:index")
    for query, shown in (
        ({"line": "SCJG"}, True),
        ({"line": "HJ"}, False),
        ({"outcome": "normal"}, True),
        ({"outcome": "no_penalty"}, False),
        ({"q": "明码标价"}, True),
        ({"after": "broken"}, True),
    ):
        assert (decision.number in Client().get(index, query).content.decode()) is shown


def test_word_file_is_set_as_an_official_document(decision: Decision) -> None:
    content = bytes(CaseDocument.objects.get(case=decision.case).content)
    document = Document(BytesIO(content))
    section = document.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 28]
    width = section.page_width - section.left_margin - section.right_margin
    height = section.page_height - section.top_margin - section.bottom_margin
    assert (round(Length(width).mm), round(Length(height).mm)) == (156, 225)
    assert document.styles["Normal"].font.size.pt == 16
    assert "PAGE" in section.footer._element.xml
    with ZipFile(BytesIO(content)) as parts:
        assert "Noto Serif CJK SC" in parts.read("word/fontTable.xml").decode()


def test_same_snapshot_gives_the_same_bytes(decision: Decision, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = bytes(CaseDocument.objects.get(case=decision.case).content)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert decision_docx(decision_text(decision.snapshot)) == stored


def at_most(count: int) -> dict[str, Any]:
    """The usual condition with another count, so that no entry repeats another."""
    first, *others = FIRST_MINOR_CONDITION["all"]
    return {"all": [{**first, "op": "le", "value": count}, *others]}


def test_analysis_needs_few_queries_however_many_entries_are_in_force(
    world: CaseWorld, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    many = [list_entry(position=n, serial=str(n), slug=str(n), condition=at_most(n)) for n in range(1, 41)]
    publish_list(world, many, slug="many")
    case = answer(world, make_case(world), MINOR_CORRECTED)
    loaded = Case.objects.for_reading().get(pk=case.pk)
    with django_assert_max_num_queries(6):
        found = analysis_for(actor=world.officer, case=loaded, today=TODAY)
    assert found.state == "settled"


def test_similar_cases_are_counted_from_five_on(world: CaseWorld) -> None:
    case = make_case(world)
    for number in range(5):
        shown = similar_cases(actor=world.officer, case=case, today=TODAY)
        assert (shown.total, shown.segments) == (number, ())
        decide(world, answer(world, make_case(world), NOT_CORRECTED))
    shown = similar_cases(actor=world.officer, case=case, today=TODAY)
    assert shown.segments == ({"label": "一般处罚", "count": 5},)
