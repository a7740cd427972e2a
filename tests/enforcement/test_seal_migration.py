"""Parties that were there before sealing are sealed by the migration, and opened again on the way back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from enforcement.crypto.fields import matching
from enforcement.models import Party
from tests.case_builders import valid_id_number, valid_uscc

BEFORE = [("enforcement", "0010_duties_kept_apart")]
SEALED = [("enforcement", "0013_party_seal_enforced")]
NUMBER, PHONE = valid_id_number(7), "138 0000 0000"


@pytest.mark.django_db(transaction=True)
def test_rows_are_sealed_forwards_and_opened_backwards() -> None:
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    try:
        old = executor.migrate(BEFORE).apps.get_model("enforcement", "Party")
        shared = {"region_code": "5301", "line_code": "market"}
        old.objects.create(kind="person", name="马丽", id_number=NUMBER, phone=PHONE, **shared)
        old.objects.create(kind="person", name="李想", **shared)
        old.objects.create(kind="enterprise", name="示范公司", uscc=valid_uscc(1), phone=PHONE, **shared)
        MigrationExecutor(connection).migrate(newest)
        found = Party.objects.get(matching(Party, "id_number_index", NUMBER))
        assert (found.name, found.id_number, found.phone) == ("马丽", NUMBER, PHONE)
        assert [party.phone for party in Party.objects.order_by("pk")] == [PHONE, "", PHONE]
        with connection.cursor() as cursor:
            cursor.execute("SELECT id_number, phone FROM enforcement_party")
            assert NUMBER not in repr(cursor.fetchall())
        old = MigrationExecutor(connection).migrate(BEFORE).apps.get_model("enforcement", "Party")
        rows = old.objects.order_by("pk").values_list("id_number", "phone")
        assert list(rows) == [(NUMBER, PHONE), (None, ""), (None, PHONE)]
        old.objects.all().delete()
    finally:
        MigrationExecutor(connection).migrate(newest)
