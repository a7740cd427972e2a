"""An officer's standing for an act, as the rule of eligibility needs it."""

from __future__ import annotations

import datetime as dt

from enforcement.certificate_validity import CertificateObstacle
from enforcement.models import Certificate, Officer
from enforcement.officer_eligibility import OfficerStanding


def standings_of(
    officer: Officer, *, act_on: dt.date, region_code: str, line_code: str
) -> list[OfficerStanding]:
    """One entry per certificate for an act in this region and line, or one entry that says there is none.

    Reads no table when `certificates__suspensions` was prefetched.
    """
    in_region = region_code.startswith(officer.region_code)
    certificates = list(officer.certificates.all())
    if not certificates:
        return [
            OfficerStanding(
                str(officer.pk),
                False,
                None,
                None,
                auxiliary=officer.is_auxiliary,
                in_scope=in_region and officer.line_code == line_code,
                serving=officer.serves_on(act_on),
            )
        ]
    return [_standing(officer, one, act_on, line_code, in_region) for one in certificates]


def _standing(
    officer: Officer, certificate: Certificate, act_on: dt.date, line_code: str, in_region: bool
) -> OfficerStanding:
    obstacle = certificate.obstacle_on(act_on)
    return OfficerStanding(
        id=str(officer.pk),
        certified=True,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        auxiliary=officer.is_auxiliary,
        in_scope=in_region and certificate.names_line(line_code, own_line=officer.line_code),
        suspended=obstacle is CertificateObstacle.SUSPENDED,
        revoked=obstacle is CertificateObstacle.REVOKED,
        serving=officer.serves_on(act_on),
    )
