"""What people are qualified for, as granting a duty asks."""

from __future__ import annotations

import datetime as dt

from enforcement.actors import Role
from enforcement.errors import Refusal
from enforcement.models import Account, Qualification
from enforcement.qualification_rules import grant_refusal


def may_be_granted(*, account: Account, role: Role, on: dt.date) -> Refusal | None:
    """Why the duty may not be granted to this person on `on`, None when nothing stands against it. One query."""
    held = [one.held for one in Qualification.objects.filter(account=account)]
    return grant_refusal(name=account.display_name, role=role, held=held, on=on)
