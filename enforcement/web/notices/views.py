"""版本通知: what the reader's agency was told about rule documents, and 已阅."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from enforcement.selectors.version_notices import notices_to, read_by, recent_unread
from enforcement.services.read_version_notices import read_version_notices
from enforcement.version_notices import NOTICE_LABELS, NoticeKind
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.notices.wording import notice_line

PAGE_LENGTH = 30


@working_page
@require_safe
def notice_list(request: ActorRequest) -> HttpResponse:
    """Unread ones of the last half year unless `view=all`; `kind` narrows to one kind."""
    shows_all = request.GET.get("view") == "all"
    wanted = request.GET.get("kind", "")
    kind = NoticeKind(wanted) if wanted in set(NoticeKind) else None
    notices = (
        notices_to(actor=request.actor)
        if shows_all
        else recent_unread(actor=request.actor, today=timezone.localdate())
    )
    if kind is not None:
        notices = notices.filter(kind=kind.value)
    page = Paginator(notices, PAGE_LENGTH).get_page(request.GET.get("page"))
    found = list(page)
    read = read_by(request.actor, found) if shows_all else frozenset()
    kept = ("view=all&" if shows_all else "") + (f"kind={kind.value}&" if kind else "")
    context = {
        "agency_name": request.actor.agency_name,
        "lines": [notice_line(notice, is_read=notice.pk in read) for notice in found],
        "views": [
            {"label": "未阅", "url": "?", "current": not shows_all},
            {"label": "全部", "url": "?view=all", "current": shows_all},
        ],
        "kinds": [_kind_link(one, kind, shows_all) for one in NoticeKind],
        "is_filtered": kind is not None,
        "cleared_url": "?view=all" if shows_all else "?",
        "unread_ids": [notice.pk for notice in found if notice.pk not in read],
        "summary": f"第 {page.number} 页，共 {page.paginator.num_pages} 页，{page.paginator.count} 条",
        "previous_url": f"?{kept}page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?{kept}page={page.next_page_number()}" if page.has_next() else "",
        "has_pages": page.paginator.num_pages > 1,
    }
    return render(request, "notices/list.html", context)


def _kind_link(kind: NoticeKind, chosen: NoticeKind | None, shows_all: bool) -> dict[str, Any]:
    view = "view=all&" if shows_all else ""
    return {"label": NOTICE_LABELS[kind], "url": f"?{view}kind={kind.value}", "current": kind is chosen}


@working_page
@require_POST
def mark_read(request: ActorRequest) -> HttpResponse:
    """The notices named by `notice`; sending it again changes nothing."""
    wanted = [int(text) for text in request.POST.getlist("notice")[:PAGE_LENGTH] if _is_id(text)]
    count = read_version_notices(actor=request.actor, notice_ids=wanted, now=timezone.now())
    if count:
        messages.success(request, f"已记录：{count} 条通知已阅。")
    else:
        messages.info(request, "这些通知此前已经记录为已阅，没有变化。")
    return redirect("notices:list")


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18
