"""执法公示: published decisions, without signing in."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.selectors.published_decisions import (
    PublishedDecision,
    lines_with_decisions,
    published_decision,
    published_decisions,
)
from cases.statuses import Outcome
from enforcement.actors import PUBLIC
from enforcement.ledger.public_log import DECISION
from enforcement.web.access import ActorRequest, public_page
from enforcement.web.documents.downloads import canonical_response
from enforcement.web.ledger.addresses import proof_link


@public_page
def index(request: ActorRequest) -> HttpResponse:
    chosen = {name: request.GET.get(name, "")[:100] for name in ("line", "outcome", "q")}
    cursor = request.GET.get("after", "")
    page = published_decisions(
        actor=PUBLIC, line=chosen["line"], outcome=chosen["outcome"], query=chosen["q"], cursor=cursor
    )
    kept = {name: value for name, value in chosen.items() if value}
    context = {
        "page": page,
        "chosen": chosen,
        "lines": lines_with_decisions(actor=PUBLIC),
        "outcomes": Outcome.choices,
        "is_filtered": bool(kept),
        "first_url": f"?{urlencode(kept)}" if cursor else "",
        "next_url": f"?{urlencode({**kept, 'after': page.next_cursor})}" if page.next_cursor else "",
    }
    return render(request, "cases/public_index.html", context)


@public_page
def decision(request: ActorRequest, slug: str) -> HttpResponse:
    found = _published_or_404(slug)
    proof = proof_link(kind=DECISION, key=slug, content_url=reverse("decisions_public:content", args=[slug]))
    context = {"decision": found, "content": found.content, "proof": proof}
    return render(request, "cases/public_decision.html", context)


@public_page
def content(request: ActorRequest, slug: str) -> HttpResponse:
    """The published content as the text that its digest in the public log is about."""
    return canonical_response(_published_or_404(slug).content, f"{slug}.json")


def _published_or_404(slug: str) -> PublishedDecision:
    found = published_decision(actor=PUBLIC, slug=slug)
    if found is None:
        raise Http404("没有找到这份决定。它可能还没有公示，或者网址有误。")
    return found
