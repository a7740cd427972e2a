"""Checkpoints: made when due, once, chained and signed; the witness gets each as one file that is never replaced."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from enforcement.ledger.checkpoints import COMPLETE_EVERY, EVERY_ROWS, next_checkpoint
from enforcement.ledger.keys import current_key
from enforcement.ledger.models import LedgerCheckpoint, LedgerEntry
from enforcement.ledger.witness import WitnessConflict, witness_files, witness_path, write_missing
from enforcement.services.make_checkpoint import make_checkpoint
from enforcement.tasks import make_ledger_checkpoint
from tests.enforcement.ledger_writing import publish, write
from tests.tampering import change_behind_triggers


def age_last_checkpoint(seconds: int) -> None:
    change_behind_triggers(
        "enforcement_ledgercheckpoint",
        "UPDATE enforcement_ledgercheckpoint SET made_at = made_at - make_interval(secs => %s)",
        [seconds],
    )


def heads_of(checkpoint: LedgerCheckpoint) -> dict[str, Any]:
    return dict(json.loads(checkpoint.heads)["heads"])


@pytest.mark.django_db
class TestWhenOneIsDue:
    def test_none_while_the_ledger_is_empty(self) -> None:
        assert make_checkpoint() is None
        assert make_checkpoint(force=True) is None

    def test_the_first_entry_makes_one_and_nothing_new_makes_none(self) -> None:
        write("A")
        assert make_checkpoint() is not None
        age_last_checkpoint(3600)
        assert make_checkpoint() is None
        assert make_checkpoint(force=True) is None

    @pytest.mark.parametrize(("seconds", "is_due"), [(50, False), (61, True)])
    def test_sixty_seconds_after_the_last_with_anything_new(self, seconds: int, is_due: bool) -> None:
        write("A")
        make_checkpoint()
        write("A")
        age_last_checkpoint(seconds)
        assert (make_checkpoint() is not None) is is_due

    @pytest.mark.parametrize(("rows", "is_due"), [(EVERY_ROWS - 1, False), (EVERY_ROWS, True)])
    def test_a_hundred_new_entries_do_not_wait(self, rows: int, is_due: bool) -> None:
        write("A")
        make_checkpoint()
        write("A", rows // 2)
        write("B", rows - rows // 2)
        assert (make_checkpoint() is not None) is is_due

    def test_the_task_may_run_again_at_once(self) -> None:
        write("A")
        make_ledger_checkpoint()
        make_ledger_checkpoint()
        assert LedgerCheckpoint.objects.count() == len(list(witness_files())) == 1


@pytest.mark.django_db
class TestWhatItSays:
    def test_it_is_signed_and_follows_the_one_before(self) -> None:
        write("A")
        first = make_checkpoint(force=True)
        publish("清单")
        second = make_checkpoint(force=True)
        assert first is not None
        assert second is not None
        content = json.loads(second.content)
        assert content["previous"] == first.digest == hashlib.sha256(first.content.encode()).hexdigest()
        assert (content["number"], content["log_size"]) == (2, 1)
        assert content["heads_digest"] == hashlib.sha256(second.heads.encode()).hexdigest()
        public = current_key().signing.public_key()
        public.verify(base64.b64decode(second.signature), second.content.encode())
        with pytest.raises(InvalidSignature):
            public.verify(base64.b64decode(second.signature), first.content.encode())

    def test_it_lists_the_chains_that_moved_and_now_and_then_all(self) -> None:
        write("A", 2)
        write("B", 1)
        first = make_checkpoint(force=True)
        write("B", 1)
        second = make_checkpoint(force=True)
        assert first is not None
        assert second is not None
        last = LedgerEntry.objects.filter(chain="B").latest("sequence")
        assert heads_of(first).keys() == {"A", "B"}
        assert heads_of(second) == {"B": [2, last.hash]}
        for _ in range(COMPLETE_EVERY - 1):
            write("B", 1)
            later = make_checkpoint(force=True)
        assert later is not None
        assert later.number == COMPLETE_EVERY + 1
        assert later.is_complete
        assert heads_of(later).keys() == {"A", "B"}

    def test_the_public_part_does_not_say_how_busy_an_agency_is(self) -> None:
        write("5301-market", 3)
        made = make_checkpoint(force=True)
        assert made is not None
        assert "5301-market" not in made.content

    def test_rows_are_never_changed(self) -> None:
        write("A")
        make_checkpoint(force=True)
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            LedgerCheckpoint.objects.update(content="{}")


@pytest.mark.django_db
class TestWitness:
    def test_one_whole_file_each_and_nothing_unfinished(self, settings: Any) -> None:
        write("A")
        made = make_checkpoint(force=True)
        assert made is not None
        assert json.loads(witness_path(1).read_text()) == made.witness_document()
        assert [path.name for path in Path(settings.WITNESS_DIR).rglob("*") if path.is_file()] == [
            "000000001.json"
        ]

    def test_what_a_killed_process_did_not_write_is_written_later(self) -> None:
        for _ in range(3):
            write("A")
            next_checkpoint(force=True)
        assert list(witness_files()) == []
        assert write_missing() == 3
        assert len(list(witness_files())) == 3
        assert write_missing() == 0

    def test_a_file_of_another_history_is_never_replaced(self) -> None:
        write("A")
        make_checkpoint(force=True)
        other = witness_path(1).read_text().replace("signature", "signatur")
        witness_path(1).write_text(other)
        with pytest.raises(WitnessConflict):
            write_missing()
        write("A")
        with pytest.raises(CommandError, match="没有覆盖"):
            call_command("ledger_checkpoint")
        assert witness_path(1).read_text() == other


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one() -> None:
    write("A", 3)
    made: list[LedgerCheckpoint | None] = []

    def work() -> None:
        try:
            made.append(make_checkpoint())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert LedgerCheckpoint.objects.count() == 1
    assert len([one for one in made if one is not None]) == 1
