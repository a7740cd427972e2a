"""预警: alarms about leniency, and the supervisor's acts: read the file, ask the agency, record a finding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cases.models import AlarmFinding, AlarmKind, LeniencyAlarm
from cases.selectors.leniency_alarms import visible_alarms
from cases.web.forms import add_refusal
from enforcement.errors import Refusal
from enforcement.web.access import supervisor_page
from enforcement.web.submitted_once import submitted_once, took_effect
from supervision.alarm_counts import STATES, alarms_in_view, usefulness
from supervision.services.settle_alarm import inquire_about_alarm, settle_alarm
from supervision.web.forms import OverviewForm

PAGE_SIZE = 50
WHAT = "这条记录"


class AlarmFilterForm(OverviewForm):
    kind = forms.ChoiceField(label="类型", required=False, choices=[("", "全部类型"), *AlarmKind.choices])
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *STATES])


class InquiryForm(forms.Form):
    question = forms.CharField(
        label="要求说明的问题",
        help_text="办案机关的承办人和负责人都能看到，只能要求一次。",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "写明要求说明的问题"},
    )


class SettlementForm(forms.Form):
    finding = forms.ChoiceField(
        label="核查结论",
        choices=AlarmFinding,
        widget=forms.RadioSelect,
        error_messages={"required": "选择核查结论"},
    )
    reasons = forms.CharField(
        label="核查理由",
        help_text="至少 10 字。记录后不能修改。",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "写明核查理由，至少 10 字"},
    )


@require_safe
@supervisor_page
def index(request: Any) -> HttpResponse:
    form = AlarmFilterForm(request.GET or None, actor=request.actor)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    alarms = alarms_in_view(
        actor=request.actor,
        narrowed=form.narrowed(),
        kind=chosen.get("kind", ""),
        state=chosen.get("state", ""),
    )
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "form": form,
        "page": Paginator(alarms, PAGE_SIZE).get_page(request.GET.get("page")),
        "query": kept.urlencode(),
        "usefulness": usefulness(actor=request.actor, today=timezone.localdate()),
    }
    return render(request, "supervision/alarms.html", context)


@require_safe
@supervisor_page
def alarm(request: Any, alarm_id: int) -> HttpResponse:
    return _page(request, _alarm_or_404(request, alarm_id))


@supervisor_page
@require_POST
@submitted_once
def inquire(request: Any, alarm_id: int) -> HttpResponse:
    form = InquiryForm(request.POST, prefix="inquiry")

    def act() -> object:
        return inquire_about_alarm(
            actor=request.actor, alarm_id=alarm_id, now=timezone.now(), **form.cleaned_data
        )

    return _done(request, alarm_id, form, act, "已要求办案机关说明。") or _page(
        request, _alarm_or_404(request, alarm_id), inquiry=form
    )


@supervisor_page
@require_POST
@submitted_once
def settle(request: Any, alarm_id: int) -> HttpResponse:
    form = SettlementForm(request.POST, prefix="settlement")

    def act() -> object:
        return settle_alarm(actor=request.actor, alarm_id=alarm_id, now=timezone.now(), **form.cleaned_data)

    return _done(request, alarm_id, form, act, "已记录核查结论。") or _page(
        request, _alarm_or_404(request, alarm_id), settlement=form
    )


def _done(
    request: Any, alarm_id: int, form: forms.Form, act: Callable[[], object], words: str
) -> HttpResponse | None:
    """The way back to the alarm when the act took effect, None when the form says why not."""
    _alarm_or_404(request, alarm_id)
    if not form.is_valid():
        return None
    try:
        act()
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None
    messages.success(request, words)
    return took_effect(request, redirect("supervisor:alarm", alarm_id), what=WHAT)


def _alarm_or_404(request: Any, alarm_id: int) -> LeniencyAlarm:
    found = visible_alarms(actor=request.actor).filter(pk=alarm_id).first()
    if found is None:
        raise Http404("没有找到这条预警，或者您没有查看它的权限。")
    return found


def _page(
    request: Any,
    found: LeniencyAlarm,
    *,
    inquiry: InquiryForm | None = None,
    settlement: SettlementForm | None = None,
) -> HttpResponse:
    sent = inquiry or settlement
    context = {
        "alarm": found,
        "inquiry": inquiry or InquiryForm(prefix="inquiry"),
        "settlement": settlement or SettlementForm(prefix="settlement"),
        "form": sent,
    }
    return render(request, "supervision/alarm.html", context, status=400 if sent is not None else 200)
