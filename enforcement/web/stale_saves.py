"""Saving a form that somebody overtook: saved again when nothing of theirs is touched, otherwise the merge page.

A form derives from `OpenedForm`, which carries what it showed when it was opened; so a change of another part of the
same case or draft costs nobody a decision, and a change of the same field shows both texts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from enforcement.errors import Refusal, StaleVersion
from enforcement.web.access import ActorRequest
from enforcement.web.merge import (
    ABOUT_THE_SAVE,
    OPENED_AS,
    THEIRS,
    MergePage,
    is_merging,
    merge_page,
    merged_data,
    raw_data,
    raw_values,
)


class OpenedForm(forms.Form):
    """A form that remembers what it showed. `opened_as` is filled in by itself and means nothing to services."""

    opened_as = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Forms that add fields later are asked when the value is wanted, not here.
        self.initial = {OPENED_AS: lambda: opened_text(self), **self.initial}

    def service_values(self) -> dict[str, Any]:
        """The cleaned values without those that are only about the save."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ABOUT_THE_SAVE}


Form = TypeVar("Form", bound=OpenedForm)


def opened_text(form: forms.Form) -> str:
    """What the form shows, as text that `_opened_data` reads back."""
    shown = {
        form.add_prefix(name): raw_values(form[name]) for name in form.fields if name not in ABOUT_THE_SAVE
    }
    return json.dumps(shown, ensure_ascii=False)


Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class SaveOutcome(Generic[Form, Result]):
    """What became of a post: `saved`, or a `page` to answer first, or the `form` with its errors."""

    form: Form
    saved: Result | None = None
    page: MergePage | None = None


def save_or_merge(
    request: ActorRequest,
    *,
    current: Callable[[], Form],
    bind: Callable[[QueryDict], Form],
    save: Callable[[Form], Result],
    show: Callable[[Form, Refusal], None],
    separate_fields: bool = False,
) -> SaveOutcome[Form, Result]:
    """Save the posted form, also from the merge page.

    `current()` shows what is stored now, read afresh; `bind` binds a form to a post; `save` runs the service with a
    valid form; `show` puts a refusal into the form. A stale save is tried once more when nothing of the form was
    changed by the other person; with `separate_fields` (each field is a record of its own) also when they changed other
    fields than I did, which then keep what they hold.
    """
    stored = current()
    data, unanswered = _chosen(request.POST, stored)
    form = bind(data)
    sound = form.is_valid()
    if unanswered:
        return SaveOutcome(form, page=_page(form, stored, bind, None, request.POST, unanswered))
    if not sound:
        return SaveOutcome(form)
    try:
        return SaveOutcome(form, saved=save(form))
    except StaleVersion as stale:
        return _again(form, current(), bind, save, show, stale, separate_fields)
    except Refusal as refusal:
        show(form, refusal)
        return SaveOutcome(form)


def _again(
    form: Form,
    stored: Form,
    bind: Callable[[QueryDict], Form],
    save: Callable[[Form], Result],
    show: Callable[[Form, Refusal], None],
    stale: StaleVersion,
    separate_fields: bool,
) -> SaveOutcome[Form, Result]:
    page = _page(form, stored, bind, stale, {}, ())
    theirs = [one.name for one in page.fields if one.choice == THEIRS]
    asks = any(one.needs_choice for one in page.fields) or (bool(theirs) and not separate_fields)
    if _opened_data(form) is None or asks:
        return SaveOutcome(form, page=page)
    data = _copied(form)
    data[form.add_prefix("lock_version")] = str(stored["lock_version"].value())
    for name in theirs:
        data.setlist(form.add_prefix(name), raw_values(stored[name]))
    renewed = bind(data)
    renewed.is_valid()
    try:
        return SaveOutcome(renewed, saved=save(renewed))
    except StaleVersion:
        return SaveOutcome(form, page=page)
    except Refusal as refusal:
        show(renewed, refusal)
        return SaveOutcome(renewed)


def _chosen(posted: QueryDict, stored: forms.Form) -> tuple[QueryDict, tuple[str, ...]]:
    return merged_data(posted, stored) if is_merging(posted) else (posted, ())


def merge_answer(
    request: ActorRequest,
    page: MergePage,
    *,
    base_template: str,
    heading: str,
    cancel_url: str,
    crumbs: Iterable[dict[str, str]],
    **more: Any,
) -> HttpResponse:
    """The merge page with status 409."""
    context = {
        "base_template": base_template,
        "heading": heading,
        "cancel_url": cancel_url,
        "crumbs": list(crumbs),
        "merge": page,
        **more,
    }
    return render(request, "register/merge.html", context, status=409)


def _page(
    form: Form,
    current: Form,
    bind: Callable[[QueryDict], Form],
    stale: StaleVersion | None,
    posted: Any,
    unanswered: tuple[str, ...],
) -> MergePage:
    told = stale.data if stale is not None else {}
    opened = _opened_data(form)
    return merge_page(
        mine=form,
        theirs=_bound(bind, raw_data(current)),
        base=_bound(bind, opened) if opened is not None else None,
        version=int(current["lock_version"].value()),
        who=str(told.get("who", "")),
        at=told.get("at"),
        unanswered=unanswered,
        posted=posted,
        opened_as=opened_text(current),
    )


def _bound(bind: Callable[[QueryDict], Form], data: QueryDict) -> Form:
    form = bind(data)
    form.is_valid()
    return form


def _opened_data(form: forms.Form) -> QueryDict | None:
    """What the form showed when it was opened, None when it does not say."""
    try:
        shown = json.loads(str(form[OPENED_AS].value() or ""))
        data = QueryDict(mutable=True)
        for name, values in shown.items():
            data.setlist(str(name), [str(value) for value in values])
    except (ValueError, AttributeError, TypeError):
        return None
    return data


def _copied(form: forms.Form) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in form.data.lists():  # type: ignore[attr-defined]
        data.setlist(name, values)
    return data
