"""The interface: who may call it, what it shows, versions, repeated requests, and what nobody sets from outside."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from cases.models import Case, Decision
from cases.web.api.acts import ACTS
from cases.web.api.shapes import CaseGiven
from enforcement.actors import Role, actor_for
from enforcement.errors import InvalidInput
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Account, ApiKey, Party
from enforcement.services.api_keys import issue_api_key, revoke_api_key
from tests.case_builders import (
    MINOR_CORRECTED,
    CaseWorld,
    answer,
    make_case,
    make_party,
    make_world,
    valid_id_number,
    valid_uscc,
)
from tests.cases.api_client import Program
from tests.cases.doors import DOORS, staged, written
from tests.cases.test_officer_gate_api import new_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


# --- Keys -----------------------------------------------------------------------------------------------------------
def test_a_key_is_shown_once_and_kept_as_a_digest(world: CaseWorld) -> None:
    key, text = issue_api_key(actor=world.officer, purpose="导入", days=365, now=timezone.now())
    assert text.startswith(f"{key.prefix}_")
    assert len(text) > 50
    secret = text.removeprefix(f"{key.prefix}_")
    assert secret not in str(ApiKey.objects.values().get(pk=key.pk))
    assert not LedgerEntry.objects.filter(payload__contains=secret).exists()
    with pytest.raises(InvalidInput, match="有效期为 1 至 365 天"):
        issue_api_key(actor=world.officer, purpose="导入", days=366, now=timezone.now())


def _expired(world: CaseWorld, key: ApiKey) -> None:
    now = timezone.now()
    ApiKey.objects.filter(pk=key.pk).update(created_at=now - dt.timedelta(days=2), expires_at=now)


def _revoked(world: CaseWorld, key: ApiKey) -> None:
    revoke_api_key(actor=world.officer, key_id=key.pk, now=timezone.now())


def _deactivated(world: CaseWorld, key: ApiKey) -> None:
    Account.objects.filter(pk=key.account_id).update(is_active=False)


@pytest.mark.parametrize("end", [_expired, _revoked, _deactivated])
def test_a_key_that_has_ended_opens_nothing(world: CaseWorld, end: Any) -> None:
    program = Program(world, "officer")
    assert program.get("/cases/").status_code == 200
    end(world, ApiKey.objects.get())
    refused = program.get("/cases/")
    assert (refused.status_code, refused.json()["code"]) == (401, "authentication_failed")
    assert refused["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "text", ["", "Bearer", "Bearer x", "Bearer hd_00000000_abc", "Bearer é", "Basic eDp5"]
)
def test_no_other_text_is_a_key(world: CaseWorld, text: str) -> None:
    assert Client().get("/api/v1/cases/", headers={"Authorization": text}).status_code == 401


def test_only_ones_own_keys_are_revoked(world: CaseWorld) -> None:
    key, _ = issue_api_key(actor=world.officer, purpose="导入", days=1, now=timezone.now())
    with pytest.raises(ApiKey.DoesNotExist):
        revoke_api_key(actor=world.partner, key_id=key.pk, now=timezone.now())


def test_duties_are_denied_by_default(world: CaseWorld) -> None:
    assert Program(world, "compiler").get("/cases/").status_code == 403
    assert Program(world, "approver").send("POST", "/parties/lookup/", {}).status_code == 403


def test_a_session_needs_the_csrf_token(world: CaseWorld) -> None:
    case = staged(world, "execution")
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts["officer"])
    response = client.post(
        f"/api/v1/cases/{case.pk}/acts/close/",
        data='{"closed_on": "2026-11-23", "fulfilment": "paid"}',
        content_type="application/json",
        headers={"Idempotency-Key": "1"},
    )
    assert (response.status_code, response.json()["code"]) == (403, "csrf_failed")
    assert Case.objects.get(pk=case.pk).closed_on is None


def test_a_decision_is_issued_in_person_only(world: CaseWorld) -> None:
    case = staged(world, "decision")
    door = next(door for door in DOORS if door.act == "issue_decision")
    refused = Program(world, "officer").do(door, world, case)
    assert (refused.status_code, refused.json()["code"]) == (403, "fresh_sign_in_needed")
    assert not Decision.objects.exists()


def test_too_many_requests_are_told_when_to_come_back(world: CaseWorld, settings: Any) -> None:
    settings.API_RATE = "2/min"
    program = Program(world, "officer")
    codes = [program.get("/cases/").status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    refused = program.get("/cases/")
    assert CHINESE.search(refused.json()["message"])
    assert int(refused["Retry-After"]) > 0


# --- Reading --------------------------------------------------------------------------------------------------------
def test_a_case_shows_masked_numbers_and_its_version(world: CaseWorld) -> None:
    number, phone = valid_id_number(), "13888880000"
    party = make_party(world, kind="person", name="马丽", identifier=number, phone=phone)
    case = make_case(world, party=party)
    response = Program(world, "officer").get(f"/cases/{case.pk}/")
    text = response.content.decode()
    assert response["ETag"] == f'"{case.lock_version}"'
    assert response.json()["party"]["masked_identifier"]
    assert number not in text
    assert phone not in text
    assert set(response.json()) == set(CaseGiven().fields), "the description names exactly what is given"


def test_offered_acts_are_those_of_the_page_with_their_reasons(world: CaseWorld) -> None:
    case = make_case(world)
    offered = {
        one["act"]: one
        for one in Program(world, "officer").get(f"/cases/{case.pk}/").json()["available_actions"]
    }
    assert offered["record_facts"]["is_possible"]
    assert not offered["withdraw"]["is_possible"]
    assert offered["withdraw"]["refusal"]["code"] == "not_permitted"
    by_program = {act for act, one in offered.items() if not one["is_page_only"]}
    assert set(ACTS) | {"record_facts", "record_narrative"} >= by_program
    assert {"share_case", "set_confidentiality"} <= set(offered) - by_program


def test_the_list_is_paged_by_key_and_costs_a_fixed_number_of_queries(
    world: CaseWorld, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr("cases.selectors.case_list.PAGE_SIZE", 2)
    made = {make_case(world).number for _ in range(5)}
    program, seen, after = Program(world, "officer"), [], ""
    while True:
        with django_assert_max_num_queries(14):
            page = program.get(f"/cases/?view=all&after={after}").json()
        seen += [row["number"] for row in page["results"]]
        after = page["next"]
        if not after:
            break
    assert len(seen) == 5
    assert set(seen) == made
    assert Program(world, "neighbour").get("/cases/?view=all").json()["results"] == []
    assert program.get("/cases/?view=nothing&after=x").status_code == 200


def test_what_is_not_visible_is_not_there(world: CaseWorld) -> None:
    case = make_case(world)
    hidden = Program(world, "neighbour").get(f"/cases/{case.pk}/")
    absent = Program(world, "officer").get("/cases/999999/")
    assert (hidden.status_code, hidden.json()) == (absent.status_code, absent.json())
    assert hidden.status_code == 404


# --- Versions -------------------------------------------------------------------------------------------------------
def test_facts_are_changed_only_by_who_read_the_latest(world: CaseWorld) -> None:
    case = answer(world, make_case(world), MINOR_CORRECTED)
    program, body = Program(world, "officer"), {"facts": {"harm": {"value": "无", "source": "interview"}}}
    address = f"/cases/{case.pk}/facts/"
    missing = program.send("PATCH", address, body)
    assert (missing.status_code, missing.json()["code"]) == (428, "precondition_required")
    before = written(case)
    stale = program.send("PATCH", address, body, If_Match='"1"')
    assert stale.status_code == 412
    assert stale.json()["data"] == {
        "lock_version": case.lock_version,
        "sent": {"harm": "无"},
        "current": {"harm": "轻微"},
    }
    assert written(case) == before
    done = program.send("PATCH", address, body, If_Match=f'"{case.lock_version}"')
    assert done.status_code == 200
    assert done["ETag"] == f'"{case.lock_version + 1}"'
    assert done.json()["facts"]["harm"]["value"] == "无"
    took_back = program.send("PATCH", address, {"facts": {"harm": {"value": None}}}, If_Match=done["ETag"])
    assert "harm" not in took_back.json()["facts"]


def test_a_stale_narrative_gives_both_texts(world: CaseWorld) -> None:
    case = make_case(world)
    body = {"narrative": "另一份事实。", "evidence": ["笔录"], "place": ""}
    stale = Program(world, "officer").send("PUT", f"/cases/{case.pk}/narrative/", body, If_Match='"1"')
    assert stale.status_code == 412
    assert stale.json()["data"]["sent"]["narrative"] == "另一份事实。"
    assert stale.json()["data"]["current"]["narrative"] == case.narrative


# --- Once -----------------------------------------------------------------------------------------------------------
def test_the_same_request_again_gets_the_same_answer(world: CaseWorld) -> None:
    program, body, key = Program(world, "officer"), new_case(world), str(uuid.uuid4())
    first = program.send("POST", "/cases/", body, Idempotency_Key=key)
    again = program.send("POST", "/cases/", dict(reversed(body.items())), Idempotency_Key=key)
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert again["Idempotent-Replayed"] == "true"
    other = program.send("POST", "/cases/", {**body, "place": "别处"}, Idempotency_Key=key)
    assert (other.status_code, other.json()["code"]) == (422, "operation_reused")
    assert Case.objects.count() == 1
    missing = program.send("POST", "/cases/", body, Idempotency_Key="")
    assert (missing.status_code, missing.json()["code"]) == (428, "precondition_required")
    assert program.send("POST", "/cases/", body).status_code == 201, "another key is another case"


def test_a_refused_request_may_be_corrected_under_its_key(world: CaseWorld) -> None:
    program, key = Program(world, "officer"), str(uuid.uuid4())
    wrong = program.send("POST", "/cases/", new_case(world, handler_ids=[1]), Idempotency_Key=key)
    assert wrong.status_code == 422
    assert program.send("POST", "/cases/", new_case(world), Idempotency_Key=key).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_a_request_under_way_is_not_begun_again() -> None:
    world = make_world()
    program, body, key = Program(world, "officer"), new_case(world), "same-key"

    def call() -> Any:
        try:
            return program.send("POST", "/cases/", body, Idempotency_Key=key)
        finally:
            connection.close()

    with transaction.atomic():
        with connection.cursor() as cursor:
            name = f"operation:{world.officer.account_id}:{key}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        with ThreadPoolExecutor(1) as pool:
            meanwhile = pool.submit(call).result(timeout=20)
    assert (meanwhile.status_code, meanwhile.json()["code"]) == (409, "operation_in_flight")
    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(one.status_code for one in pool.map(lambda _: call(), range(4)))
    assert statuses[0] == 201
    assert set(statuses) <= {201, 409}
    assert Case.objects.count() == 1


# --- What nobody sets from outside ----------------------------------------------------------------------------------
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.act)
def test_no_field_of_the_tables_can_be_set_from_outside(world: CaseWorld, door: Any) -> None:
    """Every column of a case in every act, one at a time: refused unless the act itself asks for it."""
    case = staged(world, door.stage)
    program = Program(world, door.by, in_person=door.act == "issue_decision")
    body = door.body(world, case)
    before = written(case)
    for field in Case._meta.get_fields():
        if field.name in body:
            continue
        sent = _Door(door, {**body, field.name: "closed"})
        response = program.do(sent, world, case)
        assert response.status_code == 422, field.name
        assert response.json()["data"]["fields"] == {field.name: ["不接受这个字段"]}
    assert written(case) == before


class _Door:
    """A door with another body."""

    def __init__(self, door: Any, body: dict[str, Any]) -> None:
        self.act, self._body = door.act, body

    def body(self, world: CaseWorld, case: Case) -> dict[str, Any]:
        return self._body


def test_filing_sets_nothing_but_what_it_names(world: CaseWorld) -> None:
    for name in ("status", "agency", "region_code", "line_code", "lock_version", "number", "closed_on", "id"):
        response = Program(world, "officer").send("POST", "/cases/", {**new_case(world), name: 1})
        ApiKey.objects.all().delete()
        assert response.json()["data"]["fields"] == {name: ["不接受这个字段"]}
    assert not Case.objects.exists()


# --- Bad input ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("[]", 422),
        ("null", 422),
        ('"x"', 422),
        ({}, 422),
        ({"act_date": "昨天"}, 422),
        ({"handler_ids": "1"}, 422),
        ({"handler_ids": [{}]}, 422),
        ({"party": {"kind": "x", "identifier": []}}, 422),
        ({"act_date": "9999-12-31"}, 422),
        ({"violation_code": "\u0000"}, 422),
        ({"handler_ids": [10**30]}, 422),
    ],
)
def test_bad_input_is_refused_in_chinese_and_never_an_error(world: CaseWorld, body: Any, status: int) -> None:
    sent = {**new_case(world), **body} if isinstance(body, dict) and body else body
    response = Program(world, "officer").send("POST", "/cases/", sent)
    assert response.status_code == status, response.content.decode()
    document = response.json()
    assert set(document) == {"code", "message", "data"}
    assert CHINESE.search(document["message"])
    assert not re.search(r"[A-Za-z]{4,} [a-z]{2,} [a-z]", document["message"]), document["message"]
    assert not Case.objects.exists()


def test_other_forms_and_methods_are_refused(world: CaseWorld) -> None:
    program = Program(world, "officer")
    case = make_case(world)
    as_form = program.client.post("/api/v1/cases/", {"a": 1}, headers=program.headers)
    assert (as_form.status_code, as_form.json()["code"]) == (415, "unsupported_media_type")
    assert program.send("DELETE", f"/cases/{case.pk}/", {}).json()["code"] == "method_not_allowed"
    assert program.send("POST", f"/cases/{case.pk}/acts/record_facts/", {}).status_code == 404


def test_parties_are_registered_once_and_found_by_their_whole_number(world: CaseWorld) -> None:
    program = Program(world, "officer")
    number = {"kind": "sole_trader", "identifier": valid_uscc(2024)}
    assert program.send("POST", "/parties/lookup/", number).status_code == 404
    made = program.send("POST", "/parties/", {**number, "name": "阿诺小吃店"})
    again = program.send("POST", "/parties/", {**number, "name": "另一个写法"})
    assert (made.status_code, again.status_code) == (201, 200)
    assert made.json()["id"] == again.json()["id"]
    assert program.send("POST", "/parties/lookup/", number).json()["name"] == "阿诺小吃店"
    wrong = program.send("POST", "/parties/", {"kind": "person", "identifier": "530102", "name": "马丽"})
    assert wrong.status_code == 422
    assert Party.objects.count() == 1


def test_a_supervisor_reads_and_does_not_act(world: CaseWorld) -> None:
    case = make_case(world)
    account = Account.objects.create_user("watch", None, display_name="察看", agency=world.agency)
    account.grants.create(role=Role.SUPERVISOR.value, region_code="53", line_code="")
    world.accounts["watch"] = account
    assert actor_for(account).roles == {Role.SUPERVISOR}
    program = Program(world, "watch")
    assert program.get(f"/cases/{case.pk}/").status_code == 200
    refused = program.send("POST", f"/cases/{case.pk}/acts/withdraw/", {"reason": "证据不足以证明违法事实。"})
    assert refused.status_code == 403
    assert program.send("PATCH", f"/cases/{case.pk}/facts/", {}, If_Match='"1"').status_code == 403


def test_the_description_is_whole_and_in_chinese(world: CaseWorld) -> None:
    response = Program(world, "officer").get("/schema/?format=json")
    document = response.json()
    assert document["info"]["title"] == "衡度接口"
    operations = [
        operation
        for address, path in document["paths"].items()
        for operation in path.values()
        if not address.startswith("/api/v1/open/")
        if isinstance(operation, dict) and "responses" in operation
    ]
    assert len(operations) == 9
    assert all(CHINESE.search(operation["summary"]) for operation in operations)
