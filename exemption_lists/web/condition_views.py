"""The typed condition of an entry, or of one of its exclusions: row form, live sentence, accepted suggestion."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from enforcement.conditions.describe import describe
from enforcement.conditions.parse import parse_condition, to_document
from enforcement.conditions.vocabulary import STANDARD, Vocabulary
from enforcement.errors import Refusal, StaleVersion
from enforcement.models import RuleVersion
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.officer_views import version_context
from enforcement.web.documents.refusals import add_to_messages
from exemption_lists.condition_rows import ConditionForm, ConditionRow, form_of
from exemption_lists.models import ListEntry
from exemption_lists.selectors import vocabulary_of
from exemption_lists.services.edit_entry import accept_suggestion, facts_on_offer, set_condition
from exemption_lists.web.condition_form import GROUPS, facts_by_topic, preview_of, read_post, row_views
from exemption_lists.web.entry_presentation import title_of
from exemption_lists.web.entry_views import entry_or_404
from exemption_lists.web.surface import LISTS, entry_address

EMPTY_FORM = ConditionForm("all", (ConditionRow(),))


@working_page
def condition(
    request: ActorRequest, slug: str, number: int, entry_slug: str, exclusion: int | None = None
) -> HttpResponse:
    """Rows of comparisons; adding and removing rows are submits, so that it works without script."""
    version, entry = entry_or_404(request, slug, number, entry_slug)
    if exclusion is not None and exclusion >= len(entry.exclusions):
        raise Http404("没有这一项排除情形。")
    vocabulary = vocabulary_of(facts_on_offer(entry))
    stored, too_deep = _stored_form(entry, exclusion, vocabulary)
    form = read_post(request.POST) if request.method == "POST" else stored
    problems: list[str] = []
    if request.method == "POST" and request.POST.get("act") == "save":
        preview, tree = preview_of(form, vocabulary)
        problems = list(preview.problems)
        if tree is not None and not problems:
            lock = request.POST.get("lock_version", "")
            try:
                set_condition(
                    actor=request.actor,
                    version_id=version.pk,
                    entry_id=entry.pk,
                    document=to_document(tree),
                    exclusion=exclusion,
                    expected_lock=int(lock) if lock.isdecimal() else None,
                )
            except StaleVersion as stale:
                version, entry = entry_or_404(request, slug, number, entry_slug)
                problems = [stale.message, _saved_meanwhile(entry, exclusion, vocabulary)]
            except Refusal as refusal:
                problems = list(refusal.data.get("problems", [])) or [refusal.message]
            else:
                messages.success(request, "结构化条件已保存。")
                return redirect(entry_address(version, entry))
    context = _context(entry, form, vocabulary, version, exclusion)
    context |= {"problems": [{"text": problem} for problem in problems], "too_deep": too_deep}
    if request.headers.get("HX-Request"):
        return render(request, "exemption_lists/condition_rows.html", context)
    context |= version_context(request, LISTS, version, step=f"第 {entry.serial} 条的条件")
    return render(request, "exemption_lists/condition_edit.html", context)


def _saved_meanwhile(entry: ListEntry, exclusion: int | None, vocabulary: Vocabulary) -> str:
    """What the database holds now, in words, beside the rows that were not saved."""
    document = entry.condition if exclusion is None else entry.exclusions[exclusion].get("condition")
    held = describe(parse_condition(document, vocabulary), vocabulary) if document else "还没有结构化条件"
    return f"现在保存的条件是：{held}。下面是您填写的，还没有保存；再按保存即以您填写的为准。"


def _stored_form(
    entry: ListEntry, exclusion: int | None, vocabulary: Vocabulary
) -> tuple[ConditionForm, str]:
    """The stored condition as rows; when it is nested too deeply, an empty form and the sentence it says now."""
    document = entry.condition if exclusion is None else entry.exclusions[exclusion].get("condition")
    if not document:
        return EMPTY_FORM, ""
    tree = parse_condition(document, vocabulary)
    form = form_of(tree, vocabulary)
    if form is None:
        return EMPTY_FORM, describe(tree, vocabulary)
    return (form if form.rows else EMPTY_FORM), ""


def _context(
    entry: ListEntry, form: ConditionForm, vocabulary: Vocabulary, version: RuleVersion, exclusion: int | None
) -> dict[str, Any]:
    preview, _tree = preview_of(form, vocabulary)
    return {
        "entry": entry,
        "heading": title_of(entry),
        "form_rows": form,
        "rows": row_views(form, vocabulary),
        "topics": facts_by_topic(STANDARD, facts_on_offer(entry)),
        "groups": GROUPS,
        "preview": preview,
        "lock_version": version.lock_version,
        "published_text": entry.condition_text
        if exclusion is None
        else [entry.exclusions[exclusion]["text"]],
        "of_exclusion": exclusion is not None,
        "entry_url": entry_address(version, entry),
    }


@working_page
@require_POST
def suggestion(request: ActorRequest, slug: str, number: int, entry_slug: str) -> HttpResponse:
    """The recognised condition becomes the condition of the entry."""
    version, entry = entry_or_404(request, slug, number, entry_slug)
    lock = request.POST.get("lock_version", "")
    try:
        accept_suggestion(
            actor=request.actor,
            version_id=version.pk,
            entry_id=entry.pk,
            expected_lock=int(lock) if lock.isdecimal() else None,
        )
    except Refusal as refusal:
        add_to_messages(request, refusal)
    else:
        messages.success(request, "已采用识别的条件。")
    return redirect(entry_address(version, entry))
