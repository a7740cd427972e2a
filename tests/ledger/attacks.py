"""Eight ways to falsify an exported ledger, as somebody with the database (and perhaps the key) would do it.

Each attack changes `Stolen.rows` of one honest ledger, choosing its victim by a seeded generator. What is recomputed is
recomputed as the writing program does, with its own functions.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from enforcement.ledger.append import GENESIS, NEVER_HASHED
from enforcement.ledger.canonical import canonical_json, digest_of
from enforcement.ledger.keys import LedgerKey, current_key

Row = dict[str, Any]


@dataclass
class Stolen:
    """An export to be falsified; `entries` are the same dictionaries as in `rows`."""

    rows: list[Row]
    random: random.Random

    @classmethod
    def from_honest(cls, rows: list[Row], seed: int) -> Stolen:
        return cls(copy.deepcopy(rows), random.Random(seed))

    def chain(self) -> list[Row]:
        """The entries of one chain of at least six."""
        chains: dict[str, list[Row]] = {}
        for row in self.rows:
            if row["type"] == "entry":
                chains.setdefault(row["chain"], []).append(row)
        return self.random.choice([rows for rows in chains.values() if len(rows) >= 6])

    def pick(self, entries: list[Row]) -> int:
        return self.random.randrange(len(entries))


def rechain(entries: list[Row], start: int, *, key: LedgerKey | None) -> None:
    """Sequence, links and hashes from `start` on, and MACs when the key is known."""
    for place in range(start, len(entries)):
        entry = entries[place]
        entry["sequence"] = place + 1
        entry["previous_hash"] = entries[place - 1]["hash"] if place else GENESIS
        entry["hash"] = digest_of(
            {name: value for name, value in entry.items() if name not in (*NEVER_HASHED, "type")}
        )
        if key is not None:
            entry["mac"] = key.mac_of(entry["hash"])


def alter(entry: Row, chance: random.Random) -> None:
    """Another content under the same number."""
    change = chance.choice(["actor_name", "subject_label", "reason", "payload", "action", "actor_id", "duty"])
    if change == "payload":
        entry["payload"] = canonical_json({**json.loads(entry["payload"]), "forged": chance.randrange(1000)})
    elif change == "actor_id":
        entry["actor_id"] = chance.randrange(1000, 2000)
    else:
        entry[change] = f"{entry[change]}改{chance.randrange(1000)}"


def edit(stolen: Stolen) -> None:
    entries = stolen.chain()
    alter(entries[stolen.pick(entries)], stolen.random)


def delete_in_the_middle(stolen: Stolen) -> None:
    entries = stolen.chain()
    stolen.rows.remove(entries[stolen.random.randrange(len(entries) - 1)])


def cut_the_tail(stolen: Stolen) -> None:
    entries = stolen.chain()
    for victim in entries[-stolen.random.randint(1, len(entries) - 1) :]:
        stolen.rows.remove(victim)


def swap(stolen: Stolen) -> None:
    """Two entries exchange everything but their numbers and links."""
    entries = stolen.chain()
    first, second = stolen.random.sample(entries, 2)
    kept = ("sequence", "previous_hash", "hash", "mac")
    for name in [name for name in first if name not in kept]:
        first[name], second[name] = second[name], first[name]


def forge(stolen: Stolen) -> None:
    """An invented entry, anywhere from the beginning to the end, properly linked but without the key."""
    entries = stolen.chain()
    place = stolen.random.randint(1, len(entries))
    invented = copy.deepcopy(entries[place - 1])
    alter(invented, stolen.random)
    entries.insert(place, invented)
    stolen.rows.insert(stolen.rows.index(entries[place - 1]) + 1, invented)
    rechain(entries, place, key=None)


def rechain_without_key(stolen: Stolen) -> None:
    entries = stolen.chain()
    place = stolen.pick(entries)
    alter(entries[place], stolen.random)
    rechain(entries, place, key=None)


def rechain_with_key(stolen: Stolen) -> None:
    """Perfect in itself: only somebody who kept an earlier checkpoint can tell."""
    entries = stolen.chain()
    place = stolen.pick(entries)
    if stolen.random.random() < 0.5 and len(entries) - place > 1:
        stolen.rows.remove(entries.pop(place))
    else:
        alter(entries[place], stolen.random)
    rechain(entries, place, key=current_key())


def back_date(stolen: Stolen) -> None:
    """An entry is given an earlier time, and everything after it is recomputed with the key; or, with the key, an act
    of today is added as if it had happened long ago."""
    entries = stolen.chain()
    if stolen.random.random() < 0.5:
        place = stolen.random.randrange(1, len(entries))
    else:
        place = len(entries)
        entries.append(copy.deepcopy(entries[-1]))
        stolen.rows.insert(stolen.rows.index(entries[-2]) + 1, entries[-1])
    earlier = dt.datetime.fromisoformat(entries[place]["occurred_at"])
    earlier -= dt.timedelta(days=stolen.random.randint(1, 400))
    entries[place]["occurred_at"] = earlier.astimezone(dt.UTC).isoformat(timespec="microseconds")
    rechain(entries, place, key=current_key())


ATTACKS: dict[str, Callable[[Stolen], None]] = {
    "edit": edit,
    "middle delete": delete_in_the_middle,
    "tail cut": cut_the_tail,
    "swap": swap,
    "forge": forge,
    "re-chain without key": rechain_without_key,
    "re-chain with key": rechain_with_key,
    "back-date": back_date,
}
