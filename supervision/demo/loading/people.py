"""What belongs to officers, and the qualifications of reviewers and supervisors: loaded in bulk, with history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from enforcement.actors import SYSTEM, Role
from enforcement.models import (
    Account,
    Agency,
    Calibration,
    Certificate,
    CertificateCheck,
    CertificateSuspension,
    Custody,
    Equipment,
    Examination,
    Officer,
    Qualification,
    Training,
    TrainingRequirement,
)
from enforcement.services.bulk_register_rows import create_rows
from supervision.demo.loading.regions_and_lines import registered_at
from supervision.demo.people import CertificateSeed, OfficerSeed, StaffSeed, demo_officers, demo_staff
from supervision.demo.people_records import (
    REQUIRED_HOURS,
    REQUIREMENT_BASIS,
    EquipmentSeed,
    demo_checks,
    demo_equipment,
    demo_examinations,
    demo_trainings,
)

REASON = "载入演示数据"
CALIBRATED_FOR = dt.timedelta(days=364)


def load_officers(*, agencies: Mapping[str, Agency], today: dt.date) -> dict[str, Officer]:
    """Officers by their keys, with certificates and suspensions; their history begins with the register itself."""
    at, seeds = registered_at(today), demo_officers(today)
    rows = [_officer(seed, agencies[seed.agency_code], today) for seed in seeds]
    officers = create_rows(actor=SYSTEM, model=Officer, rows=rows, reason=REASON, at=at)
    held = [
        (officer, seed.certificate) for officer, seed in zip(officers, seeds, strict=True) if seed.certificate
    ]
    certificates = create_rows(
        actor=SYSTEM,
        model=Certificate,
        rows=[_certificate(officer, certificate) for officer, certificate in held],
        reason=REASON,
        at=at,
    )
    suspensions = [
        CertificateSuspension(
            certificate=row,
            starts_on=seed.suspended_from,
            ends_on=seed.suspended_until,
            reason="未按规定参加年度培训",
        )
        for row, (_officer_row, seed) in zip(certificates, held, strict=True)
        if seed.suspended_from is not None
    ]
    create_rows(actor=SYSTEM, model=CertificateSuspension, rows=suspensions, reason=REASON)
    return {seed.key: officer for seed, officer in zip(seeds, officers, strict=True)}


def _officer(seed: OfficerSeed, agency: Agency, today: dt.date) -> Officer:
    return Officer(
        staff_number=seed.key,
        name=seed.name,
        agency=agency,
        region_code=agency.region_code,
        line_code=agency.line_code,
        position=seed.position,
        is_auxiliary=seed.is_auxiliary,
        joined_on=dt.date(today.year - 4, 7, 1),
    )


def _certificate(officer: Officer, seed: CertificateSeed) -> Certificate:
    return Certificate(
        officer=officer,
        number=seed.number,
        line_codes=[officer.line_code],
        issuing_authority="云南省人民政府",
        valid_from=seed.valid_from,
        valid_until=seed.valid_until,
    )


def load_people_records(
    *,
    officers: Mapping[str, Officer],
    agencies: Mapping[str, Agency],
    accounts: Mapping[str, Account],
    today: dt.date,
) -> None:
    """Inside the caller's transaction, after officers and accounts."""
    _load_checks(officers, today)
    _load_training(officers, today)
    _load_equipment(officers, agencies, today)
    _load_qualifications(accounts, today)


def _load_checks(officers: Mapping[str, Officer], today: dt.date) -> None:
    held = {
        one.officer_id: one
        for one in Certificate.objects.filter(officer__in=[o.pk for o in officers.values()])
    }
    rows = [
        CertificateCheck(
            certificate=held[officers[seed.officer_key].pk],
            year=seed.year,
            checked_on=seed.checked_on,
            result=seed.result,
            note=seed.note,
        )
        for seed in demo_checks(today)
    ]
    create_rows(actor=SYSTEM, model=CertificateCheck, rows=rows, reason=REASON)


def _load_training(officers: Mapping[str, Officer], today: dt.date) -> None:
    trainings = [
        Training(
            officer=officers[seed.officer_key],
            kind=seed.kind,
            title=seed.title,
            provider=seed.provider,
            completed_on=seed.completed_on,
            hours=seed.hours,
        )
        for seed in demo_trainings(today)
    ]
    create_rows(actor=SYSTEM, model=Training, rows=trainings, reason=REASON)
    examinations = [
        Examination(
            officer=officers[seed.officer_key],
            kind=seed.kind,
            organiser="云南省司法厅（演示）",
            taken_on=seed.taken_on,
            score=seed.score,
            is_passed=True,
        )
        for seed in demo_examinations(today)
    ]
    create_rows(actor=SYSTEM, model=Examination, rows=examinations, reason=REASON)
    requirements = [
        TrainingRequirement(
            region_code="53", line_code="", year=year, hours=REQUIRED_HOURS, basis=REQUIREMENT_BASIS
        )
        for year in (today.year - 1, today.year)
    ]
    create_rows(actor=SYSTEM, model=TrainingRequirement, rows=requirements, reason=REASON)


def _load_equipment(officers: Mapping[str, Officer], agencies: Mapping[str, Agency], today: dt.date) -> None:
    seeds = list(demo_equipment(today))
    rows = create_rows(
        actor=SYSTEM,
        model=Equipment,
        rows=[_equipment(seed, agencies[seed.agency_code]) for seed in seeds],
        reason=REASON,
        at=registered_at(today),
    )
    loaded = list(zip(seeds, rows, strict=True))
    custodies = [
        Custody(equipment=row, holder=officers[seed.holder_key], held_from=seed.held_from)
        for seed, row in loaded
        if seed.holder_key is not None and seed.held_from is not None
    ]
    create_rows(actor=SYSTEM, model=Custody, rows=custodies, reason=REASON)
    calibrations = [
        Calibration(
            equipment=row,
            certificate_number=f"演检-{row.pk:04d}",
            body="云南省计量测试技术研究院（演示）",
            done_on=seed.calibrated_until - CALIBRATED_FOR,
            valid_until=seed.calibrated_until,
        )
        for seed, row in loaded
        if seed.calibrated_until is not None
    ]
    create_rows(actor=SYSTEM, model=Calibration, rows=calibrations, reason=REASON)


def _equipment(seed: EquipmentSeed, agency: Agency) -> Equipment:
    return Equipment(
        agency=agency,
        inventory_number=seed.number,
        kind=seed.kind,
        model_name=seed.model_name,
        needs_calibration=seed.needs_calibration,
        acquired_on=seed.acquired_on,
        region_code=agency.region_code,
        line_code=agency.line_code,
    )


def _load_qualifications(accounts: Mapping[str, Account], today: dt.date) -> None:
    rows = [
        _qualification(number, seed, accounts[seed.key], today)
        for number, seed in enumerate(demo_staff())
        if seed.role in (Role.LEGAL_REVIEWER, Role.SUPERVISOR)
    ]
    create_rows(actor=SYSTEM, model=Qualification, rows=rows, reason=REASON, at=registered_at(today))


def _qualification(number: int, seed: StaffSeed, account: Account, today: dt.date) -> Qualification:
    """Supervisors hold a card; one reviewer in five reviewed before 2018, the others passed the examination."""
    row = Qualification(account=account, region_code=seed.region_code, line_code=seed.line_code)
    if seed.role is Role.SUPERVISOR:
        row.kind, row.number = "supervision_card", f"演监-{number:04d}"
        row.issuing_authority = "云南省人民政府（演示）"
        row.obtained_on = dt.date(today.year - 2, 5, 6)
        row.valid_until = today + dt.timedelta(days=27 if seed.region_code == "5323" else 700)
    elif number % 5 == 0:
        row.kind, row.obtained_on = "reviewed_before", dt.date(2014, 3, 1)
    else:
        row.kind, row.number = "legal_profession", f"演法-{number:05d}"
        row.issuing_authority, row.obtained_on = "司法部（演示）", dt.date(2019, 3, 1)
    return row
