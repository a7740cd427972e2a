"""The people part of the register as its shared services see it: how far a duty must reach, and in which chain it is kept.

Labels for the ledger are numbers of staff, papers and equipment, never names.
"""

from __future__ import annotations

from typing import Any

from enforcement.crypto.fields import index_tokens
from enforcement.errors import InvalidInput
from enforcement.ledger.append import PROVINCE_CHAIN
from enforcement.models import (
    Certificate,
    Equipment,
    Examination,
    Officer,
    Qualification,
    Training,
    TrainingRequirement,
)
from enforcement.register_kinds import Reach, RegisterKind, reach_of_agency_row


def _own_scope(row: Any) -> None:
    """Region and line follow the agency for as long as the row belongs to it."""
    row.region_code, row.line_code = row.agency.region_code, row.agency.line_code


def _own_scope_and_index(row: Officer) -> None:
    """The index is filled here as well as on saving, since the constraints of the row are checked before."""
    _own_scope(row)
    if row.id_number:
        row.id_number_index = index_tokens(Officer, "id_number_index", row.id_number)[0]


def _free_of_obstacles(row: Certificate) -> None:
    """辅助人员 hold no certificate: they have no power to enforce (行政处罚法 第四十二条)."""
    if row.officer.is_auxiliary:
        raise InvalidInput.from_problems(
            "auxiliary", ["这名人员登记为辅助人员，不得持有执法证。请核对工号，或者先更正人员的登记"]
        )


def _scope_of_person(row: Qualification) -> None:
    """Where the person works; somebody of a coordinating body works where the duty lies, over every line."""
    agency = row.account.agency
    if agency is not None:
        row.region_code, row.line_code = agency.region_code, agency.line_code
    elif not row.region_code:
        grant = row.account.grants.order_by("region_code").first()
        row.region_code = grant.region_code if grant is not None else "53"
        row.line_code = grant.line_code if grant is not None else ""


def _agency_chain(row: Any) -> str:
    return str(row.agency.code)


def _chain_of_person(row: Qualification) -> str:
    agency = row.account.agency
    return agency.code if agency is not None else PROVINCE_CHAIN


def _reach_of_officer(row: Any) -> Reach:
    return reach_of_agency_row(row.officer)


def _chain_of_officer(row: Any) -> str:
    return str(row.officer.agency.code)


OFFICER = RegisterKind(
    slug="officers",
    noun="执法人员",
    model=Officer,
    reach_of=reach_of_agency_row,
    chain_of=_agency_chain,
    label_of=lambda row: f"工号 {row.staff_number}",
    prepare=_own_scope_and_index,
)
CERTIFICATE = RegisterKind(
    slug="certificates",
    noun="执法证",
    model=Certificate,
    reach_of=_reach_of_officer,
    chain_of=_chain_of_officer,
    label_of=lambda row: row.number,
    prepare=_free_of_obstacles,
)
TRAINING = RegisterKind(
    slug="trainings",
    noun="培训记录",
    model=Training,
    reach_of=_reach_of_officer,
    chain_of=_chain_of_officer,
    label_of=lambda row: f"工号 {row.officer.staff_number} {row.completed_on}",
)
EXAMINATION = RegisterKind(
    slug="examinations",
    noun="考试记录",
    model=Examination,
    reach_of=_reach_of_officer,
    chain_of=_chain_of_officer,
    label_of=lambda row: f"工号 {row.officer.staff_number} {row.taken_on}",
)
TRAINING_REQUIREMENT = RegisterKind(
    slug="training-requirements",
    noun="年度学时要求",
    model=TrainingRequirement,
    reach_of=reach_of_agency_row,
    label_of=lambda row: f"{row.region_code} {row.line_code or '全部条线'} {row.year} 年",
)
EQUIPMENT = RegisterKind(
    slug="equipment",
    noun="执法装备",
    model=Equipment,
    reach_of=reach_of_agency_row,
    chain_of=_agency_chain,
    label_of=lambda row: row.inventory_number,
    prepare=_own_scope,
    end_field="retired_on",
)
QUALIFICATION = RegisterKind(
    slug="qualifications",
    noun="资格证件",
    model=Qualification,
    reach_of=reach_of_agency_row,
    chain_of=_chain_of_person,
    label_of=lambda row: f"账号 {row.account_id} {row.get_kind_display()}",
    prepare=_scope_of_person,
)
