"""Rows of another agency, made with words and numbers that appear nowhere else, and where they would show."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cases.services.record_facts import record_narrative
from enforcement.actors import Role, actor_for
from enforcement.models import (
    Account,
    Agency,
    Calibration,
    Certificate,
    Custody,
    DocumentKind,
    Equipment,
    Examination,
    Officer,
    Qualification,
    RoleGrant,
    Training,
)
from enforcement.services.api_keys import issue_api_key
from enforcement.services.draft_version import create_document
from enforcement.services.saved_drafts import keep_draft
from exemption_lists.services.edit_entry import add_entry
from tests.browser.staged_demonstration import TODAY
from tests.builders import entry_fields
from tests.case_builders import CaseWorld, make_case, make_party

YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """What was made: pages that belong to it (route name, arguments), and words one might search for."""

    pages: tuple[tuple[str, tuple[Any, ...]], ...]
    words: tuple[str, ...]


Maker = Callable[[CaseWorld, str], ForeignRow]


def _case(world: CaseWorld, mark: str) -> ForeignRow:
    party = make_party(world, name=f"{mark}小吃店")
    case = make_case(world, party=party)
    record_narrative(
        actor=world.officer,
        case_id=case.pk,
        narrative=f"当事人{mark}没有标明价格。",
        evidence=[f"{mark}现场检查笔录"],
        place=f"{mark}路1号",
        today=TODAY,
    )
    routes = ("case", "propose", "depart", "review", "statement", "issue", "deliver", "close", "withdraw")
    pages = tuple((f"cases:{name}", (case.pk,)) for name in (*routes, "recusal", "handlers"))
    return ForeignRow(
        (*pages, ("supervisor:case", (case.pk,)), ("api:case", (case.pk,))),
        (f"{mark}小吃店", case.number, mark, party.uscc or mark),
    )


def _officer(world: CaseWorld, mark: str) -> ForeignRow:
    agency = world.agency
    officer = Officer.objects.create(
        name=f"{mark}某",
        agency=agency,
        region_code=agency.region_code,
        line_code=agency.line_code,
        staff_number=f"S{mark}",
    )
    certificate = Certificate.objects.create(
        officer=officer, number=f"Z{mark}", valid_from=TODAY - YEAR, valid_until=TODAY + dt.timedelta(days=5)
    )
    training = Training.objects.create(
        officer=officer,
        kind="yearly",
        title=f"{mark}培训",
        hours=8,
        completed_on=TODAY - YEAR,
        provider=f"{mark}学院",
    )
    Examination.objects.create(
        officer=officer, kind="yearly", organiser=f"{mark}考点", taken_on=TODAY - YEAR, is_passed=True
    )
    return ForeignRow(
        (
            ("register_officers:row", (officer.pk,)),
            ("register_officers:edit", (officer.pk,)),
            ("register_certificates:row", (certificate.pk,)),
            ("register_trainings:row", (training.pk,)),
        ),
        (officer.name, officer.staff_number or mark, certificate.number, mark),
    )


def _equipment(world: CaseWorld, mark: str) -> ForeignRow:
    agency = world.agency
    camera = Equipment.objects.create(
        agency=agency,
        region_code=agency.region_code,
        line_code=agency.line_code,
        inventory_number=f"Q{mark}",
        kind="body_camera",
        model_name=f"{mark}型",
        acquired_on=TODAY - YEAR,
    )
    Calibration.objects.create(
        equipment=camera,
        done_on=TODAY - YEAR,
        valid_until=TODAY + dt.timedelta(days=6),
        certificate_number=f"J{mark}",
        body=f"{mark}计量院",
    )
    holder = Officer.objects.filter(agency=agency).order_by("pk")[0]
    Custody.objects.create(equipment=camera, holder=holder, held_from=TODAY - YEAR)
    return ForeignRow(
        (("register_equipment:row", (camera.pk,)), ("register_equipment:edit", (camera.pk,))),
        (camera.inventory_number, mark),
    )


def _draft_list(world: CaseWorld, mark: str) -> ForeignRow:
    compiler = actor_for(account_of(world.agency, Role.COMPILER, f"bz-{mark}"))
    slug = f"foreign-{mark.lower()}"
    _document, version = create_document(
        actor=compiler,
        kind=DocumentKind.EXEMPTION_LIST,
        slug=slug,
        title=f"{mark}不予处罚清单",
        agency=world.agency,
    )
    entry = add_entry(
        actor=compiler, version_id=version.pk, fields=entry_fields(violation_name=f"{mark}行为")
    )
    own = (slug, version.number)
    return ForeignRow(
        (
            ("lists:document", (slug,)),
            ("lists:version", own),
            ("lists:entry", (*own, entry.slug)),
            ("lists:condition", (*own, entry.slug)),
            ("lists:workbook", own),
            ("lists_public:document", (slug,)),
            ("lists_public:version", own),
            ("lists_public:entry", (*own, entry.slug)),
            ("lists_public:download", (*own, "xlsx")),
            ("lists_public:content", own),
            ("self_check_public:check", (slug, entry.slug)),
        ),
        (f"{mark}行为", f"{mark}不予处罚清单", mark),
    )


def _account(world: CaseWorld, mark: str) -> ForeignRow:
    """A colleague's account with a draft, a key and a qualification of their own."""
    account = account_of(world.agency, Role.OFFICER, f"gz-{mark}", name=f"{mark}甲")
    actor = actor_for(account)
    keep_draft(
        actor=actor, place="/officer/cases/new/", fields={"party_name": [f"{mark}商店"]}, now=timezone.now()
    )
    key, _text = issue_api_key(actor=actor, purpose=f"{mark}系统", days=30, now=timezone.now())
    paper = Qualification.objects.create(
        account=account,
        kind="legal_profession",
        number=f"F{mark}",
        obtained_on=TODAY - YEAR,
        region_code=world.agency.region_code,
        line_code=world.agency.line_code,
    )
    pages = (("account:api_key_revoke", (key.pk,)), ("register_qualifications:row", (paper.pk,)))
    return ForeignRow(pages, (mark, account.username))


def account_of(agency: Agency, role: Role, username: str, *, name: str = "") -> Account:
    """An account of the agency with one duty there."""
    account = Account.objects.create_user(
        username.lower(), None, display_name=name or username, agency=agency
    )
    RoleGrant.objects.create(
        account=account, role=role.value, region_code=agency.region_code, line_code=agency.line_code
    )
    return account


MAKERS: dict[str, Maker] = {
    "case": _case,
    "officer": _officer,
    "equipment": _equipment,
    "draft list": _draft_list,
    "account": _account,
}


def forms_that_search(word: str) -> tuple[tuple[str, dict[str, str]], ...]:
    """Searches and look-ups that are sent as forms, for one word."""
    return (
        ("/officer/cases/search/", {"q": word, "view": "all"}),
        ("/officer/cases/party/", {"party_kind": "enterprise", "party_identifier": word}),
        ("/officer/cases/party/", {"party_kind": "person", "party_identifier": word}),
    )


def unknown_key(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same kind of address, of something that does not exist."""
    return tuple(987_654_321 if isinstance(one, int) and one > 99 else one for one in arguments)


def new_mark() -> str:
    """Letters and digits that stand nowhere else, fit for numbers, names and addresses."""
    return f"X{uuid.uuid4().hex[:10].upper()}"
