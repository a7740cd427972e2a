"""The account's own keys for programs: issued after a fresh proof of identity, shown once, stopped at once."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from enforcement.errors import InvalidInput
from enforcement.models import ApiKey
from enforcement.services.api_keys import issue_api_key, keys_of, revoke_api_key
from enforcement.web.access import ActorRequest, account_page
from enforcement.web.account.frame import frame
from enforcement.web.fresh_sign_in import fresh_sign_in


class ApiKeyForm(forms.Form):
    purpose = forms.CharField(
        label="用途",
        max_length=60,
        help_text="例如：从执法系统导入案件。",
        error_messages={"required": "填写用途"},
    )
    days = forms.IntegerField(
        label="有效天数",
        help_text="1 至 365 天。",
        initial=90,
        min_value=1,
        max_value=365,
        widget=forms.TextInput(attrs={"class": "input-short", "inputmode": "numeric"}),
        error_messages={
            "required": "填写有效天数",
            "invalid": "有效天数应为整数",
            "min_value": "有效期为 1 至 365 天",
            "max_value": "有效期为 1 至 365 天",
        },
    )


@account_page
@fresh_sign_in
def api_keys(request: ActorRequest) -> HttpResponse:
    """List and issue. The key is in this one answer only, never in an address or a session."""
    form, issued = ApiKeyForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _, issued = issue_api_key(actor=request.actor, now=timezone.now(), **form.cleaned_data)
        except InvalidInput as refusal:
            for problem in refusal.problems:
                form.add_error(None, problem)
        else:
            form = ApiKeyForm()
    now = timezone.now()
    context = frame(request, title="接口密钥") | {
        "form": form,
        "issued": issued,
        "keys": [(key, key.is_valid_at(now)) for key in keys_of(actor=request.actor)],
    }
    return render(request, "account/api_keys.html", context, status=400 if form.is_bound else 200)


@account_page
@require_POST
def revoke(request: ActorRequest, key_id: int) -> HttpResponse:
    try:
        key = revoke_api_key(actor=request.actor, key_id=key_id, now=timezone.now())
    except ApiKey.DoesNotExist:
        raise Http404("没有找到这个密钥。") from None
    messages.success(request, f"密钥 {key.prefix} 已停用。")
    return redirect("account:api_keys")
