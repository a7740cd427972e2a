"""A file as it was handed in (xlsx, or a JSON collection) to readings of its tables. Writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from enforcement.errors import InvalidInput
from enforcement.spreadsheets.grid import SheetGrid
from enforcement.spreadsheets.guard import open_guarded
from exemption_lists.reading.choices import ReadingChoices
from exemption_lists.reading.chosen import read_with_choices
from exemption_lists.reading.drafts import SheetReading
from exemption_lists.reading.research_json import ResearchDocument, parse_research_json, read_research_lists


@dataclass(frozen=True, slots=True)
class ListFile:
    """A read file: its name, the digest of its bytes, one reading per table, and its sheets as they were read."""

    name: str
    digest: str
    readings: tuple[SheetReading, ...]
    grids: tuple[SheetGrid, ...] = ()

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


def read_list_file(*, name: str, content: bytes, choices: ReadingChoices | None = None) -> ListFile:
    """Read a file by its name's ending; anything but .json is read as a spreadsheet.

    `choices` are what a person decided about its columns and cells. Raises InvalidInput with a Chinese sentence when
    it cannot be read as a list.
    """
    digest = hashlib.sha256(content).hexdigest()
    _refuse_other_tables(name)
    if name.lower().endswith(".json"):
        documents = read_research_lists(parse_research_json(content))
        return ListFile(name=name, digest=digest, readings=tuple(_reading(one) for one in documents))
    readings, sheets = read_with_choices(open_guarded(content), choices or ReadingChoices())
    return ListFile(name=name, digest=digest, readings=tuple(readings), grids=tuple(sheets))


def _refuse_other_tables(name: str) -> None:
    """Text tables are not read: their encoding is unknown, and a serial such as 1-1 has often become a date in them."""
    if name.lower().endswith((".csv", ".tsv", ".txt")):
        sentence = "这是文本格式的表格，没有写入任何内容。在表格软件里打开，核对序号后另存为 .xlsx 再导入。"
        raise InvalidInput("list_text_table", sentence, {"problems": [sentence]})


def _reading(document: ResearchDocument) -> SheetReading:
    """A document of a JSON collection in the shape of a table."""
    kind = document.entries[0].kind if document.entries else None
    return SheetReading(
        sheet=document.code,
        title=document.title,
        kind=kind,
        key=document.code,
        entries=document.entries,
        warnings=document.warnings,
    )
