"""The ledger is chained, append-only, and says so when it was touched."""

from __future__ import annotations

import json
import re
import threading

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from enforcement.actors import SYSTEM, Actor
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import GENESIS, append_entry, hashed_content
from enforcement.ledger.canonical import canonical_json, digest_of
from enforcement.ledger.commitments import opens
from enforcement.ledger.context import ActContext, acting_in
from enforcement.ledger.keys import current_key
from enforcement.ledger.models import CommitmentSalt, LedgerEntry
from enforcement.ledger.verify import verify_chains
from enforcement.models import Line, RuleVersion
from tests.cast import raise_cast
from tests.enforcement.ledger_writing import write
from tests.tampering import change_behind_triggers


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


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table", ["enforcement_ledgerentry", "enforcement_reviewopinion"], ids=["ledger", "opinions"]
)
def test_the_table_cannot_be_emptied_outside_tests(table: str) -> None:
    write("A")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL hengdu.truncate_allowed = ''")
        with pytest.raises(DatabaseError, match="never emptied"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table} CASCADE")
        cursor.execute("SET LOCAL hengdu.truncate_allowed = 'yes'")
    assert LedgerEntry.objects.count() == 1


FIRST_FORMAT = {
    "chain": "old",
    "sequence": 1,
    "action": "signed_in",
    "subject_type": "Account",
    "subject_id": "7",
    "subject_label": "甲",
    "actor_id": 7,
    "actor_name": "甲",
    "occurred_at": "2026-03-01T02:03:04.000005+00:00",
    "payload": "{}",
    "previous_hash": GENESIS,
}
# Made by the program that wrote format 1.
FIRST_FORMAT_HASH = "594395c1bc88fa4b532cb484a3d7425930e56f6d50a64089846631fe8d06e7a5"


@pytest.mark.django_db
class TestFormats:
    def test_an_entry_of_the_first_format_still_verifies_and_the_next_one_follows_it(self) -> None:
        columns = {**FIRST_FORMAT, "format": 1, "hash": FIRST_FORMAT_HASH}
        columns |= dict.fromkeys(("duty", "request_id", "reason", "key_id", "mac"), "") | {
            "commitments": "{}"
        }
        names = ", ".join(columns)
        values = ", ".join(["%s"] * len(columns))
        change_behind_triggers(
            "enforcement_ledgerentry",
            f"INSERT INTO enforcement_ledgerentry ({names}) VALUES ({values})",
            list(columns.values()),
        )
        write("old")
        assert verify_chains().breaks == []
        assert LedgerEntry.objects.get(sequence=2).previous_hash == FIRST_FORMAT_HASH

    @pytest.mark.parametrize(
        ("changes", "complaint"),
        [
            ({"format": 1}, "no longer written"),
            ({"previous_hash": "f" * 64}, "does not follow"),
            ({"sequence": 3}, "does not follow"),
            ({"mac": ""}, "ledger_entry_authenticated"),
        ],
    )
    def test_the_database_itself_refuses_what_breaks_a_chain(
        self, changes: dict[str, object], complaint: str
    ) -> None:
        write("A")
        entry = LedgerEntry.objects.get()
        entry.pk, entry.sequence, entry.previous_hash = None, 2, entry.hash
        for name, value in changes.items():
            setattr(entry, name, value)
        with pytest.raises(DatabaseError, match=complaint), transaction.atomic():
            entry.save(force_insert=True)


@pytest.mark.django_db
class TestWhatAnEntrySays:
    def test_request_duty_version_and_reason_are_kept_and_hashed(self) -> None:
        cast = raise_cast()
        version = RuleVersion(pk=5, lock_version=3)
        with acting_in(ActContext(request_id="ABCD2345")), transaction.atomic():
            entry = append_entry(
                chain="A",
                action=LedgerAction.VERSION_DISCARDED,
                subject=version,
                subject_label="某清单（第 2 版）",
                actor=cast.actor("all_duties"),
                payload={"number": 2},
                reason="重复起草",
            )
        kept = LedgerEntry.objects.get(pk=entry.pk)
        assert (kept.request_id, kept.duty, kept.subject_version) == (
            "ABCD2345",
            "法制审核人员、清单编制人员、清单发布人员",
            3,
        )
        assert kept.sentence() == "全能戊放弃草稿：某清单（第 2 版）。原因：重复起草。"
        for name in ("duty", "request_id", "reason", "subject_version", "commitments", "key_id"):
            assert name in hashed_content(kept)
        assert kept.mac == current_key().mac_of(kept.hash)

    def test_texts_longer_than_their_column_are_cut_and_never_an_error(self) -> None:
        actor = Actor(account_id=1, name="名" * 300)
        with acting_in(ActContext(request_id="R" * 300, duty="职" * 300)), transaction.atomic():
            entry = append_entry(
                chain="A",
                action=LedgerAction.SIGNED_IN,
                subject=Line(code="x" * 300),
                subject_label="标" * 300,
                actor=actor,
                payload={},
                reason="因" * 600,
            )
        assert (len(entry.actor_name), len(entry.duty), len(entry.request_id)) == (60, 120, 36)
        assert verify_chains().holds

    def test_time_comes_from_the_database_and_never_runs_backwards(self) -> None:
        with time_machine.travel("2001-01-01"):
            write("A")
        first = LedgerEntry.objects.get()
        assert first.occurred_at.year > 2001
        change_behind_triggers(
            "enforcement_ledgerentry",
            "UPDATE enforcement_ledgerentry SET occurred_at = now() + interval '1 hour'",
        )
        write("A")
        first, second = LedgerEntry.objects.order_by("sequence")
        assert second.occurred_at >= first.occurred_at

    def test_every_action_has_a_chinese_sentence(self) -> None:
        for action in LedgerAction:
            entry = LedgerEntry(
                action=action.value, actor_name="甲", subject_label="乙", payload="{}", reason=""
            )
            sentence = entry.sentence()
            assert action.label in sentence, action
            assert sentence.endswith("。")
            assert not re.search(r"[A-Za-z_]", sentence), sentence
            assert "乙" in sentence

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("重复，身份证530102199003071234", "重复，身份证●●●●"),
            ("身份证 53010219900307123X 有误", "身份证 ●●●● 有误"),
            ("电话13987654321", "电话●●●●"),
            ("电话 139-8765-4321 打不通", "电话 ●●●● 打不通"),
            ("账号6222021234567890123", "账号●●●●"),
            ("文号〔2026〕第 1203 号", "文号〔2026〕第 1203 号"),
            ("a3f1" * 4 + "123456789012345" + "f" * 33, "a3f1" * 4 + "123456789012345" + "f" * 33),
        ],
    )
    def test_numbers_of_persons_typed_as_text_do_not_reach_it(self, typed: str, kept: str) -> None:
        with transaction.atomic():
            entry = append_entry(
                chain="A",
                action=LedgerAction.REGISTER_LOADED,
                subject=Line(code="x"),
                subject_label=typed,
                actor=SYSTEM,
                payload={"list": [{"text": typed}]},
                reason=typed,
            )
        assert (entry.subject_label, entry.reason) == (kept, kept)
        assert json.loads(entry.payload) == {"list": [{"text": kept}]}


@pytest.mark.django_db
class TestCommitments:
    def commit_to(self, **values: object) -> LedgerEntry:
        with acting_in(ActContext(client_address="203.0.113.7")), transaction.atomic():
            return append_entry(
                chain="A",
                action=LedgerAction.PARTY_REGISTERED,
                subject=Line(code="x"),
                subject_label="当事人 1",
                actor=SYSTEM,
                payload={},
                committed=values,
            )

    def test_the_value_is_nowhere_in_the_entry_and_can_be_checked_with_the_salt(self) -> None:
        entry = LedgerEntry.objects.get(pk=self.commit_to(phone="13987654321", name="张三").pk)
        held = " ".join(str(getattr(entry, field.attname)) for field in LedgerEntry._meta.fields)
        assert "13987654321" not in held
        assert "张三" not in held
        assert "203.0.113.7" not in held
        assert sorted(entry.committed()) == ["client_address", "name", "phone"]
        salts = {row.name: bytes(row.salt) for row in entry.salts.all()}
        assert opens(entry.committed()["phone"], salt=salts["phone"], claimed="13987654321")
        assert not opens(entry.committed()["phone"], salt=salts["phone"], claimed="13987654322")
        assert opens(entry.committed()["client_address"], salt=salts["client_address"], claimed="203.0.113.7")

    def test_equal_values_have_different_commitments(self) -> None:
        first, second = self.commit_to(phone="1"), self.commit_to(phone="1")
        assert first.committed()["phone"] != second.committed()["phone"]

    def test_deleting_the_salts_leaves_the_chain_whole(self) -> None:
        self.commit_to(phone="13987654321")
        CommitmentSalt.objects.all().delete()
        assert verify_chains().breaks == []

    def test_a_salt_is_never_replaced(self) -> None:
        self.commit_to(phone="1")
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            CommitmentSalt.objects.update(salt=b"0" * 16)


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
