"""Where a surface stands (officers' or supervisors' pages), and what every page of it needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from enforcement.actors import Actor
from enforcement.register_tables.columns import RegisterTable
from enforcement.selectors.register_rows import find_row
from enforcement.web.register.surface import RegisterSurface


@dataclass(frozen=True, slots=True)
class RegisterPlace:
    """A surface at one address: its URL namespace, the base template, and whether anything may be written there.

    `index_name` is empty where the surface has an entry of its own in the navigation and no index above it.
    """

    surface: RegisterSurface
    namespace: str
    base_template: str = "officer/base.html"
    index_name: str = "register:index"
    index_label: str = "基础信息"
    read_only: bool = False

    def url(self, name: str, *arguments: Any) -> str:
        """The address of a page of this surface: `list`, `row`, `edit` …"""
        return reverse(f"{self.namespace}:{name}", args=arguments)

    def row_url(self, row: Any) -> str:
        return self.url("row", row.pk)

    def crumbs(self, *further: tuple[str, str]) -> list[dict[str, str]]:
        """From the index to this page; the last one has no address."""
        index = [(self.index_label, reverse(self.index_name))] if self.index_name else []
        steps = [
            *index,
            (self.surface.title, self.url("list")),
            *further,
        ]
        last = len(steps) - 1
        return [
            {"label": label, "url": "" if number == last else url}
            for number, (label, url) in enumerate(steps)
        ]

    def context(self, request: HttpRequest, **more: Any) -> dict[str, Any]:
        """What every template of the register takes."""
        return {"place": self, "surface": self.surface, "base_template": self.base_template, **more}


class ExchangeSurface(Protocol):
    """What the pages of template and import need to know of what they exchange."""

    @property
    def title(self) -> str: ...
    @property
    def noun(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def table(self) -> RegisterTable | None: ...
    @property
    def may_open(self) -> Callable[[Actor], bool]: ...


class ExchangePlace(Protocol):
    """Where such pages stand. A `RegisterPlace` is one; tables of upper floors bring their own."""

    @property
    def surface(self) -> ExchangeSurface: ...
    @property
    def read_only(self) -> bool: ...
    def url(self, name: str, *arguments: Any) -> str: ...
    def crumbs(self, *further: tuple[str, str]) -> list[dict[str, str]]: ...
    def context(self, request: HttpRequest, **more: Any) -> dict[str, Any]: ...


def today() -> dt.date:
    """The day in Kunming; only views read it."""
    return timezone.localdate()


def row_or_404(request: Any, place: RegisterPlace, key: str) -> Any:
    """The row the actor may see; anything else does not exist."""
    row = find_row(rows=place.surface.list_rows(request.actor), key=key)
    if row is None:
        raise Http404(f"没有找到这个{place.surface.noun}，或者它不在您的职责范围内。")
    return row


def require_open(request: Any, place: ExchangePlace) -> None:
    """404 for people to whom the area is closed."""
    if not place.surface.may_open(request.actor):
        raise Http404(f"没有找到{place.surface.title}，或者它不在您的职责范围内。")
