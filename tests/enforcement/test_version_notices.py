"""版本通知: to the agencies that apply a version and to no others, once, whenever the task comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from enforcement.ledger.models import LedgerEntry
from enforcement.models import NoticeReceipt, RuleVersion, VersionNotice
from enforcement.selectors.version_notices import notices_to, recent_unread
from enforcement.services.read_version_notices import read_version_notices
from enforcement.services.write_version_notices import write_version_notices
from enforcement.version_notices import NoticeKind, VersionDates, notices_due
from tests.builders import publish_list, publish_next
from tests.cast import Cast, raise_cast

pytestmark = pytest.mark.django_db

PUBLISHED_AT = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)
PUBLISHED, EFFECTIVE, UNTIL = dt.date(2026, 10, 1), dt.date(2026, 12, 1), dt.date(2027, 12, 1)
DAY = dt.timedelta(days=1)
WARNED = UNTIL - 30 * DAY
NOW = dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


@pytest.fixture
def version(cast: Cast) -> RuleVersion:
    return publish_list(cast, effective_from=EFFECTIVE, effective_until=UNTIL, published_at=PUBLISHED_AT)


@pytest.fixture
def _in_december() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def told() -> list[tuple[str, str, dt.date]]:
    return sorted(VersionNotice.objects.values_list("kind", "agency__code", "due_on"))


@pytest.mark.parametrize(
    ("dates", "today", "expected"),
    [
        ({}, PUBLISHED - DAY, []),
        ({}, PUBLISHED, ["published"]),
        ({}, EFFECTIVE - DAY, ["published"]),
        ({}, EFFECTIVE, ["published", "takes_effect"]),
        ({"effective_from": PUBLISHED}, UNTIL, ["published"]),
        ({"effective_from": PUBLISHED - DAY}, UNTIL, ["published"]),
        ({"effective_until": UNTIL}, WARNED - DAY, ["published", "takes_effect"]),
        ({"effective_until": UNTIL}, WARNED, ["published", "takes_effect", "trial_ending"]),
        (
            {"effective_from": PUBLISHED, "effective_until": PUBLISHED + 10 * DAY},
            PUBLISHED,
            ["published", "trial_ending"],
        ),
        (
            {"effective_until": UNTIL, "replaced_from": WARNED, "successor_published_on": WARNED},
            UNTIL,
            ["published", "takes_effect"],
        ),
        (
            {"effective_until": UNTIL, "replaced_from": WARNED, "successor_published_on": WARNED + DAY},
            UNTIL,
            ["published", "takes_effect", "trial_ending"],
        ),
        (
            {"effective_until": UNTIL, "replaced_from": WARNED + DAY, "successor_published_on": PUBLISHED},
            UNTIL,
            ["published", "takes_effect", "trial_ending"],
        ),
        (
            {"repealed_from": EFFECTIVE, "repeal_published_on": EFFECTIVE - DAY},
            UNTIL,
            ["published", "repealed"],
        ),
        (
            {"repealed_from": EFFECTIVE + DAY, "repeal_published_on": EFFECTIVE},
            UNTIL,
            ["published", "takes_effect", "repealed"],
        ),
    ],
)
def test_what_is_due_by_a_day(dates: dict[str, dt.date], today: dt.date, expected: list[str]) -> None:
    known = VersionDates(**{"published_on": PUBLISHED, "effective_from": EFFECTIVE, **dates})
    assert [kind.value for kind, _ in notices_due(known, today=today)] == expected


def test_agencies_of_the_line_in_the_region_are_told_and_no_others(version: RuleVersion) -> None:
    write_version_notices(today=PUBLISHED)
    assert told() == [
        ("published", "5301-market", PUBLISHED),
        ("published", "530102-market", PUBLISHED),
    ]


def test_late_and_twice_ends_in_the_same_rows(cast: Cast, version: RuleVersion) -> None:
    days = [PUBLISHED, EFFECTIVE, WARNED]
    for day in (*days, *days):
        write_version_notices(today=day)
    in_time, entries = told(), LedgerEntry.objects.count()
    assert write_version_notices(today=WARNED) == 0
    assert (told(), LedgerEntry.objects.count()) == (in_time, entries)
    VersionNotice.objects.all().delete()
    write_version_notices(today=WARNED)
    assert told() == in_time
    assert {day for _, _, day in in_time} == set(days)


def test_an_agency_that_had_ended_by_then_is_not_told(cast: Cast, version: RuleVersion) -> None:
    cast.county_market.ended_on = EFFECTIVE - DAY
    cast.county_market.save()
    write_version_notices(today=EFFECTIVE)
    assert ("published", "530102-market", PUBLISHED) in told()
    assert ("takes_effect", "530102-market", EFFECTIVE) not in told()


def test_a_replaced_trial_does_not_run_out(cast: Cast, version: RuleVersion) -> None:
    publish_next(cast, version, effective_from=WARNED - DAY, published_at=PUBLISHED_AT + DAY)
    write_version_notices(today=WARNED)
    assert not VersionNotice.objects.filter(version=version, kind="trial_ending").exists()


def test_people_see_the_notices_of_their_own_agency(cast: Cast, version: RuleVersion) -> None:
    write_version_notices(today=PUBLISHED)
    assert [notice.agency for notice in notices_to(actor=cast.actor("officer"))] == [cast.city_market]
    assert not notices_to(actor=cast.actor("neighbour")).exists()
    # A province's duty reaches the county; its notices are still not addressed to the province.
    assert not notices_to(actor=cast.actor("province_compiler")).exists()


def test_reading_is_remembered_per_person(cast: Cast, version: RuleVersion) -> None:
    write_version_notices(today=EFFECTIVE)
    officer, second = cast.actor("officer"), cast.actor("second_officer")
    every = list(VersionNotice.objects.values_list("pk", flat=True))
    assert read_version_notices(actor=officer, notice_ids=every, now=NOW) == 2
    assert read_version_notices(actor=officer, notice_ids=every, now=NOW) == 0
    assert NoticeReceipt.objects.count() == 2
    assert not recent_unread(actor=officer, today=EFFECTIVE).exists()
    assert recent_unread(actor=second, today=EFFECTIVE).count() == 2
    assert not recent_unread(actor=second, today=EFFECTIVE + 400 * DAY).exists()
    assert LedgerEntry.objects.filter(action="version_notice_read").count() == 1


@pytest.mark.usefixtures("_in_december")
def test_the_list_shows_unread_then_says_there_is_nothing(
    client: Client, cast: Cast, version: RuleVersion
) -> None:
    write_version_notices(today=EFFECTIVE)
    client.force_login(cast.officer)
    page = client.get("/officer/notices/").content.decode()
    assert "第 1 版自2026年12月1日起施行" in page
    assert "本页 2 条全部已阅" in page
    filtered = client.get("/officer/notices/?kind=repealed").content.decode()
    assert "这一类没有相符的通知。" in filtered
    ids = [str(notice.pk) for notice in notices_to(actor=cast.actor("officer"))]
    answer = client.post("/officer/notices/read/", {"notice": [*ids, "x", "9" * 30]}, follow=True)
    assert "已记录：2 条通知已阅。" in answer.content.decode()
    assert "没有需要阅读的通知。" in answer.content.decode()
    again = client.post("/officer/notices/read/", {"notice": ids}, follow=True)
    assert "没有变化" in again.content.decode()
    assert NoticeReceipt.objects.count() == 2
    assert "已阅" in client.get("/officer/notices/?view=all").content.decode()


@pytest.mark.usefixtures("_in_december")
def test_home_names_what_is_unread(client: Client, cast: Cast, version: RuleVersion) -> None:
    write_version_notices(today=PUBLISHED)
    client.force_login(cast.officer)
    assert "《市场监管领域不予处罚清单》第 1 版" in client.get("/officer/").content.decode()
    client.force_login(cast.neighbour)
    assert "市场监管领域不予处罚清单" not in client.get("/officer/").content.decode()


def test_every_kind_has_a_label() -> None:
    from enforcement.version_notices import NOTICE_LABELS

    assert set(NOTICE_LABELS) == set(NoticeKind)
