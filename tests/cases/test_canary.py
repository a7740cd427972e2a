"""Canaries: invented numbers and names go through the forms that take personal data, then everything is searched.

Neither logs, caches, task queues, addresses, ledger, sessions nor stored columns in clear may hold one (security.md D2).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
import redis
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enforcement.actors import Role
from enforcement.models import BrowserSession, RoleGrant
from enforcement.register_tables.parties import PARTIES
from enforcement.spreadsheets.guard import open_guarded
from enforcement.spreadsheets.writing import WorkbookColumn, WorkbookSheet, write_workbook
from tests.case_builders import TODAY, CaseWorld, valid_id_number

pytestmark = pytest.mark.django_db

NAME, OTHER_NAME = "鹮雀羽", "鹮雀翎"
NUMBER, OTHER_NUMBER = valid_id_number(917, "19870312"), valid_id_number(918, "19870312")
PHONE, OTHER_PHONE = "13912345678", "13998765432"
CANARIES = (NAME, OTHER_NAME, NUMBER, OTHER_NUMBER, PHONE, OTHER_PHONE)
# Names stand where a case is worked on; numbers stand nowhere in clear.
NUMBERS = (NUMBER, OTHER_NUMBER, PHONE, OTHER_PHONE)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


class Walk:
    """A client that keeps every address it was sent to or led to, and every answer."""

    def __init__(self, world: CaseWorld, username: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.force_login(world.accounts[username])
        self.addresses: list[str] = []
        self.answers: list[str] = []

    def get(self, address: str, **query: str) -> Any:
        return self._keep(address, self.client.get(address, query))

    def post(self, address: str, fields: dict[str, Any]) -> Any:
        return self._keep(address, self.client.post(address, fields))

    def _keep(self, address: str, answer: Any) -> Any:
        assert answer.status_code < 500, address
        self.addresses += [address, answer.headers.get("Location", ""), answer.headers.get("HX-Redirect", "")]
        if not answer.streaming:
            self.answers.append(answer.content.decode("utf-8", "replace"))
        return answer


def _walk_everything(world: CaseWorld) -> Walk:
    """Opening a case, searching, looking up, registering, importing, signing in: each with canaries in its fields."""
    walk = Walk(world, "officer")
    _sign_in_with_canaries(walk)
    opening = {
        "operation_id": str(uuid.uuid4()),
        "violation": world.violation.name,
        "source": "inspection",
        "party_kind": "person",
        "party_identifier": NUMBER,
        "party_name": NAME,
        "phone": PHONE,
        "act_date": "2026.11.17",
        "found_on": "20261117",
        "opened_on": "20261117",
        "handlers": [str(world.officer.officer_id), str(world.partner.officer_id)],
    }
    walk.post(reverse("cases:party"), {"party_kind": "person", "party_identifier": NUMBER})
    walk.post(reverse("cases:open"), {**opening, "act_date": "昨天"})
    walk.post(reverse("cases:open"), {**opening, "violation": NAME})
    opened = walk.post(reverse("cases:open"), opening)
    assert opened.status_code == 302
    walk.get(opened["Location"])
    for words in CANARIES:
        found = walk.post(reverse("cases:search"), {"q": words, "view": "all"})
        walk.get(found["Location"])
    walk.post(
        f"{opened['Location']}party/", {"purpose": "deliver", "text": f"电话 {PHONE} 是否属于 {NUMBER}"}
    )
    _keep_draft(walk)
    _register(world)
    return walk


def _sign_in_with_canaries(walk: Walk) -> None:
    stranger = Client(raise_request_exception=False)
    for typed in (NUMBER, PHONE, NAME):
        answer = stranger.post(reverse("identity:login"), {"username": typed, "password": NUMBER})
        walk.addresses.append(answer.headers.get("Location", ""))


def _keep_draft(walk: Walk) -> None:
    body = {"place": reverse("cases:open"), "fields": {"party_identifier": [NUMBER], "party_name": [NAME]}}
    walk.client.post(reverse("account:draft"), json.dumps(body), content_type="application/json")


def _register(world: CaseWorld) -> None:
    account = world.accounts["partner"]
    RoleGrant.objects.create(account=account, role=Role.REGISTRAR, region_code="53", line_code="")
    walk = Walk(world, "partner")
    labels = [column.label for column in PARTIES.columns]
    row = {
        "类型": "自然人",
        "名称": OTHER_NAME,
        "统一社会信用代码或身份证号": OTHER_NUMBER,
        "联系电话": OTHER_PHONE,
        "行政区划代码": "530102",
        "条线代码": world.agency.line_code,
    }
    wrong = {**row, "统一社会信用代码或身份证号": NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")}
    for rows in ([wrong], [row]):
        sheet = WorkbookSheet(
            "当事人",
            tuple(WorkbookColumn(label) for label in labels),
            [[one.get(label, "") for label in labels] for one in rows],
        )
        file = SimpleUploadedFile("当事人.xlsx", write_workbook([sheet]))
        check = walk.post(reverse("register_parties:import"), {"file": file})["Location"]
        page = walk.get(check)
        walk.post(check, {"plan": page.context["plan"].digest})
    walk.post(reverse("register_parties:search"), {"q": OTHER_NUMBER})
    export = walk.post(reverse("register_parties:export"), {"purpose": "核对登记内容"})
    sheet = repr(open_guarded(export.content)[0].rows())
    assert OTHER_NAME in sheet
    assert not [number for number in NUMBERS if number in sheet]
    for address in walk.addresses:
        assert not [canary for canary in CANARIES if canary in unquote(address)], address
    for answer in walk.answers:
        assert not [number for number in (OTHER_NUMBER, OTHER_PHONE) if number in answer]


def _columns_in_clear() -> Iterator[tuple[str, str, str]]:
    """Every text value of every table: table, column, value."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() "
            "AND data_type IN ('text', 'character varying', 'jsonb', 'json')"
        )
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT "{column}"::text FROM "{table}" WHERE "{column}" IS NOT NULL')
            for (value,) in cursor.fetchall():
                yield table, column, value


def _cached() -> Iterator[str]:
    """Keys and values of the broker and cache server that belong to this test session."""
    server = redis.Redis.from_url(settings.REDIS_URL)
    for key in server.scan_iter(match="hengdu:*", count=500):
        yield key.decode("utf-8", "replace")
        kind = server.type(key)
        if kind == b"string":
            yield (server.get(key) or b"").decode("utf-8", "replace")
        elif kind == b"list":
            yield from (item.decode("utf-8", "replace") for item in server.lrange(key, 0, -1))
        elif kind == b"hash":
            yield from (item.decode("utf-8", "replace") for item in server.hvals(key))


# Where a name may stand in clear: the register, its history, and the texts of the case itself.
NAMES_STAND_IN = {
    ("enforcement_party", "name"),
    ("enforcement_partyhistory", "name"),
}


def test_no_canary_outside_the_rows_that_need_it(
    world: CaseWorld, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level("DEBUG"):
        walk = _walk_everything(world)
    printed = capfd.readouterr()
    for text in (caplog.text, printed.out, printed.err):
        assert not [canary for canary in CANARIES if canary in text]
    for address in walk.addresses:
        assert not [canary for canary in CANARIES if canary in unquote(address)], address
    cached = list(_cached())
    assert any(text.startswith("hengdu:") and "upload:" in text for text in cached), (
        "the uploads were looked at"
    )
    sessions = [repr(session.get_decoded()) for session in BrowserSession.objects.all()]
    assert any("searches" in text for text in sessions)
    for text in (*cached, *sessions):
        assert not [canary for canary in CANARIES if canary in text]
    for table, column, value in _columns_in_clear():
        held = [canary for canary in CANARIES if canary in value]
        allowed = {NAME, OTHER_NAME} if (table, column) in NAMES_STAND_IN else set()
        assert not set(held) - allowed, f"{table}.{column}"


def test_the_search_would_find_a_canary(world: CaseWorld) -> None:
    """The walk itself leaves names in the register: the search over columns sees them."""
    _walk_everything(world)
    assert ("enforcement_party", "name") in {
        (table, column) for table, column, value in _columns_in_clear() if NAME in value
    }


def test_pages_that_say_no_repeat_no_number(world: CaseWorld) -> None:
    """404 and 403 pages, and addresses that were typed with a number in them."""
    client = Client(raise_request_exception=False)
    client.force_login(world.accounts["officer"])
    for address in (
        f"/officer/cases/{NUMBER}/",
        reverse("register_parties:row", args=[NUMBER]),
        reverse("supervisor:home"),
    ):
        answer = client.get(address)
        assert answer.status_code in (403, 404)
        assert NUMBER not in answer.content.decode()
