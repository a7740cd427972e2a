"""What a reader hands over: draft entries by table, the cells they came from, remarks about cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from enforcement.citations import ProvisionReference

JsonDocument: TypeAlias = dict[str, Any]


class DraftKind(StrEnum):
    """The four lists; the values are those stored with an entry."""

    NO_PENALTY = "no_penalty"
    LIGHTER = "lighter"
    MITIGATED = "mitigated"
    NO_COMPULSION = "no_compulsion"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_KIND_LABELS = {
    DraftKind.NO_PENALTY: "不予处罚",
    DraftKind.LIGHTER: "从轻处罚",
    DraftKind.MITIGATED: "减轻处罚",
    DraftKind.NO_COMPULSION: "免予行政强制",
}


class DraftScope(StrEnum):
    """Whether an entry is about one matter or about all of them."""

    MATTER = "matter"
    GENERAL = "general"


class DraftMandate(StrEnum):
    """“不予” binds the agency, “可以不予” leaves it a choice."""

    MUST = "must"
    MAY = "may"


class ConditionLogic(StrEnum):
    """How the numbered clauses of a condition belong together."""

    ALL = "all"
    ANY = "any"


class Severity(StrEnum):
    """An error blocks the import, a warning asks for a look, a note tells what was done with the layout."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class CellWarning:
    """One sentence about one cell or area of a sheet."""

    cell: str
    message: str
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEntry:
    """One entry as read. `serial` is half-width text, `printed_serial` what the sheet shows.

    `kind` is None only when nothing in the sheet says it; the reading then carries an error. `condition` is a
    condition document over the vocabulary extended by `declared_facts`; `suggestion` is what a person may
    accept instead. `cells` names the rectangle of the entry, `source_cells` the cells of each field.
    """

    serial: str
    kind: DraftKind | None
    violation_name: str = ""
    printed_serial: str = ""
    mandate: DraftMandate = DraftMandate.MUST
    scope: DraftScope = DraftScope.MATTER
    domain: str = ""
    category: str = ""
    violated_provisions: tuple[ProvisionReference, ...] = ()
    penalty_provisions: tuple[ProvisionReference, ...] = ()
    condition_text: tuple[str, ...] = ()
    condition_logic: ConditionLogic = ConditionLogic.ALL
    condition: JsonDocument = field(default_factory=lambda: {"all": []})
    declared_facts: tuple[JsonDocument, ...] = ()
    suggestion: JsonDocument | None = None
    exclusions: tuple[str, ...] = ()
    follow_up: tuple[str, ...] = ()
    coercive_measure: str = ""
    statutory_ranges: tuple[JsonDocument, ...] = ()
    fine_ranges: tuple[JsonDocument, ...] = ()
    fine_rule: str = ""
    plain_words: str = ""
    example: str = ""
    note: str = ""
    cells: str = ""
    source_cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def violation(self) -> str:
        return self.violation_name


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """One column of a table: its label, what it was read as, and what the label was recognised as."""

    column: int
    label: str
    meaning: str
    recognised: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReading:
    """One table. `notes` are the document's own remarks; `accounted` names the use of every filled cell.

    `key` names the table in its file, "" where there is no sheet; `columns` are those of its header.
    """

    sheet: str
    title: str
    kind: DraftKind | None
    entries: tuple[DraftEntry, ...] = ()
    warnings: tuple[CellWarning, ...] = ()
    notes: tuple[str, ...] = ()
    accounted: Mapping[str, str] = field(default_factory=dict)
    is_table: bool = True
    key: str = ""
    columns: tuple[ReadColumn, ...] = ()

    @property
    def errors(self) -> tuple[CellWarning, ...]:
        return tuple(warning for warning in self.warnings if warning.severity is Severity.ERROR)
