"""Conditions a grant must meet beyond the separation of duties; `grant_duty` asks each of them in this order."""

from __future__ import annotations

from django.utils import timezone

from enforcement.errors import Refusal
from enforcement.models import Account
from enforcement.selectors.qualifications import may_be_granted
from enforcement.separation_of_duties import GrantGuard, ProposedGrant


def is_qualified(proposed: ProposedGrant) -> Refusal | None:
    """Legal reviewers and supervisors need their qualification on the day of the grant (行政处罚法 第五十八条)."""
    key = proposed.subject.account_id
    if key is None:
        return None
    account = Account.objects.get(pk=key)
    return may_be_granted(account=account, role=proposed.role, on=timezone.localdate())


GRANT_GUARDS: tuple[GrantGuard, ...] = (is_qualified,)
