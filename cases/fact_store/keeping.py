"""Keeping the store up to date: new decisions join the files of their violation and year; in doubt all is written anew.

Safe to run twice and late. The watermark lies a margin behind the present, so that acts under way at that moment have
ended; should one take longer, `holds` notices that a decision is missing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl
from django.conf import settings
from django.db import connection, transaction

from cases.fact_store.columns import typed_frame
from cases.fact_store.decided import DecidedCase
from cases.fact_store.manifest import (
    Manifest,
    Partition,
    forget_old_files,
    in_place_of,
    read_manifest,
    write_manifest,
)
from cases.selectors.decided_cases import (
    database_time,
    decided_cases,
    decisions_and_sum,
    declared_types,
    recorded_before,
)
from enforcement.conditions.vocabulary import FactType

MARGIN = dt.timedelta(minutes=10)
LOCK = "cases.fact_store"
Place = tuple[int, int]


def store_root() -> Path:
    """The folder of the store (`HENGDU_FACT_STORE`)."""
    return Path(settings.FACT_STORE_DIR)


def refresh(*, rebuild: bool = False, margin: dt.timedelta = MARGIN) -> Manifest:
    """Bring the store to `margin` before now and return its list. One program at a time; others wait."""
    root = store_root()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])
        now = database_time()
        known = None if rebuild else read_manifest(root)
        if known is None or not known.is_whole(root) or not holds(known):
            known = Manifest(dt.datetime.fromtimestamp(0, dt.UTC), 0, 0, ())
        manifest = _brought_to(max(known.watermark, now - margin), known, root)
    forget_old_files(root, (one.file for one in manifest.partitions), at=now)
    return manifest


def holds(manifest: Manifest) -> bool:
    """Whether the files hold every decision recorded before the watermark, also those committed late."""
    found = decisions_and_sum(recorded_before(manifest.watermark))
    return found == (manifest.decisions, manifest.id_sum)


def _brought_to(watermark: dt.datetime, known: Manifest, root: Path) -> Manifest:
    fresh = recorded_before(watermark).filter(recorded_at__gte=known.watermark)
    count, id_sum = decisions_and_sum(fresh)
    if count == 0 and known.partitions:
        return known
    by_place: dict[Place, list[DecidedCase]] = defaultdict(list)
    for row in decided_cases(fresh):
        by_place[row.violation_id, row.issued_on.year].append(row)
    kept = {(one.violation_id, one.year): one for one in known.partitions}
    types = declared_types()
    for place, rows in by_place.items():
        kept[place] = write_partition(root, place, rows, types, earlier=kept.get(place), at=watermark)
    manifest = Manifest(
        watermark=watermark,
        decisions=known.decisions + count,
        id_sum=known.id_sum + id_sum,
        partitions=tuple(kept[place] for place in sorted(kept)),
    )
    write_manifest(root, manifest)
    return manifest


def write_partition(
    root: Path,
    place: Place,
    rows: Sequence[DecidedCase],
    types: Mapping[str, FactType],
    *,
    earlier: Partition | None = None,
    at: dt.datetime,
) -> Partition:
    """The rows behind those of the earlier file, as a new file."""
    violation_id, year = place
    frame, left_out = typed_frame(rows, types)
    counted = [(row.line_code, row.region_code, 1) for row in rows]
    if earlier is not None:
        frame, mixed = _joined(pl.read_parquet(root / earlier.file), frame)
        left_out |= {*earlier.left_out, *mixed}
        counted += [(line, *place) for line, held in earlier.places.items() for place in held.items()]
    file = f"matter={violation_id}/year={year}/{at.astimezone(dt.UTC):%Y%m%dT%H%M%S%f}-{frame.height}.parquet"
    with in_place_of(root / file) as temporary:
        frame.write_parquet(temporary, compression="lz4")
    return Partition(
        violation_id=violation_id,
        year=year,
        file=file,
        rows=frame.height,
        left_out=tuple(sorted(left_out)),
        places=_summed(counted),
    )


def _summed(counted: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    """Cases by line and region, in the order of the codes."""
    places: dict[str, dict[str, int]] = {}
    for line, region, count in sorted(counted):
        held = places.setdefault(line, {})
        held[region] = held.get(region, 0) + count
    return places


def _joined(earlier: pl.DataFrame, later: pl.DataFrame) -> tuple[pl.DataFrame, set[str]]:
    """One below the other. A fact whose type was not known the first time is left out from now on."""
    mixed = {name for name in _common(earlier, later) if earlier.schema[name] != later.schema[name]}
    joined = pl.concat([earlier.drop(mixed), later.drop(mixed)], how="diagonal")
    return joined.sort("case_id"), mixed


def _common(earlier: pl.DataFrame, later: pl.DataFrame) -> Iterable[str]:
    return set(earlier.columns) & set(later.columns)
