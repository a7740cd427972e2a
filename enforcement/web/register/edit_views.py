"""Adding and changing a row; a change made meanwhile by somebody else leads to the merge page, never to a loss."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from enforcement.errors import InvalidInput, Refusal, StaleVersion
from enforcement.selectors.register_history import last_change, row_of_version
from enforcement.services.register_rows import add_row, change_row
from enforcement.web.access import ActorRequest
from enforcement.web.documents.refusals import add_to_form
from enforcement.web.merge import is_merging, merge_page, merged_data, raw_data
from enforcement.web.register.forms import RegisterForm
from enforcement.web.register.places import RegisterPlace, require_open, row_or_404, today
from enforcement.web.submitted_once import took_effect


def create_page(request: ActorRequest, place: RegisterPlace) -> HttpResponse:
    """A new row."""
    require_open(request, place)
    surface = place.surface
    if not surface.may_add(request.actor):
        raise PermissionDenied(f"您没有登记{surface.title}的职责。请联系管理员授权。")
    form = _new_form(request, place)
    if request.method == "POST" and form.is_valid():
        try:
            row = _add(request, place, form)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"已登记{surface.noun}“{surface.title_of(row)}”。")
            return took_effect(request, redirect(place.row_url(row)), what=f"这份{surface.noun}登记")
    context = place.context(
        request,
        form=form,
        heading=f"新建{surface.noun}",
        save_label=f"登记{surface.noun}",
        is_new=True,
        cancel_url=place.url("list"),
        crumbs=place.crumbs((f"新建{surface.noun}", "")),
    )
    return render(request, "register/edit.html", context, status=400 if form.is_bound else 200)


def edit_page(request: ActorRequest, place: RegisterPlace, key: str) -> HttpResponse:
    """Change a row; also where the merge page posts to."""
    require_open(request, place)
    surface = place.surface
    row = row_or_404(request, place, key)
    if not surface.may_change(request.actor, row):
        raise PermissionDenied(f"您的职责范围不包括这个{surface.noun}，不能修改。请联系管理员授权。")
    if request.method != "POST":
        return _edit_form(request, place, row, _form(request, place, None, row))
    data: QueryDict = request.POST
    if is_merging(data):
        data, unanswered = merged_data(data, _form(request, place, None, row))
        if unanswered:
            return _merge(request, place, row, _form(request, place, data, row), unanswered)
    form = _form(request, place, data, row)
    if form.is_valid():
        try:
            changed = _change(request, place, row, form)
        except StaleVersion:
            return _merge(request, place, row, form, ())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(
                request, _saved(place, row) if changed else "内容没有变化，没有产生新的修改记录。"
            )
            return redirect(place.row_url(row))
    return _edit_form(request, place, row, form)


def show_refusal(form: Form, refusal: Refusal) -> None:
    """Sentences at their fields where the refusal names fields of the form, the others above it."""
    fields = refusal.data.get("fields") if isinstance(refusal, InvalidInput) else None
    if not fields:
        add_to_form(form, refusal)
        return
    for name, sentences in fields.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


def _saved(place: RegisterPlace, row: Any) -> str:
    return f"已保存{place.surface.noun}“{place.surface.title_of(row)}”。"


def _form(request: ActorRequest, place: RegisterPlace, data: Any, row: Any = None) -> RegisterForm:
    form_class = place.surface.form
    assert form_class is not None
    return form_class(data, actor=request.actor, row=row, today=today())


def _new_form(request: ActorRequest, place: RegisterPlace) -> RegisterForm:
    """The form of a new row; an address may fill in what the form names, so that a link can say whose row it is."""
    form_class = place.surface.form
    assert form_class is not None
    data = request.POST if request.method == "POST" else None
    given = {name: request.GET[name][:80] for name in form_class.prefilled if name in request.GET}
    return form_class(data, actor=request.actor, today=today(), initial=given)


def _add(request: ActorRequest, place: RegisterPlace, form: RegisterForm) -> Any:
    surface = place.surface
    if surface.add is not None:
        return surface.add(actor=request.actor, values=form.values, reason="", today=today())
    return add_row(actor=request.actor, kind=surface.kind, values=form.values)


def _change(request: ActorRequest, place: RegisterPlace, row: Any, form: RegisterForm) -> bool:
    surface, cleaned = place.surface, form.cleaned_data
    if surface.change is not None:
        return bool(
            surface.change(
                actor=request.actor,
                key=row.pk,
                values=form.values,
                expected_version=cleaned["lock_version"],
                reason=cleaned["reason"],
                today=today(),
            )
        )
    _row, changed = change_row(
        actor=request.actor,
        kind=surface.kind,
        key=row.pk,
        values=form.values,
        expected_version=cleaned["lock_version"],
        reason=cleaned["reason"],
    )
    return bool(changed)


def _edit_form(request: ActorRequest, place: RegisterPlace, row: Any, form: RegisterForm) -> HttpResponse:
    title = place.surface.title_of(row)
    context = place.context(
        request,
        form=form,
        row=row,
        heading=f"修改{place.surface.noun}：{title}",
        save_label="保存修改",
        cancel_url=place.row_url(row),
        crumbs=place.crumbs((title, place.row_url(row)), ("修改", "")),
    )
    return render(request, "register/edit.html", context, status=400 if form.is_bound else 200)


def _merge(
    request: ActorRequest, place: RegisterPlace, row: Any, mine: RegisterForm, unanswered: tuple[str, ...]
) -> HttpResponse:
    """Both texts beside each other. The row is read again: it is what somebody else just saved."""
    kind = place.surface.kind
    current = row_or_404(request, place, str(row.pk))
    opened = str(mine.data.get("lock_version", ""))
    before = (
        row_of_version(model=kind.model, key=current.pk, version=int(opened)) if opened.isdigit() else None
    )
    mine.is_valid()
    who, at = last_change(model=kind.model, key=current.pk) or ("", None)
    page = merge_page(
        mine=mine,
        theirs=_bound_to_row(request, place, current),
        base=_bound_to_row(request, place, before) if before is not None else None,
        version=current.lock_version,
        who=who,
        at=at,
        unanswered=unanswered,
        posted=request.POST,
    )
    title = place.surface.title_of(current)
    context = place.context(
        request,
        merge=page,
        heading=f"合并两处修改：{title}",
        cancel_url=place.row_url(current),
        crumbs=place.crumbs((title, place.row_url(current)), ("合并修改", "")),
    )
    return render(request, "register/merge.html", context, status=409)


def _bound_to_row(request: ActorRequest, place: RegisterPlace, row: Any) -> RegisterForm:
    """The form bound to what a row holds, as if somebody had just sent it."""
    data = raw_data(_form(request, place, None, row))
    data["reason"] = "-"
    form = _form(request, place, data, row)
    form.is_valid()
    return form
