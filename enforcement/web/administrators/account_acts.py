"""What is done to one account with a button: a page that says what follows, then the act, after a fresh proof of identity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from enforcement.actors import Actor, Role
from enforcement.errors import Refusal
from enforcement.models import Account
from enforcement.services.accounts.account_state import deactivate_account, reactivate_account
from enforcement.services.accounts.change_account import reopen_sign_in
from enforcement.services.accounts.create_account import NewSignIn
from enforcement.services.accounts.reset_sign_in import reset_password, reset_second_factor
from enforcement.web.access import ActorRequest, administrator_page
from enforcement.web.administrators.account_views import account_or_404, one_time_password_page
from enforcement.web.documents.refusals import add_to_messages
from enforcement.web.fresh_sign_in import fresh_sign_in


@dataclass(frozen=True, slots=True)
class OneAccountAct:
    """`run(actor=, account_id=)` is the service; `consequence` says what follows before the button is pressed."""

    label: str
    consequence: str
    done: str
    run: Callable[..., Account | NewSignIn]


ACTS: dict[str, OneAccountAct] = {
    "deactivate": OneAccountAct(
        "停用账号",
        "本人立即退出所有登录，以后不能登录。职责和办理记录保留，可以恢复。",
        "已停用账号“{name}”。",
        deactivate_account,
    ),
    "reactivate": OneAccountAct(
        "恢复账号", "本人可以重新登录，原有职责继续有效。", "已恢复账号“{name}”。", reactivate_account
    ),
    "reset-password": OneAccountAct(
        "重置密码",
        "生成一次性密码，只显示一次。本人的登录和接口密钥全部失效，下次登录须修改密码。",
        "",
        reset_password,
    ),
    "reset-second-factor": OneAccountAct(
        "重置动态口令",
        "原有动态口令和恢复码失效，本人退出所有登录，下次登录重新设置。先当面核实本人身份。",
        "已重置账号“{name}”的动态口令。",
        reset_second_factor,
    ),
    "reopen": OneAccountAct(
        "解除登录限制",
        "清除这个用户名登录未成功的记录，本人可以马上再试。先核实是否本人操作。",
        "已解除账号“{name}”的登录限制。",
        reopen_sign_in,
    ),
}


@administrator_page(Role.SYSTEM_ADMIN)
@fresh_sign_in
def act_page(request: ActorRequest, account_id: int, act: str) -> HttpResponse:
    """What follows, and the one button."""
    wanted, found = ACTS[act], account_or_404(request, account_id)
    if request.method == "POST":
        return _done(request, wanted, found, request.actor)
    context = {
        "account": found,
        "act": wanted,
        "crumbs": [
            {"label": "账号", "url": reverse("administrator:accounts")},
            {"label": found.display_name, "url": reverse("administrator:account", args=[found.pk])},
            {"label": wanted.label, "url": ""},
        ],
    }
    return render(request, "administrator/account_act.html", context)


def _done(request: ActorRequest, wanted: OneAccountAct, found: Account, actor: Actor) -> HttpResponse:
    try:
        result = wanted.run(actor=actor, account_id=found.pk)
    except Refusal as refusal:
        add_to_messages(request, refusal)
        return redirect("administrator:account", found.pk)
    if isinstance(result, NewSignIn):
        return one_time_password_page(request, result.account, result.one_time_password, what="密码已重置")
    messages.success(request, wanted.done.format(name=found.username))
    return redirect("administrator:account", found.pk)
