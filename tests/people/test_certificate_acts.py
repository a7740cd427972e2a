"""Suspending, lifting, revoking and checking a certificate: what is allowed, what is refused, what is recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from enforcement.actors import Actor
from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.models import Certificate, CertificateCheck, CertificateSuspension, LedgerEntry
from enforcement.services.people.certificate_acts import (
    lift_suspension,
    record_check,
    revoke_certificate,
    suspend_certificate,
)
from tests.people.people_cast import TODAY, PeopleCast, raise_people

MAY_10, JUNE_9 = dt.date(2026, 5, 10), dt.date(2026, 6, 9)


@pytest.fixture
def people(db: None) -> PeopleCast:
    return raise_people()


def suspend(people: PeopleCast, **changes: Any) -> CertificateSuspension:
    values = {
        "actor": people.keeper,
        "certificate_id": people.certificate.pk,
        "starts_on": MAY_10,
        "ends_on": None,
        "reason": "未按规定参加年度培训",
    }
    return suspend_certificate(**(values | changes))


def check(people: PeopleCast, result: str, **changes: Any) -> tuple[CertificateCheck, Any]:
    values = {
        "actor": people.keeper,
        "certificate_id": people.certificate.pk,
        "year": 2025,
        "checked_on": dt.date(2026, 1, 20),
        "result": result,
        "note": "",
        "today": TODAY,
    }
    return record_check(**(values | changes))


def test_a_suspension_holds_until_the_day_it_is_lifted(people: PeopleCast) -> None:
    suspension = suspend(people)
    assert not people.certificate.is_valid_on(dt.date(2030, 1, 1))
    lift_suspension(
        actor=people.keeper,
        certificate_id=people.certificate.pk,
        suspension_id=suspension.pk,
        resumes_on=dt.date(2026, 6, 10),
        reason="已补训合格",
    )
    held = people.certificate
    assert not held.is_valid_on(JUNE_9)
    assert held.is_valid_on(dt.date(2026, 6, 10))
    actions = LedgerEntry.objects.filter(subject_type="Certificate").values_list("action", flat=True)
    assert list(actions) == ["certificate_suspended", "certificate_suspension_lifted"]
    entry = LedgerEntry.objects.filter(subject_type="Certificate").latest("pk")
    assert people.officer.name not in entry.payload + entry.subject_label
    assert entry.chain == people.cast.city_market.code


def test_a_lifted_suspension_stays_readable(people: PeopleCast) -> None:
    suspension = suspend(people, ends_on=JUNE_9)
    lift_suspension(
        actor=people.keeper,
        certificate_id=people.certificate.pk,
        suspension_id=suspension.pk,
        resumes_on=dt.date(2026, 5, 20),
        reason="查明无责任",
    )
    suspension.refresh_from_db()
    assert (suspension.starts_on, suspension.ends_on) == (MAY_10, dt.date(2026, 5, 19))
    ends = [line.ends_on for line in suspension.history.order_by("history_id")]
    assert ends == [JUNE_9, dt.date(2026, 5, 19)]


@pytest.mark.parametrize(
    ("resumes_on", "fits"),
    [
        (MAY_10, False),
        (dt.date(2026, 5, 11), True),
        (JUNE_9, True),
        (dt.date(2026, 6, 10), False),
    ],
)
def test_lifting_stays_inside_the_suspension(people: PeopleCast, resumes_on: dt.date, fits: bool) -> None:
    suspension = suspend(people, ends_on=JUNE_9)

    def lift() -> None:
        lift_suspension(
            actor=people.keeper,
            certificate_id=people.certificate.pk,
            suspension_id=suspension.pk,
            resumes_on=resumes_on,
            reason="已补训合格",
        )

    if fits:
        lift()
    else:
        with pytest.raises(InvalidInput):
            lift()


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        (dt.date(1999, 12, 31), None, "有效期"),
        (dt.date(2100, 1, 1), None, "有效期"),
        (JUNE_9, None, "重叠"),
        (dt.date(2026, 5, 1), MAY_10, "重叠"),
        (dt.date(2026, 7, 2), dt.date(2026, 7, 1), "不能早于暂扣首日"),
    ],
)
def test_impossible_suspensions_are_refused(
    people: PeopleCast, starts_on: dt.date, ends_on: dt.date | None, words: str
) -> None:
    suspend(people, ends_on=JUNE_9)
    with pytest.raises(InvalidInput, match=words):
        suspend(people, starts_on=starts_on, ends_on=ends_on)
    assert CertificateSuspension.objects.count() == 1


def test_a_revocation_happens_once_and_ends_everything(people: PeopleCast) -> None:
    values: dict[str, Any] = {
        "actor": people.keeper,
        "certificate_id": people.certificate.pk,
        "kind": "cancelled",
        "reason": "调离执法岗位",
    }
    with pytest.raises(InvalidInput, match="不能早于发证日期"):
        revoke_certificate(**values, revoked_on=dt.date(1999, 12, 31))
    revoke_certificate(**values, revoked_on=MAY_10)
    assert people.certificate.is_valid_on(dt.date(2026, 5, 9))
    assert not people.certificate.is_valid_on(MAY_10)
    with pytest.raises(Refusal, match="没有重复登记"):
        revoke_certificate(**values, revoked_on=JUNE_9)
    with pytest.raises(InvalidInput, match="已经失效"):
        suspend(people, starts_on=MAY_10)


ACTS: dict[str, Callable[[PeopleCast, Actor], Any]] = {
    "suspend": lambda people, actor: suspend(people, actor=actor),
    "revoke": lambda people, actor: revoke_certificate(
        actor=actor,
        certificate_id=people.certificate.pk,
        revoked_on=MAY_10,
        kind="revoked",
        reason="因违纪吊销",
    ),
    "check": lambda people, actor: check(people, "failed", actor=actor),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["stranger", "officer", "approver", "supervisor", "compiler"])
def test_only_the_registrar_of_the_place_acts(people: PeopleCast, act: str, who: str) -> None:
    actor = people.stranger if who == "stranger" else people.cast.actor(who)
    entries = LedgerEntry.objects.count()
    with pytest.raises((NotPermitted, Refusal)):
        ACTS[act](people, actor)
    assert LedgerEntry.objects.count() == entries
    assert not CertificateSuspension.objects.exists()
    assert not CertificateCheck.objects.exists()
    assert Certificate.objects.get(pk=people.certificate.pk).revoked_on is None


@pytest.mark.parametrize("result", ["failed", "not_done"])
def test_a_failed_check_suspends_only_where_the_deployer_chose_so(
    people: PeopleCast, settings: Any, result: str
) -> None:
    day = dt.date(2026, 1, 20)
    settings.FAILED_CHECK_SUSPENDS = False
    _, suspension = check(people, result)
    assert suspension is None
    assert people.certificate.is_valid_on(day)
    settings.FAILED_CHECK_SUSPENDS = True
    # The earlier check is not reopened by the new setting; recording it again is what suspends.
    assert people.certificate.is_valid_on(day)
    _, suspension = check(people, result)
    assert suspension is not None
    assert people.certificate.is_valid_on(dt.date(2026, 1, 19))
    assert not people.certificate.is_valid_on(day)


def test_a_failed_year_may_be_checked_again_and_a_passed_one_is_settled(people: PeopleCast) -> None:
    check(people, "failed")
    check(people, "passed", checked_on=dt.date(2026, 3, 1))
    assert CertificateCheck.objects.get().result == "passed"
    with pytest.raises(Refusal, match="没有重复登记"):
        check(people, "failed", checked_on=dt.date(2026, 4, 1))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"year": 1999, "checked_on": dt.date(2000, 1, 20)}, "不在执法证有效期内"),
        ({"checked_on": dt.date(2024, 12, 31)}, "不能早于审验年度"),
        ({"checked_on": dt.date(2026, 11, 26)}, "不能晚于今天"),
        ({"result": "excellent"}, "审验结果"),
    ],
)
def test_impossible_checks_are_refused(people: PeopleCast, changes: dict[str, Any], words: str) -> None:
    values = {"result": "passed"} | changes
    with pytest.raises(InvalidInput, match=words):
        check(people, **values)
    assert not CertificateCheck.objects.exists()
