"""The officer's page of a benchmark, and the trial for officers and the public."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from discretion.models import Benchmark
from discretion.selectors import benchmark_rules, benchmark_vocabulary, find_benchmark
from discretion.trial import questions_of, run_trial
from discretion.web.surface import STANDARDS, benchmark_context
from discretion.web.trial_form import TrialForm
from enforcement.models import DocumentKind, RuleVersion
from enforcement.selectors.documents import Validity, find_published_version, place_in_time, versions_of
from enforcement.web.access import ActorRequest, public_page, working_page
from enforcement.web.documents import addresses
from enforcement.web.documents.officer_views import version_context, version_or_404

NOT_HERE = "这个版本里没有这一项。"


@working_page
def entry(request: ActorRequest, slug: str, number: int, entry_slug: str) -> HttpResponse:
    """One benchmark, read-only: tiers, formula, statutory range, warnings of the import, and the trial."""
    version = version_or_404(request, STANDARDS, slug, number)
    benchmark = _benchmark_or_404(version, entry_slug)
    context = version_context(request, STANDARDS, version, step=f"第 {benchmark.serial} 项")
    context |= benchmark_context(benchmark) | {"trial_url": _officer_trial(version, benchmark)}
    return render(request, "discretion/officer_entry.html", context)


@working_page
def officer_trial(request: ActorRequest, slug: str, number: int, entry_slug: str) -> HttpResponse:
    """The trial of a benchmark inside the actor's duties, drafts included."""
    version = version_or_404(request, STANDARDS, slug, number)
    benchmark = _benchmark_or_404(version, entry_slug)
    context = version_context(request, STANDARDS, version, step="试算") | _trial_context(request, benchmark)
    entry_url = addresses.OfficerAddresses(STANDARDS, version).entry(benchmark.slug)
    context["crumbs"].insert(2, {"label": f"第 {benchmark.serial} 项", "url": entry_url})
    context |= {"trial_url": _officer_trial(version, benchmark), "entry_url": entry_url}
    return _trial_page(request, context, "discretion/officer_trial.html")


@public_page
def public_trial(request: HttpRequest, slug: str, number: int, entry_slug: str) -> HttpResponse:
    """The trial for everyone. The answers are in the address only; nothing is stored."""
    version = find_published_version(kind=DocumentKind.BENCHMARK_STANDARD, slug=slug, number=number)
    if version is None:
        raise Http404("没有找到这个版本的裁量权基准。")
    benchmark = _benchmark_or_404(version, entry_slug)
    entry_url = addresses.public_entry(STANDARDS, version, entry_slug)
    context = (
        _trial_context(request, benchmark)
        | _validity_of(version)
        | {
            "version": version,
            "document": version.document,
            "trial_url": reverse("standards_public:trial", args=[slug, number, entry_slug]),
            "entry_url": entry_url,
            "crumbs": [
                {"label": STANDARDS.public_column, "url": addresses.public_index(STANDARDS)},
                {"label": version.document.title, "url": addresses.public_version(STANDARDS, version)},
                {"label": f"第 {benchmark.serial} 项", "url": entry_url},
                {"label": "试算"},
            ],
        }
    )
    return _trial_page(request, context, "discretion/public_trial.html")


def _validity_of(version: RuleVersion) -> dict[str, Any]:
    """Where the version stands today, so that nobody takes an old table for the one in force."""
    placed = place_in_time(versions_of(version.document, published_only=True), on=timezone.localdate())
    return {
        "place": next(row for row in placed if row.version.pk == version.pk),
        "in_force": next((row.version for row in placed if row.validity is Validity.IN_FORCE), None),
        "document_url": addresses.public_document(STANDARDS, version.document),
    }


def _trial_context(request: HttpRequest, benchmark: Benchmark) -> dict[str, Any]:
    rules, vocabulary = benchmark_rules(benchmark), benchmark_vocabulary(benchmark)
    form = TrialForm(request.GET, questions=questions_of(rules, vocabulary))
    form.is_valid()
    trial = run_trial(rules, form.answers(), vocabulary)
    return {"benchmark": benchmark, "trial_form": form, "trial": trial}


def _trial_page(request: HttpRequest, context: dict[str, Any], template: str) -> HttpResponse:
    """The whole page, or only the result when a script asks for it."""
    live = bool(getattr(request, "htmx", False))
    response = render(request, "discretion/trial_result.html" if live else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _benchmark_or_404(version: RuleVersion, slug: str) -> Benchmark:
    benchmark = find_benchmark(version=version, slug=slug)
    if benchmark is None:
        raise Http404(NOT_HERE)
    return benchmark


def _officer_trial(version: RuleVersion, benchmark: Benchmark) -> str:
    return reverse("standards:trial", args=[version.document.slug, version.number, benchmark.slug])
