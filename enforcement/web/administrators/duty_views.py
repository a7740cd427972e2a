"""Duties: given and taken back by a security administrator, after a fresh proof of identity."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from enforcement.actors import ROLE_LABELS, Role
from enforcement.errors import Refusal
from enforcement.selectors.administered_accounts import (
    GrantFilter,
    factor_coverage,
    find_grant,
    grantable_regions,
    line_choices,
    list_grants,
    recent_refusals,
    region_names,
)
from enforcement.services.accounts.grant_duty import grant_duty, withdraw_duty
from enforcement.web.access import ActorRequest, administrator_page
from enforcement.web.administrators.account_forms import DUTY_OPENS, GrantForm
from enforcement.web.administrators.account_views import account_or_404
from enforcement.web.documents.refusals import add_to_form, add_to_messages
from enforcement.web.fresh_sign_in import fresh_sign_in

security_page = administrator_page(Role.SECURITY_ADMIN)
REFUSALS_SHOWN_FOR = dt.timedelta(days=7)


@security_page
def index(request: ActorRequest) -> HttpResponse:
    """Every duty in reach, narrowed by duty and region."""
    role, region = request.GET.get("role", ""), request.GET.get("region", "").strip()
    after = request.GET.get("after", "")
    grants, next_id = list_grants(
        actor=request.actor,
        narrowed=GrantFilter(role, region),
        after=int(after) if after.isascii() and after.isdigit() and len(after) < 18 else 0,
    )
    regions, lines = region_names({grant.region_code for grant in grants}), dict(line_choices())
    kept = "".join(f"&{name}={value}" for name, value in (("role", role), ("region", region)) if value)
    context = {
        "rows": [
            {
                "grant": grant,
                "region": regions.get(grant.region_code, grant.region_code),
                "line": lines.get(grant.line_code, "全部条线"),
            }
            for grant in grants
        ],
        "roles": [(one.value, ROLE_LABELS[one]) for one in Role],
        "regions": grantable_regions(actor=request.actor),
        "role": role,
        "region": region,
        "next_url": f"?after={next_id}{kept}" if next_id else "",
        "first_url": f"?{kept.lstrip('&')}" if after else "",
    }
    return render(request, "administrator/duties.html", context)


@security_page
@fresh_sign_in
def grant(request: ActorRequest, account_id: int) -> HttpResponse:
    """Give one duty; what each opens stands beside it."""
    account = account_or_404(request, account_id)
    place = (
        {"region_code": account.agency.region_code, "line_code": account.agency.line_code}
        if account.agency
        else {}
    )
    form = GrantForm(request.POST or None, initial=place)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            given = grant_duty(
                actor=request.actor,
                account_id=account.pk,
                role=Role(cleaned["role"]),
                region_code=cleaned["region_code"].strip(),
                line_code=cleaned["line_code"],
            )
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            messages.success(
                request,
                f"已授予{account.display_name}“{given.get_role_display()}”职责，下一次打开页面时生效。",
            )
            return redirect("administrator:account", account.pk)
    context = {
        "account": account,
        "form": form,
        "regions": grantable_regions(actor=request.actor),
        "crumbs": [
            {"label": "账号", "url": reverse("administrator:accounts")},
            {"label": account.display_name, "url": reverse("administrator:account", args=[account.pk])},
            {"label": "授予职责", "url": ""},
        ],
    }
    return render(request, "administrator/grant.html", context, status=400 if form.is_bound else 200)


@security_page
@fresh_sign_in
def withdraw(request: ActorRequest, grant_id: int) -> HttpResponse:
    """What the person loses, and the one button."""
    found = find_grant(actor=request.actor, grant_id=grant_id)
    if found is None:
        raise Http404("没有找到这项职责，可能已经收回。")
    account = found.account
    if request.method == "POST":
        try:
            withdraw_duty(actor=request.actor, grant_id=grant_id)
        except Refusal as refusal:
            add_to_messages(request, refusal)
        else:
            messages.success(request, f"已收回{account.display_name}的“{found.get_role_display()}”职责。")
        return redirect("administrator:account", account.pk)
    context = {
        "grant": found,
        "account": account,
        "opens": DUTY_OPENS[Role(found.role)],
        "region": region_names({found.region_code}).get(found.region_code, found.region_code),
        "line": dict(line_choices()).get(found.line_code, "全部条线"),
        "crumbs": [
            {"label": "账号", "url": reverse("administrator:accounts")},
            {"label": account.display_name, "url": reverse("administrator:account", args=[account.pk])},
            {"label": "收回职责", "url": ""},
        ],
    }
    return render(request, "administrator/withdraw.html", context)


@security_page
def sign_ins(request: ActorRequest) -> HttpResponse:
    """Failed sign-ins and refused pages of the last seven days, and who has a second factor."""
    context = {
        "lines": recent_refusals(actor=request.actor, since=timezone.now() - REFUSALS_SHOWN_FOR),
        "coverage": factor_coverage(actor=request.actor),
        "days": REFUSALS_SHOWN_FOR.days,
    }
    return render(request, "administrator/sign_ins.html", context)
