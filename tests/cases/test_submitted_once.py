"""A form sent twice takes effect once, and the second answer says when and under which number."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Decision
from enforcement.models import Operation
from enforcement.operations.once import Answer, once, purge_operations
from tests.case_builders import CaseWorld, make_world, publish_standard, signed_in
from tests.cases.doors import DOORS, Door, staged

pytestmark = pytest.mark.usefixtures("fixed_day")
# Facts and narrative carry the version of what they change; filing has its own operation.
ONCE = tuple(door for door in DOORS if door.act not in ("record_facts", "record_narrative"))


@pytest.mark.django_db
@pytest.mark.parametrize("door", ONCE, ids=lambda door: door.act)
def test_every_act_sent_twice_has_effect_once(world: CaseWorld, door: Door) -> None:
    case = staged(world, door.stage)
    client = signed_in(world, door.by)
    address = reverse(door.route, args=door.arguments(case))
    fields = {**door.fields(world, case), "operation_id": str(uuid.uuid4())}
    first = client.post(address, fields)
    assert first.status_code == 302
    events = case.events.count()
    second = client.post(address, fields, follow=True)
    html = second.content.decode()
    assert second.redirect_chain[0][0] == first["Location"]
    assert "没有重复提交" in html
    assert (
        f"提交，编号 {Decision.objects.get().number if door.act == 'issue_decision' else case.number}" in html
    )
    assert case.events.count() == events


@pytest.mark.django_db
def test_every_page_with_legal_effect_carries_an_operation(world: CaseWorld) -> None:
    for door in ONCE:
        case = staged(world, door.stage)
        html = signed_in(world, door.by).get(reverse(door.route, args=door.arguments(case))).content.decode()
        assert 'name="operation_id"' in html, door.act


@pytest.mark.django_db
def test_a_refused_form_can_be_corrected_and_sent_again(world: CaseWorld) -> None:
    case = staged(world, "execution")
    client, address = signed_in(world, "officer"), reverse("cases:close", args=[case.pk])
    key = str(uuid.uuid4())
    wrong = client.post(address, {"closed_on": "昨天", "fulfilment": "paid", "operation_id": key})
    assert wrong.status_code == 400
    assert f'name="operation_id" value="{key}"' in wrong.content.decode()
    right = {"closed_on": "20261123", "fulfilment": "paid", "operation_id": key}
    assert client.post(address, right).status_code == 302
    other = client.post(address, {**right, "note": "另一份内容"}, follow=True)
    assert "内容与这次不同，这次没有提交" in other.content.decode()


@pytest.mark.django_db
def test_two_people_may_use_the_same_key(world: CaseWorld) -> None:
    now, key = timezone.now(), str(uuid.uuid4())
    for name in ("officer", "partner"):
        outcome = once(
            account_id=world.accounts[name].pk,
            key=key,
            digest="0" * 64,
            act=lambda name=name: Answer(200, {"by": name}),  # type: ignore[misc]
            now=now,
            waits=False,
        )
        assert outcome is not None
        assert outcome.repeated_from is None
    assert purge_operations(now=now) == 0
    assert purge_operations(now=Operation.objects.get(account=world.accounts["officer"]).expires_at) == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_one_moment_issue_one_decision() -> None:
    world = make_world()
    publish_standard(world)
    case = staged(world, "decision")
    clients = [signed_in(world, "officer") for _ in range(2)]
    fields = {"operation_id": str(uuid.uuid4())}
    gate = Barrier(2)

    def click(client: Client) -> str:
        try:
            gate.wait(timeout=10)
            return client.post(reverse("cases:issue", args=[case.pk]), fields, follow=True).content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(click, clients))
    assert Decision.objects.count() == 1
    number = Decision.objects.get().number
    assert sorted("没有重复提交" in page for page in pages) == [False, True]
    assert all(number in page for page in pages)
