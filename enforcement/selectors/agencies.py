"""Reads of 执法主体: who stands where, what it was called, who took over."""

from __future__ import annotations

import datetime as dt

from enforcement.actors import Actor
from enforcement.agency_history import refuse_after_end
from enforcement.errors import Refusal
from enforcement.models import Agency, AgencyKind, AgencySuccession


def agency_by_code(code: str) -> Agency | None:
    """The agency of a code; that it exists is public."""
    return Agency.objects.filter(code=code).first()


def agencies_in_scope(*, actor: Actor) -> list[Agency]:
    """Agencies inside the actor's duties, superiors first."""
    return list(Agency.objects.visible_to(actor).order_by("region_code", "line_code", "pk"))


def successors_on(*, agency_id: int, on: dt.date) -> list[Agency]:
    """Who has taken over the agency's duties, in whole or in part, by that day."""
    rows = (
        AgencySuccession.objects.filter(predecessor_id=agency_id, effective_on__lte=on)
        .select_related("successor")
        .order_by("effective_on", "id")
    )
    return list(dict.fromkeys(row.successor for row in rows))


def refuse_opening(*, agency: Agency, on: dt.date) -> Refusal | None:
    """Why the agency cannot open a case on that day, or None.

    An entrusted organisation acts in the name of the agency that entrusted it (行政处罚法 第二十条第三款).
    """
    if agency.kind == AgencyKind.ENTRUSTED:
        return Refusal(
            "entrusted_opens_none",
            f"{agency.name}是受委托组织，应以委托机关的名义实施处罚。请由委托机关立案。",
        )
    ended = agency.ended_on is not None and on > agency.ended_on
    successors = successors_on(agency_id=agency.pk, on=on) if ended else []
    return refuse_after_end(
        name=agency.name,
        established_on=agency.established_on,
        ended_on=agency.ended_on,
        successors=[one.name for one in successors],
        on=on,
    )
