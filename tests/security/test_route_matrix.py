"""Every route × duty × relation gives the answer of the reviewed table; a new route without a row fails."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import timezone

from tests.browser.staged_demonstration import TODAY, stage_demonstration
from tests.security.route_matrix import COLUMNS, observed_rows, read_table, wanted_keys, write_table


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert set(wanted_keys()) == set(read_table())


@pytest.mark.django_db
def test_every_answer_is_the_reviewed_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)
    observed = observed_rows(stage_demonstration(), wanted_keys())
    write_table(observed, settings.VAR_DIR / "route_matrix.observed.csv")
    table = read_table()
    differing = [
        f"{row.route} {row.method} {name}: {getattr(row, name)} instead of {getattr(table[row.key], name)}"
        for row in observed
        if row.key in table
        for name in COLUMNS[2:]
        if getattr(row, name) != getattr(table[row.key], name)
    ]
    assert differing == [], "\n".join(differing)
    assert not any("500" in getattr(row, name) for row in observed for name in COLUMNS[2:])
