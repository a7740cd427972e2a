"""Reading personal data in bulk is noticed within the day, told once, and settled by somebody else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.celery import app
from enforcement.actors import Role
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Account, RoleGrant, SensitiveRead, SensitiveReadAlert
from enforcement.reading_alarm import unusual_reading
from enforcement.services.raise_read_alerts import raise_read_alerts
from enforcement.tasks import notice_bulk_reading
from tests.cast import Cast, raise_cast

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("today", "earlier", "rule"),
    [
        (100, [], None),
        (101, [], "day_limit"),
        (101, [90] * 10, "day_limit"),
        (15, [3] * 5, None),
        (16, [3] * 5, "own_median"),
        (16, [3] * 4, None),
        (10, [1] * 20, None),
        (11, [1] * 20, "own_median"),
        (50, [1, 2, 10, 11, 12], None),
        (51, [1, 2, 10, 11, 12], "own_median"),
        (0, [1] * 20, None),
    ],
)
def test_the_rule_at_its_boundaries(today: int, earlier: list[int], rule: str | None) -> None:
    found = unusual_reading(today, earlier)
    assert (found.rule if found else None) == rule


@pytest.fixture
def cast(db: None) -> Cast:
    return raise_cast()


def read(account: Account, rows: int, days_ago: int = 0) -> None:
    day = TODAY - dt.timedelta(days=days_ago)
    SensitiveRead.objects.create(account=account, kind="unmasked", rows=rows, read_on=day)


def test_an_alert_is_raised_once_and_follows_the_count(cast: Cast) -> None:
    read(cast.officer, 60)
    assert raise_read_alerts(today=TODAY) == 0
    read(cast.officer, 41)
    assert raise_read_alerts(today=TODAY) == 1
    read(cast.officer, 9)
    assert raise_read_alerts(today=TODAY) == 0
    alert = SensitiveReadAlert.objects.get()
    assert (alert.account, alert.reads, alert.rule) == (cast.officer, 110, "day_limit")
    assert (alert.region_code, alert.line_code) == ("5301", "market")
    assert LedgerEntry.objects.filter(action="bulk_reading_noticed").count() == 1


def test_the_own_median_is_of_the_own_earlier_days(cast: Cast) -> None:
    for days_ago in range(1, 7):
        read(cast.officer, 3, days_ago)
        read(cast.second_officer, 20, days_ago)
    read(cast.officer, 16)
    read(cast.second_officer, 16)
    # Another day's many readings are that day's matter.
    read(cast.approver, 300, days_ago=1)
    assert raise_read_alerts(today=TODAY) == 1
    assert SensitiveReadAlert.objects.get().account == cast.officer


def test_the_task_runs_every_five_minutes_and_looks_back_after_midnight(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = app.conf.beat_schedule["notice-bulk-reading"]
    assert (entry["task"], entry["schedule"].minute) == (notice_bulk_reading.name, set(range(0, 60, 5)))
    read(cast.officer, 101)
    just_after = dt.datetime(2026, 11, 24, 0, 3, tzinfo=timezone.get_current_timezone())
    monkeypatch.setattr(timezone, "localtime", lambda *args: just_after)
    notice_bulk_reading()
    assert SensitiveReadAlert.objects.get().day == TODAY


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def alert(cast: Cast) -> SensitiveReadAlert:
    read(cast.officer, 101)
    raise_read_alerts(today=TODAY)
    return SensitiveReadAlert.objects.get()


def test_a_supervisor_settles_an_alert_once(cast: Cast, alert: SensitiveReadAlert) -> None:
    supervisor = signed_in(cast.supervisor)
    page = reverse("supervisor:read_alert", args=[alert.pk])
    assert "执法人己" in supervisor.get(reverse("supervisor:read_alerts")).content.decode()
    short = supervisor.post(page, {"finding": "属实"})
    assert short.status_code == 400
    assert "至少 5 个字" in short.content.decode()
    assert supervisor.post(page, {"finding": "集中送达所需，已核对清单。"}).status_code == 302
    again = supervisor.post(page, {"finding": "另一个核实结果"})
    assert again.status_code == 400
    assert "已记录核实结果" in again.content.decode()
    alert.refresh_from_db()
    assert (alert.settled_by, alert.finding) == (cast.supervisor, "集中送达所需，已核对清单。")
    assert LedgerEntry.objects.filter(action="bulk_reading_settled").count() == 1


def test_alerts_about_others_outside_the_scope_do_not_exist(cast: Cast, alert: SensitiveReadAlert) -> None:
    RoleGrant.objects.create(account=cast.neighbour, role=Role.SUPERVISOR, region_code="5303", line_code="")
    outsider = signed_in(cast.neighbour)
    assert "执法人己" not in outsider.get(reverse("supervisor:read_alerts")).content.decode()
    assert outsider.get(reverse("supervisor:read_alert", args=[alert.pk])).status_code == 404
    assert signed_in(cast.officer).get(reverse("supervisor:read_alerts")).status_code == 403


def test_nobody_settles_an_alert_about_the_own_readings(cast: Cast, alert: SensitiveReadAlert) -> None:
    RoleGrant.objects.create(account=cast.officer, role=Role.SUPERVISOR, region_code="5301", line_code="")
    page = reverse("supervisor:read_alert", args=[alert.pk])
    refused = signed_in(cast.officer).post(page, {"finding": "都是办案需要"})
    assert refused.status_code == 400
    assert "由其他监督人员核实" in refused.content.decode()
