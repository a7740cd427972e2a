"""Legal review entry by entry, and the drafter's answers to it."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from enforcement.errors import InvalidInput, Refusal
from enforcement.models import RuleVersion
from enforcement.selectors.entry_opinions import digests_of, opinions_by_entry, review_of
from enforcement.services.publish_version import review_version
from enforcement.services.review_entries import answer_opinion, give_entry_opinions
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.addresses import OfficerAddresses, officer_version
from enforcement.web.documents.entry_reviews import choices_of, review_context
from enforcement.web.documents.finding_lines import finding_lines
from enforcement.web.documents.forms import ReviewForm
from enforcement.web.documents.officer_views import version_context, version_or_404
from enforcement.web.documents.refusals import add_to_form
from enforcement.web.documents.surface import DocumentSurface
from enforcement.web.documents.version_parts import version_parts
from enforcement.web.submitted_once import submitted_once, took_effect

ENTRIES_ONLY = "entries"


@working_page
@submitted_once
def review(request: ActorRequest, surface: DocumentSurface, slug: str, number: int) -> HttpResponse:
    """The clean text with its differences; an opinion per entry, and the one on the whole. One form, two buttons."""
    found = version_or_404(request, surface, slug, number)
    only_entries = request.POST.get("save") == ENTRIES_ONLY
    form = ReviewForm(None if only_entries else request.POST or None)
    problems: list[str] = []
    if request.method == "POST" and (only_entries or form.is_valid()):
        try:
            words = _give(request, surface, found, None if only_entries else form)
        except Refusal as refusal:
            problems = _problems_of(refusal)
            if not only_entries:
                add_to_form(form, refusal)
        else:
            messages.success(request, words)
            at = OfficerAddresses(surface, found)
            answer = redirect(at.review if only_entries else officer_version(surface, found))
            return took_effect(request, answer, what="这份审核意见")
    if only_entries:
        form = ReviewForm(initial={name: request.POST.get(name, "") for name in ("verdict", "text")})
    context = version_context(request, surface, found, step="法制审核") | {"form": form}
    context |= review_context(request, surface, found)
    context |= {
        "problems": problems if only_entries else [],
        "findings": finding_lines(surface, found, on=timezone.localdate()),
        "parts": version_parts(request.actor, found),
    }
    return render(request, "documents/officer_review.html", context)


@transaction.atomic
def _give(
    request: ActorRequest, surface: DocumentSurface, found: RuleVersion, form: ReviewForm | None
) -> str:
    """Opinions on entries first, then the one on the whole, or neither."""
    choices = choices_of(surface, found, request.POST)
    if choices or form is None:
        give_entry_opinions(actor=request.actor, body=surface.body, version_id=found.pk, choices=choices)
    if form is None:
        return f"已保存 {len(choices)} {surface.unit}的意见。全部看完后，再提交整体意见。"
    reviewed = review_version(
        actor=request.actor, body=surface.body, version_id=found.pk, **form.cleaned_data
    )
    return f"审核意见已保存。这个版本现在是“{reviewed.get_status_display()}”。"


def _problems_of(refusal: Refusal) -> list[str]:
    named = refusal.problems if isinstance(refusal, InvalidInput) else []
    return list(named) or [refusal.message]


@working_page
@submitted_once
def opinions(request: ActorRequest, surface: DocumentSurface, slug: str, number: int) -> HttpResponse:
    """Every opinion on an entry, with the drafter's answer or the form for one."""
    found = version_or_404(request, surface, slug, number)
    problems: list[str] = []
    sent = request.POST.get("opinion", "")
    if request.method == "POST":
        try:
            answer_opinion(
                actor=request.actor,
                body=surface.body,
                version_id=found.pk,
                opinion_id=int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 18 else 0,
                accepted=request.POST.get("answer") == "accepted",
                reason=request.POST.get("reason", "")[:4000],
            )
        except Refusal as refusal:
            problems = _problems_of(refusal)
        else:
            messages.success(request, "答复已保存。")
            address = OfficerAddresses(surface, found).opinions
            return took_effect(request, redirect(address), what="这份答复")
    context = version_context(request, surface, found, step="逐条意见")
    by_entry, digests = opinions_by_entry(found), digests_of(surface.body, found)
    context |= {
        "problems": problems,
        "sent": sent,
        "typed": request.POST.get("reason", ""),
        "groups": [
            {
                "given": given,
                "review": review_of(entry, by_entry, digests),
                "url": context["at"].entry(entry) if entry in digests else "",
            }
            for entry, given in by_entry.items()
        ],
    }
    return render(request, "documents/officer_opinions.html", context)
