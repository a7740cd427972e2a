"""Reads of version notices: which are missing, and those to the reader's own agency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone

from enforcement.actors import Actor
from enforcement.models import Agency, NoticeReceipt, RuleDocument, RuleVersion, VersionNotice
from enforcement.selectors.documents import is_withdrawn
from enforcement.version_notices import NoticeKind, VersionDates, notices_due

# What was told longer ago is found under “全部” and no longer asks to be read.
RECENT_DAYS = 180


def notices_missing(*, today: dt.date) -> Iterator[tuple[RuleVersion, list[tuple[NoticeKind, dt.date]]]]:
    """Published versions with notices that are due by `today` and that nobody got. Two queries.

    The notices of one kind are written for all agencies at once, so one row shows that they were.
    """
    given = set(VersionNotice.objects.order_by().values_list("version_id", "kind").distinct())
    published = RuleVersion.objects.published().select_related("document__agency", "repeal")
    rows = published.order_by("document_id", "effective_from", "number")
    for _, versions in groupby(rows, key=lambda version: version.document_id):
        for version, successor in _with_successors(list(versions)):
            due = [
                (kind, day)
                for kind, day in notices_due(_dates(version, successor), today=today)
                if (version.pk, kind.value) not in given
            ]
            if due:
                yield version, due


def _with_successors(versions: list[RuleVersion]) -> Iterator[tuple[RuleVersion, RuleVersion | None]]:
    """Each version with the next that replaces it; one withdrawn before its day replaces nothing."""
    for place, version in enumerate(versions):
        later = (one for one in versions[place + 1 :] if not is_withdrawn(one))
        yield version, next(later, None)


def _dates(version: RuleVersion, successor: RuleVersion | None) -> VersionDates:
    if version.effective_from is None:
        raise ValueError("a published version has the day it takes effect")
    return VersionDates(
        published_on=_published_on(version),
        effective_from=version.effective_from,
        effective_until=version.effective_until,
        replaced_from=successor.effective_from if successor else None,
        successor_published_on=_published_on(successor) if successor else None,
        repealed_from=version.repealed.ends_on if version.repealed else None,
        repeal_published_on=timezone.localtime(version.repealed.repealed_at).date()
        if version.repealed
        else None,
    )


def _published_on(version: RuleVersion) -> dt.date:
    if version.published_at is None:
        raise ValueError("a published version has the moment of its publication")
    return timezone.localtime(version.published_at).date()


def agencies_applying(document: RuleDocument) -> list[Agency]:
    """The document's own agency and those below it in its line: who applies it directly (51号 二(一)). One query."""
    below = Q(line_code=document.line_code, region_code__startswith=document.region_code)
    return list(Agency.objects.filter(below | Q(pk=document.agency_id)).order_by("pk"))


def notices_to(*, actor: Actor, unread_only: bool = False) -> QuerySet[VersionNotice]:
    """Notices to the actor's own agency, newest first; `unread_only` leaves out what the actor has read."""
    if actor.agency_id is None or actor.account_id is None:
        return VersionNotice.objects.none()
    notices = VersionNotice.objects.visible_to(actor).filter(agency_id=actor.agency_id)
    if unread_only:
        notices = notices.exclude(receipts__account_id=actor.account_id)
    loaded: QuerySet[VersionNotice] = notices.select_related(
        "version__document__agency", "version__repeal", "agency"
    )
    return loaded.order_by("-due_on", "-pk")


def recent_unread(*, actor: Actor, today: dt.date) -> QuerySet[VersionNotice]:
    """What the actor should still read."""
    return notices_to(actor=actor, unread_only=True).filter(
        due_on__gte=today - dt.timedelta(days=RECENT_DAYS)
    )


def read_by(actor: Actor, notices: list[VersionNotice]) -> frozenset[int]:
    """Ids of those among `notices` that the actor has read. One query."""
    if actor.account_id is None:
        return frozenset()
    receipts = NoticeReceipt.objects.filter(account_id=actor.account_id, notice__in=notices)
    return frozenset(receipts.values_list("notice_id", flat=True))
