"""执法公示: published decisions, without signing in."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render

from cases.selectors.published_decisions import lines_with_decisions, published_decision, published_decisions
from cases.statuses import Outcome
from enforcement.actors import PUBLIC
from enforcement.web.access import ActorRequest, public_page


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
    found = published_decision(actor=PUBLIC, slug=slug)
    if found is None:
        raise Http404("没有找到这份决定。它可能还没有公示，或者网址有误。")
    return render(request, "cases/public_decision.html", {"decision": found, "content": found.content})
