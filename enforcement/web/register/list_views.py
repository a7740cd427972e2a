"""The list of one kind of row, and the index of all kinds."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from enforcement.selectors.register_rows import page_of
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.kept_searches import keep_search, kept_search
from enforcement.web.register.catalogue import AREAS
from enforcement.web.register.places import RegisterPlace, require_open, today
from enforcement.web.register.surface import RegisterSurface, RowFilter


@working_page
def index(request: ActorRequest) -> HttpResponse:
    """The areas of the register that the actor may open, each with what asks for attention."""
    cards = [
        {
            "title": surface.title,
            "text": surface.introduction,
            "url": reverse(f"register_{surface.slug}:list"),
            "warnings": surface.warnings(request.actor, today()) if surface.warnings else 0,
        }
        for surface in AREAS
        if surface.may_open(request.actor)
    ]
    return render(request, "register/index.html", {"cards": cards})


def row_list(request: ActorRequest, place: RegisterPlace) -> HttpResponse:
    """Search, filters as removable tokens, 50 rows a page."""
    require_open(request, place)
    surface, actor = place.surface, request.actor
    mark = request.GET.get("search", "")
    typed = kept_search(request, mark) if surface.search_is_private else request.GET.get("q", "")
    query = typed.replace("\x00", "").strip()[:80]
    rows = surface.list_rows(actor)
    if query and surface.search is not None:
        rows = surface.search(rows, query)
    kept: dict[str, str] = {}
    if query:
        kept = {"search": mark} if surface.search_is_private else {"q": query}
    selects = []
    tokens = []
    for one in surface.filters:
        select, token = _applied(request, one)
        selects.append(select)
        if token is not None:
            rows = one.narrow(rows, token["code"])
            kept[one.name] = token["code"]
            tokens.append({**token, "name": one.name})
    page = page_of(rows=rows, order=surface.order, cursor=request.GET.get("after", ""))
    context = place.context(
        request,
        query=query,
        has_search=surface.search is not None,
        private_search_url=place.url("search") if surface.search_is_private else "",
        search_is_gone=surface.search_is_private and bool(mark) and not query,
        selects=selects,
        tokens=[
            {"text": f"{token['label']}：{token['word']}", "url": _without(kept, token["name"])}
            for token in tokens
        ],
        lines=[_line(place, row) for row in page.rows],
        is_narrowed=bool(kept),
        cleared_url=place.url("list"),
        first_url=f"?{urlencode(kept)}" if request.GET.get("after") else "",
        next_url=f"?{urlencode({**kept, 'after': page.next_cursor})}" if page.next_cursor else "",
        may_add=not place.read_only and surface.may_add(actor),
        may_import=not place.read_only and surface.may_import(actor),
        may_export=surface.may_export(actor),
        crumbs=place.crumbs(),
        empty_text=_empty_text(surface, query, [f"“{token['word']}”" for token in tokens]),
    )
    return render(request, "register/list.html", context)


def private_search(request: ActorRequest, place: RegisterPlace) -> HttpResponse:
    """The search of an area whose words are private: kept in the session, answered with the list and a mark."""
    require_open(request, place)
    if request.method != "POST":
        return redirect(place.url("list"))
    mark = keep_search(request, request.POST.get("q", ""))
    names = [one.name for one in place.surface.filters]
    kept = {name: request.POST[name] for name in names if request.POST.get(name)}
    return redirect(f"{place.url('list')}?{urlencode({**kept, **({'search': mark} if mark else {})})}")


def _applied(request: ActorRequest, one: RowFilter) -> tuple[dict[str, Any], dict[str, str] | None]:
    """The select of a filter, and its token when a known code is chosen."""
    choices = [(str(code), str(word)) for code, word in one.choices(request.actor)]
    chosen = request.GET.get(one.name, "")
    word = dict(choices).get(chosen)
    select = {"name": one.name, "label": one.label, "choices": choices, "chosen": chosen if word else ""}
    return select, {"code": chosen, "word": word, "label": one.label} if word is not None else None


def _without(kept: dict[str, str], name: str) -> str:
    return f"?{urlencode({key: value for key, value in kept.items() if key != name})}"


def _line(place: RegisterPlace, row: Any) -> dict[str, Any]:
    first, *others = place.surface.columns
    return {
        "title": first.text(row),
        "url": place.row_url(row),
        "cells": [
            {"column": column, "text": column.text(row), "tone": column.tone(row) if column.tone else ""}
            for column in others
        ],
    }


def _empty_text(surface: RegisterSurface, query: str, words: list[str]) -> str:
    asked = [f"“{query}”", *words] if query else words
    if not asked:
        return f"还没有登记{surface.title}。"
    if query and not words:
        return f"没有找到与“{query}”相符的{surface.title}。"
    return f"没有同时满足{'和'.join(asked)}的{surface.title}。"
