"""How many queries each page costs on the demonstration; the figures change only on purpose.

A page that costs more with every row shows here as soon as the demonstration has rows. The account of the page table
signs in beforehand; the queries of the session and the actor are counted, as they are on every request.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enforcement.models import Account
from tests.browser.page_table import PAGES
from tests.browser.staged_demonstration import STAGES, TODAY, stage_demonstration

TABLE = Path(__file__).parent / "query_counts.csv"


def read_table() -> dict[str, int]:
    """The agreed figures by route."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["route"]: int(row["queries"]) for row in csv.DictReader(file)}


def write_table(counts: dict[str, int], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("route", "queries"))
        writer.writerows(sorted(counts.items()))


def test_every_page_has_a_figure_and_every_figure_a_page() -> None:
    assert PAGES.keys() == read_table().keys()


@pytest.mark.django_db
def test_every_page_costs_what_was_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)
    staged = stage_demonstration()
    clients: dict[str, Client] = {"": Client()}
    counts: dict[str, int] = {}
    for stage in STAGES:
        staged.reach(stage)
        for name, how in PAGES.items():
            if how.stage != stage:
                continue
            if how.account not in clients:
                clients[how.account] = Client()
                clients[how.account].force_login(Account.objects.get(username=how.account))
            address = reverse(name, args=how.arguments(staged)) + how.query
            # The first request may write a session or warm a cache; the second is the one that counts.
            clients[how.account].get(address)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                response = clients[how.account].get(address)
            assert response.status_code == 200, name
            counts[name] = len(queries)
    cache.clear()
    write_table(counts, settings.VAR_DIR / "query_counts.observed.csv")
    assert counts == read_table()
