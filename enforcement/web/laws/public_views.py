"""Laws for the public: which text holds when, our own summaries, and which lists stand on a provision.

The words of statutes are not kept here; a page says where a rule stands and what was made of it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import unquote

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from enforcement import wording
from enforcement.models import EntryCitation, Law, LawLevel, Provision
from enforcement.selectors.law import citations_of, find_text, law_list, revisions_of, standing_of
from enforcement.typed_dates import read_date
from enforcement.web.access import public_page
from enforcement.web.laws.addresses import (
    day_of,
    numbers_of,
    public_citing_entry,
    public_citing_version,
    public_law,
    public_provision,
)

PAGE_LENGTH = 50
LONGEST_QUERY = 60


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """Laws in force today or on the day `on`, or all texts; `q`, `level`, `view` and `page` are the rest of the state."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    level = request.GET.get("level", "")
    everything = request.GET.get("view") == "all"
    today = timezone.localdate()
    typed_day = request.GET.get("on", "").strip()[:20]
    day = read_date(typed_day) or today
    laws = law_list(query=query, level=level, in_force_on=None if everything else day)
    page = Paginator(laws, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "query": query,
        "levels": [{"code": code, "label": label, "current": code == level} for code, label in _levels()],
        "level": level,
        "everything": everything,
        "typed_day": typed_day,
        "day": day,
        "day_problem": bool(typed_day) and read_date(typed_day) is None,
        "lines": [_line(law, day) for law in page.object_list],
        "page": page,
        "previous_url": _page_url(request, page.number - 1) if page.has_previous() else "",
        "next_url": _page_url(request, page.number + 1) if page.has_next() else "",
    }
    return render(request, "laws/public_index.html", context)


@public_page
def law(request: HttpRequest, name: str) -> HttpResponse:
    """The title alone leads to the text in force, else to the newest."""
    texts = revisions_of(name)
    if not texts:
        raise Http404("没有登记这部法律。")
    today = timezone.localdate()
    return redirect(public_law(next((one for one in texts if one.is_in_force_on(today)), texts[0])))


@public_page
def text(request: HttpRequest, name: str, effective_from: str) -> HttpResponse:
    """One text for good: its dates, its provisions, what became of it, who cites it."""
    found = _text_or_404(name, effective_from)
    today = timezone.localdate()
    cited = list(citations_of(names=[name], on=today))
    context = _law_context(found, today) | {
        "provisions": [
            {
                "printed": _printed(provision),
                "url": public_provision(provision),
                "gist": provision.gist,
                "cited": sum(_cites(citation, provision) for citation in cited),
            }
            for provision in found.provisions.all()
        ],
        "citing": _citing_documents(cited),
        "crumbs": [*_crumbs(), {"label": found.name}],
    }
    return render(request, "laws/public_law.html", context)


@public_page
def provision(request: HttpRequest, name: str, effective_from: str, place: str) -> HttpResponse:
    """One provision for good."""
    found = _text_or_404(name, effective_from)
    numbers = numbers_of(place)
    shown = next(
        (one for one in found.provisions.all() if (one.article, one.paragraph, one.item) == numbers), None
    )
    if shown is None:
        raise Http404("没有登记这一条款。")
    today = timezone.localdate()
    cited = [one for one in citations_of(names=[name], on=today) if _cites(one, shown)]
    context = _law_context(found, today) | {
        "heading": _printed(shown),
        "provision": shown,
        "permalink": unquote(request.build_absolute_uri(public_provision(shown))),
        "successors": [_reference_row(one.new, one.note) for one in shown.successions.all()],
        "origins": [_reference_row(one.old, one.note) for one in shown.origins.all()],
        "citing": [
            {
                "title": one.title or one.version.document.title,
                "url": public_citing_entry(one),
                "note": f"{one.version.document.title} 第 {one.version.number} 版第 {one.serial} 条",
            }
            for one in cited
        ],
        "crumbs": [*_crumbs(), {"label": found.name, "url": public_law(found)}, {"label": _numbers(shown)}],
    }
    return render(request, "laws/public_provision.html", context)


def _text_or_404(name: str, effective_from: str) -> Law:
    day = day_of(effective_from)
    found = find_text(name=name, effective_from=day) if day else None
    if found is None:
        raise Http404("没有登记这部法律的这一文本。")
    return found


def _law_context(found: Law, today: dt.date) -> dict[str, Any]:
    return {
        "law": found,
        "standing": standing_of(found, today),
        "successor": {"name": found.succeeded_by.name, "url": public_law(found.succeeded_by)}
        if found.succeeded_by
        else None,
        "facts": [
            {"label": label, "value": value}
            for label, value in (
                ("效力层级", found.get_level_display()),
                ("制定机关", found.issued_by),
                ("公布文号", found.document_number),
                ("本次变动", found.get_change_kind_display()),
                ("公布日期", wording.date_zh(found.promulgated_on) if found.promulgated_on else ""),
                ("施行日期", wording.date_zh(found.effective_from)),
                ("失效日期", wording.date_zh(found.effective_until) if found.effective_until else ""),
            )
            if value
        ],
        "revisions": [
            {
                "title": f"{one.effective_from.isoformat()} 起施行",
                "url": public_law(one),
                "current": one.pk == found.pk,
                "note": f"{one.get_change_kind_display()}，{standing_of(one, today).value}",
            }
            for one in revisions_of(found.name)
        ],
    }


def _line(law: Law, today: dt.date) -> dict[str, Any]:
    return {"law": law, "url": public_law(law), "standing": standing_of(law, today)}


def _levels() -> list[tuple[str, str]]:
    return [("", "全部层级"), *((level.value, str(level.label)) for level in LawLevel)]


def _page_url(request: HttpRequest, number: int) -> str:
    parameters = request.GET.copy()
    parameters["page"] = str(number)
    return f"?{parameters.urlencode()}"


def _cites(citation: EntryCitation, provision: Provision) -> bool:
    return (citation.article, citation.paragraph, citation.item) == (
        provision.article,
        provision.paragraph,
        provision.item,
    )


def _citing_documents(citations: list[EntryCitation]) -> list[dict[str, Any]]:
    """Every document once, with how many of its entries cite the law."""
    entries: dict[int, set[str]] = {}
    versions = {one.version_id: one.version for one in citations}
    for one in citations:
        entries.setdefault(one.version_id, set()).add(one.slug)
    return [
        {
            "title": version.document.title,
            "url": public_citing_version(version),
            "note": f"第 {version.number} 版，{len(entries[key])} 条引用",
        }
        for key, version in versions.items()
    ]


def _reference_row(provision: Provision, note: str) -> dict[str, str]:
    day = wording.date_zh(provision.law.effective_from)
    more = f"，{note}" if note else ""
    return {"title": _printed(provision), "url": public_provision(provision), "note": f"{day}起施行{more}"}


def _printed(provision: Provision) -> str:
    return wording.provision_text(provision.as_reference())


def _numbers(provision: Provision) -> str:
    return _printed(provision).partition("》")[2]


def _crumbs() -> list[dict[str, str]]:
    return [{"label": "法律法规", "url": reverse("laws_public:index")}]
