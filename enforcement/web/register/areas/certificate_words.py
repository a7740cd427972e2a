"""How a 执法证 is shown: its state on a day, its term, its lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from enforcement.certificate_validity import CertificateObstacle

VALID = "执法证有效"
_SHORT = {
    CertificateObstacle.NOT_YET_VALID: "尚未生效",
    CertificateObstacle.EXPIRED: "已过期",
    CertificateObstacle.SUSPENDED: "暂扣",
    CertificateObstacle.REVOKED: "已失效",
}


def certificate_state(certificate: Any, day: dt.date) -> tuple[str, str]:
    """Word and tone of one certificate on a day; `suspensions` must be prefetched."""
    obstacle = certificate.obstacle_on(day)
    if obstacle is None:
        return "有效", "ok"
    if obstacle is CertificateObstacle.REVOKED:
        return f"已{certificate.get_revocation_kind_display()}", "danger"
    return _SHORT[obstacle], "warn" if obstacle is CertificateObstacle.NOT_YET_VALID else "danger"


def state_words(officer: Any, day: dt.date) -> str:
    """What a list says about a person's qualification on a day; certificates and suspensions prefetched."""
    if officer.is_auxiliary:
        return "辅助人员"
    if not officer.serves_on(day):
        return "已离岗" if officer.left_on is not None and day > officer.left_on else "尚未到岗"
    certificates = list(officer.certificates.all())
    if not certificates:
        return "没有执法证"
    obstacles = [one.obstacle_on(day) for one in certificates]
    if None in obstacles:
        return VALID
    return f"执法证{_SHORT[obstacles[0]]}"


def term_text(certificate: Any) -> str:
    return f"{certificate.valid_from} 至 {certificate.valid_until}"


def lines_text(certificate: Any, lines: Mapping[str, str]) -> str:
    """The lines written on it, by name."""
    return "、".join(lines.get(code, code) for code in certificate.line_codes) or "所在机构的领域"


def certificate_cells(
    certificate: Any, day: dt.date, *, lines: Mapping[str, str], linked: bool
) -> tuple[Any, ...]:
    """One row of the officer's certificates: number, state, term, lines, authority."""
    word, tone = certificate_state(certificate, day)
    number: Any = certificate.number
    if linked:
        number = {"text": number, "url": reverse("register_certificates:row", args=[certificate.pk])}
    return (
        number,
        {"text": word, "tone": tone},
        term_text(certificate),
        lines_text(certificate, lines),
        certificate.issuing_authority,
    )
