"""The side navigation of staff pages, from the duties of the actor."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from enforcement.actors import ADMINISTRATORS, CASE_ROLES, WORKING_ROLES, Actor, Role


@dataclass(frozen=True, slots=True)
class NavigationItem:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class NavigationGroup:
    title: str
    items: tuple[NavigationItem, ...]


# (group, label, url name, duties that see it)
ENTRIES: tuple[tuple[str, str, str, frozenset[Role]], ...] = (
    ("办理", "待办", "cases:home", WORKING_ROLES),
    ("办理", "案件", "cases:list", CASE_ROLES),
    ("办理", "版本通知", "notices:list", WORKING_ROLES),
    ("依据", "减免责清单", "lists:index", WORKING_ROLES),
    ("依据", "清单覆盖情况", "cases:coverage", frozenset({Role.COMPILER})),
    ("依据", "裁量权基准", "standards:index", WORKING_ROLES),
    ("依据", "综合查一次清单", "joint:index", WORKING_ROLES),
    ("依据", "权责清单", "responsibility:index", WORKING_ROLES),
    ("登记", "基础信息", "register:index", WORKING_ROLES),
    ("登记", "到期提醒", "register_people:warnings", WORKING_ROLES),
    ("监督", "办案概况", "supervisor:home", frozenset({Role.SUPERVISOR})),
    ("监督", "预警", "supervisor:alarms", frozenset({Role.SUPERVISOR})),
    ("监督", "不采纳记录", "supervisor:departures", frozenset({Role.SUPERVISOR})),
    ("监督", "集中查看个人信息", "supervisor:read_alerts", frozenset({Role.SUPERVISOR})),
    ("监督", "执法人员", "supervisor_officers:list", frozenset({Role.SUPERVISOR})),
    ("监督", "到期提醒", "supervisor_register:warnings", frozenset({Role.SUPERVISOR})),
    ("管理", "概况", "administrator:home", ADMINISTRATORS),
    ("管理", "账号", "administrator:accounts", frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})),
    ("管理", "职责授权", "administrator:duties", frozenset({Role.SECURITY_ADMIN})),
    ("管理", "登录情况", "administrator:sign_ins", frozenset({Role.SECURITY_ADMIN})),
    ("管理", "操作记录", "administrator:trail", frozenset({Role.AUDIT_ADMIN})),
    ("管理", "核验账本", "administrator:verification", frozenset({Role.AUDIT_ADMIN})),
    ("公开", "公示网站", "public:home", frozenset(Role)),
    ("账号", "我的账号", "account:home", frozenset(Role)),
)


def navigation_for(actor: Actor, path: str) -> tuple[NavigationGroup, ...]:
    """Groups the actor may open; the entry whose address is the longest prefix of `path` is current."""
    seen = [(group, label, reverse(name)) for group, label, name, duties in ENTRIES if actor.roles & duties]
    matching = [url for _, _, url in seen if path.startswith(url)]
    current = max(matching, key=len, default=None)
    groups: dict[str, list[NavigationItem]] = {}
    for group, label, url in seen:
        groups.setdefault(group, []).append(NavigationItem(label=label, url=url, current=url == current))
    return tuple(NavigationGroup(title=title, items=tuple(items)) for title, items in groups.items())


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context processor; public pages carry their own navigation."""
    actor = getattr(request, "actor", None)
    if actor is None or not actor.is_signed_in:
        return {"navigation": ()}
    return {"navigation": navigation_for(actor, request.path)}
