"""保密级别: nobody reads above their level on any surface, and the public reads only what an approver confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from cases.models import Case, CaseDocument, Decision, DecisionRelease
from cases.selectors.case_list import SavedView, list_cases
from cases.selectors.published_decisions import published_decisions
from cases.services.later_steps import deliver_document
from cases.services.read_document import read_document
from cases.services.release_decision import release_decision
from cases.services.set_confidentiality import grant_clearance, set_confidentiality, withdraw_clearance
from cases.services.share_case import share_case
from enforcement.actors import PUBLIC, Role, actor_for
from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.models import Account
from supervision.selectors import OverviewFilter, case_file, overview
from supervision.verification import verify_everything
from tests.case_builders import NOT_CORRECTED, TODAY, CaseWorld, answer, decide, make_case
from tests.cases.api_client import Program
from tests.cases.doors import third_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
REASON = "涉及当事人的进货渠道。"


def set_level(world: CaseWorld, case: Case, level: str) -> Case:
    return set_confidentiality(
        actor=world.approver if level == "public" else world.officer,
        case_id=case.pk,
        level=level,
        reason=REASON,
        today=TODAY,
    )


def add_account(world: CaseWorld, name: str, role: Role, region: str, agency: object = None) -> Account:
    account = Account.objects.create_user(name, None, display_name=name, agency=agency)
    account.grants.create(role=role.value, region_code=region, line_code="SCJG")
    world.accounts[name] = account
    return account


def sees(world: CaseWorld, name: str, case: Case) -> set[str]:
    """The surfaces on which an account finds the case."""
    client, actor = Client(), actor_for(world.accounts[name])
    client.force_login(world.accounts[name])
    found = set()
    if Role.SUPERVISOR in actor.roles:
        if client.get(reverse("supervisor:case", args=[case.pk])).status_code == 200:
            found.add("supervisor page")
        if case.number in client.get(reverse("supervisor:cases")).content.decode():
            found.add("supervisor list")
        if overview(actor=actor, narrowed=OverviewFilter(), today=TODAY).total:
            found.add("count")
        if case_file(actor=actor, case_id=case.pk) is not None:
            found.add("file")
    else:
        if client.get(reverse("cases:case", args=[case.pk])).status_code == 200:
            found.add("page")
        if case.number in client.get(reverse("cases:list") + "?view=all").content.decode():
            found.add("list")
        if list_cases(actor=actor, view=SavedView.ALL, query=case.number, cursor="", today=TODAY).cases:
            found.add("search")
        document = CaseDocument.objects.filter(case=case).first()
        if document is not None:
            address = reverse("cases:document", args=[case.pk, document.pk])
            if client.get(address).status_code == 200:
                found.add("document")
    program = Program(world, name)
    if program.get(f"/cases/{case.pk}/").status_code == 200:
        found.add("api")
    if program.get("/cases/?view=all").json()["results"]:
        found.add("api list")
    return found


OFFICER_SURFACES = {"page", "list", "search", "document", "api", "api list"}
SUPERVISOR_SURFACES = {"supervisor page", "supervisor list", "count", "file", "api", "api list"}


@pytest.mark.parametrize("level", ["public", "internal", "sensitive", "trade_secret"])
def test_who_reads_which_level(world: CaseWorld, level: str) -> None:
    third_officer(world)
    add_account(world, "legal", Role.LEGAL_REVIEWER, "530102", world.agency)
    add_account(world, "watch", Role.SUPERVISOR, "53")
    case = answer(world, make_case(world), NOT_CORRECTED)
    if level != "internal":
        set_level(world, case, level)
    decide(world, case)
    for name in ("officer", "partner", "approver", "legal"):
        assert sees(world, name, case) == OFFICER_SURFACES, name
    is_open = level in ("public", "internal")
    assert sees(world, "third", case) == (OFFICER_SURFACES if is_open else set())
    assert sees(world, "watch", case) == (SUPERVISOR_SURFACES if is_open else set())
    assert sees(world, "neighbour", case) == set()


def test_a_recorded_clearance_opens_one_case_and_its_withdrawal_closes_it(world: CaseWorld) -> None:
    watch = add_account(world, "watch", Role.SUPERVISOR, "53")
    case, other = make_case(world), make_case(world)
    for one in (case, other):
        set_level(world, one, "trade_secret")
    cleared = grant_clearance(
        actor=world.approver, case_id=case.pk, account_id=watch.pk, reason="个案监督调阅。", today=TODAY
    )
    readable = Case.objects.readable_by(actor_for(watch), on=TODAY)
    assert readable.get() == case
    withdraw_clearance(actor=world.approver, case_id=case.pk, clearance_id=cleared.pk, today=TODAY)
    assert not readable.all().exists()


def test_a_share_alone_does_not_open_a_sensitive_case(world: CaseWorld) -> None:
    case = make_case(world)
    set_level(world, case, "sensitive")
    share_case(
        actor=world.approver,
        case_id=case.pk,
        agency_id=world.other_agency.pk,
        purpose="核对进货渠道。",
        starts_on=TODAY,
        ends_on=TODAY + dt.timedelta(days=3),
        today=TODAY,
    )
    readable = Case.objects.readable_by(world.neighbour, on=TODAY)
    assert not readable.exists()
    neighbour = world.accounts["neighbour"].pk
    grant_clearance(
        actor=world.approver, case_id=case.pk, account_id=neighbour, reason="协办需要查阅。", today=TODAY
    )
    assert readable.all().get() == case
    assert not Case.objects.readable_by(world.neighbour, on=TODAY + dt.timedelta(days=4)).exists()


def test_a_handler_raises_and_only_the_head_lowers(world: CaseWorld) -> None:
    case = make_case(world)
    set_level(world, case, "sensitive")
    with pytest.raises(NotPermitted, match="降低保密级别由负责人决定"):
        set_level(world, case, "internal")
    with pytest.raises(InvalidInput, match="没有变化"):
        set_level(world, case, "sensitive")
    lowered = set_confidentiality(
        actor=world.approver, case_id=case.pk, level="internal", reason="不再涉及。", today=TODAY
    )
    assert lowered.confidentiality == "internal"
    with pytest.raises(Refusal, match="不是敏感案件"):
        grant_clearance(
            actor=world.approver,
            case_id=case.pk,
            account_id=world.accounts["neighbour"].pk,
            reason="协办需要查阅。",
            today=TODAY,
        )


def test_a_document_keeps_the_level_it_was_made_at(world: CaseWorld) -> None:
    case = answer(world, make_case(world), NOT_CORRECTED)
    set_level(world, case, "trade_secret")
    decide(world, case)
    document = CaseDocument.objects.get(case=case)
    assert document.confidentiality == "trade_secret"
    set_confidentiality(
        actor=world.approver, case_id=case.pk, level="internal", reason="不再涉及。", today=TODAY
    )
    third_officer(world)
    third = actor_for(world.accounts["third"])
    assert Case.objects.readable_by(third, on=TODAY).exists()
    with pytest.raises(CaseDocument.DoesNotExist):
        read_document(actor=third, case_id=case.pk, document_id=document.pk, today=TODAY)
    assert read_document(actor=world.officer, case_id=case.pk, document_id=document.pk, today=TODAY)


def served(world: CaseWorld, level: str) -> Decision:
    case = answer(world, make_case(world), NOT_CORRECTED)
    if level != "internal":
        set_level(world, case, level)
    decision = decide(world, case)
    deliver_document(
        actor=world.officer,
        case_id=case.pk,
        delivered_on=TODAY,
        method="direct",
        receiver="本人",
        today=TODAY,
    )
    return decision


def public_pages(decision: Decision) -> list[tuple[int, str]]:
    anyone = Client()
    addresses: list[str] = [
        reverse("decisions_public:decision", args=[decision.slug]),
        reverse("decisions_public:index"),
        reverse("decisions_public:index") + f"?q={decision.number}",
    ]
    return [(page.status_code, page.content.decode()) for page in map(anyone.get, addresses)]


def test_a_sensitive_decision_is_public_only_after_confirmation_and_without_its_secrets(
    world: CaseWorld,
) -> None:
    decision = served(world, "trade_secret")
    secret = "6种现制小吃"
    assert secret in decision.public_snapshot["narrative"]
    page, *lists = public_pages(decision)
    assert page[0] == 404
    assert not any(f"decisions/{decision.slug}" in html for _, html in lists)
    assert published_decisions(actor=PUBLIC, line="", outcome="", query="", cursor="").decisions == []
    client, address = Client(), reverse("cases:release", args=[decision.case_id])
    client.force_login(world.accounts["approver"])
    unchecked = client.post(address, {"phrases": secret})
    assert "核对后再确认公示" in unchecked.content.decode()
    absent = client.post(address, {"phrases": "没有这句话", "confirmed": "on"})
    assert "公示内容中没有“没有这句话”" in absent.content.decode()
    assert client.post(address, {"phrases": secret, "confirmed": "on"}).status_code == 302
    page, *lists = public_pages(decision)
    assert page[0] == 200
    assert "（已隐去）" in page[1]
    assert secret not in page[1]
    assert all(decision.number in html for _, html in lists)
    assert verify_everything().breaks == []
    with pytest.raises(Refusal, match="已确认公示"):
        release_decision(actor=world.approver, case_id=decision.case_id, phrases=[], today=TODAY)


def test_an_open_decision_is_public_as_before(world: CaseWorld) -> None:
    decision = served(world, "internal")
    assert public_pages(decision)[0][0] == 200
    with pytest.raises(Refusal, match="不需要确认公示"):
        release_decision(actor=world.approver, case_id=decision.case_id, phrases=[], today=TODAY)


def test_what_is_served_changes_its_level_no_more(world: CaseWorld) -> None:
    decision = served(world, "trade_secret")
    with pytest.raises(Refusal, match="已送达"):
        set_confidentiality(
            actor=world.approver,
            case_id=decision.case_id,
            level="internal",
            reason="不再涉及。",
            today=TODAY,
        )


def test_a_release_is_never_changed(world: CaseWorld) -> None:
    decision = served(world, "sensitive")
    release_decision(actor=world.approver, case_id=decision.case_id, phrases=[], today=TODAY)
    changes: tuple[Callable[[], object], ...] = (
        lambda: DecisionRelease.objects.update(phrases=["x"]),
        lambda: DecisionRelease.objects.all().delete(),
    )
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_sensitive_cases_do_not_enter_the_figures_of_similar_cases(
    world: CaseWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cases.selectors.analysis import similar_cases

    monkeypatch.setattr("cases.selectors.analysis.SIMILAR_AT_LEAST", 1)
    case = make_case(world)
    decide(world, answer(world, make_case(world), NOT_CORRECTED))
    assert similar_cases(actor=world.officer, case=case, today=TODAY).total == 1
    hidden = answer(world, make_case(world), NOT_CORRECTED)
    set_level(world, hidden, "sensitive")
    decide(world, hidden)
    assert similar_cases(actor=world.officer, case=case, today=TODAY).total == 1
