"""What becomes of every considered entry at a proposal, and of the alarms at its approval, through every door."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from docx import Document

from cases.entry_uses import StatedReasons
from cases.models import Case, CaseDocument, EntryUse, LeniencyAlarm, Proposal, ProposalVerdict
from cases.services.decide_proposal import decide_proposal
from enforcement.errors import InvalidInput
from enforcement.ledger.models import LedgerEntry
from enforcement.ledger.verify import verify_chains
from exemption_lists.models import ListEntry
from tests.case_builders import (
    MINOR_CORRECTED,
    NOT_CORRECTED,
    REASONS,
    TODAY,
    CaseWorld,
    answer,
    approve,
    decide,
    list_entry,
    make_case,
    propose,
    publish_list,
    signed_in,
)
from tests.cases.api_client import Program

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
LAW_REASONS = "上级清单所列情形以首次被查处为前提，本案证据显示并非首次。"
STATED = StatedReasons("law", LAW_REASONS)
LIGHTER_TREE = {"fact": "corrected_timely", "op": "eq", "value": True}
NEVER = {"fact": "offence_count", "op": "ge", "value": 9}


@pytest.fixture
def second_list(world: CaseWorld) -> CaseWorld:
    """Beside entry 17: one that gives a lighter penalty, and one nobody meets."""
    rows = [
        list_entry(position=1, serial="3", slug="3", kind="lighter", condition=LIGHTER_TREE, mandate="must"),
        list_entry(position=2, serial="4", slug="4", condition=NEVER, condition_text=["九次以上"]),
    ]
    publish_list(world, rows, slug="second-list")
    return world


def second_list_entry(number: str) -> int:
    return int(ListEntry.objects.get(serial=number).pk)


def departing(**changes: Any) -> dict[str, Any]:
    """A penalty within the tier although entry 17 is met."""
    return {
        "outcome": "normal",
        "follows_analysis": False,
        "fines": {"": 60000},
        "education": "",
        "departure_class": "facts",
        "departure_reasons": REASONS,
        **changes,
    }


def minor(world: CaseWorld) -> Case:
    return answer(world, make_case(world), MINOR_CORRECTED)


def stances(proposal: Proposal) -> list[tuple[str, str]]:
    return [(use.label[-4:], use.stance) for use in proposal.entry_uses.all()]


# --- Uses -----------------------------------------------------------------------------------------------------------
def test_following_the_advice_keeps_what_became_of_every_entry(second_list: CaseWorld) -> None:
    proposal = propose(second_list, minor(second_list))
    assert stances(proposal) == [("第17条", "applied"), ("版第4条", "not_met"), ("版第3条", "yielded")]
    assert not proposal.alarms.exists()
    assert proposal.entry_uses.get(stance="not_met").decided_by.startswith("不满足：")


def test_a_departure_needs_reasons_for_each_entry_it_leaves(second_list: CaseWorld) -> None:
    case = minor(second_list)
    with pytest.raises(InvalidInput) as refused:
        propose(second_list, case, **departing())
    entry_id = second_list_entry("3")
    assert list(refused.value.data["fields"]) == [f"entry_class_{entry_id}", f"entry_reasons_{entry_id}"]
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(("length", "accepted"), [(19, False), (20, True)])
def test_reasons_are_counted_in_signs(second_list: CaseWorld, length: int, accepted: bool) -> None:
    entry_id = second_list_entry("3")
    stated = {entry_id: StatedReasons("law", "字" * length + "  ")}
    case = minor(second_list)
    if not accepted:
        with pytest.raises(InvalidInput, match="至少 20 字，现在是 19 字"):
            propose(second_list, case, **departing(entry_reasons=stated))
        return
    proposal = propose(second_list, case, **departing(entry_reasons=stated))
    assert stances(proposal) == [("第17条", "refused"), ("版第4条", "not_met"), ("版第3条", "refused")]


def test_a_departure_may_rest_on_another_entry(second_list: CaseWorld) -> None:
    entry_id = second_list_entry("3")
    changes = departing(outcome="lighter", fines={"": 30000}, entry_id=entry_id)
    proposal = propose(second_list, minor(second_list), **changes)
    assert proposal.entry_id == entry_id
    assert stances(proposal) == [("第17条", "refused"), ("版第4条", "not_met"), ("版第3条", "applied")]
    assert "本案适用《云南省市场监管领域减免责清单》第1版第3条" in proposal.statement
    assert "第17条（可以不予处罚）的条件经查符合，本案未适用，理由同上" in proposal.statement


def test_the_decision_says_which_entries_were_refused_and_why(second_list: CaseWorld) -> None:
    case = minor(second_list)
    stated = {second_list_entry("3"): STATED}
    decision = decide(second_list, case, **departing(entry_reasons=stated))
    document = Document(BytesIO(bytes(CaseDocument.objects.get(case=case).content)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert f"理由（法律适用不同）：{LAW_REASONS}" in text
    kept = {use["label"][-4:]: (use["stance"], use["reasons"]) for use in decision.snapshot["entry_uses"]}
    assert kept["版第3条"] == ("refused", LAW_REASONS)
    assert LAW_REASONS in decision.public_snapshot["statement"]


def test_uses_are_written_once(second_list: CaseWorld) -> None:
    proposal = propose(second_list, minor(second_list))
    use = proposal.entry_uses.get(stance="applied")
    for change in (
        lambda: EntryUse.objects.filter(pk=use.pk).update(stance="yielded"),
        lambda: use.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    approve(second_list, proposal.case)
    late = EntryUse(
        proposal=proposal, position=9, entry_id=use.entry_id, version_id=use.version_id, is_binding=True
    )
    with pytest.raises(IntegrityError, match="is settled"), transaction.atomic():
        late.stance, late.kind = "yielded", "lighter"
        late.save()


@pytest.mark.parametrize(
    ("stance", "reason_class", "reasons"),
    [
        ("refused", "law", "字" * 19),
        ("refused", "", "字" * 20),
        ("refused", "unknown", "字" * 20),
        ("applied", "law", "字" * 20),
        ("unknown", "", ""),
    ],
)
def test_the_database_refuses_a_refusal_without_reasons(
    world: CaseWorld, stance: str, reason_class: str, reasons: str
) -> None:
    proposal = propose(world, minor(world))
    use = proposal.entry_uses.get()
    row = EntryUse(
        proposal=proposal, position=2, entry_id=use.entry_id + 1, version_id=use.version_id, kind="lighter",
        is_binding=True, stance=stance, reason_class=reason_class, reasons=reasons,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="entry_use_"), transaction.atomic():
        row.save()


def test_the_form_asks_for_each_met_entry_and_keeps_what_was_typed(second_list: CaseWorld) -> None:
    case = minor(second_list)
    entry_id = second_list_entry("3")
    client = signed_in(second_list, "officer")
    address = f"/officer/cases/{case.pk}/depart/"
    page = client.get(address).content.decode()
    assert "不适用《云南省市场监管领域减免责清单》第1版第3条（应当从轻处罚）的类别" in page
    sent = {
        "lock_version": case.lock_version,
        "outcome": "normal",
        "fine": "600",
        "departure_class": "facts",
        "departure_reasons": REASONS,
        f"entry_reasons_{entry_id}": "不宜适用。",
    }
    again = client.post(address, sent)
    assert again.status_code == 400
    text = again.content.decode()
    assert "选择不适用《云南省市场监管领域减免责清单》第1版第3条的理由类别" in text
    assert "现在是 5 字" in text
    assert "不宜适用。</textarea>" in text
    done = client.post(
        address, {**sent, f"entry_class_{entry_id}": "law", f"entry_reasons_{entry_id}": LAW_REASONS}
    )
    assert done.status_code == 302
    case_page = client.get(f"/officer/cases/{case.pk}/").content.decode()
    assert LAW_REASONS in case_page
    assert "该免未免" in case_page
    assert "未适用《云南省市场监管领域减免责清单》第1版第17条" in case_page


def test_a_program_gives_the_same_reasons(second_list: CaseWorld) -> None:
    case = minor(second_list)
    program = Program(second_list, "officer")
    body = {
        "follows_analysis": False,
        "outcome": "normal",
        "fines": [{"subject": "", "fen": 60000}],
        "departure_class": "facts",
        "departure_reasons": REASONS,
    }
    address = f"/cases/{case.pk}/acts/submit_proposal/"
    refused = program.send("POST", address, body)
    entry_id = second_list_entry("3")
    assert refused.status_code == 422
    assert f"entry_reasons_{entry_id}" in refused.json()["data"]["fields"]
    body["entry_reasons"] = [{"entry_id": entry_id, "reason_class": "law", "reasons": LAW_REASONS}]
    assert program.send("POST", address, body).status_code == 200
    given = program.get(f"/cases/{case.pk}/").json()["proposal"]
    assert [(use["stance"], use["reasons"]) for use in given["entry_uses"]] == [
        ("refused", REASONS), ("not_met", ""), ("refused", LAW_REASONS),
    ]  # fmt: skip
    assert [alarm["kind"] for alarm in given["alarms"]] == ["not_spared"]


# --- Alarms ---------------------------------------------------------------------------------------------------------
def alarmed(world: CaseWorld, **changes: Any) -> tuple[Case, LeniencyAlarm]:
    case = minor(world)
    proposal = propose(world, case, **departing(**changes))
    return Case.objects.get(pk=case.pk), proposal.alarms.get()


def test_the_alarm_is_raised_with_the_proposal_and_kept_in_the_ledger(world: CaseWorld) -> None:
    case, alarm = alarmed(world)
    assert (alarm.kind, alarm.case_id, alarm.is_open) == ("not_spared", case.pk, True)
    assert "第17条（可以不予处罚）的条件经查符合，拟作一般处罚" in alarm.explanation
    payload = json.loads(LedgerEntry.objects.get(action="case_proposed").payload)
    assert payload["alarms"] == [{"alarm": alarm.pk, "kind": "not_spared"}]


def agree(world: CaseWorld, case: Case, answers: dict[str, StatedReasons] | None = None) -> Proposal:
    return decide_proposal(
        actor=world.approver,
        case_id=case.pk,
        verdict=ProposalVerdict.APPROVED,
        text="同意。",
        today=TODAY,
        alarm_answers=answers,
    )


@pytest.mark.parametrize(
    ("reason_class", "reasons", "fields"),
    [
        ("", "", ["alarm_class", "alarm_reasons"]),
        ("law", "字" * 19, ["alarm_reasons"]),
        ("", "字" * 20, ["alarm_class"]),
        ("law", "字" * 20, []),
    ],
)
def test_agreeing_needs_reasons_for_the_alarm(
    world: CaseWorld, reason_class: str, reasons: str, fields: list[str]
) -> None:
    case, alarm = alarmed(world)
    answers = {alarm.key: StatedReasons(reason_class, reasons)}
    if fields:
        with pytest.raises(InvalidInput) as refused:
            agree(world, case, answers)
        assert list(refused.value.data["fields"]) == [f"{name}_{alarm.key}" for name in fields]
        assert Proposal.objects.get().verdict == "pending"
        return
    agree(world, case, answers)
    alarm.refresh_from_db()
    assert (alarm.answer, alarm.answered_by_id) == (reasons, world.approver.account_id)
    payload = json.loads(LedgerEntry.objects.get(action="case_approved").payload)
    assert payload["alarms"] == [{"alarm": alarm.pk, "kind": "not_spared", "class": "law"}]
    assert verify_chains().holds


def test_sending_back_needs_no_reasons_for_the_alarm(world: CaseWorld) -> None:
    case, alarm = alarmed(world)
    decide_proposal(
        actor=world.approver,
        case_id=case.pk,
        verdict=ProposalVerdict.RETURNED,
        text="应当不予处罚。",
        today=TODAY,
    )
    alarm.refresh_from_db()
    assert alarm.is_open
    with pytest.raises(IntegrityError, match="is settled"), transaction.atomic():
        LeniencyAlarm.objects.filter(pk=alarm.pk).update(
            answer="字" * 20,
            answer_class="law",
            answered_by=world.approver.account_id,
            answered_at=timezone.now(),
        )


def test_leniency_that_nothing_supports_is_alarmed(world: CaseWorld) -> None:
    case = answer(world, make_case(world), NOT_CORRECTED)
    changes = departing(outcome="no_penalty", fines={}, education="已当面讲解明码标价要求。")
    proposal = propose(world, case, **changes)
    alarm = proposal.alarms.get()
    assert (alarm.kind, alarm.entry_id) == ("wrongly_spared", proposal.entry_uses.get().entry_id)
    assert "不满足" in alarm.explanation


def test_rules_that_changed_since_are_asked_again_at_the_approval(world: CaseWorld) -> None:
    case = answer(world, make_case(world), NOT_CORRECTED)
    proposal = propose(world, case)
    assert not proposal.alarms.exists()
    row = list_entry(
        serial="5", slug="5", mandate="must", condition={"fact": "offence_count", "op": "eq", "value": 1}
    )
    publish_list(world, [row], slug="newer-list", effective_from=TODAY)
    with pytest.raises(InvalidInput):
        agree(world, case)
    assert not LeniencyAlarm.objects.exists()
    approve(world, case)
    assert LeniencyAlarm.objects.get().kind == "not_spared"


def test_the_database_approves_nothing_past_an_open_alarm(world: CaseWorld) -> None:
    case, alarm = alarmed(world)
    sql = "UPDATE cases_proposal SET verdict = 'approved', decided_by_id = %s, decided_at = now() WHERE case_id = %s"
    with (
        pytest.raises(IntegrityError, match="has an open alarm"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, [world.approver.account_id, case.pk])
    with pytest.raises(IntegrityError, match="is settled"), transaction.atomic():
        alarm.delete()
    with pytest.raises(IntegrityError, match="leniency_alarm_answer_reasoned"), transaction.atomic():
        LeniencyAlarm.objects.filter(pk=alarm.pk).update(answer="字" * 19)
    with pytest.raises(IntegrityError, match="leniency_alarm_once"), transaction.atomic():
        LeniencyAlarm.objects.create(
            case=case,
            proposal_id=alarm.proposal_id,
            kind=alarm.kind,
            entry_id=alarm.entry_id,
            explanation="又一次",
        )
    agree(world, case, {alarm.key: STATED})
    for change in ({"answer": "字" * 30}, {"explanation": "别的"}, {"kind": "wrongly_spared"}):
        with pytest.raises(IntegrityError, match="is settled"), transaction.atomic():
            LeniencyAlarm.objects.filter(pk=alarm.pk).update(**change)


def test_the_approvers_page_asks_and_keeps_what_was_typed(world: CaseWorld) -> None:
    case, alarm = alarmed(world)
    client = signed_in(world, "approver")
    address = f"/officer/cases/{case.pk}/review/"
    page = client.get(address).content.decode()
    assert "该免未免：仍然同意的理由类别" in page
    assert alarm.explanation in page
    sent = {"proposal_id": alarm.proposal_id, "text": "同意。", "verdict": "approved"}
    again = client.post(address, {**sent, f"alarm_reasons_{alarm.key}": "情节更重。"})
    assert again.status_code == 400
    assert "选择仍然同意（该免未免）的理由类别" in again.content.decode()
    assert "情节更重。</textarea>" in again.content.decode()
    answered = {f"alarm_reasons_{alarm.key}": LAW_REASONS, f"alarm_class_{alarm.key}": "law"}
    assert client.post(address, {**sent, **answered}).status_code == 302
    assert LAW_REASONS in client.get(f"/officer/cases/{case.pk}/").content.decode()


def test_a_program_answers_the_same_alarm(world: CaseWorld) -> None:
    case, alarm = alarmed(world)
    program = Program(world, "approver")
    body: dict[str, Any] = {"proposal_id": alarm.proposal_id, "text": "同意。"}
    address = f"/cases/{case.pk}/acts/approve/"
    refused = program.send("POST", address, body)
    assert (refused.status_code, refused.json()["code"]) == (422, "alarm_unanswered")
    body["alarm_answers"] = [
        {"kind": "not_spared", "entry_id": alarm.entry_id, "reason_class": "law", "reasons": LAW_REASONS}
    ]
    assert program.send("POST", address, body).status_code == 200
    given = program.get(f"/cases/{case.pk}/").json()["proposal"]["alarms"]
    assert [(one["answer_class"], one["answer"]) for one in given] == [("law", LAW_REASONS)]
