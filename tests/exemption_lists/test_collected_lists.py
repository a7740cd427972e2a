"""All 77 collected entries of published lists: read, typed, imported, reviewed, published, and each on its own public page.

`collected_lists.json` holds facts only: names of acts, citations, amounts, serials, and conditions as measurable facts
with our own wording beside them. Where each list was published stands in its sources.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from enforcement.conditions.translate import translate_machine_condition
from enforcement.models import RuleVersion
from exemption_lists.content import BODY
from exemption_lists.models import ListEntry
from exemption_lists.reading.drafts import DraftEntry
from exemption_lists.reading.research_json import ResearchDocument, parse_research_json, read_research_lists
from tests.builders import publish
from tests.cast import raise_cast
from tests.exemption_lists.import_steps import choose_file, map_columns, write

COLLECTED = Path(__file__).with_name("collected_lists.json")
LEAST_TYPED = 0.9


def collected() -> list[ResearchDocument]:
    return read_research_lists(parse_research_json(COLLECTED.read_bytes()))


def conditions() -> Iterator[tuple[Mapping[str, Any], str]]:
    for record in parse_research_json(COLLECTED.read_bytes())["entries"]:
        for machine in record["machine_conditions"]:
            yield machine, "；".join(record["condition_text"])


def by_id(code: str, serial: str) -> DraftEntry:
    document = next(one for one in collected() if one.code == code)
    return next(entry for entry in document.entries if entry.serial == serial)


def test_every_entry_is_read_with_its_kind_and_its_citations() -> None:
    entries = [entry for document in collected() for entry in document.entries]
    assert Counter(str(entry.kind) for entry in entries) == {
        "no_penalty": 55,
        "no_compulsion": 12,
        "lighter": 9,
        "mitigated": 1,
    }
    assert all(reference["law"] for entry in entries for reference in entry.penalty_provisions)
    assert [document.title for document in collected() if not document.entries] == [
        "包容审慎监管执法“四张清单”"
    ]


def test_nine_in_ten_conditions_are_typed_and_the_rest_waits_for_the_officer() -> None:
    translated = [translate_machine_condition(machine, clause=text) for machine, text in conditions()]
    typed = [
        one for one in translated if not any(fact["confirmed_by_officer"] for fact in one.declared_facts)
    ]
    assert len(translated) == 212
    assert len(typed) / len(translated) >= LEAST_TYPED
    waiting = [
        fact["label"]
        for document in collected()
        for entry in document.entries
        for fact in entry.declared_facts
        if fact["confirmed_by_officer"]
    ]
    assert waiting and all(waiting)


def test_amounts_and_rules_stand_in_their_fields_and_not_in_the_note() -> None:
    mitigated = by_id("BZ-ZF", "1")
    assert mitigated.statutory_ranges == (
        {"subject": "个人", "min_fen": 200_00, "max_fen": 1000_00},
        {"subject": "单位", "min_fen": 1000_00, "max_fen": 3_0000_00},
    )
    assert [one["max_fen"] for one in mitigated.fine_ranges] == [200_00, 1000_00]
    rules = [entry.fine_rule for document in collected() for entry in document.entries if entry.fine_rule]
    assert len(rules) == 9
    assert not any("罚款幅度" in entry.note for document in collected() for entry in document.entries)


@pytest.mark.django_db
def test_every_entry_has_its_public_page() -> None:
    cast = raise_cast()
    client = Client()
    client.force_login(cast.compiler)
    upload = choose_file(client, COLLECTED.read_bytes(), name="清单汇编.json")
    response = map_columns(client, upload)
    assert response.status_code == 302, response.content.decode()
    assert client.get(f"/officer/lists/import/{upload.pk}/check/").status_code == 200
    assert client.get(f"/officer/lists/import/{upload.pk}/compare/").status_code == 200
    assert write(client, upload).status_code == 302
    versions = list(RuleVersion.objects.select_related("document").order_by("pk"))
    assert (len(versions), ListEntry.objects.count()) == (16, 77)
    public = Client()
    seen = 0
    for version in versions:
        assert BODY.problems_of(version) == [], version.document.title
        published = publish(cast, version)
        assert published.is_published
        for entry in version.list_entries.all():
            address = f"/public/lists/{version.document.slug}/v1/{entry.slug}/"
            assert public.get(address).status_code == 200, address
            seen += 1
    assert seen == 77
