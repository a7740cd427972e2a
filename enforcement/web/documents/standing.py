"""How a version on an officer's page stands to the one in force, in words."""

from __future__ import annotations

import datetime as dt

from enforcement.models import RuleVersion
from enforcement.selectors.documents import Validity
from enforcement.wording import date_zh


def standing_of(
    version: RuleVersion, validity: Validity, in_force: RuleVersion | None, *, on: dt.date
) -> str:
    """Empty where there is nothing to say: the version is the one in force, or the first draft of its document."""
    other = f"现行有效的是第 {in_force.number} 版" if in_force else "现在没有有效的版本"
    match validity:
        case Validity.IN_FORCE:
            return ""
        case Validity.UNPUBLISHED:
            return f"{other}{_trial(in_force)}。本版发布并到生效日以后才适用。" if in_force else ""
        case Validity.UPCOMING if version.effective_from is not None:
            days = (version.effective_from - on).days
            return f"本版自{date_zh(version.effective_from)}起生效，还有 {days} 天。{other}。"
    return f"本版{validity.value}。{other}。"


def _trial(version: RuleVersion) -> str:
    return f"，试行到{date_zh(version.effective_until)}为止" if version.effective_until else ""
