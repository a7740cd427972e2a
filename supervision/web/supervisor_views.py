"""The supervisor's pages: counts, departures and the files behind them. Reading only."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from enforcement.web.access import supervisor_page
from supervision import selectors
from supervision.web import presentation
from supervision.web.forms import CaseFilterForm, OverviewForm

PAGE_SIZE = 50


@require_safe
@supervisor_page
def home(request: Any) -> HttpResponse:
    form = OverviewForm(request.GET or None, actor=request.actor)
    counted = selectors.overview(actor=request.actor, narrowed=form.narrowed(), today=timezone.localdate())
    context = {
        "form": form,
        "overview": counted,
        "stage_table": presentation.count_table(
            counted.by_stage, heading="阶段", cases_query=_cases_query(request, "status")
        ),
        "outcome_table": presentation.count_table(
            counted.by_outcome, heading="处理结果", cases_query=_cases_query(request, "outcome")
        ),
        "region_table": presentation.region_table(counted.by_region),
        "stage_chart": presentation.bar_chart(counted.by_stage),
        "outcome_chart": presentation.bar_chart(counted.by_outcome),
        "query": _query(request),
    }
    return render(request, "supervision/home.html", context)


@require_safe
@supervisor_page
def case_index(request: Any) -> HttpResponse:
    form = CaseFilterForm(request.GET or None, actor=request.actor)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    cases = selectors.case_rows(
        actor=request.actor,
        narrowed=form.narrowed(),
        status=chosen.get("status", ""),
        outcome=chosen.get("outcome", ""),
        overdue_on=timezone.localdate() if chosen.get("overdue") else None,
    )
    page = Paginator(cases, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "supervision/cases.html", {"form": form, "page": page, "query": _query(request)})


@require_safe
@supervisor_page
def case_file(request: Any, case_id: int) -> HttpResponse:
    case = selectors.case_file(actor=request.actor, case_id=case_id)
    if case is None:
        raise Http404
    return render(request, "supervision/case.html", {"file": case})


@require_safe
@supervisor_page
def departure_index(request: Any) -> HttpResponse:
    form = OverviewForm(request.GET or None, actor=request.actor)
    rows = selectors.departures(actor=request.actor, narrowed=form.narrowed())
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request, "supervision/departures.html", {"form": form, "page": page, "query": _query(request)}
    )


def _cases_query(request: HttpRequest, key: str) -> str:
    """Address of the cases behind a count, up to the value of `key`; the page's own filter is kept."""
    kept = _query(request)
    return f"{reverse('supervisor:cases')}?{kept + '&' if kept else ''}{key}="


def _query(request: HttpRequest) -> str:
    """The filter part of the address, to carry over to another page of results."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()
