"""Who cites a law or a provision, as a section of its register page; citations that outlived their law say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from enforcement import wording
from enforcement.models import EntryCitation
from enforcement.selectors.stale_citations import stale_citations
from enforcement.web.laws.addresses import public_citing_entry
from enforcement.web.register.surface import Section

MOST_ROWS = 60
CITING_COLUMNS = ("文件", "条目", "引用", "提醒")


def citing_section(citations: Iterable[EntryCitation], *, today: dt.date, empty: str) -> Section:
    """One row per citation: those of a list that should be looked at first, with the reminder “法律已修订”."""
    found = list(citations)
    versions = {one.version_id: one.version for one in found}.values()
    stale = {one.citation.pk: one for one in stale_citations(on=today, versions=versions)} if found else {}
    found.sort(key=lambda one: one.pk not in stale)
    rows = tuple(
        (
            {
                "text": f"{one.version.document.title}（第 {one.version.number} 版）",
                "url": public_citing_entry(one),
            },
            f"第 {one.serial} 条 {one.title[:60]}",
            wording.provision_text(one.as_reference()).partition("》")[2],
            {"text": "法律已修订，请核对", "tone": "warn"} if one.pk in stale else "",
        )
        for one in found[:MOST_ROWS]
    )
    counted = f"，共 {len(found)} 处" if found else ""
    if len(found) > MOST_ROWS:
        counted += f"，列出前 {MOST_ROWS} 处"
    return Section(
        title=f"引用它的现行清单和基准{counted}", id="citing", columns=CITING_COLUMNS, rows=rows, empty=empty
    )
