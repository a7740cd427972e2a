"""Opening a workbook from outside: checked first, then parsed in a process that may not grow or linger."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from . import limits
from .grid import CellKind, GridCell, MergedArea, SheetGrid
from .preflight import check_workbook
from .refusals import is_known, refuse

_READER_MODULE = "enforcement.spreadsheets.reading_process"
_INHERITED_VARIABLES = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH")


def open_guarded(source: str | Path | bytes) -> list[SheetGrid]:
    """Every sheet of the workbook as a grid of text, hidden ones included and marked.

    Raises InvalidInput with a Chinese sentence for anything but a sound .xlsx workbook within the limits
    (10 MiB packed, 100 MiB unpacked, 200 parts, 20,000 rows, 100 columns; parsing 512 MiB and 30 s).
    """
    content = source if isinstance(source, bytes) else _read_file(Path(source))
    check_workbook(content)
    return [_grid_from(sheet) for sheet in _parse_in_child(content)]


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(limits.MAX_PACKED_BYTES + 1)
    except OSError as error:
        raise refuse("not_found") from error


def _parse_in_child(content: bytes) -> list[dict[str, Any]]:
    with tempfile.TemporaryFile() as workbook, tempfile.TemporaryFile() as answer:
        workbook.write(content)
        workbook.seek(0)
        try:
            finished = subprocess.run(
                [sys.executable, "-P", "-m", _READER_MODULE],
                stdin=workbook,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env=_child_environment(),
                timeout=limits.CHILD_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise refuse("out_of_time") from error
        if finished.returncode < 0:
            # Killed by a signal: the processor or the memory limit.
            raise refuse("out_of_memory")
        answer.seek(0)
        return _sheets_from(answer.read(limits.CHILD_OUTPUT_BYTES))


def _child_environment() -> dict[str, str]:
    """No secrets: a process that parses strangers' files gets the search path and nothing of our settings."""
    kept = {name: os.environ[name] for name in _INHERITED_VARIABLES if name in os.environ}
    own_root = str(Path(__file__).resolve().parents[2])
    kept["PYTHONPATH"] = os.pathsep.join([own_root, *(entry for entry in sys.path if entry)])
    kept["PYTHONDONTWRITEBYTECODE"] = "1"
    kept["PYTHONUTF8"] = "1"
    return kept


def _sheets_from(answer: bytes) -> list[dict[str, Any]]:
    try:
        document = json.loads(answer)
    except ValueError as error:
        raise refuse("damaged") from error
    reason = document.get("refused")
    if reason is not None:
        raise refuse(reason if is_known(reason) else "damaged")
    sheets: list[dict[str, Any]] = document["sheets"]
    return sheets


def _grid_from(sheet: dict[str, Any]) -> SheetGrid:
    cells = [GridCell(row, column, text, CellKind(kind)) for row, column, text, kind in sheet["cells"]]
    return SheetGrid(
        name=sheet["name"],
        hidden=sheet["hidden"],
        cells={(cell.row, cell.column): cell for cell in cells},
        merged=tuple(MergedArea(*corners) for corners in sheet["merged"]),
        stale=tuple(
            GridCell(row, column, text, CellKind(kind)) for row, column, text, kind in sheet["stale"]
        ),
        hidden_rows=frozenset(sheet["hidden_rows"]),
        hidden_columns=frozenset(sheet["hidden_columns"]),
    )
