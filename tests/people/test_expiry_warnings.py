"""Who is warned of what, and that each notice is written once, however late or often the task runs."""

from __future__ import annotations

import datetime as dt

import pytest

from enforcement.expiry import ENDED, ExpiringKind
from enforcement.models import (
    Calibration,
    Certificate,
    CertificateCheck,
    ExpiryNotice,
    LedgerEntry,
    Officer,
    Qualification,
)
from enforcement.selectors.expiry import own_warnings, warnings_for
from enforcement.services.write_expiry_notices import write_expiry_notices
from enforcement.tasks import give_expiry_notices
from tests.people.people_cast import PeopleCast, raise_people

TODAY = dt.date(2026, 9, 1)
SOON = dt.date(2026, 9, 20)


@pytest.fixture
def people(db: None) -> PeopleCast:
    return raise_people()


def end_certificate(officer: Officer, ends_on: dt.date) -> Certificate:
    held = Certificate.objects.get(officer=officer)
    held.valid_until = ends_on
    held.save()
    return held


def kinds(people: PeopleCast, day: dt.date = TODAY) -> list[str]:
    return [one.ending.kind.value for one in warnings_for(actor=people.keeper, today=day)]


def test_a_certificate_that_ends_is_announced_inside_the_scope_only(people: PeopleCast) -> None:
    end_certificate(people.officer, SOON)
    (warning,) = warnings_for(actor=people.keeper, today=TODAY)
    assert (warning.ending.subject, warning.days_left, warning.threshold) == ("执法人己", 19, 30)
    assert warnings_for(actor=people.stranger, today=TODAY) == []
    assert len(warnings_for(actor=people.cast.actor("supervisor"), today=TODAY)) == 1
    assert [one.ending.row_id for one in own_warnings(actor=people.cast.actor("officer"), today=TODAY)] == [
        people.certificate.pk
    ]
    assert own_warnings(actor=people.cast.actor("second_officer"), today=TODAY) == []
    assert own_warnings(actor=people.keeper, today=TODAY) == []


def test_renewed_revoked_and_left_are_not_announced(people: PeopleCast) -> None:
    held = end_certificate(people.officer, SOON)
    assert kinds(people) == ["certificate"]
    renewal = Certificate.objects.create(
        officer=people.officer, number="NEW", valid_from=SOON, valid_until=dt.date(2031, 9, 20)
    )
    assert kinds(people) == []
    renewal.delete()
    Certificate.objects.filter(pk=held.pk).update(
        revoked_on=TODAY, revocation_kind="cancelled", revocation_reason="调离"
    )
    assert kinds(people) == []
    Certificate.objects.filter(pk=held.pk).update(revoked_on=None, revocation_kind="", revocation_reason="")
    Officer.objects.filter(pk=people.officer.pk).update(left_on=TODAY)
    assert kinds(people) == []
    assert kinds(people, TODAY - dt.timedelta(days=1)) == ["certificate"]


def test_a_renewal_for_other_lines_does_not_silence_the_warning(people: PeopleCast) -> None:
    held = end_certificate(people.officer, SOON)
    Certificate.objects.filter(pk=held.pk).update(line_codes=["market", "ecology"])
    Certificate.objects.create(
        officer=people.officer,
        number="NEW",
        line_codes=["market"],
        valid_from=SOON,
        valid_until=dt.date(2031, 9, 20),
    )
    assert kinds(people) == ["certificate"]


def test_the_latest_calibration_of_instruments_in_use_counts(people: PeopleCast) -> None:
    meter = people.equipment()
    first = Calibration.objects.create(
        equipment=meter,
        certificate_number="A",
        body="计量所",
        done_on=dt.date(2025, 9, 21),
        valid_until=SOON,
    )
    assert kinds(people) == ["calibration"]
    Calibration.objects.create(
        equipment=meter,
        certificate_number="B",
        body="计量所",
        done_on=TODAY,
        valid_until=dt.date(2027, 8, 31),
    )
    assert kinds(people) == []
    Calibration.objects.exclude(pk=first.pk).delete()
    meter.retired_on = TODAY
    meter.save()
    assert kinds(people) == []


def test_a_supervision_card_that_ends_is_announced(people: PeopleCast) -> None:
    Qualification.objects.filter(account=people.cast.supervisor).update(valid_until=SOON)
    seen = warnings_for(actor=people.cast.actor("supervisor"), today=TODAY)
    assert [one.ending.kind for one in seen] == [ExpiringKind.QUALIFICATION]


@pytest.mark.parametrize(
    ("day", "announced"),
    [
        (dt.date(2026, 10, 31), False),
        (dt.date(2026, 11, 1), True),
        (dt.date(2027, 6, 29), True),
        (dt.date(2027, 6, 30), False),
    ],
)
def test_the_annual_check_is_due_by_the_end_of_the_year(
    people: PeopleCast, day: dt.date, announced: bool
) -> None:
    held = Certificate.objects.filter(officer__agency=people.cast.city_market)
    for one in held.exclude(pk=people.certificate.pk):
        CertificateCheck.objects.create(certificate=one, year=2026, checked_on=TODAY, result="passed")
    CertificateCheck.objects.create(
        certificate=people.certificate, year=2026, checked_on=TODAY, result="failed"
    )
    assert (kinds(people, day) == ["annual_check"]) is announced
    CertificateCheck.objects.filter(certificate=people.certificate).update(result="passed")
    assert kinds(people, day) == []


def noticed() -> set[tuple[str, int, int]]:
    return set(ExpiryNotice.objects.values_list("kind", "row_id", "threshold"))


def test_a_notice_per_threshold_is_written_exactly_once(people: PeopleCast) -> None:
    held = end_certificate(people.officer, SOON)
    for days_before in (61, 60, 60, 59, 31, 30, 8, 7, 7, 1, 0, -1, -2):
        write_expiry_notices(today=SOON - dt.timedelta(days=days_before))
    assert noticed() == {("certificate", held.pk, days) for days in (60, 30, 7, ENDED)}
    days = dict(ExpiryNotice.objects.values_list("threshold", "noticed_on"))
    assert days[60] == SOON - dt.timedelta(days=60)
    assert days[ENDED] == SOON + dt.timedelta(days=1)
    assert LedgerEntry.objects.filter(action="expiry_noticed").count() == 4


def test_a_late_run_ends_in_the_same_notices(people: PeopleCast) -> None:
    held = end_certificate(people.officer, SOON)
    assert write_expiry_notices(today=SOON + dt.timedelta(days=3)) == 4
    assert noticed() == {("certificate", held.pk, days) for days in (60, 30, 7, ENDED)}
    assert write_expiry_notices(today=SOON + dt.timedelta(days=3)) == 0
    # An earlier day asked for afterwards takes nothing back and adds nothing.
    assert write_expiry_notices(today=SOON - dt.timedelta(days=40)) == 0


def test_a_renewed_certificate_is_announced_anew(people: PeopleCast) -> None:
    held = end_certificate(people.officer, SOON)
    write_expiry_notices(today=TODAY)
    end_certificate(people.officer, SOON.replace(year=2031))
    give_expiry_notices("2031-09-01")
    assert {one.ends_on.year for one in ExpiryNotice.objects.filter(row_id=held.pk, kind="certificate")} == {
        2026,
        2031,
    }


def test_the_selector_costs_a_fixed_number_of_queries(
    people: PeopleCast,
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    for number in range(12):
        officer = Officer.objects.create(
            name=f"人员{number}", agency=people.cast.city_market, region_code="5301", line_code="market"
        )
        Certificate.objects.create(
            officer=officer, number=f"N{number}", valid_from=dt.date(2021, 9, 21), valid_until=SOON
        )
    with django_assert_max_num_queries(6):
        assert len(warnings_for(actor=people.keeper, today=TODAY)) == 12
