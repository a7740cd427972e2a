"""The adapter of the recorded operation `deadline`: from the words of a situation to its rule and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from enforcement.deadline_rules import Approver, applicable_rule, deadline
from enforcement.seed.deadline_rules import read_deadline_rules
from enforcement.seed.work_calendar import read_work_calendar


def statutory_deadline(given: Mapping[str, Any]) -> dict[str, Any]:
    """op `deadline`. An extension that was only requested moves nothing; one that was granted does."""
    profile = str(given.get("profile") or "")
    rule = applicable_rule(read_deadline_rules(), rule_id=given["rule"], domain=profile)
    period = rule.period(code=str(given.get("period") or ""), length=_count(given.get("n")))
    granted, approver = _count(given.get("extension")) or 0, given.get("extension_approved_by")
    asked = granted or _count(given.get("extension_requested")) or 0
    approved_by = Approver(approver) if approver else None
    end = deadline(
        rule=rule,
        period=period,
        start=date.fromisoformat(given["start"]),
        calendar=read_work_calendar(),
        excluded_days={ground: _count(given.get(f"{ground}_days")) or 0 for ground in rule.excluded},
        extension=granted,
        extension_approved_by=approved_by,
    )
    return {
        "due": end.due_on.isoformat(),
        "unrolled": end.unrolled.isoformat(),
        "provisional": end.provisional,
        "extension_allowed": period.extension is not None and period.extension.allows(asked, approved_by),
        "earliest_decision_without_request": end.free_from.isoformat() if period.frees_decision else None,
    }


def _count(value: Any) -> int | None:
    return None if value is None else int(value)
