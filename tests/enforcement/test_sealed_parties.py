"""What the database holds of a party's number and telephone, and how it is found again."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction
from django.test import override_settings

from enforcement.crypto.fields import matching
from enforcement.crypto.key_ring import new_key_text
from enforcement.crypto.suites import SealBroken
from enforcement.models import Party
from tests.case_builders import valid_id_number

pytestmark = pytest.mark.django_db

NUMBER, OTHER_NUMBER, PHONE = valid_id_number(7), valid_id_number(8), "13800000000"
K1, K2 = new_key_text("k1", "intl"), new_key_text("k2", "guomi")


def make_person(number: str | None = NUMBER, phone: str = PHONE) -> Party:
    return Party.objects.create(
        kind="person", name="马丽", id_number=number, phone=phone, region_code="5301", line_code="market"
    )


def stored_row(party: Party) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM enforcement_party WHERE id = %s", [party.pk])
        names = [column.name for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


@pytest.fixture(params=[K1, K2], ids=["intl", "guomi"])
def _profile(request: pytest.FixtureRequest) -> Iterator[None]:
    with override_settings(DATA_KEYS=request.param):
        yield


@pytest.mark.usefixtures("_profile")
def test_the_database_holds_neither_number_nor_telephone() -> None:
    party = make_person()
    text = repr(stored_row(party))
    assert NUMBER not in text
    assert PHONE not in text
    again = Party.objects.get(pk=party.pk)
    assert (again.id_number, again.phone) == (NUMBER, PHONE)


@pytest.mark.usefixtures("_profile")
@pytest.mark.parametrize("typed", [NUMBER, NUMBER.lower(), f"{NUMBER[:6]} {NUMBER[6:14]}-{NUMBER[14:]}"])
def test_exact_search_goes_through_the_index(typed: str) -> None:
    party = make_person()
    make_person(OTHER_NUMBER)
    assert Party.objects.get(matching(Party, "id_number_index", typed)) == party
    assert not Party.objects.filter(matching(Party, "id_number_index", NUMBER[:17])).exists()
    assert not Party.objects.filter(matching(Party, "id_number_index", " ")).exists()


def test_one_number_belongs_to_one_party() -> None:
    make_person()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_person()


def test_parties_without_a_number_do_not_meet_in_the_index() -> None:
    assert make_person(None).id_number_index is None
    make_person(None)


def test_no_lookup_compares_cipher_texts() -> None:
    for condition in ({"phone": PHONE}, {"id_number__startswith": "53"}, {"phone__in": [PHONE]}):
        with pytest.raises(FieldError):
            Party.objects.filter(**condition).count()
    make_person(None)
    assert Party.objects.filter(id_number__isnull=True).count() == 1


def test_writing_past_the_row_is_refused() -> None:
    party = make_person()
    with pytest.raises(FieldError), transaction.atomic():
        Party.objects.update(phone="13900000000")
    party.phone = "13900000000"
    with pytest.raises(FieldError), transaction.atomic():
        Party.objects.bulk_update([party], ["phone"])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE enforcement_party SET phone = '13900000000'")


def test_an_untouched_value_is_stored_as_it_was_and_a_changed_one_anew() -> None:
    party = make_person()
    before = stored_row(party)
    again = Party.objects.get(pk=party.pk)
    again.name = "马丽华"
    again.save()
    assert again.id_number == NUMBER
    again.save()
    kept = stored_row(party)
    assert [kept[name] for name in ("id_number", "id_number_index", "phone")] == [
        before[name] for name in ("id_number", "id_number_index", "phone")
    ]
    again.id_number = OTHER_NUMBER
    again.save()
    changed = stored_row(party)
    assert changed["id_number"] != before["id_number"]
    assert Party.objects.filter(matching(Party, "id_number_index", OTHER_NUMBER)).exists()
    assert not Party.objects.filter(matching(Party, "id_number_index", NUMBER)).exists()


def test_deferred_and_refreshed_values_open() -> None:
    party = make_person()
    assert Party.objects.defer("phone", "seal_id").get(pk=party.pk).phone == PHONE
    assert Party.objects.only("name").get(pk=party.pk).id_number == NUMBER
    party.phone = "变了"
    party.refresh_from_db()
    assert party.phone == PHONE


@pytest.mark.parametrize("column", ["id_number", "phone"])
def test_a_value_copied_from_another_row_does_not_open(column: str) -> None:
    party, other = make_person(), make_person(OTHER_NUMBER, "13900000000")
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE enforcement_party SET {column} = (SELECT {column} FROM enforcement_party WHERE id = %s) WHERE id = %s",
            [other.pk, party.pk],
        )
    with pytest.raises(SealBroken):
        getattr(Party.objects.get(pk=party.pk), column)


def test_the_seal_of_a_row_never_changes() -> None:
    party = make_person()
    with pytest.raises(IntegrityError, match="seal"), transaction.atomic():
        Party.objects.filter(pk=party.pk).update(seal_id=uuid.uuid4())


def test_bulk_created_rows_are_sealed() -> None:
    rows = [
        Party(kind="person", name="李想", id_number=number, phone=PHONE, region_code="53", line_code="market")
        for number in (NUMBER, OTHER_NUMBER)
    ]
    Party.objects.bulk_create(rows)
    assert all(str(stored_row(row)["phone"]).startswith("hd1.") for row in rows)
    assert Party.objects.get(matching(Party, "id_number_index", OTHER_NUMBER)).phone == PHONE


def test_a_save_of_a_row_under_an_old_key_moves_it_to_the_sealing_key() -> None:
    with override_settings(DATA_KEYS=K1):
        party = make_person()
    with override_settings(DATA_KEYS=f"{K2},{K1}"):
        found = Party.objects.get(matching(Party, "id_number_index", NUMBER))
        found.save()
    assert stored_row(party)["phone"].startswith("hd1.guomi.k2.")
    with override_settings(DATA_KEYS=K2):
        moved = Party.objects.get(matching(Party, "id_number_index", NUMBER))
        assert (moved.id_number, moved.phone) == (NUMBER, PHONE)
