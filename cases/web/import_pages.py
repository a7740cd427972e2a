"""Importing running cases in the browser: template, choose, check, write, on the register's shared pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cases.case_table import CASES, may_import
from enforcement.actors import Actor
from enforcement.register_tables.columns import RegisterTable
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.register import exchange_views

ROUTES = {
    "list": "cases:list",
    "template": "cases:import_template",
    "import": "cases:import",
    "import_check": "cases:import_check",
    "import_marked": "cases:import_marked",
}


@dataclass(frozen=True, slots=True)
class CaseImport:
    """What the shared pages say of cases."""

    title: str = "在办案件"
    noun: str = "案件"
    unit: str = "件案件"
    table: RegisterTable | None = CASES
    may_open: Callable[[Actor], bool] = may_import


@dataclass(frozen=True, slots=True)
class CaseImportPlace:
    """Where the pages stand: beside the list of cases."""

    surface: CaseImport = CaseImport()
    read_only: bool = False

    def url(self, name: str, *arguments: Any) -> str:
        return reverse(ROUTES[name], args=arguments)

    def crumbs(self, *further: tuple[str, str]) -> list[dict[str, str]]:
        steps = [("案件", reverse("cases:list")), *further]
        last = len(steps) - 1
        return [
            {"label": label, "url": "" if number == last else url}
            for number, (label, url) in enumerate(steps)
        ]

    def context(self, request: HttpRequest, **more: Any) -> dict[str, Any]:
        return {
            "place": self,
            "surface": self.surface,
            "base_template": "officer/base.html",
            "only_new": True,
            **more,
        }


PLACE = CaseImportPlace()


@working_page
def template(request: ActorRequest) -> HttpResponse:
    return exchange_views.template_file(request, PLACE)


@working_page
def upload(request: ActorRequest) -> HttpResponse:
    return exchange_views.import_upload(request, PLACE)


@working_page
def check(request: ActorRequest, digest: str) -> HttpResponse:
    return exchange_views.import_check(request, PLACE, digest)


@working_page
def marked(request: ActorRequest, digest: str) -> HttpResponse:
    return exchange_views.marked_file(request, PLACE, digest)
