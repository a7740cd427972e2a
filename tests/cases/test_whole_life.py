"""A case from opening to closing, through the services, for both outcomes."""

from __future__ import annotations

import datetime as dt
import uuid
from io import BytesIO

import pytest
from docx import Document

from cases.models import Case, CaseDocument, CaseEvent, CaseStatus, NumberCounter, Outcome, ProposalVerdict
from cases.services.decide_proposal import decide_proposal
from cases.services.issue_decision import issue_decision
from cases.services.later_steps import (
    StatementRecord,
    close_case,
    deliver_document,
    record_statement,
    withdraw_case,
)
from cases.services.open_case import NewCase, open_case
from cases.services.record_facts import FactAnswer, record_facts
from enforcement.errors import InvalidInput, Refusal, StaleVersion
from enforcement.ledger.models import LedgerEntry
from enforcement.ledger.verify import verify_chains
from enforcement.models import Certificate
from tests.case_builders import (
    ACT_DATE,
    MINOR_CORRECTED,
    NOT_CORRECTED,
    REASONS,
    TODAY,
    CaseWorld,
    answer,
    approve,
    decide,
    make_case,
    make_party,
    opened_case,
    propose,
)

pytestmark = pytest.mark.django_db


def _deliver(world: CaseWorld, case: Case) -> Case:
    return deliver_document(
        actor=world.officer,
        case_id=case.pk,
        delivered_on=TODAY,
        method="direct",
        receiver="本人",
        today=TODAY,
    )


def test_no_penalty_from_opening_to_closed(world: CaseWorld) -> None:
    case = answer(world, make_case(world), MINOR_CORRECTED)
    proposal = propose(world, case)
    assert proposal.outcome == Outcome.NO_PENALTY
    assert proposal.entry is not None
    assert "第1版第17条" in proposal.statement
    approve(world, case)
    assert Case.objects.get(pk=case.pk).status == CaseStatus.DECISION
    decision = issue_decision(actor=world.officer, case_id=case.pk, today=TODAY)
    assert decision.number == "五市监不罚〔2026〕1号"
    closed = _deliver(world, case)
    assert (closed.status, closed.closed_on) == (CaseStatus.CLOSED, TODAY)
    assert verify_chains().holds


def test_fine_from_opening_to_closed(world: CaseWorld) -> None:
    case = answer(world, make_case(world), NOT_CORRECTED)
    proposal = propose(world, case, fines={"": 80000})
    assert (proposal.outcome, proposal.tier_label) == (Outcome.NORMAL, "一般")
    approve(world, case)
    with pytest.raises(Refusal, match="签发决定书只能在"):
        issue_decision(actor=world.officer, case_id=case.pk, today=TODAY)
    record = StatementRecord(
        TODAY, TODAY, content="生意不好，请求少罚", response="不属于法定从轻情形，不予采纳"
    )
    record_statement(actor=world.officer, case_id=case.pk, record=record, today=TODAY)
    decision = issue_decision(actor=world.officer, case_id=case.pk, today=TODAY)
    assert decision.number == "五市监罚〔2026〕1号"
    assert _deliver(world, case).status == CaseStatus.EXECUTION
    closed = close_case(
        actor=world.officer, case_id=case.pk, closed_on=TODAY, fulfilment="paid", note="", today=TODAY
    )
    assert closed.status == CaseStatus.CLOSED
    events = list(CaseEvent.objects.filter(case=case).values_list("name", "to_status"))
    assert events[-1] == ("close", CaseStatus.CLOSED)
    assert [name for name, _ in events] == [
        "open", "submit_proposal", "approve", "record_statement", "issue_decision", "deliver", "close",
    ]  # fmt: skip


def test_status_is_rebuilt_from_events(world: CaseWorld) -> None:
    case = answer(world, make_case(world), NOT_CORRECTED)
    decide(world, case)
    case.refresh_from_db()
    assert case.events.order_by("sequence").last().to_status == case.status


def test_document_holds_what_the_law_asks_for(world: CaseWorld) -> None:
    case = answer(world, make_case(world), NOT_CORRECTED)
    decision = decide(world, case, fines={"": 800000 // 10})
    document = CaseDocument.objects.get(case=case)
    text = "\n".join(paragraph.text for paragraph in Document(BytesIO(bytes(document.content))).paragraphs)
    for words in (
        decision.number,
        "行政处罚决定书",
        "人民币800元",
        "捌佰元整",
        "《中华人民共和国价格法》第十三条第一款",
        "《中华人民共和国价格法》第四十二条",
        "六十日",
        "六个月",
        "十五日",
        "百分之三",
        "昆明市五华区人民政府",
        "二〇二六年十一月二十三日",
        "现场检查笔录",
    ):
        assert words in text
    assert document.digest in LedgerEntry.objects.get(action="decision_issued").payload


def test_numbers_run_without_gaps_and_apart_by_kind(world: CaseWorld) -> None:
    numbers = [decide(world, answer(world, make_case(world), NOT_CORRECTED)).number for _ in range(2)]
    case = answer(world, make_case(world), MINOR_CORRECTED)
    propose(world, case)
    approve(world, case)
    Certificate.objects.filter(officer_id=world.partner.officer_id).update(valid_until=dt.date(2026, 11, 22))
    with pytest.raises(Refusal, match="执法证"):
        issue_decision(actor=world.officer, case_id=case.pk, today=TODAY)
    Certificate.objects.filter(officer_id=world.partner.officer_id).update(valid_until=dt.date(2026, 11, 23))
    numbers.append(issue_decision(actor=world.officer, case_id=case.pk, today=TODAY).number)
    assert numbers == ["五市监罚〔2026〕1号", "五市监罚〔2026〕2号", "五市监不罚〔2026〕1号"]
    assert NumberCounter.objects.get(series="不罚").last == 1


def test_same_form_sent_twice_opens_one_case(world: CaseWorld) -> None:
    party = make_party(world)
    new = NewCase(
        violation_id=world.violation.pk,
        party_id=party.pk,
        handler_ids=(world.officer.officer_id or 0, world.partner.officer_id or 0),
        source="inspection",
        act_date=ACT_DATE,
        found_on=ACT_DATE,
        opened_on=ACT_DATE,
    )
    operation = uuid.uuid4()
    first, opened = open_case(actor=world.officer, operation_id=operation, new=new, today=TODAY)
    second, opened_again = open_case(actor=world.officer, operation_id=operation, new=new, today=TODAY)
    assert (first.pk, opened, opened_again) == (second.pk, True, False)
    assert first.number == "五市监立〔2026〕1号"
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("last_day", "opens"), [(dt.date(2026, 11, 17), True), (dt.date(2026, 11, 16), False)]
)
def test_handlers_need_a_certificate_valid_on_the_day(
    world: CaseWorld, last_day: dt.date, opens: bool
) -> None:
    Certificate.objects.filter(officer_id=world.partner.officer_id).update(valid_until=last_day)
    if opens:
        assert opened_case(world).handlers.count() == 2
    else:
        with pytest.raises(InvalidInput, match="执法证在当日不在有效期内"):
            opened_case(world)


def test_party_is_found_again_by_its_identifier(world: CaseWorld) -> None:
    first = make_party(world)
    again = make_party(world, name="另一个写法", identifier=first.uscc)
    assert (again.pk, again.name) == (first.pk, "阿诺小吃店")


def test_stale_facts_are_refused_and_nothing_is_saved(world: CaseWorld) -> None:
    case = answer(world, make_case(world), MINOR_CORRECTED)
    with pytest.raises(StaleVersion):
        record_facts(
            actor=world.partner,
            case_id=case.pk,
            answers={"harm": FactAnswer("严重")},
            today=TODAY,
            expected_lock=case.lock_version - 1,
        )
    assert Case.objects.get(pk=case.pk).facts["harm"]["value"] == "轻微"


def test_wrong_facts_are_named_together_and_none_is_saved(world: CaseWorld) -> None:
    case = make_case(world)
    answers = {
        "offence_count": FactAnswer("两次"),
        "harm": FactAnswer("很大"),
        "corrected_timely": FactAnswer(True),
    }
    with pytest.raises(InvalidInput) as caught:
        record_facts(actor=world.officer, case_id=case.pk, answers=answers, today=TODAY)
    assert set(caught.value.data["fields"]) == {"offence_count", "harm"}
    assert Case.objects.get(pk=case.pk).facts == {}


def test_handler_and_proposer_cannot_approve(world: CaseWorld) -> None:
    case = answer(world, make_case(world), MINOR_CORRECTED)
    propose(world, case)
    with pytest.raises(Refusal, match="由负责人办理"):
        decide_proposal(
            actor=world.officer, case_id=case.pk, verdict=ProposalVerdict.APPROVED, text="同意", today=TODAY
        )
    case.handlers.add(world.approver.officer_id)
    with pytest.raises(Refusal, match="您是本案承办人"):
        decide_proposal(
            actor=world.approver, case_id=case.pk, verdict=ProposalVerdict.APPROVED, text="同意", today=TODAY
        )


def test_returned_proposal_goes_back_and_can_be_made_again(world: CaseWorld) -> None:
    case = answer(world, make_case(world), MINOR_CORRECTED)
    propose(world, case)
    with pytest.raises(InvalidInput, match="退回的理由"):
        decide_proposal(
            actor=world.approver, case_id=case.pk, verdict=ProposalVerdict.RETURNED, text=" ", today=TODAY
        )
    decide_proposal(
        actor=world.approver, case_id=case.pk, verdict=ProposalVerdict.RETURNED, text="补充照片", today=TODAY
    )
    assert Case.objects.get(pk=case.pk).status == CaseStatus.INVESTIGATION
    assert propose(world, case).number == 2


def test_withdrawal_needs_an_approver_and_a_reason(world: CaseWorld) -> None:
    case = make_case(world)
    with pytest.raises(Refusal, match="由负责人办理"):
        withdraw_case(actor=world.officer, case_id=case.pk, reason="经查违法事实不能成立", today=TODAY)
    with pytest.raises(InvalidInput, match="至少 10 字"):
        withdraw_case(actor=world.approver, case_id=case.pk, reason="不成立", today=TODAY)
    done = withdraw_case(actor=world.approver, case_id=case.pk, reason="经查违法事实不能成立", today=TODAY)
    assert (done.status, done.closed_on) == (CaseStatus.WITHDRAWN, TODAY)


def test_neighbour_does_not_see_the_case(world: CaseWorld) -> None:
    case = make_case(world)
    with pytest.raises(Case.DoesNotExist):
        record_facts(actor=world.neighbour, case_id=case.pk, answers={}, today=TODAY)


def test_departure_is_kept_with_its_reasons(world: CaseWorld) -> None:
    case = answer(world, make_case(world), MINOR_CORRECTED)
    proposal = propose(
        world,
        case,
        outcome="normal",
        follows_analysis=False,
        departure_class="facts",
        departure_reasons=REASONS,
        fines={"": 60000},
        education="",
    )
    assert proposal.entry is None
    assert REASONS in proposal.statement
    assert "本案适用" not in proposal.statement
