"""One row: what it holds, what belongs to it, what it held on a day, who changed it; and its end."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render

from enforcement.errors import Refusal, StaleVersion
from enforcement.selectors.register_history import (
    HISTORY_LINES,
    history_of,
    row_as_on,
    set_related_of_day,
)
from enforcement.services.register_rows import end_row
from enforcement.typed_dates import read_date
from enforcement.web.access import ActorRequest
from enforcement.web.documents.refusals import add_to_form
from enforcement.web.register.forms import EndForm
from enforcement.web.register.places import RegisterPlace, require_open, row_or_404, today


def row_page(request: ActorRequest, place: RegisterPlace, key: str) -> HttpResponse:
    """The row of today, or with `?on=` as it stood at the end of that day."""
    require_open(request, place)
    surface = place.surface
    row = row_or_404(request, place, key)
    typed = request.GET.get("on", "").strip()[:20]
    on, problem = _chosen_day(typed)
    shown = row if on is None else row_as_on(model=surface.kind.model, key=row.pk, day=on)
    if shown is None:
        problem = f"{on} 时还没有登记这个{surface.noun}。换一个日期"
    elif on is not None and surface.related:
        prefetch_related_objects([shown], *surface.related)
        set_related_of_day(row=shown, related=surface.related, day=on)
    history = history_of(
        model=surface.kind.model, key=row.pk, facts_of=surface.facts_of, related=surface.related
    )
    title = surface.title_of(row)
    may_write = not place.read_only and on is None
    context = place.context(
        request,
        row=row,
        title=title,
        on=on,
        typed_day=typed,
        day_problem=problem,
        facts=[{"label": label, "value": text or "没有登记"} for label, text in surface.facts_of(shown)]
        if shown is not None
        else [],
        sections=surface.sections(request.actor, row, on) if shown is not None else (),
        history=history,
        history_is_cut=len(history) == HISTORY_LINES and not history[-1].is_first,
        may_change=may_write and surface.may_change(request.actor, row),
        may_end=may_write and surface.may_end(request.actor, row),
        acts=surface.acts(request.actor, row) if may_write else (),
        crumbs=place.crumbs((title, "")),
    )
    return render(request, "register/row.html", context)


def end_page(request: ActorRequest, place: RegisterPlace, key: str) -> HttpResponse:
    """Give a row its last day."""
    require_open(request, place)
    surface = place.surface
    row = row_or_404(request, place, key)
    if not surface.may_end(request.actor, row):
        messages.warning(request, f"这个{surface.noun}现在不能停用：它已有停用日期，或者不在您的职责范围内。")
        return redirect(place.row_url(row))
    form = EndForm(request.POST or None, initial={"lock_version": row.lock_version, "on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            _end(request, place, row, form.cleaned_data)
        except StaleVersion as stale:
            add_to_form(form, stale)
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            messages.success(request, f"已停用{surface.noun}“{surface.title_of(row)}”。")
            return redirect(place.row_url(row))
    title = surface.title_of(row)
    context = place.context(
        request,
        row=row,
        title=title,
        form=form,
        row_url=place.row_url(row),
        crumbs=place.crumbs((title, place.row_url(row)), ("停用", "")),
    )
    return render(request, "register/end.html", context, status=400 if form.is_bound else 200)


def _end(request: ActorRequest, place: RegisterPlace, row: Any, cleaned: dict[str, Any]) -> None:
    end_row(
        actor=request.actor,
        kind=place.surface.kind,
        key=row.pk,
        on=cleaned["on"],
        expected_version=cleaned["lock_version"],
        reason=cleaned["reason"],
    )


def _chosen_day(typed: str) -> tuple[dt.date | None, str]:
    if not typed:
        return None, ""
    day = read_date(typed)
    if day is None:
        return None, f"日期应写成 2026.3.5 或 20260305，现在是“{typed}”"
    return day, ""
