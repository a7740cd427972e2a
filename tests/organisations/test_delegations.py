"""Concluding and revoking a delegation: what is refused in the service, and what the table refuses whoever writes."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput, NotPermitted
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Attachment, Delegation
from enforcement.selectors.delegations import delegations_ending, state_on
from enforcement.services.delegations.attach_document import attach_document
from enforcement.services.delegations.revoke import revoke_delegation
from tests.cast import Cast
from tests.organisations.builders import FIRST, LAST, SCAN, TODAY, conclude

ONE_DAY = dt.timedelta(days=1)


def test_a_delegation_keeps_its_document_and_is_in_the_ledger(cast: Cast, registrar: Actor) -> None:
    made = conclude(registrar, cast.city_market)
    assert made.attachment is not None
    assert bytes(made.attachment.content) == SCAN
    assert made.document_digest == made.attachment.digest
    assert (made.region_code, made.line_code, made.published_on) == ("5301", "market", TODAY)
    entry = LedgerEntry.objects.get(action="delegation_concluded")
    assert entry.chain == cast.city_market.code
    assert made.document_digest in entry.payload


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"document_number": " "}, "委托书编号"),
        ({"matters": ""}, "具体事项"),
        ({"matters": "查封场所"}, "行政强制法第十七条"),
        ({"valid_until": FIRST - ONE_DAY}, "止日不能早于起日"),
        ({"signed_on": FIRST + ONE_DAY}, "应先签订书面委托书"),
        ({"acts": ()}, "选择委托的行为"),
        ({"acts": ("compulsion",)}, "选择委托的行为"),
        ({"penalty_kinds": ()}, "选择委托的处罚种类"),
        ({"penalty_kinds": ("detention",)}, "选择委托的处罚种类"),
        ({"violation_codes": ("ECO-1",)}, "不在委托机关的条线内"),
        ({"delegate_uscc": "530102199001011234"}, "不能委托个人"),
        ({"delegate_name": ""}, "受委托组织的名称"),
        ({"meets_conditions": False}, "第二十一条"),
        ({"document": b"MZ\x90"}, "PDF、JPG、PNG"),
    ],
)
def test_what_a_delegation_lacks_is_said_and_nothing_is_kept(
    cast: Cast, registrar: Actor, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        conclude(registrar, cast.city_market, **changes)
    assert words in refused.value.message
    assert not Delegation.objects.exists()
    assert not Attachment.objects.exists()


def test_every_problem_is_named_at_once(cast: Cast, registrar: Actor) -> None:
    with pytest.raises(InvalidInput) as refused:
        conclude(registrar, cast.city_market, document_number="", matters="", acts=(), meets_conditions=False)
    assert len(refused.value.problems) == 4


def test_only_the_registrar_of_the_place_and_line_concludes(cast: Cast, county_registrar: Actor) -> None:
    with pytest.raises(NotPermitted):
        conclude(county_registrar, cast.city_market)
    with pytest.raises(NotPermitted):
        conclude(cast.actor("officer"), cast.city_market)
    assert conclude(county_registrar, cast.county_market).agency == cast.county_market


@pytest.mark.parametrize(
    ("first", "is_refused"), [(LAST, True), (LAST + ONE_DAY, False)], ids=["shares a day", "day after"]
)
def test_a_delegate_does_not_delegate_further_while_its_delegation_runs(
    cast: Cast, registrar: Actor, first: dt.date, is_refused: bool
) -> None:
    conclude(registrar, cast.city_market, delegate_agency_id=cast.county_market.pk)
    later: dict[str, Any] = {"valid_from": first, "valid_until": first + 30 * ONE_DAY, "signed_on": FIRST}
    if is_refused:
        with pytest.raises(InvalidInput, match="不得再委托"):
            conclude(registrar, cast.county_market, **later)
    else:
        assert conclude(registrar, cast.county_market, **later).pk


def test_raw_writing_cannot_pass_powers_on_either(cast: Cast, registrar: Actor) -> None:
    made = conclude(registrar, cast.city_market, delegate_agency_id=cast.county_market.pk)
    made.pk = None
    made.agency, made.delegate_agency = cast.county_market, cast.city_ecology
    with pytest.raises(IntegrityError, match="delegated further"), transaction.atomic():
        made.save(force_insert=True)


@pytest.mark.parametrize(
    "assignment",
    [
        "matters = '别的事项'",
        "valid_until = valid_until + 1",
        "penalty_kinds = '[]'",
        "delegate_name = '别的组织'",
    ],
)
def test_the_terms_of_a_concluded_delegation_are_fixed(cast: Cast, registrar: Actor, assignment: str) -> None:
    conclude(registrar, cast.city_market)
    with pytest.raises(IntegrityError, match="terms of delegation"), transaction.atomic():
        _execute(f"UPDATE enforcement_delegation SET {assignment}")


def test_a_document_is_handed_in_later_once(cast: Cast, registrar: Actor) -> None:
    made = conclude(registrar, cast.city_market, document=b"")
    assert made.attachment is None
    attached = attach_document(actor=registrar, delegation_id=made.pk, document=SCAN)
    assert bytes(attached.attachment.content) == SCAN  # type: ignore[union-attr]
    with pytest.raises(InvalidInput, match="不能更换"):
        attach_document(actor=registrar, delegation_id=made.pk, document=SCAN + b"2")
    with pytest.raises(IntegrityError, match="terms of delegation"), transaction.atomic():
        _execute("UPDATE enforcement_delegation SET attachment_id = NULL")


def test_every_save_leaves_a_line_of_history(cast: Cast, registrar: Actor) -> None:
    made = conclude(registrar, cast.city_market)
    _revoke(registrar, made, TODAY)
    lines = list(Delegation.history.order_by("history_id").values_list("history_user_id", "lock_version"))
    assert lines == [(registrar.account_id, 1), (registrar.account_id, 2)]
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        _execute("UPDATE enforcement_delegationhistory SET matters = 'x'")


def test_a_delegation_is_never_deleted_and_its_document_never_changed(cast: Cast, registrar: Actor) -> None:
    conclude(registrar, cast.city_market)
    for statement in (
        "DELETE FROM enforcement_delegation",
        "UPDATE enforcement_attachment SET content = 'x'",
        "DELETE FROM enforcement_attachment",
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            _execute(statement)


@pytest.mark.parametrize(
    ("acts", "kinds"), [("[]", "[]"), ('["compulsion"]', "[]"), ('["penalty"]', '["detention"]')]
)
def test_the_table_knows_what_can_be_delegated(cast: Cast, registrar: Actor, acts: str, kinds: str) -> None:
    made = conclude(registrar, cast.city_market)
    made.pk, made.document_number = None, "示委〔2025〕2号"
    made.acts, made.penalty_kinds = json.loads(acts), json.loads(kinds)
    with pytest.raises(IntegrityError, match=r"delegation_(acts|penalties)_known"), transaction.atomic():
        made.save(force_insert=True)


@pytest.mark.parametrize(
    ("day", "words"),
    [(TODAY - ONE_DAY, "不能早于今天"), (TODAY, None), (LAST, None), (LAST + ONE_DAY, "不需要再解除")],
)
def test_a_delegation_is_revoked_from_today_to_its_last_day(
    cast: Cast, registrar: Actor, day: dt.date, words: str | None
) -> None:
    made = conclude(registrar, cast.city_market)
    if words:
        with pytest.raises(InvalidInput, match=words):
            _revoke(registrar, made, day)
        return
    revoked = _revoke(registrar, made, day)
    assert revoked.last_day == day - ONE_DAY
    assert state_on(revoked, day) == "已解除"
    assert LedgerEntry.objects.filter(action="delegation_revoked", chain=cast.city_market.code).count() == 1


def test_a_revocation_is_final(cast: Cast, registrar: Actor) -> None:
    made = conclude(registrar, cast.city_market)
    _revoke(registrar, made, TODAY)
    with pytest.raises(InvalidInput, match="已于"):
        _revoke(registrar, made, TODAY + ONE_DAY)
    with pytest.raises(IntegrityError, match="terms of delegation"), transaction.atomic():
        _execute("UPDATE enforcement_delegation SET revoked_on = NULL, revoked_reason = ''")


def test_who_may_not_see_it_cannot_revoke_it(cast: Cast, registrar: Actor, county_registrar: Actor) -> None:
    made = conclude(registrar, cast.city_market)
    with pytest.raises(Delegation.DoesNotExist):
        _revoke(county_registrar, made, TODAY)


@pytest.mark.parametrize(
    ("on", "listed"),
    [
        (LAST - 31 * ONE_DAY, False),
        (LAST - 30 * ONE_DAY, True),
        (LAST, True),
        (LAST + ONE_DAY, False),
    ],
)
def test_what_ends_within_thirty_days_is_listed(
    cast: Cast, registrar: Actor, on: dt.date, listed: bool
) -> None:
    made = conclude(registrar, cast.city_market)
    found = list(delegations_ending(actor=registrar, on=on, within_days=30))
    assert found == ([made] if listed else [])
    assert [one.ends_on for one in found] == [LAST] * len(found)  # type: ignore[attr-defined]


def test_a_revoked_delegation_and_one_out_of_scope_are_not_listed(
    cast: Cast, registrar: Actor, county_registrar: Actor
) -> None:
    made = conclude(registrar, cast.city_market)
    assert not delegations_ending(actor=county_registrar, on=LAST, within_days=30)
    _revoke(registrar, made, TODAY + ONE_DAY)
    assert not delegations_ending(actor=registrar, on=LAST, within_days=30)


def _revoke(actor: Actor, made: Delegation, day: dt.date) -> Delegation:
    return revoke_delegation(
        actor=actor, delegation_id=made.pk, revoked_on=day, reason="机构职责调整", today=TODAY
    )


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
