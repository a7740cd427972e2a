"""The standing cast of tests: a province, two cities, a county; two lines; and one person per duty.

All names and numbers are invented.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from enforcement.actors import Actor, Role, actor_for
from enforcement.models import (
    Account,
    Agency,
    Certificate,
    Line,
    Officer,
    Qualification,
    Region,
    RoleGrant,
)

PROVINCE, CITY, COUNTY, OTHER_CITY = "53", "5301", "530102", "5303"
MARKET, ECOLOGY = "market", "ecology"


@dataclass(frozen=True, slots=True)
class Cast:
    """Agencies, and accounts by duty. Compiler, reviewer and publisher serve the city's market agency.

    The registrar keeps the whole province's register, the city registrar that of the city's market agency.
    """

    province_market: Agency
    city_market: Agency
    county_market: Agency
    other_city_market: Agency
    city_ecology: Agency
    compiler: Account
    second_compiler: Account
    reviewer: Account
    publisher: Account
    all_duties: Account
    officer: Account
    second_officer: Account
    approver: Account
    neighbour: Account
    ecology_compiler: Account
    province_compiler: Account
    supervisor: Account
    registrar: Account
    city_registrar: Account

    def actor(self, name: str) -> Actor:
        """The actor of one of the accounts, by its field name."""
        return actor_for(getattr(self, name))


def raise_cast() -> Cast:
    """Create the cast in the current database."""
    _regions()
    Line.objects.create(code=MARKET, name="市场监管")
    Line.objects.create(code=ECOLOGY, name="生态环境")
    province = make_agency("53-market", "示范省市场监督管理局", PROVINCE, MARKET)
    city = make_agency("5301-market", "示范市市场监督管理局", CITY, MARKET, superior=province)
    county = make_agency("530102-market", "示范县市场监督管理局", COUNTY, MARKET, superior=city)
    other = make_agency("5303-market", "邻市市场监督管理局", OTHER_CITY, MARKET, superior=province)
    ecology = make_agency("5301-ecology", "示范市生态环境局", CITY, ECOLOGY)
    return Cast(
        province_market=province,
        city_market=city,
        county_market=county,
        other_city_market=other,
        city_ecology=ecology,
        compiler=make_account("compiler", "编制人甲", city, Role.COMPILER),
        second_compiler=make_account("compiler2", "编制人乙", city, Role.COMPILER),
        reviewer=make_account("reviewer", "审核人丙", city, Role.LEGAL_REVIEWER),
        publisher=make_account("publisher", "发布人丁", city, Role.PUBLISHER),
        all_duties=make_account("all", "全能戊", city, Role.COMPILER, Role.LEGAL_REVIEWER, Role.PUBLISHER),
        officer=make_account("officer", "执法人己", city, Role.OFFICER, with_certificate=True),
        second_officer=make_account("officer2", "执法人庚", city, Role.OFFICER, with_certificate=True),
        approver=make_account("approver", "负责人辛", city, Role.APPROVER),
        neighbour=make_account(
            "neighbour", "邻市编制人", other, Role.COMPILER, Role.OFFICER, with_certificate=True
        ),
        ecology_compiler=make_account("ecology", "环境编制人", ecology, Role.COMPILER),
        province_compiler=make_account("province", "省局编制人", province, Role.COMPILER),
        supervisor=make_account("supervisor", "监督员壬", province, Role.SUPERVISOR, line_code=""),
        registrar=make_account("registrar", "登记员癸", province, Role.REGISTRAR, line_code=""),
        city_registrar=make_account("registrar2", "市局登记员", city, Role.REGISTRAR),
    )


def _regions() -> None:
    province = Region.objects.create(code=PROVINCE, name="示范省", level="province")
    city = Region.objects.create(code=CITY, name="示范市", level="prefecture", parent=province)
    Region.objects.create(code=OTHER_CITY, name="邻市", level="prefecture", parent=province)
    Region.objects.create(code=COUNTY, name="示范县", level="county", parent=city)


def make_agency(code: str, name: str, region: str, line: str, superior: Agency | None = None) -> Agency:
    """An agency of the region and line."""
    return Agency.objects.create(
        code=code,
        name=name,
        short_name=name[:4],
        document_prefix=name[:3],
        region_id=region,
        line_id=line,
        region_code=region,
        line_code=line,
        superior=superior,
    )


def make_account(
    username: str,
    name: str,
    agency: Agency,
    *roles: Role,
    line_code: str | None = None,
    with_certificate: bool = False,
) -> Account:
    """An account with duties over its agency's region and line; an officer with a certificate valid for decades."""
    officer = _officer(username, name, agency) if with_certificate else None
    account = Account.objects.create_user(username, None, display_name=name, agency=agency, officer=officer)
    line = agency.line_code if line_code is None else line_code
    for role in roles:
        RoleGrant.objects.create(
            account=account, role=role.value, region_code=agency.region_code, line_code=line
        )
        _qualify(account, role, agency.region_code, line)
    return account


def _qualify(account: Account, role: Role, region: str, line: str) -> None:
    """What the duty asks for: legal reviewers reviewed before 2018, supervisors hold a card."""
    if role is Role.LEGAL_REVIEWER:
        paper = {"kind": "reviewed_before", "obtained_on": dt.date(2010, 1, 1)}
    elif role is Role.SUPERVISOR:
        paper = {
            "kind": "supervision_card",
            "number": f"CARD-{account.username}",
            "obtained_on": dt.date(2000, 1, 1),
            "valid_until": dt.date(2099, 12, 31),
        }
    else:
        return
    Qualification.objects.create(account=account, region_code=region, line_code=line, **paper)


def _officer(username: str, name: str, agency: Agency) -> Officer:
    officer = Officer.objects.create(
        name=name, agency=agency, region_code=agency.region_code, line_code=agency.line_code
    )
    Certificate.objects.create(
        officer=officer,
        number=f"CERT-{username}",
        valid_from=dt.date(2000, 1, 1),
        valid_until=dt.date(2099, 12, 31),
    )
    return officer
