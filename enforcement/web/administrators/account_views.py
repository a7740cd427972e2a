"""Accounts: made, corrected, closed and let in again by a system administrator; read by a security administrator too."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from enforcement.actors import ROLE_LABELS, Role
from enforcement.errors import Refusal
from enforcement.models import Account
from enforcement.selectors.administered_accounts import (
    AccountFilter,
    agencies_in_reach,
    closed_until,
    find_account,
    list_accounts,
    region_names,
)
from enforcement.selectors.administered_accounts import line_choices as lines
from enforcement.services.accounts.change_account import change_account
from enforcement.services.accounts.create_account import create_account
from enforcement.web.access import ActorRequest, administrator_page
from enforcement.web.administrators.account_forms import ChangedAccountForm, NewAccountForm, initial_of
from enforcement.web.documents.refusals import add_to_form
from enforcement.web.fresh_sign_in import fresh_sign_in
from enforcement.web.kept_searches import keep_search, kept_search
from enforcement.web.stale_saves import merge_answer, save_or_merge

keepers_page = administrator_page(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
system_page = administrator_page(Role.SYSTEM_ADMIN)

STATES = (
    ("active", "可以登录"),
    ("closed", "已停用"),
    ("no_factor", "没有动态口令"),
    ("no_duty", "没有职责"),
)
FILTERS = ("state", "role", "agency")


@keepers_page
def index(request: ActorRequest) -> HttpResponse:
    """Accounts in reach, narrowed and paged by user name."""
    mark, cursor = request.GET.get("search", ""), request.GET.get("after", "")
    words = kept_search(request, mark)
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    page = list_accounts(
        actor=request.actor,
        narrowed=AccountFilter(words, chosen["state"], chosen["role"], chosen["agency"]),
        cursor=cursor,
    )
    kept = {name: value for name, value in {**chosen, "search": mark if words else ""}.items() if value}
    context = {
        "accounts": page.accounts,
        "query": words,
        "chosen": chosen,
        "states": STATES,
        "roles": [(role.value, ROLE_LABELS[role]) for role in Role],
        "is_narrowed": bool(kept),
        "search_is_gone": bool(mark) and not words,
        "first_url": _query(kept) if cursor else "",
        "next_url": _query({**kept, "after": page.next_cursor}) if page.next_cursor else "",
        "may_create": Role.SYSTEM_ADMIN in request.actor.roles,
    }
    return render(request, "administrator/accounts.html", context)


@keepers_page
@require_POST
def search(request: ActorRequest) -> HttpResponse:
    """A name is sent by POST, so that no address holds it."""
    chosen = {name: request.POST.get(name, "") for name in FILTERS}
    mark = keep_search(request, request.POST.get("q", ""))
    kept = {name: value for name, value in {**chosen, "search": mark}.items() if value}
    return redirect(reverse("administrator:accounts") + _query(kept))


@system_page
@fresh_sign_in
def create(request: ActorRequest) -> HttpResponse:
    """A new account; its one-time password is in this one answer only."""
    form = NewAccountForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_account(actor=request.actor, username=form.cleaned_data["username"], **form.owner())
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            return one_time_password_page(
                request, made.account, made.one_time_password, what="账号已建立", draft_done=True
            )
    context = {
        "form": form,
        "agencies": agencies_in_reach(actor=request.actor),
        "crumbs": _crumbs("建立账号"),
    }
    return render(request, "administrator/account_new.html", context, status=400 if form.is_bound else 200)


@keepers_page
def account(request: ActorRequest, account_id: int) -> HttpResponse:
    """One account: its owner, its ways in, and its duties."""
    found = account_or_404(request, account_id)
    grants = list(found.grants.all())
    regions, line_names = region_names({grant.region_code for grant in grants}), dict(lines())
    context = {
        "account": found,
        "closed_until": closed_until(found, now=timezone.now()),
        "grants": [
            {
                "grant": grant,
                "region": regions.get(grant.region_code, grant.region_code),
                "line": line_names.get(grant.line_code, "全部条线"),
            }
            for grant in grants
        ],
        "is_system": Role.SYSTEM_ADMIN in request.actor.roles,
        "is_security": Role.SECURITY_ADMIN in request.actor.roles,
        "is_own": found.pk == request.actor.account_id,
        "crumbs": _crumbs(found.display_name),
    }
    return render(request, "administrator/account.html", context)


@system_page
def edit(request: ActorRequest, account_id: int) -> HttpResponse:
    """Correct the owner; a change made meanwhile leads to the merge page."""
    found = account_or_404(request, account_id)

    def bound(data: QueryDict | None) -> ChangedAccountForm:
        return ChangedAccountForm(data, actor=request.actor, initial=initial_of(found))

    if request.method != "POST":
        return _edit_page(request, found, bound(None))

    def current() -> ChangedAccountForm:
        nonlocal found
        found = account_or_404(request, account_id)
        return bound(None)

    outcome = save_or_merge(
        request,
        current=current,
        bind=bound,
        save=lambda form: change_account(
            actor=request.actor,
            account_id=account_id,
            expected_lock=form.cleaned_data["lock_version"],
            **form.owner(),
        ),
        show=add_to_form,
    )
    if outcome.page is not None:
        return merge_answer(
            request,
            outcome.page,
            base_template="administrator/base.html",
            heading=f"合并两处修改：{found.display_name}",
            cancel_url=reverse("administrator:account", args=[account_id]),
            crumbs=_crumbs(found.display_name),
        )
    if outcome.saved is not None:
        messages.success(request, f"已保存账号“{outcome.saved.username}”。")
        return redirect("administrator:account", account_id)
    return _edit_page(request, found, outcome.form)


def one_time_password_page(
    request: ActorRequest, account: Account, password: str, *, what: str, draft_done: bool = False
) -> HttpResponse:
    """Shown once, to be handed over; the answer is not kept by browser or server."""
    context = {
        "account": account,
        "password": password,
        "what": what,
        "crumbs": _crumbs(account.display_name),
    }
    answer = render(request, "administrator/one_time_password.html", context)
    answer.form_is_done = draft_done  # type: ignore[attr-defined]
    return answer


def account_or_404(request: ActorRequest, account_id: int) -> Account:
    found = find_account(actor=request.actor, account_id=account_id)
    if found is None:
        raise Http404("没有找到这个账号，或者它不在您管理的范围内。")
    return found


def _edit_page(request: ActorRequest, found: Account, form: ChangedAccountForm) -> HttpResponse:
    context: dict[str, Any] = {
        "account": found,
        "form": form,
        "agencies": agencies_in_reach(actor=request.actor),
        "crumbs": _crumbs("修改账号", of=found),
    }
    return render(request, "administrator/account_edit.html", context, status=400 if form.is_bound else 200)


def _crumbs(label: str, of: Account | None = None) -> list[dict[str, str]]:
    """Accounts, the account where the page is about an act on it, and the page itself."""
    crumbs = [{"label": "账号", "url": reverse("administrator:accounts")}]
    if of is not None:
        crumbs.append({"label": of.display_name, "url": reverse("administrator:account", args=[of.pk])})
    return [*crumbs, {"label": label, "url": ""}]


def _query(values: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(values)
    return f"?{query.urlencode()}"
