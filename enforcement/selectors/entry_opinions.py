"""The opinions on the entries of a version, beside what the entries say now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enforcement.document_digest import entry_digest
from enforcement.documents import DocumentBody
from enforcement.models import EntryOpinion, RuleVersion
from enforcement.review_rules import LatestOpinion, Standing, standing_of


@dataclass(frozen=True, slots=True)
class EntryReview:
    """One entry in review: its newest opinion, all of them (oldest first), and where it stands."""

    latest: EntryOpinion | None
    opinions: tuple[EntryOpinion, ...]
    standing: Standing


def digests_of(body: DocumentBody, version: RuleVersion) -> dict[str, str]:
    """The digest of every entry by its slug. One query."""
    return {row["slug"]: entry_digest(row) for row in body.content_of(version)}


def opinions_by_entry(version: RuleVersion) -> dict[str, list[EntryOpinion]]:
    """Every opinion by the slug of its entry, oldest first. One query."""
    found: dict[str, list[EntryOpinion]] = {}
    rows = EntryOpinion.objects.filter(version=version).select_related(
        "given_by", "answer", "answer__answered_by"
    )
    for opinion in rows.order_by("given_at", "pk"):
        found.setdefault(opinion.entry_slug, []).append(opinion)
    return found


def latest_opinions(opinions: Mapping[str, list[EntryOpinion]]) -> dict[str, LatestOpinion]:
    """The newest of each entry, as the rules take it."""
    return {slug: as_latest(given[-1]) for slug, given in opinions.items()}


def as_latest(opinion: EntryOpinion) -> LatestOpinion:
    answer = getattr(opinion, "answer", None)
    declined = answer is not None and not answer.accepted
    return LatestOpinion(opinion.entry_serial, opinion.verdict, opinion.entry_digest, declined)


def review_of(
    slug: str, opinions: Mapping[str, list[EntryOpinion]], digests: Mapping[str, str]
) -> EntryReview:
    """Where one entry stands."""
    given = opinions.get(slug, [])
    latest = given[-1] if given else None
    standing = standing_of(as_latest(latest) if latest else None, digests.get(slug))
    return EntryReview(latest, tuple(given), standing)
