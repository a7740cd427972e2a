"""Delegations and agencies for these tests, through the services."""

from __future__ import annotations

import datetime as dt
from typing import Any

from enforcement.actors import Actor
from enforcement.models import Agency, Delegation
from enforcement.services.delegations.conclude import NewDelegation, conclude_delegation

TODAY = dt.date(2026, 11, 25)
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
USCC = "11530102MB0000010X"
SCAN = b"%PDF-1.7\n%written delegation\n"


def valid_uscc(body: str = "11530102MB000001X") -> str:
    """A made-up code with a right check digit."""
    from stdnum.cn import uscc

    return body[:17] + uscc.calc_check_digit(body[:17])


def new_delegation(**changes: Any) -> NewDelegation:
    """A complete document; `changes` replace fields."""
    values: dict[str, Any] = {
        "document_number": "示委〔2025〕1号",
        "signed_on": FIRST - dt.timedelta(days=10),
        "valid_from": FIRST,
        "valid_until": LAST,
        "matters": "明码标价类违法行为的行政处罚，行政强制措施除外",
        "acts": ("penalty",),
        "penalty_kinds": ("warning", "fine"),
        "delegate_name": "示范街道综合服务中心",
        "delegate_uscc": valid_uscc(),
        "meets_conditions": True,
        "document": SCAN,
    }
    return NewDelegation(**(values | changes))


def conclude(actor: Actor, agency: Agency, *, today: dt.date = TODAY, **changes: Any) -> Delegation:
    """A recorded and published delegation."""
    return conclude_delegation(actor=actor, agency_id=agency.pk, new=new_delegation(**changes), today=today)
