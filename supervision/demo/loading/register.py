"""Regions, lines, agencies, people, law and parties of the demonstration."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from enforcement.actors import SYSTEM, Role
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import PROVINCE_CHAIN, append_entry
from enforcement.models import (
    Account,
    Agency,
    Officer,
    Party,
    Region,
    RoleGrant,
    Violation,
)
from supervision.demo.accounts import DemoAccount, demo_accounts
from supervision.demo.agencies import read_agencies
from supervision.demo.loading.identity import load_identity
from supervision.demo.loading.law import load_law
from supervision.demo.loading.organisations import load_agency_changes, load_delegations, load_region_changes
from supervision.demo.loading.parties import load_parties
from supervision.demo.loading.people import load_officers, load_people_records
from supervision.demo.loading.regions_and_lines import load_lines, load_regions, reword_lines
from supervision.demo.loading.sensitive_reads import load_sensitive_reads
from supervision.demo.organisations import EARLIER_NAMES
from supervision.demo.people import StaffSeed, demo_staff


@dataclass(slots=True)
class LoadedRegister:
    """Rows by the keys the demonstration's plans use."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    officers: dict[str, Officer] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    violations: dict[str, Violation] = field(default_factory=dict)
    parties: list[Party] = field(default_factory=list)


def load_register(*, today: dt.date) -> LoadedRegister:
    """Everything cases and lists refer to. Runs inside the caller's transaction; one ledger entry at the end."""
    loaded = LoadedRegister()
    load_regions(today=today)
    load_region_changes()
    load_lines(today=today)
    _load_agencies(loaded)
    load_agency_changes(loaded.agencies, today=today)
    loaded.officers = load_officers(agencies=loaded.agencies, today=today)
    _load_accounts(loaded)
    load_identity(
        accounts=loaded.accounts,
        agencies=loaded.agencies,
        logins=[account.username for account in demo_accounts()],
        today=today,
    )
    load_people_records(
        officers=loaded.officers, agencies=loaded.agencies, accounts=loaded.accounts, today=today
    )
    reword_lines(registrar=loaded.accounts["53-registrar"], today=today)
    loaded.violations.update(load_law(today=today))
    load_delegations(loaded.agencies, today=today)
    loaded.parties = load_parties(today=today)
    load_sensitive_reads(account=next(iter(loaded.accounts.values())), today=today)
    append_entry(
        chain=PROVINCE_CHAIN,
        action=LedgerAction.REGISTER_LOADED,
        subject=Region(code="53"),
        subject_label="演示基础数据",
        actor=SYSTEM,
        payload={
            "agencies": len(loaded.agencies),
            "officers": len(loaded.officers),
            "violations": len(loaded.violations),
            "parties": len(loaded.parties),
        },
    )
    return loaded


def _load_agencies(loaded: LoadedRegister) -> None:
    for seed in read_agencies():
        loaded.agencies[seed.code] = Agency.objects.create(
            code=seed.code,
            # Renamed by `load_agency_changes`, so that the earlier name is on record.
            name=EARLIER_NAMES.get(seed.code, seed.name),
            short_name=seed.short_name,
            document_prefix=seed.document_prefix,
            region_id=seed.region_code,
            line_id=seed.line_code,
            region_code=seed.region_code,
            line_code=seed.line_code,
            superior=loaded.agencies.get(seed.superior_code or ""),
            address=seed.address,
            authority_basis="《中华人民共和国行政处罚法》第十七条和本机关职能配置规定（演示）",
            contact_phone="000-00000000",
            legal_office_contact=f"{seed.short_name}法制机构",
            legal_office_phone="0871-0000-0000",
            review_authority=seed.review_authority,
            court=seed.court,
        )


def _load_accounts(loaded: LoadedRegister) -> None:
    """An account for every officer and duty, so that history has an author; only the demo ones have a password."""
    logins = {account.officer_key or account.staff_key: account for account in demo_accounts()}
    for key, officer in loaded.officers.items():
        account = _account(key, officer.name, officer.agency, logins.get(key), officer=officer)
        _grant(account, Role.OFFICER, officer.region_code, officer.line_code)
        loaded.accounts[key] = account
    for seed in demo_staff():
        account = _account(seed.key, seed.name, _agency_of(loaded, seed), logins.get(seed.key))
        _grant(account, seed.role, seed.region_code, seed.line_code)
        loaded.accounts[seed.key] = account


def _account(
    key: str, name: str, agency: Agency | None, login: DemoAccount | None, *, officer: Officer | None = None
) -> Account:
    return Account.objects.create_user(
        login.username if login else key.lower(),
        login.password if login else None,
        display_name=name,
        agency=agency,
        officer=officer,
    )


def _grant(account: Account, role: Role, region_code: str, line_code: str) -> None:
    RoleGrant.objects.create(account=account, role=role, region_code=region_code, line_code=line_code)


def _agency_of(loaded: LoadedRegister, seed: StaffSeed) -> Agency | None:
    return loaded.agencies[seed.agency_code] if seed.agency_code else None
