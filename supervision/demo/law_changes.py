"""How the laws of the demonstration changed: kinds of change, successors, renumbered provisions. Pure: no database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from supervision.demo.legal_content import Citation, cite, load_yaml

CHANGES_FILE = "law_changes.yaml"
# Who makes a law of this level (立法法 第十条、第七十二条).
MAKERS = {"法律": "全国人民代表大会及其常务委员会", "行政法规": "国务院"}
LEVEL_CODES = {"法律": "law", "行政法规": "administrative_regulation"}


@dataclass(frozen=True, slots=True)
class LawChangeSeed:
    """What happened with one text; `succeeded_by` is the alias of the text that took over."""

    change_kind: str = "enacted"
    ending: str = ""
    succeeded_by: str = ""


@cache
def law_changes() -> dict[str, LawChangeSeed]:
    """By the alias of the text."""
    return {
        alias: LawChangeSeed(
            change_kind=row.get("change", "enacted"),
            ending=row.get("ending", ""),
            succeeded_by=row.get("succeeded_by", ""),
        )
        for alias, row in load_yaml(CHANGES_FILE)["changes"].items()
    }


@cache
def successions() -> tuple[tuple[Citation, Citation], ...]:
    """Old and new provision. Raises `ContentError` for a provision `laws.yaml` does not have."""
    return tuple((cite(old), cite(new)) for old, new in load_yaml(CHANGES_FILE)["successions"])
