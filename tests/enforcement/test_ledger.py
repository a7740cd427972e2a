"""The ledger is chained, append-only, and says so when it was touched."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from enforcement.actors import SYSTEM
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import GENESIS, append_entry
from enforcement.ledger.canonical import canonical_json, digest_of
from enforcement.ledger.models import LedgerEntry
from enforcement.ledger.verify import verify_chains
from enforcement.models import Line
from tests.tampering import change_behind_triggers


def write(chain: str, number: int = 1) -> None:
    line = Line(code="ecology", name="生态环境")
    for turn in range(number):
        with transaction.atomic():
            append_entry(
                chain=chain,
                action=LedgerAction.REGISTER_LOADED,
                subject=line,
                subject_label=f"第 {turn} 次",
                actor=SYSTEM,
                payload={"turn": turn},
            )


@pytest.mark.django_db
class TestChain:
    def test_first_entry_starts_from_genesis_and_each_next_one_holds_the_hash_before_it(self) -> None:
        write("5301SJ", 3)
        first, second, third = LedgerEntry.objects.filter(chain="5301SJ")
        assert (first.sequence, first.previous_hash) == (1, GENESIS)
        assert second.previous_hash == first.hash
        assert third.previous_hash == second.hash

    def test_chains_are_separate(self) -> None:
        write("A", 2)
        write("B", 1)
        assert LedgerEntry.objects.get(chain="B").sequence == 1
        report = verify_chains()
        assert (report.chains, report.entries, report.breaks) == (2, 3, [])

    @pytest.mark.parametrize("act", ["update", "delete", "raw"])
    def test_rows_cannot_be_changed_or_deleted(self, act: str) -> None:
        write("A")
        rows = LedgerEntry.objects.filter(chain="A")
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            if act == "update":
                rows.update(actor_name="某人")
            elif act == "delete":
                rows.delete()
            else:
                with connection.cursor() as cursor:
                    cursor.execute("UPDATE enforcement_ledgerentry SET payload = '{}'")
        assert verify_chains().holds


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "parameters"),
    [
        ("UPDATE enforcement_ledgerentry SET payload = '{\"turn\":9}' WHERE sequence = 2", []),
        ("UPDATE enforcement_ledgerentry SET actor_name = %s WHERE sequence = 2", ["某人"]),
        (
            "UPDATE enforcement_ledgerentry SET occurred_at = occurred_at - interval '1 day' WHERE sequence = 2",
            [],
        ),
        ("UPDATE enforcement_ledgerentry SET hash = repeat('0', 64) WHERE sequence = 2", []),
        ("DELETE FROM enforcement_ledgerentry WHERE sequence = 2", []),
        ("UPDATE enforcement_ledgerentry SET sequence = 100 WHERE sequence = 3", []),
    ],
)
def test_verification_names_every_kind_of_tampering(sql: str, parameters: list[object]) -> None:
    write("A", 4)
    assert verify_chains().holds
    change_behind_triggers("enforcement_ledgerentry", sql, parameters)
    assert verify_chains().breaks


@pytest.mark.django_db(transaction=True)
def test_writers_on_one_chain_at_once_break_no_link() -> None:
    def work() -> None:
        try:
            write("crowded", 15)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report = verify_chains()
    assert (report.entries, report.breaks) == (60, [])


@pytest.mark.django_db(transaction=True)
def test_refuses_to_write_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        append_entry(
            chain="A",
            action=LedgerAction.REGISTER_LOADED,
            subject=Line(code="x"),
            subject_label="",
            actor=SYSTEM,
            payload={},
        )
    assert not LedgerEntry.objects.exists()


class TestCanonicalForm:
    def test_key_order_does_not_matter(self) -> None:
        assert digest_of({"a": 1, "b": [1, 2]}) == digest_of({"b": [1, 2], "a": 1})

    def test_list_order_matters(self) -> None:
        assert digest_of([1, 2]) != digest_of([2, 1])

    @pytest.mark.parametrize("value", [1.5, {"fine": 1.5}, [{"x": [0.1]}]])
    def test_a_float_is_refused_wherever_it_hides(self, value: object) -> None:
        with pytest.raises(TypeError):
            canonical_json(value)
