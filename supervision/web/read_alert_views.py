"""集中查看个人信息: what the alarm noticed, and what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from enforcement.errors import Refusal
from enforcement.models import SensitiveReadAlert
from enforcement.selectors.read_alerts import visible_read_alerts
from enforcement.services.settle_read_alert import settle_read_alert
from enforcement.web.access import supervisor_page

PAGE_SIZE = 50


class FindingForm(forms.Form):
    finding = forms.CharField(
        label="核实结果",
        help_text="写明查看是否因办案需要，以及采取的措施。不要写号码。",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "写明核实结果"},
    )


@require_safe
@supervisor_page
def index(request: Any) -> HttpResponse:
    alerts = visible_read_alerts(actor=request.actor)
    page = Paginator(alerts, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "supervision/read_alerts.html", {"page": page, "query": ""})


@require_http_methods(["GET", "HEAD", "POST"])
@supervisor_page
def settle(request: Any, alert_id: int) -> HttpResponse:
    alert = visible_read_alerts(actor=request.actor).filter(pk=alert_id).first()
    if alert is None:
        raise Http404("没有找到这条提醒，或者您没有查看它的权限。")
    form = FindingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _settled(request, form, alert):
        return redirect("supervisor:read_alerts")
    status = 400 if form.is_bound else 200
    return render(request, "supervision/read_alert.html", {"alert": alert, "form": form}, status=status)


def _settled(request: Any, form: FindingForm, alert: SensitiveReadAlert) -> bool:
    try:
        settle_read_alert(
            actor=request.actor,
            alert_id=alert.pk,
            finding=form.cleaned_data["finding"],
            now=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return False
    messages.success(request, "已记录核实结果。")
    return True
