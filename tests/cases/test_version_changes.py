"""Running cases learn of newer versions of the rules: computed from dates, remembered once."""

from __future__ import annotations

import datetime as dt

import pytest

from cases.models import CaseVersionNotice
from cases.selectors.version_changes import version_changes
from cases.services.write_case_notices import write_case_notices
from cases.version_changes import DatedVersion, changes_since
from enforcement.ledger.models import LedgerEntry
from enforcement.models import RuleVersion, Violation
from tests.case_builders import (
    MINOR_CORRECTED,
    TODAY,
    CaseWorld,
    answer,
    decide,
    list_entry,
    make_case,
    make_world,
    publish_list,
    publish_standard,
    signed_in,
)

ACT = dt.date(2026, 6, 1)
DAY = dt.timedelta(days=1)


def dated(
    number: int, effective_from: dt.date, *, until: dt.date | None = None, speaks: bool = True
) -> DatedVersion:
    return DatedVersion(number, 1, "exemption_list", "jia", "甲清单", number, effective_from, until, speaks)


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ([], []),
        ([dated(1, ACT)], []),
        ([dated(1, ACT), dated(2, ACT + DAY)], [(1, 2)]),
        ([dated(1, ACT - DAY), dated(2, ACT)], []),
        ([dated(1, ACT), dated(2, ACT + DAY), dated(3, ACT + 9 * DAY)], [(1, 2), (1, 3)]),
        ([dated(2, ACT + DAY)], [(None, 2)]),
        ([dated(1, ACT - DAY, until=ACT), dated(2, ACT + DAY)], [(None, 2)]),
        ([dated(1, ACT - DAY, until=ACT + DAY), dated(2, ACT + DAY)], [(1, 2)]),
        ([dated(1, ACT, speaks=False), dated(2, ACT + DAY, speaks=False)], []),
        ([dated(1, ACT), dated(2, ACT + DAY, speaks=False)], [(1, 2)]),
        ([dated(1, ACT, speaks=False), dated(2, ACT + DAY)], [(1, 2)]),
    ],
)
def test_which_versions_matter(versions: list[DatedVersion], expected: list[tuple[int | None, int]]) -> None:
    found = changes_since(reversed(versions), act_date=ACT)
    assert [(one.applied.number if one.applied else None, one.newer.number) for one in found] == expected


@pytest.mark.parametrize(
    ("today", "sentence"),
    [
        (ACT, "本案适用《甲清单》第 1 版；第 2 版自2026年6月2日起生效。"),
        (
            ACT + DAY,
            "本案适用《甲清单》第 1 版；第 2 版已自2026年6月2日起生效。作出决定时按从旧兼从轻比较。",
        ),
    ],
)
def test_the_sentence_turns_with_the_day(today: dt.date, sentence: str) -> None:
    (change,) = changes_since([dated(1, ACT), dated(2, ACT + DAY)], act_date=ACT)
    assert change.sentence(today) == sentence


SOON = dt.date(2026, 12, 1)


@pytest.fixture
def world(db: None) -> CaseWorld:
    return make_world()


@pytest.fixture
def first(world: CaseWorld) -> RuleVersion:
    publish_standard(world)
    return publish_list(world)


def publish_second(world: CaseWorld, first: RuleVersion, **entry: object) -> RuleVersion:
    return publish_list(world, [list_entry(**entry)], effective_from=SOON, next_of=first.document_id)


def test_a_running_case_is_told_once(world: CaseWorld, first: RuleVersion) -> None:
    case = make_case(world)
    second = publish_second(world, first)
    assert write_case_notices(version_id=first.pk, today=TODAY) == 0
    assert write_case_notices(version_id=second.pk, today=TODAY) == 1
    entries = LedgerEntry.objects.count()
    assert write_case_notices(version_id=second.pk, today=TODAY + DAY) == 0
    assert LedgerEntry.objects.count() == entries
    notice = CaseVersionNotice.objects.get()
    assert (notice.case, notice.version, notice.noticed_on) == (case, second, TODAY)


def test_only_undecided_cases_of_the_violation_in_reach_are_told(
    world: CaseWorld, first: RuleVersion
) -> None:
    settled = make_case(world)
    answer(world, settled, MINOR_CORRECTED)
    decide(world, settled)
    later_act = make_case(world)
    type(later_act).objects.filter(pk=later_act.pk).update(act_date=SOON, found_on=SOON, opened_on=SOON)
    elsewhere = make_case(world)
    type(elsewhere).objects.filter(pk=elsewhere.pk).update(region_code="540102")
    other = Violation.objects.create(code="SCJG-009", name="另一行为", line_id="SCJG")
    different = make_case(world)
    type(different).objects.filter(pk=different.pk).update(violation=other)
    told = make_case(world)
    second = publish_second(world, first)
    assert write_case_notices(version_id=second.pk, today=TODAY) == 1
    assert CaseVersionNotice.objects.get().case == told


def test_an_entry_that_was_dropped_concerns_the_case_too(world: CaseWorld, first: RuleVersion) -> None:
    make_case(world)
    second = publish_second(world, first, violation=None, violation_name="别的行为")
    assert write_case_notices(version_id=second.pk, today=TODAY) == 1


def test_a_draft_tells_nobody(world: CaseWorld, first: RuleVersion) -> None:
    make_case(world)
    assert write_case_notices(version_id=987_654, today=TODAY) == 0


def test_the_page_and_the_to_do_list_say_so(world: CaseWorld, first: RuleVersion) -> None:
    case = make_case(world)
    second = publish_second(world, first)
    write_case_notices(version_id=second.pk, today=TODAY)
    browser = signed_in(world, "officer")
    page = browser.get(f"/officer/cases/{case.pk}/").content.decode()
    assert "本案适用《云南省市场监管领域减免责清单》第 1 版；第 2 版" in page
    assert f"/public/lists/{first.document.slug}/compare/?old=1&amp;new=2" in page
    assert "适用的规则有新版" in browser.get("/officer/").content.decode()
    answer(world, case, MINOR_CORRECTED)
    decide(world, case)
    page = browser.get(f"/officer/cases/{case.pk}/").content.decode()
    assert "本案适用《云南省市场监管领域减免责清单》第 1 版；" not in page
    assert "适用的规则有新版" not in browser.get("/officer/").content.decode()


def test_what_the_page_says_needs_no_stored_notice(world: CaseWorld, first: RuleVersion) -> None:
    case = make_case(world)
    publish_second(world, first)
    assert [change.newer.number for change in version_changes(case)] == [2]
    assert not CaseVersionNotice.objects.exists()
