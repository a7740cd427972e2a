"""Reads and refusals leave a trace; what was committed to can be checked, forgotten, and the chain still holds."""

from __future__ import annotations

import contextlib
import json

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config.middleware import RefusalTraceMiddleware
from enforcement.actors import PUBLIC
from enforcement.errors import NotPermitted
from enforcement.ledger.context import ActContext, acting_in, tracing
from enforcement.ledger.models import CommitmentSalt, LedgerEntry
from enforcement.ledger.verify import verify_chains
from enforcement.models import Line
from enforcement.services.erase_commitments import (
    committed_value_is,
    erase_commitments,
    forget_client_addresses,
)
from enforcement.services.make_checkpoint import make_checkpoint
from enforcement.services.record_read import record_read, record_refusal
from tests.builders import publish_list
from tests.cast import Cast, raise_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def test_a_read_is_recorded_on_the_owning_chain_or_the_readers(cast: Cast) -> None:
    line = Line.objects.get(code="market")
    own = record_read(actor=cast.actor("officer"), subject=line, subject_label="某材料", reason="核对")
    named = record_read(
        actor=cast.actor("supervisor"), subject=line, subject_label="某材料", chain="5303-market"
    )
    assert (own.chain, named.chain) == ("5301-market", "5303-market")
    assert own.sentence() == "执法人己查看敏感内容：某材料。原因：核对。"


def test_a_page_that_turns_somebody_away_leaves_a_trace_without_values(client: Client, cast: Cast) -> None:
    client.force_login(cast.supervisor)
    response = client.get("/officer/cases/12345/")
    assert response.status_code == 403
    entry = LedgerEntry.objects.get(action="access_refused")
    assert json.loads(entry.payload) == {"attempted": "cases:case", "code": "not_permitted"}
    assert entry.request_id == response["X-Request-ID"]
    assert "client_address" in entry.committed()
    assert entry.sentence() == "监督员壬尝试打开没有职责的页面。"


class TestRefusalsThatPagesCatch:
    def document(self, cast: Cast) -> str:
        publish_list(cast)
        return "/officer/lists/market-list/next-version/"

    def refused(self) -> list[dict[str, str]]:
        entries = LedgerEntry.objects.filter(action="access_refused")
        return [json.loads(entry.payload) for entry in entries]

    def test_a_rule_that_refuses_a_sent_form_leaves_one_entry(self, client: Client, cast: Cast) -> None:
        address = self.document(cast)
        client.force_login(cast.reviewer)
        response = client.post(address)
        assert response.status_code == 302
        assert self.refused() == [{"attempted": "lists:next_version", "code": "not_permitted"}]

    def test_an_allowed_form_leaves_none(self, client: Client, cast: Cast) -> None:
        address = self.document(cast)
        client.force_login(cast.compiler)
        client.post(address)
        assert self.refused() == []

    def test_looking_at_a_page_is_no_attempt(self, client: Client, cast: Cast) -> None:
        publish_list(cast)
        client.force_login(cast.reviewer)
        assert client.get("/officer/lists/market-list/v1/").status_code == 200
        assert self.refused() == []

    def test_a_refusal_made_only_to_explain_is_not_one_that_was_raised(self) -> None:
        with tracing() as trace:
            NotPermitted("shown", "不能办理。")
            with contextlib.suppress(NotPermitted):
                raise NotPermitted("raised", "不能办理。")
        assert [getattr(one, "code", "") for one in trace.raised()] == ["raised"]


def test_a_program_is_named_by_the_account_of_its_key(cast: Cast) -> None:
    """The key is checked inside the view, long after the middleware asked who acts."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.user = cast.officer
        return HttpResponse(status=403)

    RefusalTraceMiddleware(answer)(RequestFactory().post("/api/v1/cases/"))
    assert LedgerEntry.objects.get(action="access_refused").actor_id == cast.officer.pk


def test_strangers_cannot_fill_the_ledger(client: Client, cast: Cast) -> None:
    client.get("/officer/cases/12345/")
    assert record_refusal(actor=PUBLIC, attempted="x") is None
    assert not LedgerEntry.objects.exists()


def test_erasing_forgets_the_values_and_keeps_the_chain_whole(cast: Cast) -> None:
    market, ecology = Line.objects.get(code="market"), Line.objects.get(code="ecology")
    officer = cast.actor("officer")
    entry, other = (
        record_read(
            actor=officer, subject=one, subject_label="当事人", committed={"id_number": "530102199003071234"}
        )
        for one in (market, ecology)
    )
    make_checkpoint(force=True)
    assert committed_value_is(entry=entry, name="id_number", claimed="530102199003071234") is True
    assert committed_value_is(entry=entry, name="id_number", claimed="530102199003071235") is False
    assert erase_commitments(actor=officer, subject=market, subject_label="当事人", reason="依申请删除") == 1
    assert committed_value_is(entry=entry, name="id_number", claimed="530102199003071234") is None
    assert committed_value_is(entry=other, name="id_number", claimed="530102199003071234") is True
    assert CommitmentSalt.objects.count() == 1
    assert verify_chains().breaks == []
    assert LedgerEntry.objects.get(action="commitments_erased").reason == "依申请删除"


def test_addresses_are_forgotten_when_their_time_is_over_and_nothing_else_is(cast: Cast) -> None:
    market = Line.objects.get(code="market")
    with acting_in(ActContext(client_address="203.0.113.7")):
        old, new = (
            record_read(
                actor=cast.actor("officer"), subject=market, subject_label="当事人", committed={"phone": "1"}
            )
            for _ in range(2)
        )
    between = old.occurred_at + (new.occurred_at - old.occurred_at) / 2
    assert forget_client_addresses(before=between) == 1
    assert forget_client_addresses(before=between) == 0
    assert committed_value_is(entry=old, name="client_address", claimed="203.0.113.7") is None
    assert committed_value_is(entry=new, name="client_address", claimed="203.0.113.7") is True
    assert committed_value_is(entry=old, name="phone", claimed="1") is True
    assert LedgerEntry.objects.filter(action="commitments_erased").count() == 1
    assert verify_chains().breaks == []
