"""What the shared pages of the register need to know about one kind of row.

A client builds one `RegisterSurface`, adds it to `catalogue.AREAS`, and includes `register_urls(SURFACE)`; the pages are
shared (docs/register.md). `LINES` and `REGIONS` are the examples.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from enforcement.actors import Actor
from enforcement.register_kinds import RegisterKind
from enforcement.register_tables.columns import RegisterTable
from enforcement.web.register.forms import RegisterForm

# A fact of a row: label and text, in page order. The same function serves the page, the history and “as on day”.
Facts = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of the list. `text(row)` must not query; the first column leads to the row."""

    label: str
    text: Callable[[Any], str]
    tone: Callable[[Any], str] | None = None
    number: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class RowFilter:
    """A choice the list can be narrowed by: `choices(actor)` as (code, word), `narrow(rows, code)`."""

    name: str
    label: str
    choices: Callable[[Actor], Iterable[tuple[str, str]]]
    narrow: Callable[[QuerySet[Any], str], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class ActLink:
    """A button or link beside a row or a section: the act, and where it is done."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the row's page: facts, or a table of related rows (cells as in `components/table.html`)."""

    title: str
    id: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    facts: Facts = ()
    empty: str = "没有登记。"
    acts: tuple[ActLink, ...] = ()

    @property
    def fact_rows(self) -> list[dict[str, str]]:
        """The facts as `components/facts_list.html` takes them."""
        return [{"label": label, "value": text} for label, text in self.facts]


def _no_sections(actor: Actor, row: Any, on: dt.date | None) -> Sequence[Section]:
    return ()


def _no_acts(actor: Actor, row: Any) -> Sequence[ActLink]:
    return ()


def _no_exports(actor: Actor) -> Sequence[ActLink]:
    return ()


# Own services of a client, where the shared `add_row` and `change_row` do not do:
# add(actor=, values=, reason=, today=) → row; change(actor=, key=, values=, expected_version=, reason=, today=) → row.
AddRow = Callable[..., Any]
ChangeRow = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class RegisterSurface:
    """One kind of register row as pages.

    - `list_rows(actor)`: the visible rows, related rows joined (`visible_to` first);
    - `search(rows, words)`: rows that match what was typed, None where the list has no search;
    - `search_is_private`: what people type there may be a name or a number: sent by POST and kept out of addresses
      (`enforcement/web/kept_searches.py`);
    - `order`: columns that order the list; together unique and never null, the paging continues after their values;
    - `title_of(row)`, `facts_of(row)`: the heading and the facts of the row's page; `related` names the relations that
      `facts_of` follows, so that a history of many versions costs one query each;
    - `form`: the form that adds and changes rows, None where rows are only read here;
    - `sections(actor, row, on)`: related rows; `on` is a day when the page shows the row as on that day;
    - `acts(actor, row)`: further buttons, each leading to a page of the client;
    - `further_exports(actor)`: links to exports of the client's own, offered on the export page;
    - `table`: the Excel table, None where there is none; `takes_imports` is False where it is only exported;
    - `warnings(actor, today)`: how many rows of the area ask for attention, shown on the index page.
    """

    kind: RegisterKind
    title: str
    unit: str
    introduction: str
    columns: tuple[ListColumn, ...]
    list_rows: Callable[[Actor], QuerySet[Any]]
    order: tuple[str, ...]
    facts_of: Callable[[Any], Facts]
    may_open: Callable[[Actor], bool]
    title_of: Callable[[Any], str] = str
    related: tuple[str, ...] = ()
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    search_label: str = "名称或代码"
    search_is_private: bool = False
    filters: tuple[RowFilter, ...] = ()
    form: type[RegisterForm] | None = None
    sections: Callable[[Actor, Any, dt.date | None], Sequence[Section]] = _no_sections
    acts: Callable[[Actor, Any], Sequence[ActLink]] = _no_acts
    further_exports: Callable[[Actor], Sequence[ActLink]] = _no_exports
    table: RegisterTable | None = None
    takes_imports: bool = True
    add: AddRow | None = None
    change: ChangeRow | None = None
    warnings: Callable[[Actor, dt.date], int] | None = None

    @property
    def slug(self) -> str:
        return self.kind.slug

    @property
    def noun(self) -> str:
        return self.kind.noun

    def may_add(self, actor: Actor) -> bool:
        """True when the “新建” button is worth showing."""
        return self.form is not None and self.kind.may_begin(actor)

    def may_change(self, actor: Actor, row: Any) -> bool:
        return self.form is not None and self.kind.may_write(actor, row)

    def may_end(self, actor: Actor, row: Any) -> bool:
        """True for a row that has no last day yet and that the actor may write."""
        end = self.kind.end_field
        return bool(end) and getattr(row, end) is None and self.kind.may_write(actor, row)

    def may_import(self, actor: Actor) -> bool:
        return self.table is not None and self.table.may_import(actor)

    def may_export(self, actor: Actor) -> bool:
        return self.table is not None and self.table.may_export(actor)
