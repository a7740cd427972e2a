"""Keys are exchanged while the system is in use: everything stays readable, and an interrupted run goes on."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from enforcement.crypto.fields import matching
from enforcement.crypto.key_ring import KEY_ID, new_key_text
from enforcement.models import Party
from enforcement.services import rotate_data_keys as rotation
from tests.case_builders import valid_id_number

pytestmark = pytest.mark.django_db

K1, K2 = new_key_text("k1", "intl"), new_key_text("k2", "guomi")
OLD, BOTH, NEW = K1, f"{K2},{K1}", K2
NUMBERS = [valid_id_number(number) for number in range(1, 8)]


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)


def make_parties() -> None:
    with override_settings(DATA_KEYS=OLD):
        rows = [
            Party(
                kind="person",
                name=f"人{place}",
                id_number=number,
                phone=f"1380000000{place}",
                region_code="53",
            )
            for place, number in enumerate(NUMBERS)
        ]
        Party.objects.bulk_create([*rows, Party(kind="enterprise", name="空白公司", region_code="53")])


def assert_everything_reads() -> None:
    for place, number in enumerate(NUMBERS):
        found = Party.objects.get(matching(Party, "id_number_index", number))
        assert (found.id_number, found.phone) == (number, f"1380000000{place}")


def test_everything_moves_to_the_new_key_and_the_old_one_may_go() -> None:
    make_parties()
    with override_settings(DATA_KEYS=BOTH):
        assert_everything_reads()
        with pytest.raises(CommandError, match="Party 7 行"):
            call_command("rotate_data_keys", "--check", stdout=StringIO())
        out = StringIO()
        call_command("rotate_data_keys", stdout=out, stderr=StringIO())
        assert "已重新密封 7 行" in out.getvalue()
        assert rotation.rows_under_other_keys() == {}
        assert rotation.rotate_rows() == 0
    with override_settings(DATA_KEYS=NEW):
        assert_everything_reads()


def test_an_interrupted_run_leaves_everything_readable_and_goes_on() -> None:
    make_parties()

    def stop(label: str, count: int) -> None:
        if count >= 4:
            raise KeyboardInterrupt

    with override_settings(DATA_KEYS=BOTH):
        with pytest.raises(KeyboardInterrupt):
            rotation.rotate_rows(report=stop)
        assert rotation.rows_under_other_keys() == {"enforcement.Party": 3}
        assert_everything_reads()
        assert rotation.rotate_rows() == 3
    with override_settings(DATA_KEYS=NEW):
        assert_everything_reads()


def test_a_row_written_under_the_old_ring_meanwhile_is_caught() -> None:
    make_parties()
    late = valid_id_number(99)

    def write_late(label: str, count: int) -> None:
        if count == 6:
            with override_settings(DATA_KEYS=OLD):
                first = Party.objects.order_by("pk").first()
                assert first is not None
                # Another process that has read the older ring only, writing to a row already moved.
                with connection.cursor() as cursor:
                    cursor.execute("DELETE FROM enforcement_party WHERE id = %s", [first.pk])
                Party.objects.create(pk=first.pk, kind="person", name="迟", id_number=late, region_code="53")

    with override_settings(DATA_KEYS=BOTH):
        rotation.rotate_rows(report=write_late)
        assert rotation.rows_under_other_keys() == {}
    with override_settings(DATA_KEYS=NEW):
        assert Party.objects.get(matching(Party, "id_number_index", late)).name == "迟"


def test_the_history_is_sealed_anew_as_well_and_stays_what_it_was() -> None:
    with override_settings(DATA_KEYS=OLD):
        party = Party.objects.create(kind="person", name="甲", phone="13800000001", region_code="53")
        party.phone = "13800000002"
        party.save()
    with override_settings(DATA_KEYS=BOTH):
        assert rotation.rows_under_other_keys() == {"enforcement.Party": 1, "enforcement.PartyHistory": 2}
        rotation.rotate_rows()
        assert rotation.rows_under_other_keys() == {}
    with override_settings(DATA_KEYS=NEW):
        assert [line.phone for line in party.history.order_by("history_id")] == ["13800000001", "13800000002"]
        assert party.history.count() == 2


def test_only_sealed_columns_are_written() -> None:
    make_parties()
    columns = "id, kind, name, uscc, representative, address, region_code, line_code, seal_id"

    def rows() -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM enforcement_party ORDER BY id")
            return cursor.fetchall()

    before = rows()
    with override_settings(DATA_KEYS=BOTH):
        rotation.rotate_rows()
    assert rows() == before


def test_new_key_command_prints_an_entry_that_can_be_used() -> None:
    out = StringIO()
    call_command("new_data_key", "k9", "guomi", stdout=out)
    key_id, profile, _secret = out.getvalue().strip().split(":")
    assert (key_id, profile, bool(KEY_ID.fullmatch(key_id))) == ("k9", "guomi", True)
    with override_settings(DATA_KEYS=out.getvalue()):
        assert Party.objects.create(kind="person", name="新", phone="1", region_code="53").phone == "1"
    with pytest.raises(CommandError, match="编号"):
        call_command("new_data_key", "K 9", "intl")
