"""Who cites a law or a provision, as rows of a section; citations that outlived their law say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from enforcement import wording
from enforcement.models import EntryCitation, Law
from enforcement.selectors.stale_citations import stale_citations
from enforcement.web.laws.addresses import public_citing_entry

CITING_COLUMNS = ("文件", "条目", "引用", "提醒")


def citing_rows(citations: Iterable[EntryCitation], law: Law, today: dt.date) -> tuple[tuple[Any, ...], ...]:
    """One row per citation, with the reminder “法律已修订” where the list should be looked at."""
    found = list(citations)
    versions = {one.version_id: one.version for one in found}.values()
    stale = {one.citation.pk: one for one in stale_citations(on=today, versions=versions)} if found else {}
    return tuple(
        (
            {
                "text": f"{one.version.document.title}（第 {one.version.number} 版）",
                "url": public_citing_entry(one),
            },
            f"第 {one.serial} 条 {one.title[:60]}",
            wording.provision_text(one.as_reference()).partition("》")[2],
            {"text": "法律已修订，请核对", "tone": "warn"} if one.pk in stale else "",
        )
        for one in found
    )
