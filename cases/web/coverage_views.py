"""清单覆盖情况: what the lists in force leave out, for those who compile them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.selectors.coverage import (
    Coverage,
    CoverageScope,
    UncoveredMatter,
    coverage,
    coverage_scopes,
    draft_to_fill,
)
from cases.services.export_coverage import export_coverage
from cases.web.forms import add_refusal
from cases.web.pages import today
from enforcement.errors import Refusal
from enforcement.models import RuleVersion
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.date_field import ChineseDateField
from enforcement.web.register.exchange_views import workbook_response
from enforcement.web.register.forms import ExportForm

PAGE_SIZE = 50
A_YEAR = dt.timedelta(days=365)


class CoverageForm(forms.Form):
    """Where, and over which days of filing; a year up to today when nothing is said."""

    scope = forms.ChoiceField(label="范围", required=False)
    opened_from = ChineseDateField(label="立案日期自", required=False, help_text="")
    opened_until = ChineseDateField(label="立案日期至", required=False, help_text="")

    def __init__(self, *args: Any, scopes: tuple[CoverageScope, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.scopes = {one.key: one for one in scopes}
        self.fields["scope"].choices = [(one.key, one.label) for one in scopes]  # type: ignore[attr-defined]
        self.fields["scope"].error_messages["invalid_choice"] = "不在您编制清单的范围内，请重新选择"
        if len(scopes) == 1:
            del self.fields["scope"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("opened_from"), cleaned.get("opened_until")
        if isinstance(first, dt.date) and isinstance(last, dt.date) and last < first:
            self.add_error("opened_until", "止日应不早于起日")
        return cleaned

    def chosen(self, day: dt.date) -> tuple[CoverageScope, dt.date, dt.date]:
        """Scope and period to look at; fields with an error choose nothing."""
        cleaned = self.cleaned_data if self.is_bound and self.is_valid() else {}
        scope = self.scopes.get(cleaned.get("scope") or "") or next(iter(self.scopes.values()))
        until = cleaned.get("opened_until") or day
        return scope, cleaned.get("opened_from") or until - A_YEAR, until


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for, and the answer."""

    form: CoverageForm
    scope: CoverageScope
    opened_from: dt.date
    opened_until: dt.date
    found: Coverage

    @property
    def query(self) -> str:
        """The same question as an address."""
        return urlencode(
            {"scope": self.scope.key, "opened_from": self.opened_from, "opened_until": self.opened_until}
        )


def _asked(request: ActorRequest) -> _Asked:
    scopes = coverage_scopes(actor=request.actor)
    if not scopes:
        raise PermissionDenied("清单覆盖情况由清单编制人员查看。如因工作需要，请联系管理员授权。")
    form = CoverageForm(request.GET or None, scopes=scopes)
    scope, first, last = form.chosen(today())
    found = coverage(actor=request.actor, scope=scope, on=today(), opened_from=first, opened_until=last)
    return _Asked(form, scope, first, last, found)


@working_page
def coverage_page(request: ActorRequest) -> HttpResponse:
    asked = _asked(request)
    page = Paginator(asked.found.uncovered, PAGE_SIZE).get_page(request.GET.get("page"))
    draft = draft_to_fill(actor=request.actor, scope=asked.scope)
    context = {
        "form": asked.form,
        "asked": asked,
        "page": page,
        "columns": [{"label": "违法行为"}, {"label": "案件数", "number": True}, {"label": "起草"}],
        "rows": [_cells(row, draft) for row in page.object_list],
        "has_draft": draft is not None,
    }
    return render(request, "cases/coverage.html", context)


@working_page
def export_page(request: ActorRequest) -> HttpResponse:
    """Asks for the purpose, then gives the workbook of what the page shows."""
    asked = _asked(request)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = export_coverage(
                actor=request.actor,
                scope=asked.scope,
                found=asked.found,
                opened_from=asked.opened_from,
                opened_until=asked.opened_until,
                purpose=form.cleaned_data["purpose"],
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return workbook_response(content, f"没有清单条目的事项（{today()}）", f"uncovered-{today()}")
    context = {"form": form, "asked": asked}
    return render(request, "cases/coverage_export.html", context, status=400 if form.is_bound else 200)


def _cells(row: UncoveredMatter, draft: RuleVersion | None) -> list[Any]:
    """One row of the table; without a draft there is nothing to write into yet."""
    if draft is None:
        return [row.name, row.count_text, "没有草稿"]
    address = reverse("lists:entry_new", args=[draft.document.slug, draft.number])
    return [
        row.name,
        row.count_text,
        {"text": "起草条目", "url": f"{address}?{urlencode({'violation': row.code})}"},
    ]
