"""A file as it was handed in (xlsx, or a JSON collection) to readings of its tables. Writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from exemption_lists.reading.drafts import SheetReading
from exemption_lists.reading.research_json import ResearchDocument, parse_research_json, read_research_lists
from exemption_lists.reading.workbook import read_list_workbook


@dataclass(frozen=True, slots=True)
class ListFile:
    """A read file: its name, the digest of its bytes, and one reading per table."""

    name: str
    digest: str
    readings: tuple[SheetReading, ...]

    @property
    def entry_count(self) -> int:
        return sum(len(reading.entries) for reading in self.readings)

    def only(self, numbers: Iterable[int]) -> ListFile:
        """The same file with the tables of these numbers (from 1), for an import of part of it."""
        chosen = set(numbers)
        kept = tuple(one for number, one in enumerate(self.readings, start=1) if number in chosen)
        return replace(self, readings=kept)

    @property
    def problems(self) -> list[str]:
        """Errors that block an import; warnings and notes do not."""
        return [
            f"{reading.sheet} {one.cell}：{one.message}"
            for reading in self.readings
            for one in reading.errors
        ]

    @property
    def warnings(self) -> list[dict[str, str]]:
        """Every remark about a cell, as kept with the version."""
        return [
            {"sheet": reading.sheet, "cell": one.cell, "message": one.message, "severity": one.severity.value}
            for reading in self.readings
            for one in reading.warnings
        ]


def read_list_file(*, name: str, content: bytes) -> ListFile:
    """Read a file by its name's ending; anything but .json is read as a spreadsheet.

    Raises InvalidInput with a Chinese sentence when it cannot be read as a list.
    """
    if name.lower().endswith(".json"):
        documents = read_research_lists(parse_research_json(content))
        readings = tuple(_reading(document) for document in documents)
    else:
        readings = tuple(read_list_workbook(content))
    return ListFile(name=name, digest=hashlib.sha256(content).hexdigest(), readings=readings)


def _reading(document: ResearchDocument) -> SheetReading:
    """A document of a JSON collection in the shape of a table."""
    kind = document.entries[0].kind if document.entries else None
    return SheetReading(
        sheet=document.code,
        title=document.title,
        kind=kind,
        entries=document.entries,
        warnings=document.warnings,
    )
