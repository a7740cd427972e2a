"""Eight kinds of tampering, sixty seeded trials each: all 480 are found with the witness. Without it, a cut tail is not."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from enforcement.ledger.export import export_rows
from enforcement.ledger.keys import current_key
from enforcement.ledger.verifier import Keys, read_witness, verify
from enforcement.ledger.verify import ledger_keys, verify_chains
from enforcement.services.make_checkpoint import make_checkpoint
from tests.enforcement.ledger_writing import publish, write
from tests.ledger.attacks import ATTACKS, Stolen, rechain
from tests.tampering import change_behind_triggers

TRIALS = 60
ENTRIES = "enforcement_ledgerentry"


@pytest.fixture
def honest(db: None, settings: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """An export of three chains and a public log, and the witness of six checkpoints, the last one up to date."""
    for round_ in range(6):
        write("5301-market", 3)
        publish(f"list/{round_}", chain="53-market")
        write("5303-market", 2)
        make_checkpoint(force=True)
    return list(export_rows()), list(read_witness(Path(settings.WITNESS_DIR)))


def breaks(rows: list[dict[str, Any]], witness: list[dict[str, Any]] | None, keys: Keys) -> list[str]:
    return verify(rows, witness=witness, keys=keys).breaks


def test_all_480_are_found_with_the_witness(honest: Any) -> None:
    rows, witness = honest
    keys = ledger_keys()
    assert breaks(rows, witness, keys) == []
    missed = []
    for number, (name, attack) in enumerate(ATTACKS.items()):
        for trial in range(TRIALS):
            stolen = Stolen.from_honest(rows, seed=1000 * number + trial)
            attack(stolen)
            assert stolen.rows != rows, (name, trial)
            if not breaks(stolen.rows, witness, keys):
                missed.append((name, trial))
    assert missed == []


def test_only_the_forged_entry_at_the_very_end_needs_the_mac_key(honest: Any) -> None:
    """What an outsider with nothing but the public key and the witness finds."""
    rows, witness = honest
    keys = Keys(public=ledger_keys().public)
    found = {
        name: sum(
            bool(breaks(changed.rows, witness, keys))
            for trial in range(TRIALS)
            for changed in [_attacked(rows, attack, 1000 * number + trial)]
        )
        for number, (name, attack) in enumerate(ATTACKS.items())
    }
    assert {name for name, count in found.items() if count < TRIALS} == {"forge"}
    assert found["forge"] > TRIALS // 2


def _attacked(rows: list[dict[str, Any]], attack: Any, seed: int) -> Stolen:
    stolen = Stolen.from_honest(rows, seed)
    attack(stolen)
    return stolen


@pytest.mark.parametrize("name", ["tail cut", "re-chain with key"])
def test_without_the_witness_it_passes(honest: Any, name: str) -> None:
    """The reason for the witness: these leave a ledger that is whole in itself."""
    rows = [row for row in honest[0] if row["type"] == "entry" and not row["chain"].startswith("53-")]
    for trial in range(TRIALS):
        stolen = _attacked(rows, ATTACKS[name], trial)
        assert breaks(stolen.rows, None, ledger_keys()) == []
    assert verify(rows, witness=None, keys=ledger_keys()).unchecked


def test_falling_back_to_the_format_without_mac_is_found_without_the_witness(honest: Any) -> None:
    rows = copy.deepcopy(honest[0])
    entries = [row for row in rows if row.get("chain") == "5301-market"]
    entries[-1]["format"] = 1
    entries[-1]["hash"] = _first_format_hash(entries[-1])
    assert any("旧格式" in line for line in breaks(rows, None, ledger_keys()))


def _first_format_hash(entry: dict[str, Any]) -> str:
    from enforcement.ledger.append import NEVER_HASHED, SINCE_FORMAT_2
    from enforcement.ledger.canonical import digest_of

    left_out = (*NEVER_HASHED, *SINCE_FORMAT_2, "type")
    return digest_of({name: value for name, value in entry.items() if name not in left_out})


def test_a_history_signed_again_with_the_key_does_not_match_the_kept_one(honest: Any) -> None:
    """The worst case: the attacker has database and key, rewrites the chain and the checkpoints in the database."""
    rows, witness = copy.deepcopy(honest[0]), honest[1]
    entries = [row for row in rows if row.get("chain") == "5301-market" and row["type"] == "entry"]
    entries[4]["actor_name"] = "别人"
    rechain(entries, 4, key=current_key())
    for row in rows:
        if row["type"] == "checkpoint":
            row["content"] = row["content"].replace('"previous":"', '"previous":"f')
    found = breaks(rows, witness, ledger_keys())
    assert any("与检查点" in line for line in found)
    assert any("数据库中的与见证中的不同" in line for line in found)


PUBLIC_TABLE = "enforcement_publiclogentry"
IN_THE_DATABASE = {
    "edit": (ENTRIES, "UPDATE enforcement_ledgerentry SET actor_name = '别人' WHERE sequence = 3"),
    "middle delete": (
        ENTRIES,
        "DELETE FROM enforcement_ledgerentry WHERE chain = '5301-market' AND sequence = 3",
    ),
    "tail cut": (
        ENTRIES,
        "DELETE FROM enforcement_ledgerentry WHERE chain = '5301-market' AND sequence > 15",
    ),
    "whole chain": (ENTRIES, "DELETE FROM enforcement_ledgerentry WHERE chain = '5303-market'"),
    "swap": (
        ENTRIES,
        "UPDATE enforcement_ledgerentry SET sequence = 1004 - sequence WHERE sequence IN (2, 3);"
        "UPDATE enforcement_ledgerentry SET sequence = sequence - 999 WHERE sequence > 900",
    ),
    "back-date": (
        ENTRIES,
        "UPDATE enforcement_ledgerentry SET occurred_at = occurred_at - interval '1 day' WHERE sequence = 2",
    ),
    "edit of a public act": (
        PUBLIC_TABLE,
        "UPDATE enforcement_publiclogentry SET digest = repeat('0', 64) WHERE sequence = 2",
    ),
    "tail cut of the public log": (PUBLIC_TABLE, "DELETE FROM enforcement_publiclogentry WHERE sequence > 4"),
    "edit of a checkpoint": (
        "enforcement_ledgercheckpoint",
        "UPDATE enforcement_ledgercheckpoint SET content = replace(content, 'number', 'numbered') WHERE number = 2",
    ),
    "removal of a checkpoint": (
        "enforcement_ledgercheckpoint",
        "DELETE FROM enforcement_ledgercheckpoint WHERE number = 6",
    ),
}


@pytest.mark.parametrize("name", IN_THE_DATABASE)
def test_tampering_in_the_database_itself_is_found(honest: Any, name: str) -> None:
    assert verify_chains().breaks == []
    change_behind_triggers(*IN_THE_DATABASE[name])
    assert verify_chains().breaks


@pytest.mark.parametrize(
    "change",
    ["content", "heads", "signature", "key_id", "removed", "renamed", "unreadable"],
)
def test_tampering_with_the_witness_is_found(honest: Any, settings: Any, change: str) -> None:
    path = sorted(Path(settings.WITNESS_DIR).glob("*/*.json"))[2]
    document = json.loads(path.read_text())
    if change == "removed":
        path.unlink()
    elif change == "renamed":
        path.rename(path.with_name("000000099.json"))
    elif change == "unreadable":
        path.write_text("{")
    else:
        wrong = {"content": '"log_size":', "heads": '"heads":', "signature": "", "key_id": ""}[change]
        document[change] = (
            document[change].replace(wrong, wrong + " ") if wrong else "A" * len(document[change])
        )
        path.write_text(json.dumps(document))
    assert verify_chains().breaks


def test_a_clock_set_back_between_entry_and_checkpoint_is_no_break(db: None) -> None:
    write("A")
    change_behind_triggers(
        ENTRIES, "UPDATE enforcement_ledgerentry SET occurred_at = now() + interval '2 hours'"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT chain, sequence FROM enforcement_ledgerentry")
        assert len(cursor.fetchall()) == 1
    made = make_checkpoint(force=True)
    assert made is not None
    write("A")
    make_checkpoint(force=True)
    assert [line for line in verify_chains().breaks if "时间" in line] == []
