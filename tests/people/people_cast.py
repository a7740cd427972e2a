"""The cast with those who keep the people part of the register."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from enforcement.actors import Actor, Role, actor_for
from enforcement.models import Account, Certificate, Equipment, Officer
from tests.cast import Cast, make_account, raise_cast

TODAY = dt.date(2026, 11, 25)


@dataclass(frozen=True, slots=True)
class PeopleCast:
    """`registrar` keeps the city's market line, `neighbour` the other city's; both are signed-in people."""

    cast: Cast
    registrar: Account
    neighbour: Account

    @property
    def keeper(self) -> Actor:
        return actor_for(self.registrar)

    @property
    def stranger(self) -> Actor:
        return actor_for(self.neighbour)

    @property
    def officer(self) -> Officer:
        return Officer.objects.get(account=self.cast.officer)

    @property
    def second_officer(self) -> Officer:
        return Officer.objects.get(account=self.cast.second_officer)

    @property
    def certificate(self) -> Certificate:
        return Certificate.objects.get(officer=self.officer)

    def equipment(self, **changes: Any) -> Equipment:
        """A meter of the city's market agency."""
        agency = self.cast.city_market
        values: dict[str, Any] = {
            "inventory_number": "M-1",
            "kind": "meter",
            "model_name": "便携式测距仪 D2",
            "needs_calibration": True,
            "acquired_on": dt.date(2024, 1, 10),
        }
        return Equipment.objects.create(
            agency=agency,
            region_code=agency.region_code,
            line_code=agency.line_code,
            **(values | changes),
        )


def raise_people() -> PeopleCast:
    cast = raise_cast()
    return PeopleCast(
        cast,
        registrar=cast.city_registrar,
        neighbour=make_account("neighbour-registrar", "邻市登记人", cast.other_city_market, Role.REGISTRAR),
    )
