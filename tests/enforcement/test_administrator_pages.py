"""The administrators' pages: each does its own part, none sees cases, and what one does the other two cannot."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enforcement.actors import ADMINISTRATORS, Role
from enforcement.errors import Refusal
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Account, RoleGrant, SecondFactor, SignInFailure
from enforcement.services.sign_in.attempts import counted_attempt
from tests.architecture.routes import all_routes
from tests.cast import Cast, make_account, raise_cast

pytestmark = pytest.mark.django_db
ROOT = "/administrator/"


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


@pytest.fixture
def people(cast: Cast) -> dict[Role, Client]:
    """One administrator of each duty for the whole province, signed in."""
    clients = {}
    for role in sorted(ADMINISTRATORS):
        account = make_account(
            role.value.replace("_", "-"), f"管理{role.value}", cast.province_market, role, line_code=""
        )
        clients[role] = Client()
        clients[role].force_login(account)
    return clients


def text(response: Any) -> str:
    return str(response.content.decode())


def messages_of(client: Client, response: Any) -> str:
    return text(client.get(response["Location"]))


# --- 系统管理员 -------------------------------------------------------------------------------------------------------


def test_an_account_is_made_with_a_password_shown_once(cast: Cast, people: dict[Role, Client]) -> None:
    client = people[Role.SYSTEM_ADMIN]
    sent = {"username": "new.officer", "display_name": "新来的", "agency": cast.city_market.name}
    made = client.post(f"{ROOT}accounts/new/", sent)
    page = text(made)
    assert made.status_code == 200 and made["Cache-Control"] == "no-store, private"
    password = re.search(r'id="one-time" value="([^"]+)"', page)
    account = Account.objects.get(username="new.officer")
    assert password is not None and account.check_password(password[1])
    assert account.must_change_password and account.agency == cast.city_market
    assert not account.grants.exists()
    assert password[1] not in text(client.get(f"{ROOT}accounts/{account.pk}/"))
    assert password[1] not in "".join(LedgerEntry.objects.values_list("payload", flat=True))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"username": ""}, "填写用户名"),
        ({"username": "X"}, "用户名应为 3 到 40 位"),
        ({"username": "officer"}, "这个用户名已有账号使用"),
        ({"display_name": " "}, "填写姓名"),
        ({"agency": "没有这样的局"}, "您管理的范围内没有这个机构"),
        ({"officer": "没有的工号"}, "没有这个工号的执法人员"),
        ({"username": "王 五", "officer": "没有的工号"}, "有 2 处需要改"),
    ],
)
def test_a_wrong_account_is_refused_and_nothing_typed_is_lost(
    cast: Cast, people: dict[Role, Client], changes: dict[str, str], sentence: str
) -> None:
    before = Account.objects.count()
    sent = {"username": "kept.name", "display_name": "保留的姓名", "agency": "", "officer": ""} | changes
    page = people[Role.SYSTEM_ADMIN].post(f"{ROOT}accounts/new/", sent)
    assert page.status_code == 400 and sentence in text(page)
    assert all(value.strip() in text(page) for value in sent.values())
    assert Account.objects.count() == before


def test_the_owner_is_corrected_and_a_second_administrator_sees_both_texts(
    cast: Cast, people: dict[Role, Client]
) -> None:
    client, address = people[Role.SYSTEM_ADMIN], f"{ROOT}accounts/{cast.officer.pk}/edit/"
    form = client.get(address).context["form"]
    opened = {name: str(form[name].value() or "") for name in form.fields}
    assert client.post(address, opened | {"display_name": "改后的姓名"}).status_code == 302
    late = client.post(address, opened | {"display_name": "另一个姓名"})
    assert late.status_code == 409 and "改后的姓名" in text(late) and "另一个姓名" in text(late)
    merge = late.context["merge"]
    assert client.post(address, {**dict(merge.hidden), "choice-display_name": "mine"}).status_code == 302
    cast.officer.refresh_from_db()
    assert (cast.officer.display_name, cast.officer.lock_version) == ("另一个姓名", 3)
    assert LedgerEntry.objects.filter(action="account_changed").count() == 2


@pytest.mark.parametrize(
    ("act", "holds"),
    [
        ("deactivate", lambda account: not account.is_active),
        ("reset-password", lambda account: account.must_change_password),
        ("reset-second-factor", lambda account: not SecondFactor.objects.filter(account=account).exists()),
        ("reopen", lambda account: not SignInFailure.objects.exists()),
    ],
)
def test_each_act_says_what_follows_and_is_recorded(
    cast: Cast, people: dict[Role, Client], act: str, holds: Any
) -> None:
    SecondFactor.objects.create(account=cast.officer, sealed_secret="x", confirmed_at=timezone.now())
    for _ in range(5):
        with pytest.raises(Refusal):
            counted_attempt(username="officer", check=lambda: None, refusal=Refusal("no", "不对"))
    client, address = people[Role.SYSTEM_ADMIN], f"{ROOT}accounts/{cast.officer.pk}/{act}/"
    page = text(client.get(address))
    assert cast.officer.username in page and "<form" in page
    entries = LedgerEntry.objects.count()
    assert client.post(address).status_code in (200, 302)
    cast.officer.refresh_from_db()
    assert holds(cast.officer)
    assert LedgerEntry.objects.count() == entries + 1


def test_a_closed_account_comes_back(cast: Cast, people: dict[Role, Client]) -> None:
    client = people[Role.SYSTEM_ADMIN]
    client.post(f"{ROOT}accounts/{cast.officer.pk}/deactivate/")
    assert "已停用" in text(client.get(f"{ROOT}accounts/?state=closed"))
    client.post(f"{ROOT}accounts/{cast.officer.pk}/reactivate/")
    cast.officer.refresh_from_db()
    assert cast.officer.is_active


def test_nobody_looks_after_their_own_account(cast: Cast, people: dict[Role, Client]) -> None:
    own = Account.objects.get(username="system-admin")
    client = people[Role.SYSTEM_ADMIN]
    assert "须由另一名管理员办理" in text(client.get(f"{ROOT}accounts/{own.pk}/"))
    refused = client.post(f"{ROOT}accounts/{own.pk}/deactivate/")
    assert "不能对自己的账号" in messages_of(client, refused)
    own.refresh_from_db()
    assert own.is_active


def test_an_administrator_of_one_city_does_not_know_of_another(cast: Cast) -> None:
    account = make_account("city-admin", "市管理员", cast.city_market, Role.SYSTEM_ADMIN)
    client = Client()
    client.force_login(account)
    assert cast.neighbour.username not in text(client.get(f"{ROOT}accounts/"))
    for tail in ("", "edit/", "deactivate/", "reset-password/"):
        assert client.get(f"{ROOT}accounts/{cast.neighbour.pk}/{tail}").status_code == 404
        assert client.get(f"{ROOT}accounts/{cast.officer.pk}/{tail}").status_code == 200


def test_a_search_by_name_stays_out_of_the_address(cast: Cast, people: dict[Role, Client]) -> None:
    client = people[Role.SYSTEM_ADMIN]
    found = client.post(f"{ROOT}accounts/search/", {"q": "执法人己", "state": "active"})
    assert "执法人" not in found["Location"] and "%E6" not in found["Location"]
    page = text(client.get(found["Location"]))
    assert cast.officer.display_name in page and cast.approver.display_name not in page
    assert "没有同时满足这些条件的账号" in text(client.get(f"{ROOT}accounts/?state=closed"))


# --- 安全管理员 -------------------------------------------------------------------------------------------------------


def test_a_duty_is_given_and_taken_back(cast: Cast, people: dict[Role, Client]) -> None:
    client, address = people[Role.SECURITY_ADMIN], f"{ROOT}accounts/{cast.officer.pk}/grant/"
    assert "审批处理建议" in text(client.get(address)), "what a duty opens stands beside it"
    given = client.post(address, {"role": "approver", "region_code": "5301", "line_code": "market"})
    assert "已授予" in messages_of(client, given)
    grant = RoleGrant.objects.get(account=cast.officer, role="approver")
    assert grant.granted_by is not None and grant.granted_by.username == "security-admin"
    page = text(client.get(f"{ROOT}duties/{grant.pk}/withdraw/"))
    assert "不能再：审批处理建议" in page
    client.post(f"{ROOT}duties/{grant.pk}/withdraw/")
    assert not RoleGrant.objects.filter(pk=grant.pk).exists()
    assert client.get(f"{ROOT}duties/{grant.pk}/withdraw/").status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"role": "", "region_code": "5301"}, "选择职责"),
        ({"role": "approver", "region_code": ""}, "填写行政区划代码"),
        ({"role": "approver", "region_code": "530"}, "完整代码"),
        ({"role": "approver", "region_code": "5399"}, "没有这个行政区划"),
        ({"role": "officer", "region_code": "5301", "line_code": "market"}, "已有这项职责"),
        ({"role": "audit_admin", "region_code": "53"}, "一人一职"),
        ({"role": "legal_reviewer", "region_code": "5301", "line_code": "market"}, "资格"),
    ],
)
def test_a_wrong_grant_is_refused_in_words(
    cast: Cast, people: dict[Role, Client], sent: dict[str, str], sentence: str
) -> None:
    before = RoleGrant.objects.count()
    page = people[Role.SECURITY_ADMIN].post(f"{ROOT}accounts/{cast.officer.pk}/grant/", sent)
    assert page.status_code == 400 and sentence in text(page)
    assert RoleGrant.objects.count() == before


def test_failed_sign_ins_and_the_second_factor_are_shown(cast: Cast, people: dict[Role, Client]) -> None:
    with pytest.raises(Refusal):
        counted_attempt(username="officer", check=lambda: None, refusal=Refusal("no", "不对"))
    page = text(people[Role.SECURITY_ADMIN].get(f"{ROOT}sign-ins/"))
    assert cast.officer.display_name in page and "登录未成功" in page
    assert "执法人员" in page


# --- 审计管理员 -------------------------------------------------------------------------------------------------------


def test_the_trail_is_filtered_opened_and_paged(cast: Cast, people: dict[Role, Client]) -> None:
    for _ in range(55):
        with pytest.raises(Refusal):
            counted_attempt(username="nobody-here", check=lambda: None, refusal=Refusal("no", "不对"))
        SignInFailure.objects.all().delete()
    client = people[Role.AUDIT_ADMIN]
    first = client.get(f"{ROOT}trail/")
    assert len(first.context["lines"]) == 50 and first.context["next_url"]
    second = client.get(f"{ROOT}trail/{first.context['next_url']}")
    assert len(second.context["lines"]) == 5
    entry = first.context["lines"][0].entry
    page = text(client.get(f"{ROOT}trail/{entry.pk}/"))
    assert entry.hash in page and entry.previous_hash in page
    assert "没有同时满足这些条件" in text(client.get(f"{ROOT}trail/?request_id=ZZZZ9999"))
    assert "不是日期" in text(client.get(f"{ROOT}trail/?since=昨天的昨天"))
    assert client.get(f"{ROOT}trail/?after=broken&action=x").status_code == 200
    assert client.get(f"{ROOT}trail/?subject_id=%00").status_code == 400
    named = client.post(f"{ROOT}trail/search/", {"actor_name": "公众", "chain": "province"})
    assert "公众" not in named["Location"]
    assert len(client.get(named["Location"]).context["lines"]) == 50
    assert client.get(f"{ROOT}trail/999999999/").status_code == 404


def test_the_trail_leaves_as_a_workbook_for_a_purpose_and_that_is_recorded(
    cast: Cast, people: dict[Role, Client]
) -> None:
    client = people[Role.AUDIT_ADMIN]
    assert client.post(f"{ROOT}trail/export/", {"purpose": "短"}).status_code == 400
    assert not LedgerEntry.objects.filter(action="trail_exported").exists()
    book = client.post(f"{ROOT}trail/export/", {"purpose": "年度检查用"})
    assert book["Content-Type"].endswith("spreadsheetml.sheet")
    entry = LedgerEntry.objects.get(action="trail_exported")
    assert entry.reason == "年度检查用"


def test_verification_says_what_holds_and_what_does_not(cast: Cast, people: dict[Role, Client]) -> None:
    people[Role.SYSTEM_ADMIN].post(f"{ROOT}accounts/{cast.officer.pk}/deactivate/")
    client = people[Role.AUDIT_ADMIN]
    assert "全部相符" in text(client.post(f"{ROOT}verification/"))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE enforcement_ledgerentry DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE enforcement_ledgerentry SET subject_label = '改过' WHERE action = 'account_deactivated'"
        )
        cursor.execute("ALTER TABLE enforcement_ledgerentry ENABLE TRIGGER USER")
    assert "处不符" in text(client.post(f"{ROOT}verification/"))


# --- 三员分立 ---------------------------------------------------------------------------------------------------------

OWN_ROUTES: dict[str, frozenset[Role]] = {
    "home": ADMINISTRATORS,
    **dict.fromkeys(
        ("accounts", "account_search", "account"), frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
    ),
    **dict.fromkeys(
        (
            "account_new",
            "account_edit",
            "account_deactivate",
            "account_reactivate",
            "account_reset_password",
            "account_reset_second_factor",
            "account_reopen",
        ),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    **dict.fromkeys(("grant", "duties", "withdraw", "sign_ins"), frozenset({Role.SECURITY_ADMIN})),
    **dict.fromkeys(
        ("trail", "trail_search", "trail_entry", "trail_export", "verification"),
        frozenset({Role.AUDIT_ADMIN}),
    ),
}


def test_every_page_belongs_to_somebody() -> None:
    names = {
        route.name.partition(":")[2] for route in all_routes() if route.name.startswith("administrator:")
    }
    assert names == OWN_ROUTES.keys()


def address(name: str, cast: Cast) -> str:
    keys = {
        "withdraw": RoleGrant.objects.get(account=cast.officer).pk,
        "trail_entry": 1,
    }
    try:
        return reverse(f"administrator:{name}")
    except Exception:
        return reverse(f"administrator:{name}", args=[keys.get(name, cast.officer.pk)])


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_no_duty_does_what_belongs_to_another(cast: Cast, people: dict[Role, Client], role: Role) -> None:
    """Every duty × every administrators' page that is not its own, by GET and POST: refused, nothing changed."""
    if role in people:
        client = people[role]
    else:
        client = Client()
        client.force_login(make_account(f"other-{role.value}", "他人", cast.city_market, role))
    entries = set(LedgerEntry.objects.values_list("action", flat=True))
    tried = 0
    for name, owners in OWN_ROUTES.items():
        if role in owners:
            continue
        for ask in (client.get, client.post):
            assert ask(address(name, cast)).status_code == 403, name
            tried += 1
    assert tried >= (10 if role in ADMINISTRATORS else 34)
    written = set(LedgerEntry.objects.values_list("action", flat=True)) - entries
    assert written <= {"access_refused"}
    cast.officer.refresh_from_db()
    assert cast.officer.is_active and cast.officer.grants.count() == 1


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS), ids=lambda role: role.value)
def test_no_administrator_opens_a_page_of_the_work(people: dict[Role, Client], role: Role) -> None:
    from tests.architecture.test_routes import example_address

    opened = [
        route.name
        for route in all_routes()
        if route.audience in ("officer", "supervisor")
        for ask in (people[role].get, people[role].post)
        if ask(example_address(route)).status_code not in (403, 405)
    ]
    assert opened == []


@pytest.mark.parametrize("name", ["accounts", "duties", "trail"])
def test_lists_cost_the_same_however_many_rows(cast: Cast, people: dict[Role, Client], name: str) -> None:
    client = people[next(iter(OWN_ROUTES[name]))]
    where = reverse(f"administrator:{name}")

    def cost() -> int:
        client.get(where)
        with CaptureQueriesContext(connection) as queries:
            client.get(where)
        return len(queries)

    few = cost()
    for number in range(30):
        make_account(f"more-{number}", f"更多{number}", cast.city_market, Role.OFFICER)
    assert cost() == few
