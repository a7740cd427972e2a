"""One page for every act on a row of the people part: a short form with the reason, then back to the row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from enforcement.errors import Refusal
from enforcement.web.access import ActorRequest
from enforcement.web.register.edit_views import show_refusal
from enforcement.web.register.places import RegisterPlace


@dataclass(frozen=True, slots=True)
class RowAct:
    """An act on `row`. `label` names it on the button; `perform(cleaned)` does it; `done` says that it was done."""

    place: RegisterPlace
    row: Any
    label: str
    perform: Callable[[dict[str, Any]], Any]
    done: str


def act_page(request: ActorRequest, *, act: RowAct, form: forms.Form) -> HttpResponse:
    """Show the form, or perform the act; a refusal stands in the form and nothing typed is lost."""
    place, row = act.place, act.row
    surface = place.surface
    if not surface.kind.may_write(request.actor, row):
        raise PermissionDenied(f"您的职责范围不包括这个{surface.noun}。如因工作需要，请联系管理员授权。")
    if request.method == "POST" and form.is_valid():
        try:
            act.perform(form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, act.done)
            return redirect(place.row_url(row))
    title = surface.title_of(row)
    context = place.context(
        request,
        form=form,
        row=row,
        heading=f"{act.label}：{title}",
        save_label=act.label,
        cancel_url=place.row_url(row),
        crumbs=place.crumbs((title, place.row_url(row)), (act.label, "")),
    )
    return render(request, "register/edit.html", context, status=400 if form.is_bound else 200)


def posted(request: ActorRequest) -> Any:
    """What was sent, None when the form is only opened."""
    return request.POST if request.method == "POST" else None
