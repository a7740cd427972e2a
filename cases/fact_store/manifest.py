"""What the store holds: the list of its files with the instant up to which they are complete.

Files are never changed: a new state is new files and then a new list in one rename, so that a reader who has read the
list finds what it names. Files of earlier lists stay for a day.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FORMAT = 2
LIST_NAME = "manifest.json"
KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Partition:
    """One file: the decisions on one violation in one year. `places` counts them by line and region."""

    violation_id: int
    year: int
    file: str
    rows: int
    left_out: tuple[str, ...]
    places: Mapping[str, Mapping[str, int]]

    def rows_within(self, *, line_code: str, region_code: str) -> int:
        """How many of its cases lie in the line and below the region."""
        held = self.places.get(line_code, {})
        return sum(rows for region, rows in held.items() if region.startswith(region_code))


@dataclass(frozen=True, slots=True)
class Manifest:
    """Every decision recorded before `watermark` is in the files; `decisions` and `id_sum` are what prove it."""

    watermark: dt.datetime
    decisions: int
    id_sum: int
    partitions: tuple[Partition, ...]

    def is_whole(self, root: Path) -> bool:
        """Whether every file is there."""
        return all((root / one.file).is_file() for one in self.partitions)


def read_manifest(root: Path) -> Manifest | None:
    """The list, or None when there is none or it cannot be read: then the store is written anew."""
    try:
        document = json.loads((root / LIST_NAME).read_text(encoding="utf-8"))
        return _manifest_of(document) if document["format"] == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_manifest(root: Path, manifest: Manifest) -> None:
    """Put the new list in the place of the old one, in one step."""
    document = asdict(manifest) | {"format": FORMAT, "watermark": manifest.watermark.isoformat()}
    with in_place_of(root / LIST_NAME) as temporary:
        temporary.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


class in_place_of:
    """`with in_place_of(path) as temporary:` write the temporary file; it becomes `path` when nothing failed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Path:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".writing-", suffix=self.path.suffix)
        os.close(handle)
        self.temporary = Path(name)
        return self.temporary

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.temporary.unlink(missing_ok=True)
            return
        with self.temporary.open("rb") as written:
            os.fsync(written.fileno())
        self.temporary.replace(self.path)


def forget_old_files(root: Path, kept: Iterable[str], *, at: dt.datetime) -> None:
    """Remove files no list names any more, once nobody can be reading them."""
    named = set(kept) | {LIST_NAME}
    for path in root.rglob("*"):
        if not path.is_file() or path.relative_to(root).as_posix() in named:
            continue
        if path.suffix in (".parquet", ".json") and path.stat().st_mtime < at.timestamp() - KEPT_SECONDS:
            path.unlink(missing_ok=True)


def _manifest_of(document: dict[str, Any]) -> Manifest:
    return Manifest(
        watermark=dt.datetime.fromisoformat(document["watermark"]),
        decisions=int(document["decisions"]),
        id_sum=int(document["id_sum"]),
        partitions=tuple(_partition_of(one) for one in document["partitions"]),
    )


def _partition_of(document: dict[str, Any]) -> Partition:
    return Partition(
        violation_id=int(document["violation_id"]),
        year=int(document["year"]),
        file=str(document["file"]),
        rows=int(document["rows"]),
        left_out=tuple(document["left_out"]),
        places=document["places"],
    )
