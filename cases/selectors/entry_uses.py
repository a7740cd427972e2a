"""What proposals made of list entries, loaded beside them."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from cases.models import EntryStance, EntryUse, LeniencyAlarm, Proposal


def uses_and_alarms(proposal: Proposal | None) -> tuple[list[EntryUse], list[LeniencyAlarm]]:
    """What one proposal made of every considered entry, and its alarms in the order they were raised; two queries."""
    if proposal is None:
        return [], []
    return list(proposal.entry_uses.all()), list(_with_authors(proposal.alarms.all()))


def with_uses_and_alarms(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Proposals with every considered entry and every alarm; two queries more whatever their number."""
    alarms = _with_authors(LeniencyAlarm.objects.all())
    return proposals.prefetch_related("entry_uses", Prefetch("alarms", queryset=alarms))


def _with_authors(alarms: QuerySet[LeniencyAlarm]) -> QuerySet[LeniencyAlarm]:
    return alarms.select_related("answered_by", "replied_by").order_by("raised_at", "pk")


def with_refused_entries(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Proposals with `refused_uses`: the entries that were met and not applied."""
    refused = EntryUse.objects.filter(stance=EntryStance.REFUSED)
    return proposals.prefetch_related(Prefetch("entry_uses", queryset=refused, to_attr="refused_uses"))
