"""The trail as the audit administrator reads it: filtered, each entry whole, as a workbook, and recomputed. Read-only."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from enforcement.actors import Role
from enforcement.ledger.action_names import LedgerAction
from enforcement.selectors.trail import TrailFilter, chains_for, find_trail_line, trail
from enforcement.services.export_trail import MOST_ROWS, export_trail
from enforcement.services.run_verification import run_verification, verification_state
from enforcement.typed_dates import read_date
from enforcement.web.access import ActorRequest, administrator_page
from enforcement.web.fresh_sign_in import fresh_sign_in
from enforcement.web.kept_searches import keep_search, kept_search
from enforcement.web.register.exchange_views import workbook_response

audit_page = administrator_page(Role.AUDIT_ADMIN)
# What may stand in an address; a person's name is kept in the session instead.
SHOWN = ("since", "until", "action", "chain", "request_id", "subject_type", "subject_id")


@audit_page
def index(request: ActorRequest) -> HttpResponse:
    """Fifty entries as sentences, newest first."""
    narrowed, problems, mark = _narrowed(request)
    cursor = request.GET.get("after", "")
    page = trail(actor=request.actor, narrowed=narrowed, cursor=cursor)
    kept = _kept(request.GET, mark if narrowed.actor_name else "")
    context = {
        "lines": page.lines,
        "chosen": {name: request.GET.get(name, "") for name in SHOWN},
        "actor_name": narrowed.actor_name,
        "problems": problems,
        "actions": LedgerAction.choices,
        "chains": chains_for(actor=request.actor),
        "is_narrowed": bool(kept),
        "first_url": _query(kept) if cursor else "",
        "next_url": _query({**kept, "after": page.next_cursor}) if page.next_cursor else "",
        "export_url": reverse("administrator:trail_export") + _query(kept),
    }
    return render(request, "administrator/trail.html", context)


@audit_page
@require_POST
def search(request: ActorRequest) -> HttpResponse:
    mark = keep_search(request, request.POST.get("actor_name", ""))
    return redirect(reverse("administrator:trail") + _query(_kept(request.POST, mark)))


@audit_page
def entry(request: ActorRequest, entry_id: int) -> HttpResponse:
    """One entry with everything its hash covers."""
    line = find_trail_line(actor=request.actor, entry_id=entry_id)
    if line is None:
        raise Http404("没有找到这条记录，或者它不在您审计的范围内。")
    row = line.entry
    chain_name = dict(chains_for(actor=request.actor)).get(row.chain, row.chain)
    context = {
        "line": line,
        "chain_name": chain_name,
        "payload": json.dumps(json.loads(row.payload), ensure_ascii=False, indent=2),
        "commitments": row.committed(),
        "same_request": f"{reverse('administrator:trail')}?request_id={row.request_id}"
        if row.request_id
        else "",
        "same_subject": f"{reverse('administrator:trail')}?subject_type={row.subject_type}&subject_id={row.subject_id}",
        "crumbs": [
            {"label": "操作记录", "url": reverse("administrator:trail")},
            {"label": f"{chain_name}第 {row.sequence} 条", "url": ""},
        ],
    }
    return render(request, "administrator/trail_entry.html", context)


class TrailExportForm(forms.Form):
    purpose = forms.CharField(
        label="用途",
        max_length=100,
        min_length=5,
        help_text="至少 5 个字，记入操作记录。",
        error_messages={"required": "填写用途", "min_length": "用途至少写 5 个字"},
    )


@audit_page
@fresh_sign_in
def export(request: ActorRequest) -> HttpResponse:
    """The filtered entries as a workbook, after a purpose was given; itself recorded."""
    narrowed, problems, _mark = _narrowed(request)
    form = TrailExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not problems:
        content = export_trail(actor=request.actor, narrowed=narrowed, purpose=form.cleaned_data["purpose"])
        day = timezone.localdate()
        return workbook_response(content, f"操作记录（{day}）", f"trail-{day}")
    context = {
        "form": form,
        "problems": problems,
        "most": MOST_ROWS,
        "crumbs": [
            {"label": "操作记录", "url": reverse("administrator:trail")},
            {"label": "导出", "url": ""},
        ],
    }
    return render(
        request, "administrator/trail_export.html", context, status=400 if form.is_bound or problems else 200
    )


@audit_page
def verification(request: ActorRequest) -> HttpResponse:
    """Recompute the chains on demand; a large ledger is verified at the console."""
    state = verification_state()
    findings = None
    if request.method == "POST" and state.may_run_here:
        findings = run_verification(actor=request.actor)
    return render(request, "administrator/verification.html", {"state": state, "findings": findings})


def _narrowed(request: ActorRequest) -> tuple[TrailFilter, list[str], str]:
    """The filter of the address, what in it cannot be read, and the mark of the kept name."""
    shown, problems = request.GET, []
    days: dict[str, dt.date | None] = {}
    for name, label in (("since", "起始日期"), ("until", "截止日期")):
        typed = shown.get(name, "").strip()
        days[name] = read_date(typed) if typed else None
        if typed and days[name] is None:
            problems.append(f"{label}“{typed}”不是日期，例如 2026.3.5")
    mark = shown.get("search", "")
    rest: dict[str, Any] = {name: shown.get(name, "") for name in SHOWN[2:]}
    narrowed = TrailFilter(
        since=days["since"], until=days["until"], actor_name=kept_search(request, mark), **rest
    )
    return narrowed, problems, mark


def _kept(values: QueryDict, mark: str) -> dict[str, str]:
    kept = {name: values.get(name, "").strip() for name in SHOWN}
    return {name: value for name, value in {**kept, "search": mark}.items() if value}


def _query(values: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(values)
    return f"?{query.urlencode()}"
