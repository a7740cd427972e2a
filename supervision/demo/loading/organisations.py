"""What happened to regions and agencies, and who acts for whom, in the demonstration; through the services."""

from __future__ import annotations

import datetime as dt

from enforcement.actors import SYSTEM
from enforcement.models import Agency, RegionChange
from enforcement.seed.region_changes import read_region_changes
from enforcement.services.agencies.end_agency import Takeover, merge_agencies, move_duties
from enforcement.services.agencies.rename_agency import NewName, rename_agency
from enforcement.services.delegations.conclude import NewDelegation, conclude_delegation
from enforcement.services.delegations.revoke import revoke_delegation
from supervision.demo.agencies import agencies_by_code
from supervision.demo.organisations import (
    BASIS_OF_MERGER,
    BASIS_OF_RENAME,
    DELEGATIONS,
    MERGERS,
    MOVED_DUTIES,
    RENAMES,
    SCAN,
    DelegationSeed,
    MergerSeed,
)
from supervision.demo.parties import credit_code

# Beyond the numbers that the demonstration's parties use.
FIRST_ORGANISATION = 900001


def load_region_changes() -> None:
    """The real changes of Yunnan's divisions since 1981."""
    RegionChange.objects.bulk_create(
        [
            RegionChange(
                kind=one.kind,
                year=one.year,
                effective_on=one.effective_on,
                old_code=one.old_code,
                old_name=one.old_name,
                new_code=one.new_code,
                new_name=one.new_name,
                form=one.form,
                basis=one.basis,
                recorded_by="系统",
            )
            for one in read_region_changes()
        ]
    )


def load_agency_changes(agencies: dict[str, Agency], *, today: dt.date) -> None:
    """One new name, one merger, one move of duties, all in the past."""
    for renamed in RENAMES:
        code, day = renamed.agency_code, today - dt.timedelta(days=renamed.days_ago)
        new = NewName(agencies_by_code()[code].name, day, BASIS_OF_RENAME.format(year=day.year))
        agencies[code] = rename_agency(actor=SYSTEM, agency_id=agencies[code].pk, new=new, today=today)
    for merger in MERGERS:
        _merge(merger, agencies, today)
    for giver, taker, matters, days_ago in MOVED_DUTIES:
        day = today - dt.timedelta(days=days_ago)
        move_duties(
            actor=SYSTEM,
            from_id=agencies[giver].pk,
            takeover=Takeover(agencies[taker].pk, matters=matters),
            effective_on=day,
            basis=BASIS_OF_MERGER.format(year=day.year),
        )


def _merge(merger: MergerSeed, agencies: dict[str, Agency], today: dt.date) -> None:
    successor = agencies[merger.successor_code]
    day = today - dt.timedelta(days=merger.days_ago)
    gone = Agency.objects.create(
        code=merger.code,
        name=merger.name,
        short_name=merger.short_name,
        document_prefix=merger.document_prefix,
        region_id=successor.region_code,
        line_id=successor.line_code,
        region_code=successor.region_code,
        line_code=successor.line_code,
        superior=successor.superior,
        established_on=merger.established_on,
        review_authority=successor.review_authority,
        court=successor.court,
    )
    merge_agencies(
        actor=SYSTEM,
        predecessor_ids=[gone.pk],
        successor_id=successor.pk,
        effective_on=day,
        basis=BASIS_OF_MERGER.format(year=day.year),
    )


def load_delegations(agencies: dict[str, Agency], *, today: dt.date) -> None:
    """Delegations of county bureaus to township teams; three of them end within 60, 30 and 7 days."""
    for position, seed in enumerate(DELEGATIONS):
        agency = agencies[seed.agency_code]
        delegation = conclude_delegation(
            actor=SYSTEM,
            agency_id=agency.pk,
            new=_new_delegation(seed, agency, agencies, position, today),
            today=today + dt.timedelta(days=seed.first),
        )
        if seed.revoked is not None:
            day = today + dt.timedelta(days=seed.revoked)
            revoke_delegation(
                actor=SYSTEM,
                delegation_id=delegation.pk,
                revoked_on=day,
                reason="街道机构调整，由委托机关自行办理",
                today=day,
            )


def _new_delegation(
    seed: DelegationSeed, agency: Agency, agencies: dict[str, Agency], position: int, today: dt.date
) -> NewDelegation:
    first = today + dt.timedelta(days=seed.first)
    is_agency = bool(seed.delegate_code)
    return NewDelegation(
        document_number=f"{agency.document_prefix}委〔{first.year}〕{seed.number}号（演示）",
        signed_on=first - dt.timedelta(days=10),
        valid_from=first,
        valid_until=today + dt.timedelta(days=seed.last),
        matters=seed.matters,
        acts=seed.acts,
        penalty_kinds=seed.penalty_kinds,
        violation_codes=seed.violation_codes,
        delegate_agency_id=agencies[seed.delegate_code].pk if is_agency else None,
        delegate_name=seed.delegate_name,
        delegate_uscc=""
        if is_agency
        else credit_code(agency.region_code, FIRST_ORGANISATION + position, "enterprise"),
        meets_conditions=True,
        document=SCAN,
    )
