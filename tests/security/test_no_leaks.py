"""A row created in one agency is never seen from another: not in a list, a search, a suggestion, an export, a feed,
a count, under its own address, or in the words of an error.

What a person of the other agency is answered must be the same, to the letter, before and after the row exists; the
row's own address must answer like one that does not exist.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from enforcement.actors import ADMINISTRATORS, Role
from enforcement.models import Agency
from tests.architecture.routes import all_routes
from tests.browser.staged_demonstration import TODAY, StagedDemonstration, _case_world, stage_demonstration
from tests.case_builders import CaseWorld
from tests.security.foreign_rows import MAKERS, account_of, new_mark
from tests.security.looking import Look, ask, looks_at, open_addresses, some

pytestmark = pytest.mark.django_db
SEED = 20261125
# Nobody else's office: another county of the same city, and the same line.
ONLOOKERS = tuple(role for role in Role if role not in ADMINISTRATORS)


@pytest.fixture
def staged(monkeypatch: pytest.MonkeyPatch) -> Iterator[StagedDemonstration]:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)
    yield stage_demonstration()
    cache.clear()


def onlookers() -> dict[str, Client]:
    """One person per duty at the other office, and the public."""
    agency = Agency.objects.get(code="GD-SCJG")
    people = {"public": Client()}
    for role in ONLOOKERS:
        client = Client()
        client.force_login(account_of(agency, role, f"onlooker-{role.value}"))
        people[role.value] = client
    return people


def exports() -> list[str]:
    return [route.path for route in all_routes() if route.name.endswith(":export") and "<" not in route.path]


class Round:
    """One foreign row, looked at by one person: asked before it exists, asked again when it does."""

    def __init__(self, world: CaseWorld, kind: str, client: Client, dice: random.Random, count: int) -> None:
        self.mark = new_mark()
        self.kind, self.client = kind, client
        self.leaks: list[str] = []
        with transaction.atomic():
            row = MAKERS[kind](world, self.mark)
            looks = some(looks_at(row, open_addresses(), exports()), count, dice)
            transaction.set_rollback(True)
        before = {look: ask(client, look) for look in looks if not look.counterpart}
        with transaction.atomic():
            # Made again under the same name: numbers of rows go on, so its own pages are asked for anew.
            again = MAKERS[kind](world, self.mark)
            own = [look for look in looks_at(again, [], []) if look.counterpart]
            for look, answer in before.items():
                self._compare(look, answer.status, answer.text, own_address=False)
            for look in own:
                missing = ask(client, Look(look.counterpart))
                self._compare(look, missing.status, missing.text, own_address=True)
            transaction.set_rollback(True)
        self.draws = len(before) + len(own)

    def _compare(self, look: Look, status: int, text: str, *, own_address: bool) -> None:
        seen = ask(self.client, look)
        if own_address:
            # The page may repeat the address it was asked for.
            seen_text, text = (
                one.replace(look.address, "").replace(look.counterpart, "") for one in (seen.text, text)
            )
        else:
            seen_text = seen.text
        if (seen.status, seen_text) != (status, text):
            self.leaks.append(f"{self.kind}: {look.address} {look.posted or ''} {status} -> {seen.status}")


def look_around(*, draws: int, looks_each: int) -> tuple[int, list[str]]:
    """Rounds over all kinds and people until `draws` looks were taken; what leaked."""
    dice = random.Random(SEED)
    world, people = _case_world(), onlookers()
    pairs = [(kind, name) for kind in MAKERS for name in people]
    taken, leaks = 0, []
    while taken < draws:
        dice.shuffle(pairs)
        for kind, name in pairs:
            done = Round(world, kind, people[name], dice, looks_each)
            taken += done.draws
            leaks += [f"{name} saw {leak}" for leak in done.leaks]
            if taken >= draws:
                break
    return taken, leaks


def test_nothing_of_another_agency_is_seen(staged: StagedDemonstration) -> None:
    taken, leaks = look_around(draws=800, looks_each=20)
    assert taken >= 800
    assert leaks == [], "\n".join(leaks)


@pytest.mark.slow
def test_nothing_of_another_agency_is_seen_in_ten_thousand_looks(staged: StagedDemonstration) -> None:
    taken, leaks = look_around(draws=10_000, looks_each=120)
    assert taken >= 10_000
    assert leaks == [], "\n".join(leaks)


def test_a_person_of_the_same_office_does_see_it(staged: StagedDemonstration) -> None:
    """The looks would notice: a colleague of the row's own office sees a difference."""
    world = _case_world()
    own = Agency.objects.get(code="WH-SCJG")
    for kind, role in (("case", Role.OFFICER), ("officer", Role.REGISTRAR), ("equipment", Role.REGISTRAR)):
        client = Client()
        client.force_login(account_of(own, role, f"colleague-{kind}"))
        noticed = Round(world, kind, client, random.Random(SEED), 400).leaks
        assert noticed, kind
