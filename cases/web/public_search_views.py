"""检索: everything in force for the public. The address is the whole state; nothing is kept about the visitor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases import public_home
from cases.web.public_home_views import SURFACES
from enforcement.models import DocumentKind
from enforcement.search.text import plain
from enforcement.selectors.lines import line_names
from enforcement.selectors.search import COUNTED_TO, FacetCount, Hit, SearchQuestion, SearchResult, search
from enforcement.typed_dates import read_date
from enforcement.web.access import public_page
from enforcement.web.documents import addresses
from exemption_lists.models import LeniencyKind

LEVELS = {"2": "省级", "4": "州市级", "6": "县级", "9": "乡镇级"}
DAY_PROBLEM = "日期应写成 2026.3.5 或 20260305，现在显示今天有效的。"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `marked` where it holds a word that was looked for."""

    text: str
    marked: bool = False


@public_page
def results(request: HttpRequest) -> HttpResponse:
    """Entries in force that hold the words, on the day and within the facets of the address."""
    asked = request.GET
    typed_day = asked.get("on", "").strip()[:20]
    day = read_date(typed_day) if typed_day else None
    question = _question(asked, day)
    result = search(question)
    names = line_names()
    words = (*question.words, *result.also)
    context = {
        "result": result,
        "question": question,
        "typed_day": typed_day,
        "day_problem": DAY_PROBLEM if typed_day and day is None else "",
        "is_today": day is None,
        "hits": [
            {
                "hit": hit,
                "url": _hit_url(hit),
                "title": pieces(hit.title, words),
                "line": pieces(_around(hit.line, words), words),
            }
            for hit in result.hits
        ],
        "counted_to": COUNTED_TO,
        "asked": question.asks_something,
        "facets": _facets(asked, result, names),
        "tokens": _tokens(asked, question, names),
        "line_name": names.get(question.line_code, question.line_code),
        "tries": () if result.hits else public_home.example_queries(on=question.on),
        "crumbs": [{"label": "首页", "url": reverse("public:home")}, {"label": "检索"}],
    }
    return render(request, "public/search.html", context)


def _question(asked: QueryDict, day: Any) -> SearchQuestion:
    return SearchQuestion(
        query=asked.get("q", ""),
        on=day or timezone.localdate(),
        kind=next((one for one in DocumentKind if one.value == asked.get("kind")), None),
        tag=asked.get("tag", "") if asked.get("tag") in LeniencyKind.values else "",
        line_code=plain(asked.get("line", ""))[:32],
        level=asked.get("level", "") if asked.get("level") in LEVELS else "",
    )


def pieces(text: str, words: Iterable[str]) -> list[Piece]:
    """The text in parts, with the words that were looked for marked. Compared in lower case only, so that every part is
    as it was published.
    """
    lower = text.lower()
    if len(lower) != len(text):
        return [Piece(text)]
    marked = [False] * len(text)
    for word in words:
        at = lower.find(word)
        while at >= 0:
            marked[at : at + len(word)] = [True] * len(word)
            at = lower.find(word, at + 1)
    parts: list[Piece] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marked[at] != marked[start]:
            parts.append(Piece(text[start:at], marked[start]))
            start = at
    return parts


def _around(text: str, words: Iterable[str], most: int = 80) -> str:
    """At most `most` characters, from shortly before the first word found."""
    if len(text) <= most:
        return text
    places = [at for word in words if (at := text.lower().find(word)) >= 0]
    start = max(min(places, default=0) - 20, 0)
    cut = text[start : start + most]
    return ("…" if start else "") + cut + ("…" if start + most < len(text) else "")


def _facets(asked: QueryDict, result: SearchResult, names: dict[str, str]) -> list[dict[str, Any]]:
    """Facets with more than one value, or a chosen one; each value is a link that changes only itself."""
    kinds = {one.value: SURFACES[one].noun for one in DocumentKind}
    tags = {str(code): str(label) for code, label in LeniencyKind.choices}
    facets = (
        ("kind", "种类", result.kinds, kinds),
        ("tag", "处理方式", result.tags, tags),
        ("line", "执法领域", result.lines, names),
        ("level", "机关层级", result.levels, LEVELS),
    )
    return [
        {"name": name, "label": label, "values": _values(asked, name, counts, words)}
        for name, label, counts, words in facets
        if len(counts) > 1
    ]


def _values(
    asked: QueryDict, name: str, counts: Iterable[FacetCount], words: dict[str, str]
) -> list[dict[str, Any]]:
    chosen = asked.get(name, "")
    return [
        {
            "label": words.get(one.code, one.code),
            "count": one.count,
            "current": one.code == chosen,
            "url": _changed(asked, name, one.code),
        }
        for one in counts
        if one.code in words
    ]


def _tokens(asked: QueryDict, question: SearchQuestion, names: dict[str, str]) -> list[dict[str, str]]:
    """What narrows the result now, each with the address without it."""
    chosen = (
        ("kind", SURFACES[question.kind].noun if question.kind else ""),
        ("tag", str(LeniencyKind(question.tag).label) if question.tag else ""),
        ("line", names.get(question.line_code, question.line_code)),
        ("level", LEVELS.get(question.level, "")),
    )
    return [{"label": label, "url": _changed(asked, name, "")} for name, label in chosen if label]


def _changed(asked: QueryDict, name: str, value: str) -> str:
    parameters = asked.copy()
    parameters.pop(name, None)
    if value:
        parameters[name] = value
    return f"?{parameters.urlencode()}"


def _hit_url(hit: Hit) -> str:
    if not hit.entry_slug:
        return addresses.public_document(SURFACES[hit.kind], hit.version.document)
    return addresses.public_entry(SURFACES[hit.kind], hit.version, hit.entry_slug)
