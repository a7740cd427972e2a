"""Acts on a 执法证: suspending it, lifting the suspension, revoking it, and its annual check.

Each act locks the certificate, asks for the registrar's duty over the officer's region and line, and ends in the
ledger. None of them ever removes a fact: a suspension that was lifted stays readable with its first and last day.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import Certificate, CertificateCheck, CertificateSuspension
from enforcement.models.officers import CheckResult, RevocationKind
from enforcement.register_people import CERTIFICATE
from enforcement.services.register_rows import check_row, locked_row, save_with_history


@transaction.atomic
def suspend_certificate(
    *, actor: Actor, certificate_id: int, starts_on: dt.date, ends_on: dt.date | None, reason: str
) -> CertificateSuspension:
    """暂扣 from `starts_on` to `ends_on` (both included; none: until it is lifted).

    Raises InvalidInput when the days lie outside the certificate's term or touch another suspension.
    """
    certificate = _writable(actor, certificate_id)
    suspension = _suspension(certificate, starts_on, ends_on, reason)
    save_with_history(actor=actor, row=suspension, reason=reason)
    _record(
        actor,
        certificate,
        LedgerAction.CERTIFICATE_SUSPENDED,
        {"suspension": suspension.pk, "starts_on": starts_on, "ends_on": ends_on},
    )
    return suspension


@transaction.atomic
def lift_suspension(
    *, actor: Actor, certificate_id: int, suspension_id: int, resumes_on: dt.date, reason: str
) -> CertificateSuspension:
    """End a suspension early: `resumes_on` is the first day on which the certificate counts again."""
    certificate = _writable(actor, certificate_id)
    suspension = certificate.suspensions.select_for_update().filter(pk=suspension_id).first()
    if suspension is None:
        raise Refusal("suspension_unknown", "没有找到这次暂扣，没有保存。请返回执法证重新选择。")
    if resumes_on <= suspension.starts_on:
        raise InvalidInput.from_problems(
            "resumes_too_early", [f"恢复日期应晚于暂扣首日 {suspension.starts_on}。请核对日期"]
        )
    if suspension.ends_on is not None and resumes_on > suspension.ends_on:
        raise InvalidInput.from_problems(
            "already_over", [f"这次暂扣到 {suspension.ends_on} 为止，恢复日期应在此之前。请核对日期"]
        )
    suspension.ends_on = resumes_on - dt.timedelta(days=1)
    suspension.lock_version += 1
    save_with_history(actor=actor, row=suspension, reason=reason)
    _record(
        actor,
        certificate,
        LedgerAction.CERTIFICATE_SUSPENSION_LIFTED,
        {"suspension": suspension.pk, "resumes_on": resumes_on},
    )
    return suspension


@transaction.atomic
def revoke_certificate(
    *, actor: Actor, certificate_id: int, revoked_on: dt.date, kind: str, reason: str
) -> Certificate:
    """注销 or 吊销: from `revoked_on` on the certificate has no effect. Once only."""
    certificate = _writable(actor, certificate_id)
    if certificate.revoked_on is not None:
        word = certificate.get_revocation_kind_display()
        raise Refusal("already_revoked", f"这本执法证已于 {certificate.revoked_on} {word}，没有重复登记。")
    if revoked_on < certificate.valid_from:
        raise InvalidInput.from_problems(
            "revoked_too_early", [f"失效日期不能早于发证日期 {certificate.valid_from}。请核对日期"]
        )
    if kind not in RevocationKind.values:
        raise InvalidInput.from_problems("revocation_kind", ["选择注销或者吊销"])
    certificate.revoked_on, certificate.revocation_kind = revoked_on, kind
    certificate.revocation_reason = reason.strip()
    certificate.lock_version += 1
    check_row(certificate)
    save_with_history(actor=actor, row=certificate, reason=reason)
    _record(actor, certificate, LedgerAction.CERTIFICATE_REVOKED, {"kind": kind, "revoked_on": revoked_on})
    return certificate


@transaction.atomic
def record_check(
    *,
    actor: Actor,
    certificate_id: int,
    year: int,
    checked_on: dt.date,
    result: str,
    note: str,
    today: dt.date,
) -> tuple[CertificateCheck, CertificateSuspension | None]:
    """年度审验 with its result, and the suspension it entails where the deployer chose that.

    A check that was failed or missed always leads to a warning. With `HENGDU_FAILED_CHECK=suspend` it also suspends
    the certificate from the day of the check until somebody lifts it; a later change of the setting touches no
    earlier check, since the suspension is a fact of its own. A year that was failed or missed may be checked again;
    a passed one is settled.
    """
    certificate = _writable(actor, certificate_id)
    problems = []
    if checked_on > today:
        problems.append("审验日期不能晚于今天")
    if not certificate.valid_from.year <= year <= certificate.valid_until.year:
        problems.append(f"{year} 年不在执法证有效期内。请核对审验年度")
    if checked_on.year < year:
        problems.append("审验日期不能早于审验年度")
    if problems:
        raise InvalidInput.from_problems("check_invalid", problems)
    check = _check_of(certificate, year)
    check.checked_on, check.result, check.note = checked_on, result, note.strip()
    check_row(check)
    save_with_history(actor=actor, row=check, reason=f"{year} 年度审验")
    suspension = None
    if (
        result != CheckResult.PASSED
        and settings.FAILED_CHECK_SUSPENDS
        and certificate.is_valid_on(checked_on)
    ):
        suspension = _suspension(
            certificate, checked_on, None, f"{year} 年度审验{check.get_result_display()}"
        )
        save_with_history(actor=actor, row=suspension, reason=suspension.reason)
    _record(
        actor,
        certificate,
        LedgerAction.CERTIFICATE_CHECKED,
        {
            "year": year,
            "result": result,
            "checked_on": checked_on,
            "suspension": suspension.pk if suspension is not None else None,
        },
    )
    return check, suspension


def _writable(actor: Actor, certificate_id: int) -> Certificate:
    certificate: Certificate = locked_row(actor=actor, kind=CERTIFICATE, key=certificate_id)
    CERTIFICATE.require_write(actor, certificate)
    return certificate


def _check_of(certificate: Certificate, year: int) -> CertificateCheck:
    """The check of that year to be put right, or a new one."""
    existing = certificate.checks.select_for_update().filter(year=year).first()
    if existing is None:
        return CertificateCheck(certificate=certificate, year=year)
    if existing.result == CheckResult.PASSED:
        raise Refusal("already_passed", f"{year} 年度审验已登记为合格，没有重复登记。")
    existing.lock_version += 1
    return existing


def _suspension(
    certificate: Certificate, starts_on: dt.date, ends_on: dt.date | None, reason: str
) -> CertificateSuspension:
    """A checked, unsaved suspension."""
    # Asked first: the database cannot even compare a span that ends before it begins.
    if ends_on is not None and ends_on < starts_on:
        raise InvalidInput.from_problems("suspension_order", ["暂扣末日不能早于暂扣首日。请核对日期"])
    if not certificate.valid_from <= starts_on <= certificate.valid_until:
        term = f"{certificate.valid_from} 至 {certificate.valid_until}"
        raise InvalidInput.from_problems(
            "suspension_outside_term", [f"暂扣首日应在执法证有效期（{term}）内。请核对日期"]
        )
    if certificate.revoked_on is not None and starts_on >= certificate.revoked_on:
        raise InvalidInput.from_problems(
            "suspension_after_revocation", [f"这本执法证自 {certificate.revoked_on} 起已经失效，不能再暂扣"]
        )
    suspension = CertificateSuspension(
        certificate=certificate, starts_on=starts_on, ends_on=ends_on, reason=reason.strip()
    )
    check_row(suspension)
    return suspension


def _record(actor: Actor, certificate: Certificate, action: LedgerAction, payload: dict[str, Any]) -> None:
    append_entry(
        chain=CERTIFICATE.chain_of(certificate),
        action=action,
        subject=certificate,
        subject_label=f"执法证 {certificate.number}",
        actor=actor,
        payload=payload,
    )
