"""The front of the public site: home, search, about. No login, no script needed, nothing kept about the visitor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from cases import public_search
from cases.public_search import MOST_HITS, Hit, Holdings
from discretion.web.surface import STANDARDS
from enforcement.models import DocumentKind, RuleVersion
from enforcement.web.access import public_page
from enforcement.web.documents import addresses
from enforcement.web.documents.surface import DocumentSurface
from enforcement.web.responsibility.surface import RESPONSIBILITY
from exemption_lists.web.surface import LISTS
from joint_inspection.web.surface import JOINT_LISTS

SURFACES: dict[DocumentKind, DocumentSurface] = {
    surface.kind: surface for surface in (LISTS, STANDARDS, JOINT_LISTS, RESPONSIBILITY)
}


@dataclass(frozen=True, slots=True)
class Door:
    """A way in from the home page."""

    url: str
    icon: str
    label: str
    text: str


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """One sentence, the search, the doors that exist, what changed last."""
    today = timezone.localdate()
    changes = public_search.latest_changes(on=today)
    context = {
        "doors": _doors(public_search.holdings(on=today)),
        "changes": [
            {"row": row, "url": _version_url(row.version), "noun": _noun(row.version)} for row in changes
        ],
        "lines": public_search.holdings_by_line(on=today),
        "tries": public_search.example_queries(on=today),
    }
    return render(request, "public/home.html", context)


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Entries in force that hold the words; `q`, `kind` and `line` are the whole state and stand in the address."""
    query, line_code = request.GET.get("q", ""), request.GET.get("line", "")[:32]
    kind = next((one for one in DocumentKind if one.value == request.GET.get("kind")), None)
    today = timezone.localdate()
    result = public_search.search(query=query, on=today, kind=kind, line_code=line_code)
    lines = {row.code: row.name for row in public_search.holdings_by_line(on=today)} if line_code else {}
    context = {
        "result": result,
        "hits": [{"hit": hit, "url": _hit_url(hit)} for hit in result.hits],
        "kind": kind,
        "line_code": line_code,
        "line_name": lines.get(line_code, line_code),
        "views": _views(request, kind),
        "most_hits": MOST_HITS,
        "asked": bool(result.query or line_code),
        "tries": () if result.hits else public_search.example_queries(on=today),
        "crumbs": [{"label": "首页", "url": reverse("public:home")}, {"label": "检索"}],
    }
    return render(request, "public/search.html", context)


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """What this site is, who answers for it, how accessible it is."""
    crumbs = [{"label": "首页", "url": reverse("public:home")}, {"label": "关于"}]
    return render(request, "public/about.html", {"crumbs": crumbs})


def _doors(held: Holdings) -> list[Door]:
    """Only what exists on this site."""
    wanted = (
        ("lists_public:index", "list", "查清单", f"{held.list_entries} 条，什么情形不罚、轻罚"),
        ("self_check_public:index", "selfcheck", "自查自测", "最多七个问题，看看可能怎样处理"),
        ("standards_public:index", "ruler", "看裁量基准", f"{held.benchmarks} 项，罚多少、怎么定"),
        ("joint_public:index", "scan", "综合查一次", f"{held.scenes} 项，几个部门一次上门"),
        ("responsibility_public:index", "list", "权责清单", f"{held.matters} 项，执法机关可以做什么"),
        ("decisions_public:index", "shield", "执法公示", "已经作出的处罚决定"),
    )
    return [Door(url, icon, label, text) for name, icon, label, text in wanted if (url := _address(name))]


def _views(request: HttpRequest, kind: DocumentKind | None) -> list[dict[str, Any]]:
    """The kinds as chips; each keeps the words."""
    choices = (("", "全部"), *((one.value, SURFACES[one].noun) for one in DocumentKind))
    chips = []
    for code, label in choices:
        parameters = request.GET.copy()
        parameters["kind"] = code
        current = code == (kind.value if kind else "")
        chips.append({"label": label, "url": f"?{parameters.urlencode()}", "current": current})
    return chips


def _hit_url(hit: Hit) -> str:
    if not hit.entry_slug:
        return addresses.public_document(SURFACES[hit.kind], hit.version.document)
    return addresses.public_entry(SURFACES[hit.kind], hit.version, hit.entry_slug)


def _version_url(version: RuleVersion) -> str:
    return addresses.public_version(SURFACES[DocumentKind(version.document.kind)], version)


def _noun(version: RuleVersion) -> str:
    return SURFACES[DocumentKind(version.document.kind)].noun


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
