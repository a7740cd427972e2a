"""Pages of those who compile, review and publish rule documents; shared by all kinds through `surface`."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from enforcement.document_digest import content_digest
from enforcement.errors import Refusal
from enforcement.models import RuleVersion
from enforcement.selectors import documents as selectors
from enforcement.selectors.documents import IndexView, Validity
from enforcement.selectors.stale_citations import stale_by_version, stale_citations
from enforcement.selectors.version_acts import VersionActs, acts_for, history_of
from enforcement.services.draft_version import create_document, start_next_version
from enforcement.services.publish_version import publish_version, submit_version
from enforcement.services.return_version import discard_draft, send_back_version
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.addresses import OfficerAddresses, officer_index, officer_version
from enforcement.web.documents.downloads import workbook_response
from enforcement.web.documents.entry_lines import lines_of, narrowed_entries
from enforcement.web.documents.finding_lines import finding_lines
from enforcement.web.documents.forms import DocumentForm, PublishForm, ReasonForm
from enforcement.web.documents.refusals import add_to_form, add_to_messages
from enforcement.web.documents.standing import standing_of
from enforcement.web.documents.surface import DocumentSurface
from enforcement.web.documents.version_parts import version_parts
from enforcement.web.fresh_sign_in import fresh_sign_in
from enforcement.web.submitted_once import submitted_once, took_effect


def version_or_404(request: ActorRequest, surface: DocumentSurface, slug: str, number: int) -> RuleVersion:
    """The version inside the actor's compiling duties; anything else does not exist."""
    version = selectors.find_version(actor=request.actor, kind=surface.kind, slug=slug, number=number)
    if version is None:
        raise Http404(f"没有找到这个版本的{surface.noun}。")
    return version


def version_context(
    request: ActorRequest, surface: DocumentSurface, version: RuleVersion, *, step: str = ""
) -> dict[str, Any]:
    """What every page about one version shows: header, status, what may be done, the way back.

    `step` names a page below the version page, as its last crumb.
    """
    published = selectors.versions_of(version.document, published_only=True)
    placed = selectors.place_in_time(published, on=timezone.localdate())
    validity = next((row.validity for row in placed if row.version == version), Validity.UNPUBLISHED)
    in_force = next((row.version for row in placed if row.validity is Validity.IN_FORCE), None)
    above = officer_version(surface, version) if step else ""
    crumbs = [
        {"label": surface.officer_column, "url": officer_index(surface)},
        {"label": f"{version.document.title}（第 {version.number} 版）", "url": above},
    ]
    return {
        "surface": surface,
        "version": version,
        "document": version.document,
        "validity": validity,
        "in_force": in_force,
        "standing": standing_of(version, validity, in_force, on=timezone.localdate()),
        "acts": acts_for(actor=request.actor, version=version),
        "at": OfficerAddresses(surface, version),
        "crumbs": [*crumbs, {"label": step}] if step else crumbs,
        "step": step,
    }


@working_page
def index(request: ActorRequest, surface: DocumentSurface) -> HttpResponse:
    """Documents to compile, in review, to publish, in force."""
    chosen = request.GET.get("view", "")
    view = IndexView(chosen) if chosen in set(IndexView) else IndexView.ALL
    rows = selectors.documents_for_officer(actor=request.actor, kind=surface.kind, on=timezone.localdate())
    shown = selectors.filter_rows(rows, view)
    today = timezone.localdate()
    in_force = [row.in_force for row in shown if row.in_force is not None]
    stale = stale_by_version(stale_citations(on=today, versions=in_force)) if in_force else {}
    context = {
        "surface": surface,
        "view": view,
        "views": [(one, len(selectors.filter_rows(rows, one))) for one in IndexView],
        "lines": [
            {
                "row": row,
                "url": officer_version(surface, row.latest) if row.latest else "",
                "waits_for": _waits_for(row),
                "stale": len(stale.get(row.in_force.pk, ())) if row.in_force else 0,
            }
            for row in shown
        ],
        "may_create": selectors.agencies_to_compile(actor=request.actor).exists(),
        "has_rows": bool(rows),
        "links": surface.officer_index_links() if surface.officer_index_links else (),
    }
    return render(request, "documents/officer_index.html", context)


def _waits_for(row: selectors.DocumentRow) -> str:
    """What this row waits for, in words."""
    waiting = {"draft": "待提交法制审核", "in_review": "待法制审核", "reviewed": "待发布"}
    if row.working is not None:
        return waiting[row.working.status]
    standing = (row.in_force, *row.upcoming)
    return "待确认废止" if any(hasattr(version, "repeal_request") for version in standing) else ""


@working_page
def create(request: ActorRequest, surface: DocumentSurface) -> HttpResponse:
    """A new document with an empty first draft."""
    agencies = selectors.agencies_to_compile(actor=request.actor)
    form = DocumentForm(request.POST or None, agencies=agencies, noun=surface.noun)
    if request.method == "POST" and form.is_valid():
        try:
            _document, version = create_document(actor=request.actor, kind=surface.kind, **form.cleaned_data)
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            messages.success(request, "已建立草稿。")
            return redirect(officer_version(surface, version))
    crumbs = [
        {"label": surface.officer_column, "url": officer_index(surface)},
        {"label": f"新建{surface.noun}"},
    ]
    context = {"surface": surface, "form": form, "crumbs": crumbs, "has_agencies": agencies.exists()}
    return render(request, "documents/officer_create.html", context)


@working_page
def document(request: ActorRequest, surface: DocumentSurface, slug: str) -> HttpResponse:
    """The short address of a document leads to its newest version."""
    found = selectors.find_document(actor=request.actor, kind=surface.kind, slug=slug)
    versions = selectors.versions_of(found, published_only=False) if found else []
    if not versions:
        raise Http404(f"没有找到这份{surface.noun}。")
    return redirect(officer_version(surface, versions[0]))


@working_page
def version(request: ActorRequest, surface: DocumentSurface, slug: str, number: int) -> HttpResponse:
    """Everything about one version: status, problems, entries, opinions, history."""
    found = version_or_404(request, surface, slug, number)
    context = version_context(request, surface, found)
    context |= narrowed_entries(request, surface, found, context["at"].entry)
    context |= {
        "findings": finding_lines(surface, found, on=timezone.localdate()),
        "history": history_of(found),
        "entry_opinions": found.entry_opinions.count(),
        "versions": selectors.versions_of(found.document, published_only=False),
        "stale": stale_citations(on=timezone.localdate(), versions=[found]) if found.is_published else (),
        "links": surface.version_links(found) if surface.version_links else (),
        "parts": version_parts(request.actor, found),
    }
    return render(request, "documents/officer_version.html", context)


@working_page
@require_POST
@submitted_once
def submit(request: ActorRequest, surface: DocumentSurface, slug: str, number: int) -> HttpResponse:
    """Draft → legal review."""
    found = version_or_404(request, surface, slug, number)
    try:
        submit_version(actor=request.actor, body=surface.body, version_id=found.pk)
    except Refusal as refusal:
        add_to_messages(request, refusal)
    else:
        messages.success(request, "已提交法制审核。审核由没有参与起草的人完成。")
        return took_effect(request, redirect(officer_version(surface, found)), what="这个版本")
    return redirect(officer_version(surface, found))


@working_page
@fresh_sign_in
@submitted_once
def publish(request: ActorRequest, surface: DocumentSurface, slug: str, number: int) -> HttpResponse:
    """The check page before publication; the act freezes the version for good."""
    found = version_or_404(request, surface, slug, number)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            published = publish_version(
                actor=request.actor, body=surface.body, version_id=found.pk, **form.cleaned_data
            )
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            messages.success(request, f"已发布，内容摘要 {published.digest[:12]}。公众现在可以看到这个版本。")
            answer = redirect(officer_version(surface, found))
            return took_effect(request, answer, what="这个版本", number=published.document_number)
    context = version_context(request, surface, found, step="核对并发布") | {"form": form}
    context |= {
        "lines": lines_of(surface, surface.list_entries(found, "", "").rows),
        "content_digest": content_digest(surface.body.content_of(found)),
        "findings": finding_lines(surface, found, on=timezone.localdate()),
        "public_address": request.build_absolute_uri(context["at"].public_page),
    }
    return render(request, "documents/officer_publish.html", context)


@working_page
@require_POST
@submitted_once
def next_version(request: ActorRequest, surface: DocumentSurface, slug: str) -> HttpResponse:
    """A draft that begins as a copy of the latest published version."""
    found = selectors.find_document(actor=request.actor, kind=surface.kind, slug=slug)
    if found is None:
        raise Http404(f"没有找到这份{surface.noun}。")
    try:
        draft = start_next_version(actor=request.actor, body=surface.body, document_id=found.pk)
    except Refusal as refusal:
        add_to_messages(request, refusal)
        return redirect(f"{surface.officer_namespace}:document", slug)
    messages.success(request, f"已起草第 {draft.number} 版，内容从上一版复制。")
    return took_effect(request, redirect(officer_version(surface, draft)), what="这份申请")


@working_page
@submitted_once
def send_back(request: ActorRequest, surface: DocumentSurface, slug: str, number: int) -> HttpResponse:
    """In review or waiting for publication → draft again, with a reason."""
    found = version_or_404(request, surface, slug, number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            send_back_version(
                actor=request.actor, body=surface.body, version_id=found.pk, **form.cleaned_data
            )
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            messages.success(request, "已退回草稿，可以继续修改。")
            return took_effect(request, redirect(officer_version(surface, found)), what="这份退回理由")
    context = version_context(request, surface, found, step="退回草稿") | {"form": form}
    return _reason_page(request, context, "send_back")


@working_page
@submitted_once
def discard(request: ActorRequest, surface: DocumentSurface, slug: str, number: int) -> HttpResponse:
    """Give up a draft, with a reason."""
    found = version_or_404(request, surface, slug, number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            discard_draft(actor=request.actor, body=surface.body, version_id=found.pk, **form.cleaned_data)
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            messages.success(request, "草稿已放弃，原因记入台账。")
            return took_effect(request, redirect(officer_index(surface)), what="这份申请")
    context = version_context(request, surface, found, step="放弃草稿") | {"form": form}
    return _reason_page(request, context, "discard")


def _reason_page(request: ActorRequest, context: dict[str, Any], which: str) -> HttpResponse:
    """One page for both acts that need a written reason."""
    acts: VersionActs = context["acts"]
    words = {
        "send_back": (
            "退回草稿后，已有的审核结论不再有效，改好后要重新提交法制审核。",
            acts.send_back,
            "退回草稿",
        ),
        "discard": ("放弃后，这个版本的条目全部删除，不能恢复。原因记入台账。", acts.discard, "放弃这份草稿"),
    }
    explanation, act, label = words[which]
    context |= {"explanation": explanation, "act": act, "act_label": label}
    return render(request, "documents/officer_reason.html", context)


@working_page
def workbook(request: ActorRequest, surface: DocumentSurface, slug: str, number: int) -> HttpResponse:
    """The entries as a spreadsheet, drafts included."""
    return workbook_response(surface, version_or_404(request, surface, slug, number))
