"""The demonstration's cases, walked through the ordinary services on their own days."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from cases.analysis import Analysis
from cases.entry_uses import StatedReasons
from cases.models import Case, CaseStatus, Outcome, ProposalVerdict
from cases.proposal_rules import ProposalDraft, proposal_problems
from cases.selectors.analysis import analysis_for
from cases.selectors.leniency_alarms import alarms_for_review
from cases.services.decide_proposal import decide_proposal
from cases.services.issue_decision import issue_decision
from cases.services.later_steps import (
    DeliveryMethod,
    Fulfilment,
    StatementRecord,
    close_case,
    deliver_document,
    record_statement,
    withdraw_case,
)
from cases.services.open_case import NewCase, open_case
from cases.services.record_facts import FactAnswer, record_facts, record_narrative
from cases.services.submit_proposal import submit_proposal
from cases.statuses import DepartureClass, FactSource
from discretion.rules import AmountRange
from enforcement.actors import Actor, Role, actor_for
from enforcement.conditions.vocabulary import STANDARD, FactType
from supervision.demo.agencies import agencies_by_code
from supervision.demo.case_choices import TargetStage
from supervision.demo.cases import CasePlan, demo_cases
from supervision.demo.loading.register import LoadedRegister

NAMESPACE = uuid.UUID("5f0c7f5e-51f0-4f53-9a53-2022005100ee")
EVIDENCE = ("现场检查笔录", "询问笔录", "现场照片 3 张", "营业执照复印件")
EVIDENCE_OF_PERSONS = ("现场检查笔录", "询问笔录", "现场照片 3 张")
SOURCES = (FactSource.SITE_RECORD, FactSource.INTERVIEW, FactSource.DOCUMENTARY, FactSource.PHOTO)
NOT_SO = FactAnswer(value=False, source=FactSource.OFFICER)
EDUCATION = "当面讲解了相关规定和整改要求，发放宣传材料，当事人表示今后依法经营。"
DEPARTURE = "经调查核实，当事人的主观过错、配合程度与系统所列情形有出入，结合本案证据作此处理。"
MITIGATION = "当事人主动消除违法行为危害后果并配合查处，依照行政处罚法第三十二条减轻处罚。"
ALARM_ANSWER = "已核对承办人所列事实和证据，系统所列情形没有反映全部情节，同意承办意见。"
WITHDRAWAL = "经进一步调查，现有证据不足以证明违法事实成立，依法撤销立案。"
# 51号 二(五): what every officer asks before leniency; the demonstration has no such case.
POLICY_QUESTIONS = ("high_risk_irreversible", "emergency_price_gouging")
QUESTION_ROUNDS = 4
# A whole-yuan fine reads better than one with fen.
WHOLE_YUAN = 100


@dataclass(frozen=True, slots=True)
class _People:
    officer: Actor
    approver: Actor


def load_cases(loaded: LoadedRegister, *, today: dt.date, limit: int, report: Callable[[str], object]) -> int:
    """Load the newest `limit` plans and return how many cases there are; `report` gets a line now and then."""
    plans = [plan for plan in demo_cases(today) if plan.target_stage.status is not None][-limit:]
    for count, plan in enumerate(plans, start=1):
        _CaseWalk(loaded, plan).walk()
        if count % 100 == 0:
            report(f"已载入案件 {count} / {len(plans)} 件")
    return len(plans)


class _CaseWalk:
    """One plan, step after step, each on the day the plan gives."""

    def __init__(self, loaded: LoadedRegister, plan: CasePlan) -> None:
        self.loaded, self.plan = loaded, plan
        self.people = _people(loaded, plan)
        self.days = dict(plan.stage_dates)
        self.case: Case

    def walk(self) -> None:
        """Open the case and take it to the plan's stage; a case the rules leave open stays in investigation."""
        self._open()
        self._investigate()
        if self.plan.target_stage is TargetStage.WITHDRAWN:
            withdraw_case(
                actor=self.people.approver,
                case_id=self.case.pk,
                reason=WITHDRAWAL,
                today=self._day(TargetStage.WITHDRAWN),
            )
        elif self.plan.target_stage not in (TargetStage.FILING, TargetStage.INVESTIGATION):
            self._propose_and_after()

    def _day(self, stage: TargetStage) -> dt.date:
        """The day a stage began; a stage the plan skips shares the day of the latest before it."""
        order = list(TargetStage)
        earlier = [self.days[one] for one in order[: order.index(stage) + 1] if one in self.days]
        return max(earlier, default=self.plan.opened_on)

    def _open(self) -> None:
        plan = self.plan
        new = NewCase(
            violation_id=self.loaded.violations[plan.violation_code].pk,
            party_id=self.loaded.parties[plan.party_index].pk,
            handler_ids=tuple(self.loaded.officers[key].pk for key in plan.officer_keys),
            source=plan.source,
            act_date=plan.act_date,
            found_on=plan.found_on,
            opened_on=plan.opened_on,
            place=plan.place,
        )
        operation = uuid.uuid5(NAMESPACE, f"{plan.opened_on:%Y%m%d}-{plan.number}")
        self.case, _ = open_case(
            actor=self.people.officer, operation_id=operation, new=new, today=plan.opened_on
        )

    def _investigate(self) -> None:
        plan, day = self.plan, self._day(TargetStage.INVESTIGATION)
        answers = {
            code: FactAnswer(value=value, source=SOURCES[position % len(SOURCES)])
            for position, (code, value) in enumerate(plan.facts_document().items())
            if code not in STANDARD or not STANDARD[code].computed
        }
        if answers:
            answers |= {code: NOT_SO for code in POLICY_QUESTIONS if code not in plan.facts}
            record_facts(actor=self.people.officer, case_id=self.case.pk, answers=answers, today=day)
        if plan.target_stage is not TargetStage.FILING:
            record_narrative(
                actor=self.people.officer,
                case_id=self.case.pk,
                narrative=plan.narrative,
                evidence=EVIDENCE if self.case.party.uscc else EVIDENCE_OF_PERSONS,
                place=plan.place,
                today=day,
            )

    def _settled_analysis(self, day: dt.date) -> Analysis:
        """The analysis after answering what it still asks: circumstances nobody claimed are not so."""
        for _ in range(QUESTION_ROUNDS):
            case = Case.objects.select_related("violation", "party").get(pk=self.case.pk)
            analysis = analysis_for(actor=self.people.officer, case=case, today=day)
            yes_or_no = [
                question["fact"]
                for question in analysis.document["questions"]
                if _is_yes_or_no(question["fact"])
            ]
            if not yes_or_no:
                break
            record_facts(
                actor=self.people.officer,
                case_id=case.pk,
                answers=dict.fromkeys(yes_or_no, NOT_SO),
                today=day,
            )
        return analysis

    def _propose_and_after(self) -> None:
        day = self._day(TargetStage.APPROVAL)
        case = self.case
        draft = _draft(self.plan, self._settled_analysis(day))
        if draft is None:
            return
        submit_proposal(actor=self.people.officer, case_id=case.pk, draft=draft, today=day)
        steps = (
            (TargetStage.NOTICE, self._approve),
            (TargetStage.DECISION, self._hear),
            (TargetStage.DELIVERY, self._issue),
            (TargetStage.EXECUTION, self._deliver),
            (TargetStage.CLOSED, self._close),
        )
        wanted = list(TargetStage).index(self.plan.target_stage)
        for stage, step in steps:
            if list(TargetStage).index(stage) <= wanted:
                step(self._day(stage))

    def _status(self) -> str:
        return Case.objects.values_list("status", flat=True).get(pk=self.case.pk)

    def _approve(self, day: dt.date) -> None:
        decide_proposal(
            actor=self.people.approver,
            case_id=self.case.pk,
            verdict=ProposalVerdict.APPROVED,
            text="事实清楚，证据充分，同意。",
            today=day,
            alarm_answers=self._alarm_answers(day),
        )

    def _alarm_answers(self, day: dt.date) -> dict[str, StatedReasons]:
        """The approver stands by what the handlers wrote about their departure."""
        case = Case.objects.select_related("violation", "party").get(pk=self.case.pk)
        proposal = case.proposals.get(verdict=ProposalVerdict.PENDING)
        alarms = alarms_for_review(actor=self.people.approver, case=case, proposal=proposal, today=day)
        return {one.key: StatedReasons(DepartureClass.FACTS, ALARM_ANSWER) for one in alarms}

    def _hear(self, day: dt.date) -> None:
        if self._status() == CaseStatus.NOTICE:
            record = StatementRecord(notice_given_on=self._day(TargetStage.NOTICE), heard_on=day)
            record_statement(actor=self.people.officer, case_id=self.case.pk, record=record, today=day)

    def _issue(self, day: dt.date) -> None:
        issue_decision(actor=self.people.officer, case_id=self.case.pk, today=day)

    def _deliver(self, day: dt.date) -> None:
        deliver_document(
            actor=self.people.officer,
            case_id=self.case.pk,
            delivered_on=day,
            method=DeliveryMethod.DIRECT,
            receiver="当事人本人",
            today=day,
        )

    def _close(self, day: dt.date) -> None:
        if self._status() == CaseStatus.EXECUTION:
            close_case(
                actor=self.people.officer,
                case_id=self.case.pk,
                closed_on=day,
                fulfilment=Fulfilment.PAID,
                note="",
                today=day,
            )


def _people(loaded: LoadedRegister, plan: CasePlan) -> _People:
    """The first handler, and the approver of the agency or of the nearest one above it."""
    agency = agencies_by_code()[plan.agency_code]
    while f"{agency.code}-{Role.APPROVER.value}" not in loaded.accounts and agency.superior_code:
        agency = agencies_by_code()[agency.superior_code]
    return _People(
        officer=actor_for(loaded.accounts[plan.officer_keys[0]]),
        approver=actor_for(loaded.accounts[f"{agency.code}-{Role.APPROVER.value}"]),
    )


def _is_yes_or_no(code: str) -> bool:
    """True for a fact answered by 是 or 否; declared facts of the demonstration are confirmations."""
    return code not in STANDARD or STANDARD[code].type is FactType.BOOLEAN


def _draft(plan: CasePlan, analysis: Analysis) -> ProposalDraft | None:
    """The first sound one of: a departure where the plan has one, the advice, the plan's outcome with reasons."""
    drafts = [_planned(plan, analysis)]
    if analysis.outcome is not None:
        drafts.insert(1 if plan.departs else 0, _following(plan, analysis))
    return next((draft for draft in drafts if not proposal_problems(draft, analysis)), None)


def _planned(plan: CasePlan, analysis: Analysis) -> ProposalDraft:
    if plan.outcome == analysis.outcome:
        return _following(plan, analysis)
    no_penalty = plan.outcome == Outcome.NO_PENALTY
    stated = StatedReasons(plan.departure_class or DepartureClass.FACTS, plan.departure_reason or DEPARTURE)
    return ProposalDraft(
        outcome=plan.outcome,
        follows_analysis=False,
        fines={} if no_penalty else _fines(analysis.ranges or analysis.statutory, plan.fine_position),
        departure_class=stated.reason_class,
        departure_reasons=stated.reasons,
        entry_reasons={one.entry_id: stated for one in analysis.grounds.entries if one.is_met},
        mitigation_basis=MITIGATION if plan.outcome == Outcome.MITIGATED else "",
        education=EDUCATION if no_penalty else "",
    )


def _following(plan: CasePlan, analysis: Analysis) -> ProposalDraft:
    no_penalty = analysis.outcome == Outcome.NO_PENALTY
    return ProposalDraft(
        outcome=analysis.outcome or "",
        follows_analysis=True,
        fines={} if no_penalty else _fines(analysis.ranges, plan.fine_position),
        mitigation_basis=MITIGATION if analysis.outcome == Outcome.MITIGATED else "",
        education=EDUCATION if no_penalty else "",
    )


def _fines(ranges: tuple[AmountRange, ...], position: Decimal | None) -> dict[str, int]:
    """A whole-yuan fine for each subject at `position` of its range; the open end of a range is not used."""
    return {one.subject: _inside(one, position if position is not None else Decimal(0)) for one in ranges}


def _inside(one: AmountRange, position: Decimal) -> int:
    wanted = one.min_fen + int((one.max_fen - one.min_fen) * position)
    rounded = -(-wanted // WHOLE_YUAN) * WHOLE_YUAN
    for fen in (rounded, rounded + WHOLE_YUAN, one.max_fen, one.min_fen):
        if fen > 0 and one.contains(fen):
            return fen
    return one.max_fen
