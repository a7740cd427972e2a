"""The front of the public site: home and about. No login, no script needed, nothing kept about the visitor."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from cases import public_home
from cases.public_home import Holdings
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
    changes = public_home.latest_changes(on=today)
    context = {
        "doors": _doors(public_home.holdings(on=today)),
        "changes": [
            {"row": row, "url": _version_url(row.version), "noun": _noun(row.version)} for row in changes
        ],
        "lines": public_home.holdings_by_line(on=today),
        "tries": public_home.example_queries(on=today),
    }
    return render(request, "public/home.html", context)


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


def _version_url(version: RuleVersion) -> str:
    return addresses.public_version(SURFACES[DocumentKind(version.document.kind)], version)


def _noun(version: RuleVersion) -> str:
    return SURFACES[DocumentKind(version.document.kind)].noun


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
