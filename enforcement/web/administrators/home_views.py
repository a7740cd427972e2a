"""Where the three administrators start: how the installation stands, and the way to each one's own pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from enforcement.actors import Role
from enforcement.selectors.system_overview import system_overview
from enforcement.web.access import ActorRequest, administrator_page

CARDS = (
    (Role.SYSTEM_ADMIN, "账号", "administrator:accounts", "建立、停用账号，重置密码和动态口令"),
    (Role.SECURITY_ADMIN, "账号和职责", "administrator:accounts", "查看账号，授予和收回职责"),
    (Role.SECURITY_ADMIN, "职责授权", "administrator:duties", "按职责和区划查看全部授权"),
    (Role.SECURITY_ADMIN, "登录情况", "administrator:sign_ins", "登录未成功和被拒绝的操作，动态口令启用情况"),
    (Role.AUDIT_ADMIN, "操作记录", "administrator:trail", "谁在什么时候以什么职责做了什么"),
    (Role.AUDIT_ADMIN, "核验账本", "administrator:verification", "重新计算每条链，与见证文件比对"),
)


@administrator_page()
def home(request: ActorRequest) -> HttpResponse:
    context = {
        "cards": [card[1:] for card in CARDS if card[0] in request.actor.roles],
        "overview": system_overview(now=timezone.now()),
    }
    return render(request, "administrator/home.html", context)
