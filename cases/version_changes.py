"""Which newer versions of the rules a running case should know of: a function of dates. Pure.

The rules of the day of the act govern, unless newer ones are lighter for the party by the day of the decision
(行政处罚法 第三十七条); so a newer version matters from its publication on, until the case is decided.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from enforcement.wording import date_zh


@dataclass(frozen=True, slots=True)
class DatedVersion:
    """A published version. `speaks` says whether it holds an entry for the violation of the case."""

    version_id: int
    document_id: int
    kind: str
    slug: str
    title: str
    number: int
    effective_from: dt.date
    effective_until: dt.date | None
    speaks: bool


@dataclass(frozen=True, slots=True)
class VersionChange:
    """`newer` follows on `applied`, the version of the day of the act; None where there was none that day."""

    applied: DatedVersion | None
    newer: DatedVersion

    def sentence(self, today: dt.date) -> str:
        """What the page of the case says."""
        title, day = f"《{self.newer.title}》", date_zh(self.newer.effective_from)
        began = (
            f"第 {self.newer.number} 版自{day}起生效"
            if self.newer.effective_from > today
            else (f"第 {self.newer.number} 版已自{day}起生效")
        )
        if not self.newer.speaks:
            began += "，不再列有这一案由"
        advice = "" if self.newer.effective_from > today else "作出决定时按从旧兼从轻比较。"
        if self.applied is None:
            return f"违法行为发生时{title}还没有施行；{began}。{advice}"
        return f"本案适用{title}第 {self.applied.number} 版；{began}。{advice}"


def changes_since(versions: Iterable[DatedVersion], *, act_date: dt.date) -> Iterator[VersionChange]:
    """For each document the versions that take effect after the act, where they or the one applied speak of it."""
    ordered = sorted(versions, key=lambda one: (one.document_id, one.effective_from, one.number))
    for _, group in groupby(ordered, key=lambda one: one.document_id):
        rows = list(group)
        begun = [one for one in rows if one.effective_from <= act_date]
        applied = begun[-1] if begun else None
        if (
            applied is not None
            and applied.effective_until is not None
            and applied.effective_until <= act_date
        ):
            applied = None
        for newer in (one for one in rows if one.effective_from > act_date):
            if newer.speaks or (applied is not None and applied.speaks):
                yield VersionChange(applied, newer)
