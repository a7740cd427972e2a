"""When a published version may be repealed, and from which day. Pure; days are dates, `today` is passed in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from enforcement import wording


@dataclass(frozen=True, slots=True)
class StandingVersion:
    """A published version: its effective day, and the first day it no longer holds without the repeal (None: open)."""

    effective_from: dt.date
    until: dt.date | None


def is_withdrawal(effective_from: dt.date, ends_on: dt.date) -> bool:
    """Whether a repeal takes the version back before its effective day: then it never has a day in force."""
    return ends_on <= effective_from


def repeal_problems(
    version: StandingVersion, *, issued_on: dt.date, ends_on: dt.date, today: dt.date
) -> list[str]:
    """Chinese sentences; empty when the version may be repealed from `ends_on`, the first day without effect.

    What already took effect is ended for the future only: cases decided under it keep their basis.
    """
    problems = []
    if issued_on > today:
        problems.append("成文日期不能晚于今天。")
    if ends_on < issued_on:
        problems.append("失效日期不能早于成文日期。")
    if version.until is not None and ends_on >= version.until:
        problems.append(
            f"这个版本自{wording.date_zh(version.until)}起已不再适用。失效日期应早于这一天，否则不需要废止。"
        )
    if is_withdrawal(version.effective_from, ends_on) and version.effective_from <= today:
        problems.append(f"这个版本已于{wording.date_zh(version.effective_from)}生效。失效日期应晚于这一天。")
    return problems
