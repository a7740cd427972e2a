"""The typed condition of an entry, or of one of its exclusions: nested groups, live sentence, accepted suggestion."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from enforcement.conditions.describe import describe
from enforcement.conditions.parse import ConditionError, parse_condition, to_document
from enforcement.conditions.tree import Condition
from enforcement.conditions.vocabulary import STANDARD, Vocabulary
from enforcement.errors import Refusal, StaleVersion
from enforcement.models import RuleVersion
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.officer_views import version_context
from enforcement.web.documents.refusals import add_to_messages
from exemption_lists.condition_nodes import DEEPEST, EMPTY_FORM, MOST_NODES, GroupNode, nodes_of, root_of
from exemption_lists.models import ListEntry
from exemption_lists.selectors import vocabulary_of
from exemption_lists.services.edit_entry import accept_suggestion, facts_on_offer, set_condition
from exemption_lists.web.condition_form import FactChoice, PostedForm, fact_choices, read_post
from exemption_lists.web.condition_presentation import node_views, preview_of
from exemption_lists.web.entry_presentation import title_of
from exemption_lists.web.entry_views import entry_or_404
from exemption_lists.web.surface import LISTS, entry_address

NO_CONDITION = "还没有结构化条件"
SENTENCE_ID = "condition-sentence"
LONGEST_DOCUMENT = 100_000


@dataclass(slots=True)
class Page:
    """What the form is about: the entry as it is stored now, which condition of it, and the facts on offer."""

    version: RuleVersion
    entry: ListEntry
    exclusion: int | None
    vocabulary: Vocabulary
    choices: list[FactChoice]

    @property
    def document(self) -> dict[str, Any] | None:
        """The stored condition."""
        if self.exclusion is None:
            return self.entry.condition or None
        return self.entry.exclusions[self.exclusion].get("condition")

    def sentence_of(self, document: dict[str, Any] | None) -> str:
        """A stored document in words; a broken one is said to be so."""
        if not document:
            return NO_CONDITION
        try:
            return describe(parse_condition(document, self.vocabulary), self.vocabulary)
        except ConditionError:
            return "条件有误，不能读出"


@dataclass(frozen=True, slots=True)
class Clash:
    """Two conditions for one place: what I opened, what was saved meanwhile by whom, and mine, as sentences."""

    message: str
    mine: str
    theirs: str
    opened: str


@working_page
def condition(
    request: ActorRequest, slug: str, number: int, entry_slug: str, exclusion: int | None = None
) -> HttpResponse:
    """Groups and rows; every act on them is a submit, so that it works without script."""
    page = _page(request, slug, number, entry_slug, exclusion)
    if request.method != "POST":
        root, problem = _stored_form(page)
        return _shown(request, page, PostedForm(root), problems=[problem] if problem else [])
    if request.POST.get("act") == "theirs":
        return _shown(request, page, PostedForm(_stored_form(page)[0]))
    posted = read_post(request.POST, page.choices, page.vocabulary)
    if request.POST.get("act") != "save":
        return _shown(request, page, posted)
    preview, tree = preview_of(posted.root, page.vocabulary)
    if tree is None:
        return _shown(request, page, posted, problems=preview.links)
    return _save(request, page, posted, tree)


def _page(request: ActorRequest, slug: str, number: int, entry_slug: str, exclusion: int | None) -> Page:
    version, entry = entry_or_404(request, slug, number, entry_slug)
    if exclusion is not None and exclusion >= len(entry.exclusions):
        raise Http404("没有这一项排除情形。")
    own = facts_on_offer(entry)
    return Page(version, entry, exclusion, vocabulary_of(own), fact_choices(STANDARD, own))


def _save(request: ActorRequest, page: Page, posted: PostedForm, tree: Condition) -> HttpResponse:
    lock = request.POST.get("lock_version", "")
    try:
        _store(request, page, tree, int(lock) if lock.isdecimal() else None)
    except StaleVersion as stale:
        return _overtaken(request, page, posted, tree, stale)
    except Refusal as refusal:
        problems = list(refusal.data.get("problems", [])) or [refusal.message]
        return _shown(request, page, posted, problems=[{"text": problem} for problem in problems])
    return _saved(request, page)


def _store(request: ActorRequest, page: Page, tree: Condition, lock: int | None) -> None:
    set_condition(
        actor=request.actor,
        version_id=page.version.pk,
        entry_id=page.entry.pk,
        document=to_document(tree),
        exclusion=page.exclusion,
        expected_lock=lock,
    )


def _saved(request: ActorRequest, page: Page) -> HttpResponse:
    messages.success(request, "结构化条件已保存。")
    return redirect(entry_address(page.version, page.entry))


def _overtaken(
    request: ActorRequest, page: Page, posted: PostedForm, tree: Condition, stale: StaleVersion
) -> HttpResponse:
    """Saved once more when nobody touched this condition since it was opened; otherwise both stand beside each other."""
    version, entry = page.version, page.entry
    page = _page(request, version.document.slug, version.number, entry.slug, page.exclusion)
    held, opened = page.document, _opened(request)
    if opened is not False and held in (opened, to_document(tree)):
        try:
            _store(request, page, tree, page.version.lock_version)
        except Refusal as refusal:
            return _shown(request, page, posted, problems=[{"text": refusal.message}])
        return _saved(request, page)
    clash = Clash(
        message=stale.message,
        mine=describe(tree, page.vocabulary),
        theirs=page.sentence_of(held),
        opened=page.sentence_of(opened) if isinstance(opened, dict) else "",
    )
    return _shown(request, page, posted, clash=clash, status=409)


def _opened(request: ActorRequest) -> Any:
    """The condition the form was opened with (None: there was none); False when the form does not say."""
    text = request.POST.get("opened_as", "")
    try:
        return json.loads(text) if 0 < len(text) <= LONGEST_DOCUMENT else False
    except ValueError:
        return False


def _stored_form(page: Page) -> tuple[GroupNode, dict[str, str] | None]:
    """The stored condition as a form; the blank form and the reason when it cannot be shown as one."""
    if not page.document:
        return EMPTY_FORM, None
    try:
        root = root_of(parse_condition(page.document, page.vocabulary), page.vocabulary)
    except ConditionError as error:
        return EMPTY_FORM, {"text": f"现在的条件有误，保存下面的条件会替换它：{'；'.join(error.problems)}"}
    if sum(1 for _ in nodes_of(root)) > MOST_NODES:
        sentence = page.sentence_of(page.document)
        return EMPTY_FORM, {
            "text": f"现在的条件超过 {MOST_NODES} 项，不能逐项修改，保存下面的条件会替换它：{sentence}"
        }
    return (root if root.children else EMPTY_FORM), None


def _shown(
    request: ActorRequest,
    page: Page,
    posted: PostedForm,
    *,
    problems: list[dict[str, str]] | None = None,
    clash: Clash | None = None,
    status: int = 200,
) -> HttpResponse:
    preview, _tree = preview_of(posted.root, page.vocabulary)
    context: dict[str, Any] = {"preview": preview}
    if request.headers.get("HX-Target") == SENTENCE_ID:
        return render(request, "exemption_lists/condition_sentence.html", context)
    marked = preview.problems if request.POST.get("act") == "save" else ()
    context |= {
        "problems": problems or [],
        "root": node_views(posted, page.vocabulary, page.choices, marked),
    }
    if request.headers.get("HX-Request"):
        return render(request, "exemption_lists/condition_rows.html", context)
    entry, exclusion = page.entry, page.exclusion
    context |= {
        "entry": entry,
        "heading": title_of(entry),
        "choices": page.choices,
        "clash": clash,
        "deepest": DEEPEST,
        "lock_version": page.version.lock_version
        if clash is not None or request.method != "POST"
        else request.POST.get("lock_version", ""),
        "opened_as": json.dumps(page.document, ensure_ascii=False)
        if clash is not None or request.method != "POST"
        else request.POST.get("opened_as", ""),
        "published_text": entry.condition_text
        if exclusion is None
        else [entry.exclusions[exclusion]["text"]],
        "of_exclusion": exclusion is not None,
        "entry_url": entry_address(page.version, entry),
    }
    context |= version_context(request, LISTS, page.version, step=f"第 {entry.serial} 条的条件")
    return render(request, "exemption_lists/condition_edit.html", context, status=status)


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
