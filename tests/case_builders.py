"""A small world for case tests: one province, two agencies of one line, officers, rules in force, and whole cases.

Rules go through the real draft, review and publish services; cases through the case services.
"""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from cases.entry_uses import StatedReasons
from cases.models import Case, Decision, Proposal, ProposalVerdict
from cases.proposal_rules import ProposalDraft
from cases.selectors.analysis import analysis_for
from cases.selectors.leniency_alarms import alarms_for_review
from cases.services.decide_proposal import decide_proposal
from cases.services.issue_decision import issue_decision
from cases.services.later_steps import StatementRecord, record_statement
from cases.services.open_case import NewCase, open_case
from cases.services.record_facts import FactAnswer, record_facts, record_narrative
from cases.services.register_party import PartyDetails, register_party
from cases.services.submit_proposal import submit_proposal
from discretion.content import BODY as BENCHMARK_STANDARD
from discretion.models import Benchmark
from enforcement.actors import Actor, Role, actor_for
from enforcement.documents import DocumentBody
from enforcement.models import (
    Account,
    Agency,
    Certificate,
    DocumentKind,
    Law,
    Line,
    Officer,
    Party,
    Provision,
    Region,
    RoleGrant,
    RuleVersion,
    Violation,
)
from enforcement.models.documents import ReviewVerdict
from enforcement.services.draft_version import create_document, start_next_version
from enforcement.services.publish_version import publish_version, review_version, submit_version
from exemption_lists.content import BODY as EXEMPTION_LIST
from exemption_lists.models import ListEntry

TODAY = dt.date(2026, 11, 23)
ACT_DATE = dt.date(2026, 11, 17)
VIOLATION_NAME = "未按规定明码标价"
NARRATIVE = "2026年11月17日，本机关执法人员检查发现，当事人经营场所内6种现制小吃没有标明价格。当事人于11月20日前全部补齐价签。"
REASONS = "当事人在调查期间另有隐瞒销售记录的情节，现有事实项没有反映，故不采纳。"
USCC = "91530102MA6K0TEST5"

MINOR_CORRECTED: dict[str, object] = {
    "offence_count": 1,
    "harm": "轻微",
    "circumstances": "一般",
    "corrected_timely": True,
    "high_risk_irreversible": False,
    "emergency_price_gouging": False,
}
NOT_CORRECTED: dict[str, object] = {**MINOR_CORRECTED, "corrected_timely": False}

FIRST_MINOR_CONDITION: dict[str, Any] = {
    "all": [
        {"fact": "offence_count", "op": "eq", "value": 1},
        {"fact": "harm", "op": "in", "value": ["无", "无明显社会危害", "轻微"]},
        {"fact": "corrected_timely", "op": "eq", "value": True},
    ]
}
TIERS: list[dict[str, Any]] = [
    {
        "order": 1,
        "name": "较轻",
        "condition": {"fact": "corrected_timely", "op": "eq", "value": True},
        "components": [{"subject": "", "basis": "fixed", "minimum": 20000, "maximum": 50000}],
    },
    {
        "order": 2,
        "name": "一般",
        "condition": {"fact": "corrected_timely", "op": "eq", "value": False},
        "components": [{"subject": "", "basis": "fixed", "minimum": 50000, "maximum": 200000}],
    },
]
STATUTORY: list[dict[str, Any]] = [{"subject": "", "basis": "fixed", "minimum": 20000, "maximum": 500000}]


@dataclass(slots=True)
class CaseWorld:
    """Rows and actors of the small world; `officer` and `partner` handle, `approver` approves, `neighbour` is elsewhere."""

    agency: Agency
    other_agency: Agency
    violation: Violation
    officer: Actor
    partner: Actor
    approver: Actor
    neighbour: Actor
    compiler: Actor
    reviewer: Actor
    publisher: Actor
    accounts: dict[str, Account]
    numbers: Any = field(default_factory=lambda: itertools.count(1))


def make_world() -> CaseWorld:
    """Province, prefecture and two counties; one line; laws, a violation, people with certificates."""
    province = Region.objects.create(code="53", name="云南省", level="province")
    prefecture = Region.objects.create(code="5301", name="昆明市", level="prefecture", parent=province)
    county = Region.objects.create(code="530102", name="五华区", level="county", parent=prefecture)
    other = Region.objects.create(code="530103", name="盘龙区", level="county", parent=prefecture)
    line = Line.objects.create(code="SCJG", name="市场监管")
    top = _agency("YN-SCJG", "云南省市场监督管理局", "云市监", province, line)
    agency = _agency("WH-SCJG", "昆明市五华区市场监督管理局", "五市监", county, line, superior=top)
    other_agency = _agency("PL-SCJG", "昆明市盘龙区市场监督管理局", "盘市监", other, line, superior=top)
    accounts: dict[str, Account] = {}
    actors: dict[str, Actor] = {}
    for username, name, role, home in (
        ("officer", "杨叙", Role.OFFICER, agency),
        ("partner", "罗启", Role.OFFICER, agency),
        ("approver", "段予安", Role.APPROVER, agency),
        ("neighbour", "和润", Role.OFFICER, other_agency),
        ("compiler", "李编", Role.COMPILER, top),
        ("reviewer", "赵审", Role.LEGAL_REVIEWER, top),
        ("publisher", "钱发", Role.PUBLISHER, top),
    ):
        accounts[username] = _account(username, name, role, home)
        actors[username] = actor_for(accounts[username])
    return CaseWorld(
        agency=agency, other_agency=other_agency, violation=_violation(line), accounts=accounts, **actors
    )


def _agency(
    code: str, name: str, prefix: str, region: Region, line: Line, superior: Agency | None = None
) -> Agency:
    return Agency.objects.create(
        code=code,
        name=name,
        short_name=name[-10:],
        document_prefix=prefix,
        region=region,
        line=line,
        region_code=region.code,
        line_code=line.code,
        superior=superior,
        review_authority="昆明市五华区人民政府",
        court="昆明市五华区人民法院",
    )


def _account(username: str, name: str, role: Role, home: Agency) -> Account:
    officer = None
    if role in (Role.OFFICER, Role.APPROVER):
        officer = Officer.objects.create(
            name=name, agency=home, region_code=home.region_code, line_code=home.line_code
        )
        Certificate.objects.create(
            officer=officer,
            number=f"云{home.code}{officer.pk:04d}",
            valid_from=dt.date(2024, 1, 1),
            valid_until=dt.date(2028, 12, 31),
        )
    account = Account.objects.create_user(
        username, password="correct horse battery", display_name=name, agency=home, officer=officer
    )
    RoleGrant.objects.create(
        account=account, role=role, region_code=home.region_code, line_code=home.line_code
    )
    return account


def _violation(line: Line) -> Violation:
    law = Law.objects.create(name="中华人民共和国价格法", effective_from=dt.date(1998, 5, 1))
    violated = Provision.objects.create(law=law, article=13, paragraph=1)
    punished = Provision.objects.create(law=law, article=42)
    violation = Violation.objects.create(
        code="SCJG-008", name=VIOLATION_NAME, line=line, statutory_fine=STATUTORY, is_high_frequency=True
    )
    violation.violated.add(violated)
    violation.punished_by.add(punished)
    return violation


def list_entry(**changes: Any) -> dict[str, Any]:
    """Fields of one entry about the world's violation."""
    return {
        "position": 1,
        "serial": "17",
        "slug": "17",
        "kind": "no_penalty",
        "mandate": "may",
        "violation_name": VIOLATION_NAME,
        "condition_text": ["初次违法，危害后果轻微并及时改正"],
        "condition": FIRST_MINOR_CONDITION,
        "follow_up": ["教育"],
        **changes,
    }


def publish_list(
    world: CaseWorld,
    entries: list[dict[str, Any]] | None = None,
    *,
    effective_from: dt.date = dt.date(2026, 1, 1),
    slug: str = "yn-scjg-list",
    next_of: int | None = None,
) -> RuleVersion:
    """A list of the province in force from `effective_from`; `next_of` is a document that gets its next version."""
    return publish_rows(
        world,
        EXEMPTION_LIST,
        ListEntry,
        entries or [list_entry()],
        effective_from,
        slug,
        "云南省市场监管领域减免责清单",
        next_of,
    )


def publish_standard(
    world: CaseWorld,
    tiers: list[dict[str, Any]] | None = None,
    *,
    effective_from: dt.date = dt.date(2026, 1, 1),
    slug: str = "yn-scjg-standard",
    next_of: int | None = None,
) -> RuleVersion:
    """A standard with one benchmark for the world's violation."""
    rules = {"mode": "range_tiers", "groups": [{"name": "", "tiers": tiers or TIERS}], "statutory": STATUTORY}
    row = {
        "position": 1,
        "serial": "8",
        "slug": "8",
        "violation_name": VIOLATION_NAME,
        "mode": "range_tiers",
        "rules": rules,
    }
    return publish_rows(
        world,
        BENCHMARK_STANDARD,
        Benchmark,
        [row],
        effective_from,
        slug,
        "云南省市场监管行政处罚裁量权基准",
        next_of,
    )


def publish_rows(
    world: CaseWorld,
    body: DocumentBody,
    model: Any,
    rows: list[dict[str, Any]],
    effective_from: dt.date,
    slug: str,
    title: str,
    next_of: int | None,
) -> RuleVersion:
    if next_of is None:
        agency = Agency.objects.get(code="YN-SCJG")
        kind = DocumentKind(body.kind)
        _, version = create_document(actor=world.compiler, kind=kind, slug=slug, title=title, agency=agency)
    else:
        version = start_next_version(actor=world.compiler, body=body, document_id=next_of)
        model.objects.filter(version=version).delete()
    for row in rows:
        model.objects.create(version=version, **{"violation": world.violation, **row})
    submit_version(actor=world.compiler, body=body, version_id=version.pk)
    review_version(
        actor=world.reviewer, body=body, version_id=version.pk, verdict=ReviewVerdict.AGREE, text="同意发布"
    )
    return publish_version(
        actor=world.publisher,
        body=body,
        version_id=version.pk,
        document_number=f"演示〔2026〕{version.pk}号",
        issued_on=effective_from,
        effective_from=effective_from,
    )


def signed_in(world: CaseWorld, username: str) -> Client:
    """A browser of one of the world's people."""
    client = Client()
    client.force_login(world.accounts[username])
    return client


def make_party(world: CaseWorld, **changes: Any) -> Party:
    """A registered party; an organisation unless `kind` says otherwise."""
    fields = {
        "kind": "sole_trader",
        "name": "阿诺小吃店",
        "identifier": valid_uscc(next(world.numbers)),
        **changes,
    }
    party, _ = register_party(actor=world.officer, details=PartyDetails(**fields))
    return party


def valid_uscc(number: int) -> str:
    """A made-up 统一社会信用代码 with a right check digit."""
    from stdnum.cn import uscc

    body = f"92530102MA6K{number:05d}"
    return body + uscc.calc_check_digit(body)


def valid_id_number(number: int = 1, birth: str = "19900101") -> str:
    """A made-up 身份证号 with a right check digit."""
    from stdnum.cn import ric

    body = f"530102{birth}{number:03d}"
    return body + ric.calc_check_digit(body + "0")


def make_case(world: CaseWorld, *, party: Party | None = None, **changes: Any) -> Case:
    """An opened case with two handlers, a narrative and its evidence."""
    case = opened_case(world, party=party, **changes)
    return record_narrative(
        actor=world.officer,
        case_id=case.pk,
        narrative=NARRATIVE,
        evidence=["现场检查笔录", "询问笔录", "复查照片3张"],
        place=case.place,
        today=TODAY,
    )


def opened_case(world: CaseWorld, *, party: Party | None = None, **changes: Any) -> Case:
    """A case just opened, with two handlers and nothing recorded."""
    new = NewCase(
        **{
            "violation_id": world.violation.pk,
            "party_id": (party or make_party(world)).pk,
            "handler_ids": (world.officer.officer_id, world.partner.officer_id),
            "source": "inspection",
            "act_date": ACT_DATE,
            "found_on": ACT_DATE,
            "opened_on": ACT_DATE,
            "place": "五华区青藤路",
            **changes,
        }
    )
    case, _ = open_case(actor=world.officer, operation_id=uuid.uuid4(), new=new, today=TODAY)
    return case


def answer(world: CaseWorld, case: Case, facts: dict[str, object], *, today: dt.date = TODAY) -> Case:
    """Record facts as the officer found them."""
    answers = {code: FactAnswer(value, "site_record", "第2页") for code, value in facts.items()}
    return record_facts(actor=world.officer, case_id=case.pk, answers=answers, today=today)


def propose(world: CaseWorld, case: Case, *, today: dt.date = TODAY, **changes: Any) -> Proposal:
    """A proposal that follows the analysis unless `changes` say otherwise; fines start at the range's lower end."""
    analysis = analysis_for(actor=world.officer, case=Case.objects.for_reading().get(pk=case.pk), today=today)
    fines = {amount.subject: max(amount.min_fen, 100) for amount in analysis.ranges}
    draft = ProposalDraft(
        **{
            "outcome": analysis.outcome.value if analysis.outcome else "normal",
            "follows_analysis": True,
            "fines": fines,
            "education": "" if fines else "已当面讲解明码标价要求。",
            **changes,
        }
    )
    return submit_proposal(actor=world.officer, case_id=case.pk, draft=draft, today=today)


def approve(world: CaseWorld, case: Case, *, today: dt.date = TODAY) -> Proposal:
    """Approved by the second person, who gives the same reasons for every alarm."""
    fresh = Case.objects.for_reading().get(pk=case.pk)
    pending = fresh.proposals.get(verdict=ProposalVerdict.PENDING)
    alarms = alarms_for_review(actor=world.approver, case=fresh, proposal=pending, today=today)
    return decide_proposal(
        actor=world.approver,
        case_id=case.pk,
        verdict=ProposalVerdict.APPROVED,
        text="同意。",
        today=today,
        alarm_answers={one.key: StatedReasons("facts", REASONS) for one in alarms},
    )


def decide(world: CaseWorld, case: Case, *, today: dt.date = TODAY, **changes: Any) -> Decision:
    """From a case with facts to an issued decision, through every step that the outcome needs."""
    proposal = propose(world, case, today=today, **changes)
    approve(world, case, today=today)
    if proposal.outcome != "no_penalty":
        record = StatementRecord(notice_given_on=today, heard_on=today)
        record_statement(actor=world.officer, case_id=case.pk, record=record, today=today)
    return issue_decision(actor=world.officer, case_id=case.pk, today=today)
