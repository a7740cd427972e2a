"""The JSON shape of a reading, as printed by the import command."""

from __future__ import annotations

from typing import Any

from .drafts import DraftEntry, SheetReading


def as_json(readings: list[SheetReading]) -> dict[str, Any]:
    """`{"sheets": [{"title", "entries": [...], "warnings": [{"cell", "message"}]}]}`, one item per table."""
    return {"sheets": [_sheet(reading) for reading in readings]}


def _sheet(reading: SheetReading) -> dict[str, Any]:
    return {
        "title": reading.title,
        "entries": [_entry(entry) for entry in reading.entries],
        "warnings": [{"cell": warning.cell, "message": warning.message} for warning in reading.warnings],
    }


def _entry(entry: DraftEntry) -> dict[str, Any]:
    return {
        "serial": entry.serial,
        "kind": entry.kind.label if entry.kind else "",
        "violation": entry.violation_name,
        "legal_basis": [
            reference["text"] for reference in (*entry.violated_provisions, *entry.penalty_provisions)
        ],
        "conditions": list(entry.condition_text),
        "cells": entry.cells,
    }
