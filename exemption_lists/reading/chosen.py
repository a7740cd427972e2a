"""Reading a workbook's sheets with what a person decided about their columns and cells. Pure."""

from __future__ import annotations

from dataclasses import replace

from enforcement.spreadsheets.grid import SheetGrid

from .choices import ReadingChoices, corrected
from .drafts import CellWarning, SheetReading
from .workbook import read_grids


def read_with_choices(
    grids: list[SheetGrid], choices: ReadingChoices
) -> tuple[list[SheetReading], list[SheetGrid]]:
    """The tables and the sheets as they read now; every corrected cell leaves a note at its table."""
    changed, notes = corrected(grids, choices.corrections)
    readings = read_grids(changed, columns=choices.columns)
    for number, reading in enumerate(readings):
        own = [note for note in notes.get(reading.sheet, []) if _belongs(note, reading, readings)]
        if own:
            readings[number] = replace(reading, warnings=(*reading.warnings, *own))
            notes[reading.sheet] = [note for note in notes[reading.sheet] if note not in own]
    return readings, changed


def _belongs(note: CellWarning, reading: SheetReading, readings: list[SheetReading]) -> bool:
    """The table that used the cell, or the sheet's last one when the cell is empty now."""
    last = [one for one in readings if one.sheet == reading.sheet][-1]
    return note.cell in reading.accounted or reading is last
