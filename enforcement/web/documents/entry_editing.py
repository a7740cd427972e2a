"""Adding, editing and removing the entries of a draft by hand: one form page for the kinds whose entries are plain fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from enforcement.errors import Refusal
from enforcement.models import RuleVersion
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.addresses import OfficerAddresses, officer_version
from enforcement.web.documents.officer_views import version_context, version_or_404
from enforcement.web.documents.refusals import add_to_form, add_to_messages
from enforcement.web.documents.surface import DocumentSurface
from enforcement.web.merge import MergePage
from enforcement.web.stale_saves import OpenedForm, merge_answer, save_or_merge


class DraftEntry(Protocol):
    """What the shared page needs of an entry."""

    pk: int
    serial: str
    slug: str


class DraftEntryForm(OpenedForm):
    """The fields of an entry. `lock_version` is what the editor saw."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)

    def entry_fields(self) -> Any:
        """The cleaned values as the service takes them."""
        raise NotImplementedError

    def renew_lock(self, lock_version: int) -> None:
        """After a refused save the page keeps what was typed and carries the new lock, so that saving again is a choice."""
        if self.is_bound and self.errors:
            self.data = {**self.data.dict(), "lock_version": str(lock_version)}  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class EntryEditor:
    """One kind of entry: how it is found, shown and written.

    `add(actor=, version_id=, fields=, expected_lock=)`, `edit(…, entry_id=)` and `remove(actor=, version_id=, entry_id=,
    serial=)` are the services; `heading_of` names an entry on its page.
    """

    surface: DocumentSurface
    form: type[DraftEntryForm]
    find: Callable[[RuleVersion, str], Any]
    initial_of: Callable[[Any], Mapping[str, Any]]
    heading_of: Callable[[Any], str]
    add: Callable[..., Any]
    edit: Callable[..., Any]
    remove: Callable[..., None]


@working_page
def create(request: ActorRequest, editor: EntryEditor, slug: str, number: int) -> HttpResponse:
    """A new entry behind the last one."""
    version = version_or_404(request, editor.surface, slug, number)
    form = editor.form(request.POST or None, initial={"lock_version": version.lock_version})
    if request.method == "POST" and form.is_valid():
        fields, lock = form.entry_fields(), form.cleaned_data["lock_version"]
        try:
            entry = editor.add(actor=request.actor, version_id=version.pk, fields=fields, expected_lock=lock)
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            return _saved(request, editor, version, entry)
    return _form_page(request, editor, version, form, None)


@working_page
def edit(request: ActorRequest, editor: EntryEditor, slug: str, number: int, entry_slug: str) -> HttpResponse:
    """The fields of an entry; read-only once the version left the draft stage."""
    version, entry = _entry_or_404(request, editor, slug, number, entry_slug)

    def bound(data: QueryDict | None) -> DraftEntryForm:
        return editor.form(data, initial={**editor.initial_of(entry), "lock_version": version.lock_version})

    if request.method != "POST":
        return _form_page(request, editor, version, bound(None), entry)

    def current() -> DraftEntryForm:
        nonlocal version, entry
        version, entry = _entry_or_404(request, editor, slug, number, entry_slug)
        return bound(None)

    outcome = save_or_merge(
        request,
        current=current,
        bind=bound,
        save=lambda form: editor.edit(
            actor=request.actor,
            version_id=version.pk,
            entry_id=entry.pk,
            fields=form.entry_fields(),
            expected_lock=form.cleaned_data["lock_version"],
        ),
        show=add_to_form,
    )
    if outcome.page is not None:
        return entry_merge_page(request, editor.surface, version, entry, outcome.page)
    if outcome.saved is not None:
        return _saved(request, editor, version, outcome.saved)
    return _form_page(request, editor, version, outcome.form, entry)


def entry_merge_page(
    request: ActorRequest, surface: DocumentSurface, version: RuleVersion, entry: DraftEntry, page: MergePage
) -> HttpResponse:
    """Somebody else saved the same entry first."""
    context = version_context(request, surface, version, step=f"第 {entry.serial} {surface.unit}")
    return merge_answer(
        request,
        page,
        base_template="officer/base.html",
        heading=f"合并两处修改：第 {entry.serial} {surface.unit}",
        cancel_url=OfficerAddresses(surface, version).entry(entry.slug),
        crumbs=context["crumbs"],
    )


@working_page
@require_POST
def remove(
    request: ActorRequest, editor: EntryEditor, slug: str, number: int, entry_slug: str
) -> HttpResponse:
    """Take an entry out of the draft."""
    version, entry = _entry_or_404(request, editor, slug, number, entry_slug)
    try:
        editor.remove(actor=request.actor, version_id=version.pk, entry_id=entry.pk, serial=entry.serial)
    except Refusal as refusal:
        add_to_messages(request, refusal)
    else:
        messages.success(request, f"第 {entry.serial} {editor.surface.unit}已删除。")
    return redirect(officer_version(editor.surface, version))


def _entry_or_404(
    request: ActorRequest, editor: EntryEditor, slug: str, number: int, entry_slug: str
) -> tuple[RuleVersion, Any]:
    version = version_or_404(request, editor.surface, slug, number)
    entry = editor.find(version, entry_slug)
    if entry is None:
        raise Http404(f"这个版本里没有这一{editor.surface.unit}。")
    return version, entry


def _saved(
    request: ActorRequest, editor: EntryEditor, version: RuleVersion, entry: DraftEntry
) -> HttpResponse:
    messages.success(request, f"第 {entry.serial} {editor.surface.unit}已保存。")
    return redirect(OfficerAddresses(editor.surface, version).entry(entry.slug))


def _form_page(
    request: ActorRequest,
    editor: EntryEditor,
    version: RuleVersion,
    form: DraftEntryForm,
    entry: DraftEntry | None,
) -> HttpResponse:
    form.renew_lock(version.lock_version)
    unit = editor.surface.unit
    context = version_context(
        request, editor.surface, version, step=f"第 {entry.serial} {unit}" if entry else f"增加一{unit}"
    )
    context |= {"form": form, "entry": entry, "heading": editor.heading_of(entry) if entry else ""}
    if entry is not None:
        route = f"{editor.surface.officer_namespace}:entry_remove"
        context["remove_url"] = reverse(route, args=[version.document.slug, version.number, entry.slug])
    return render(request, "documents/entry_edit.html", context)
