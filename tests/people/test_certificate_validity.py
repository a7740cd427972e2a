"""The day decides whether a certificate counts: both sides of every boundary, in the rule and in the database."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from enforcement.certificate_validity import (
    CertificateObstacle,
    CertificateTerm,
    SuspendedDays,
    obstacle_on,
)
from enforcement.models import Certificate, CertificateSuspension, Officer
from enforcement.officer_eligibility import check_officers
from enforcement.selectors.officer_standing import standings_of
from tests.cast import CITY, ECOLOGY, MARKET, Cast, raise_cast

FIRST, LAST = dt.date(2024, 3, 1), dt.date(2029, 2, 28)
TERM = CertificateTerm(
    FIRST,
    LAST,
    suspensions=(
        SuspendedDays(dt.date(2026, 5, 10), dt.date(2026, 6, 9)),
        SuspendedDays(dt.date(2026, 9, 1), dt.date(2026, 9, 1)),
    ),
)
REVOKED = CertificateTerm(FIRST, LAST, revoked_on=dt.date(2027, 1, 15))
UNLIFTED = CertificateTerm(FIRST, LAST, suspensions=(SuspendedDays(dt.date(2026, 5, 10)),))


@pytest.mark.parametrize(
    ("term", "day", "expected"),
    [
        (TERM, dt.date(2024, 2, 29), CertificateObstacle.NOT_YET_VALID),
        (TERM, dt.date(2024, 3, 1), None),
        (TERM, dt.date(2029, 2, 28), None),
        (TERM, dt.date(2029, 3, 1), CertificateObstacle.EXPIRED),
        (TERM, dt.date(2026, 5, 9), None),
        (TERM, dt.date(2026, 5, 10), CertificateObstacle.SUSPENDED),
        (TERM, dt.date(2026, 6, 9), CertificateObstacle.SUSPENDED),
        (TERM, dt.date(2026, 6, 10), None),
        (TERM, dt.date(2026, 8, 31), None),
        (TERM, dt.date(2026, 9, 1), CertificateObstacle.SUSPENDED),
        (TERM, dt.date(2026, 9, 2), None),
        (UNLIFTED, dt.date(2026, 5, 9), None),
        (UNLIFTED, dt.date(2026, 5, 10), CertificateObstacle.SUSPENDED),
        (UNLIFTED, dt.date(2029, 2, 28), CertificateObstacle.SUSPENDED),
        (REVOKED, dt.date(2027, 1, 14), None),
        (REVOKED, dt.date(2027, 1, 15), CertificateObstacle.REVOKED),
        # After both, the revocation is what people must know.
        (REVOKED, dt.date(2029, 3, 1), CertificateObstacle.REVOKED),
    ],
)
def test_the_day_decides(term: CertificateTerm, day: dt.date, expected: CertificateObstacle | None) -> None:
    assert obstacle_on(term, day) is expected


@pytest.fixture
def cast(db: None) -> Cast:
    return raise_cast()


@pytest.fixture
def officer(cast: Cast) -> Officer:
    found = cast.officer.officer
    assert found is not None
    return found


def reasons(officer: Officer, day: dt.date, *, region: str = CITY, line: str = MARKET) -> str:
    fresh = Officer.objects.get(pk=officer.pk)
    standings = standings_of(fresh, act_on=day, region_code=region, line_code=line)
    return dict(check_officers(standings, act_on=day).refused).get(str(officer.pk), "")


def test_the_last_day_of_service_still_counts(officer: Officer) -> None:
    Officer.objects.filter(pk=officer.pk).update(joined_on=dt.date(2020, 7, 1), left_on=dt.date(2026, 3, 31))
    assert reasons(officer, dt.date(2020, 6, 30)) == "在当日不在岗"
    assert reasons(officer, dt.date(2020, 7, 1)) == ""
    assert reasons(officer, dt.date(2026, 3, 31)) == ""
    assert reasons(officer, dt.date(2026, 4, 1)) == "在当日不在岗"


def test_rows_give_the_same_answer_as_the_rule(officer: Officer) -> None:
    held = Certificate.objects.get(officer=officer)
    CertificateSuspension.objects.create(
        certificate=held, starts_on=dt.date(2026, 5, 10), ends_on=dt.date(2026, 6, 9), reason="未参加培训"
    )
    assert reasons(officer, dt.date(2026, 5, 9)) == ""
    assert reasons(officer, dt.date(2026, 5, 10)) == "执法证已被暂扣"
    assert reasons(officer, dt.date(2026, 6, 9)) == "执法证已被暂扣"
    assert reasons(officer, dt.date(2026, 6, 10)) == ""
    Certificate.objects.filter(pk=held.pk).update(
        revoked_on=dt.date(2026, 8, 1), revocation_kind="revoked", revocation_reason="因违纪吊销"
    )
    assert reasons(officer, dt.date(2026, 7, 31)) == ""
    assert reasons(officer, dt.date(2026, 8, 1)) == "执法证已被注销或者吊销"


def test_a_second_certificate_bridges_the_suspension_of_the_first(officer: Officer) -> None:
    held = Certificate.objects.get(officer=officer)
    CertificateSuspension.objects.create(
        certificate=held, starts_on=dt.date(2026, 5, 10), reason="未参加培训"
    )
    assert reasons(officer, dt.date(2026, 5, 10)) == "执法证已被暂扣"
    Certificate.objects.create(
        officer=officer, number="SECOND", valid_from=dt.date(2026, 5, 10), valid_until=dt.date(2031, 5, 9)
    )
    assert reasons(officer, dt.date(2026, 5, 9)) == ""
    assert reasons(officer, dt.date(2026, 5, 10)) == ""


def test_the_lines_on_the_certificate_decide(officer: Officer) -> None:
    day = dt.date(2026, 5, 10)
    assert reasons(officer, day, line=MARKET) == ""
    assert reasons(officer, day, line=ECOLOGY) == "不在执法证载明的执法范围内"
    Certificate.objects.filter(officer=officer).update(line_codes=[ECOLOGY])
    assert reasons(officer, day, line=ECOLOGY) == ""
    assert reasons(officer, day, line=MARKET) == "不在执法证载明的执法范围内"


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [
        (dt.date(2026, 5, 1), dt.date(2026, 5, 9), True),
        (dt.date(2026, 5, 1), dt.date(2026, 5, 10), False),
        (dt.date(2026, 6, 9), None, False),
        (dt.date(2026, 6, 10), None, True),
        (dt.date(2026, 5, 9), dt.date(2026, 5, 8), False),
    ],
)
def test_suspensions_of_one_certificate_share_no_day(
    officer: Officer, first: dt.date, last: dt.date | None, fits: bool
) -> None:
    held = Certificate.objects.get(officer=officer)
    CertificateSuspension.objects.create(
        certificate=held, starts_on=dt.date(2026, 5, 10), ends_on=dt.date(2026, 6, 9), reason="未参加培训"
    )

    def second() -> None:
        with transaction.atomic():
            CertificateSuspension.objects.create(
                certificate=held, starts_on=first, ends_on=last, reason="另案调查"
            )

    if fits:
        second()
        assert held.suspensions.count() == 2
    else:
        with pytest.raises(IntegrityError):
            second()


def test_a_revocation_without_reason_is_refused_by_the_database(officer: Officer) -> None:
    with pytest.raises(IntegrityError):
        Certificate.objects.filter(officer=officer).update(
            revoked_on=dt.date(2026, 8, 1), revocation_kind="revoked"
        )


def test_an_officer_without_a_number_gets_a_provisional_one(cast: Cast) -> None:
    agency = cast.city_market
    people = [
        Officer.objects.create(name=name, agency=agency, region_code=CITY, line_code=MARKET)
        for name in ("甲", "乙")
    ]
    assert len({one.staff_number for one in people}) == 2
    assert all(one.has_provisional_number for one in people)
