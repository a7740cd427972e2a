"""All cases of one partition under both sides, as columns: equal to `changed_case` for each of them. Pure over files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from cases.fact_store.columns import null_column
from cases.fact_store.manifest import Partition
from cases.replay.by_row import NONE, UNKNOWN, Standing, change_between
from cases.replay.sides import BothSides, ReplayEntry
from enforcement.conditions.compile import column_type, compile_condition

CHANGES: dict[str, pl.DataType] = {
    "case_id": pl.Int64(),
    "violation_id": pl.Int64(),
    "region": pl.String(),
    "month": pl.String(),
    "was": pl.String(),
    "becomes": pl.String(),
    "entry": pl.String(),
}
# A standing as a number: twice the place of the entry that decides, plus one while it is open; -1 for no entry.
NOTHING = -1
STANDINGS = ["old_penal", "new_penal", "old_compulsion", "new_compulsion"]


class NotColumnar(Exception):
    """The partition lacks a fact that the entries look at; its cases are evaluated by row."""


class MatterReading:
    """One matter's two sides, ready to be asked of every file of the matter."""

    def __init__(self, both: BothSides) -> None:
        self.both = both
        # Any definition of a fact will do here, since all of one code are of one type.
        self.definitions = {code: next(iter(ways)) for code, ways in both.definitions.items()}
        self.truths = _truths(both)
        sides = (both.old.penal, both.new.penal, both.old.compulsion, both.new.compulsion)
        self.standings = [
            _standing(side, self.truths).alias(name) for name, side in zip(STANDINGS, sides, strict=True)
        ]

    def changes_in(
        self, root: Path, partition: Partition, *, line_code: str, region_code: str, is_whole: bool
    ) -> pl.DataFrame:
        """The cases of the file, within the scope, that would have ended otherwise (columns `CHANGES`).

        `is_whole` says that all its cases are within. Raises NotColumnar for what the file cannot answer.
        """
        frame = self._facts(root, partition)
        if not is_whole:
            within = (pl.col("line") == line_code) & pl.col("region").str.starts_with(region_code)
            frame = frame.filter(within)
        # Eager: sharing equal parts of expressions costs more to plan than these files take to compute.
        told = [one.alias(name) for name, one in self.truths.values()]
        judged = frame.select("case_id", "region", "issued_on", *told).select(
            "case_id", "region", "issued_on", *self.standings
        )
        return _changed_rows(judged, self.both, partition.violation_id)

    def _facts(self, root: Path, partition: Partition) -> pl.DataFrame:
        lacking = self.definitions.keys() & set(partition.left_out)
        if lacking:
            raise NotColumnar(min(lacking))
        present = pl.read_parquet_schema(root / partition.file)
        asked = [code for code in self.definitions if code in present]
        for code in asked:
            if present[code] != column_type(self.definitions[code]):
                raise NotColumnar(code)
        frame = pl.read_parquet(
            root / partition.file, columns=["case_id", "line", "region", "issued_on", *asked]
        )
        missing = [null_column(one) for code, one in self.definitions.items() if code not in present]
        return frame.with_columns(missing) if missing else frame


Truths = dict[tuple[object, ...], tuple[str, pl.Expr]]


def _truths(both: BothSides) -> Truths:
    """Each different condition once, under a column name of its own."""
    found: Truths = {}
    for entry in (*both.old.entries, *both.new.entries):
        if entry.says[1:] not in found:
            expression = compile_condition(entry.condition, entry.definitions)
            found[entry.says[1:]] = (f"t{len(found)}", expression)
    return found


def _standing(entries: tuple[ReplayEntry, ...], truths: Truths) -> pl.Expr:
    """The number of the entry that decides: kind by kind, one that holds before one that is open."""
    decided = pl.lit(NOTHING, dtype=pl.Int16)
    for number, is_open, entry in reversed(list(_in_order(entries))):
        truth = pl.col(truths[entry.says[1:]][0])
        applies = truth.is_null() if is_open else truth
        decided = pl.when(applies).then(pl.lit(number, dtype=pl.Int16)).otherwise(decided)
    return decided


def _in_order(entries: tuple[ReplayEntry, ...]) -> Iterator[tuple[int, bool, ReplayEntry]]:
    for kind in dict.fromkeys(entry.kind for entry in entries):
        group = [(place, entry) for place, entry in enumerate(entries) if entry.kind == kind]
        yield from ((2 * place, False, entry) for place, entry in group)
        yield from ((2 * place + 1, True, entry) for place, entry in group)


def _changed_rows(judged: pl.DataFrame, both: BothSides, violation_id: int) -> pl.DataFrame:
    """Few combinations of standings occur: each is put into words once, then found again for its cases."""
    occurring = judged.select(STANDINGS).unique()
    told = [(*standings, *found) for standings in occurring.rows() if (found := _told(standings, both))]
    schema = dict.fromkeys(STANDINGS, pl.Int16()) | dict.fromkeys(("was", "becomes", "entry"), pl.String())
    words = pl.DataFrame(told, schema=schema, orient="row")
    return judged.join(words, on=STANDINGS, how="inner").select(
        "case_id",
        pl.lit(violation_id, dtype=pl.Int64).alias("violation_id"),
        "region",
        pl.col("issued_on").dt.strftime("%Y-%m").alias("month"),
        "was",
        "becomes",
        "entry",
    )


def _told(standings: tuple[int, ...], both: BothSides) -> tuple[str, str, str] | None:
    sides = (both.old.penal, both.new.penal, both.old.compulsion, both.new.compulsion)
    pairs = [_answer(entries, number) for entries, number in zip(sides, standings, strict=True)]
    found = change_between(Standing(*pairs[0], *pairs[2]), Standing(*pairs[1], *pairs[3]))
    return (found.was, found.becomes, found.entry) if found else None


def _answer(entries: tuple[ReplayEntry, ...], number: int) -> tuple[str, str]:
    if number == NOTHING:
        return NONE, ""
    entry = entries[number // 2]
    return (UNKNOWN if number % 2 else entry.kind), entry.key
