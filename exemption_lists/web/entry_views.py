"""Adding, editing and removing entries of a draft list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from enforcement.documents import Finding
from enforcement.errors import Refusal
from enforcement.models import RuleVersion
from enforcement.selectors.matters import find_violation
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.addresses import officer_version
from enforcement.web.documents.entry_editing import entry_merge_page
from enforcement.web.documents.officer_views import version_context, version_or_404
from enforcement.web.documents.refusals import add_to_form, add_to_messages
from enforcement.web.stale_saves import save_or_merge
from exemption_lists.content import BODY, entry_problems
from exemption_lists.models import ListEntry
from exemption_lists.selectors import find_entry
from exemption_lists.services.edit_entry import add_entry, edit_entry, remove_entry
from exemption_lists.services.entry_fields import is_untyped
from exemption_lists.web.entry_forms import EntryForm, initial_about, initial_of, understood_provisions
from exemption_lists.web.entry_presentation import sources_of, title_of
from exemption_lists.web.public_entry import answer_of
from exemption_lists.web.suggestion_lines import (
    Understood,
    condition_sentence,
    understood_of,
    understood_post,
)
from exemption_lists.web.surface import LISTS, condition_address, entry_address, preview_address


def entry_or_404(
    request: ActorRequest, slug: str, number: int, entry_slug: str
) -> tuple[RuleVersion, ListEntry]:
    """A version inside the actor's duties and one of its entries."""
    version = version_or_404(request, LISTS, slug, number)
    entry = find_entry(version=version, slug=entry_slug)
    if entry is None:
        raise Http404("这个版本里没有这一条。")
    return version, entry


@working_page
def create(request: ActorRequest, slug: str, number: int) -> HttpResponse:
    """A new entry behind the last one."""
    version = version_or_404(request, LISTS, slug, number)
    initial = {"lock_version": version.lock_version, "logic": "all", "mandate": "must"}
    initial |= initial_about(find_violation(actor=request.actor, code=request.GET.get("violation", "")))
    form = EntryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields, lock = form.fields_of_entry(), form.cleaned_data["lock_version"]
        try:
            entry = add_entry(actor=request.actor, version_id=version.pk, fields=fields, expected_lock=lock)
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            messages.success(request, f"第 {entry.serial} 条已保存。")
            return redirect(entry_address(version, entry))
    context = version_context(request, LISTS, version, step="增加一条") | {"form": form}
    return _form_page(request, context, form, version, Understood())


@working_page
def edit(request: ActorRequest, slug: str, number: int, entry_slug: str) -> HttpResponse:
    """The fields of an entry, what was understood of it, and the way to its typed condition."""
    version, entry = entry_or_404(request, slug, number, entry_slug)

    def bound(data: QueryDict | None) -> EntryForm:
        return EntryForm(data, initial=initial_of(entry, version.lock_version))

    if request.method != "POST":
        return _edit_page(request, version, entry, bound(None))

    def current() -> EntryForm:
        nonlocal version, entry
        version, entry = entry_or_404(request, slug, number, entry_slug)
        return bound(None)

    outcome = save_or_merge(
        request,
        current=current,
        bind=bound,
        save=lambda form: edit_entry(
            actor=request.actor,
            version_id=version.pk,
            entry_id=entry.pk,
            fields=form.fields_of_entry(),
            expected_lock=form.cleaned_data["lock_version"],
        ),
        show=add_to_form,
    )
    if outcome.page is not None:
        return entry_merge_page(request, LISTS, version, entry, outcome.page)
    if outcome.saved is None:
        return _edit_page(request, version, entry, outcome.form)
    messages.success(request, f"第 {outcome.saved.serial} 条已保存。")
    if "condition_text" in outcome.form.changed_data and not is_untyped(outcome.saved):
        messages.warning(request, "公布的文字改了，结构化条件没有跟着改。请核对“结构化条件”。")
    return redirect(entry_address(version, outcome.saved))


def _edit_page(
    request: ActorRequest, version: RuleVersion, entry: ListEntry, form: EntryForm
) -> HttpResponse:
    context = version_context(request, LISTS, version, step=f"第 {entry.serial} 条")
    context |= _entry_context(version, entry) | {"form": form}
    return _form_page(request, context, form, version, understood_of(entry))


def _entry_context(version: RuleVersion, entry: ListEntry) -> dict[str, Any]:
    malformed = entry_problems(entry)
    findings = [] if malformed else _findings_about(version, entry)
    return {
        "entry": entry,
        "heading": title_of(entry),
        "problems": malformed or [one.text for one in findings if one.blocks],
        "sources": sources_of(entry),
        "remarks": [*understood_of(entry).remarks, *(one.text for one in findings if not one.blocks)],
        "sentence": condition_sentence(entry),
        "provisions": understood_provisions([*entry.violated_provisions, *entry.penalty_provisions]),
        "condition_url": condition_address(version, entry),
        "preview_url": preview_address(version, entry),
        "exclusions": [
            {
                "text": one["text"],
                "typed": one.get("condition") is not None,
                "url": condition_address(version, entry, i),
            }
            for i, one in enumerate(entry.exclusions)
        ],
    }


def _findings_about(version: RuleVersion, entry: ListEntry) -> list[Finding]:
    """What the checks say about this entry of a draft, seen from today."""
    if version.is_published:
        return []
    found = BODY.findings(version, on=timezone.localdate())
    return [one for one in found if one.entry_slug == entry.slug]


def _form_page(
    request: ActorRequest, context: dict[str, Any], form: EntryForm, version: RuleVersion, stored: Understood
) -> HttpResponse:
    """After a refused save the page keeps what was typed and carries the new lock, so that saving again is a choice."""
    if form.is_bound and form.errors:
        data = QueryDict(mutable=True)
        for name, values in form.data.lists():  # type: ignore[attr-defined]
            data.setlist(name, values)
        data["lock_version"] = str(version.lock_version)
        form.data = data
    understood = understood_post(request.POST) if request.method == "POST" else stored
    return render(request, "exemption_lists/entry_edit.html", context | {"understood": understood})


@working_page
@require_POST
def understood(request: ActorRequest, slug: str, number: int) -> HttpResponse:
    """What the clauses typed so far would mean; asked while they are typed, writes nothing."""
    version_or_404(request, LISTS, slug, number)
    return render(request, "exemption_lists/understood.html", {"understood": understood_post(request.POST)})


@working_page
def preview(request: ActorRequest, slug: str, number: int, entry_slug: str) -> HttpResponse:
    """What the public will read of the stored entry, in the words of the public page."""
    version, entry = entry_or_404(request, slug, number, entry_slug)
    context = version_context(request, LISTS, version, step=f"第 {entry.serial} 条，公众看到的条目")
    context |= answer_of(entry) | {"entry_url": entry_address(version, entry)}
    return render(request, "exemption_lists/entry_preview.html", context)


@working_page
@require_POST
def remove(request: ActorRequest, slug: str, number: int, entry_slug: str) -> HttpResponse:
    """Take an entry out of the draft."""
    version, entry = entry_or_404(request, slug, number, entry_slug)
    try:
        remove_entry(actor=request.actor, version_id=version.pk, entry_id=entry.pk)
    except Refusal as refusal:
        add_to_messages(request, refusal)
    else:
        messages.success(request, f"第 {entry.serial} 条已删除。")
    return redirect(officer_version(LISTS, version))
