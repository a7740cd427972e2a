"""When a 执法证 may be relied on: a function of its dates, its suspensions and its revocation (行政处罚法 第四十二条).

Pure. Nothing here is stored or switched by a nightly job: the same facts give the same answer for every day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CertificateObstacle(StrEnum):
    """Why a certificate does not count on a day; the value is the phrase that follows the person's name."""

    NOT_YET_VALID = "执法证在当日尚未生效"
    EXPIRED = "执法证在当日已过有效期"
    SUSPENDED = "执法证在当日被暂扣"
    REVOKED = "执法证已被注销或者吊销"


@dataclass(frozen=True, slots=True)
class SuspendedDays:
    """暂扣: from the first to the last suspended day, both included; no last day means until it is lifted."""

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class CertificateTerm:
    """The facts that decide. `valid_until` is the last valid day; `revoked_on` is the first day without effect."""

    valid_from: date
    valid_until: date
    suspensions: Sequence[SuspendedDays] = ()
    revoked_on: date | None = None


def obstacle_on(term: CertificateTerm, day: date) -> CertificateObstacle | None:
    """What stands against relying on the certificate on `day`, the weightiest first; None when it is valid."""
    if term.revoked_on is not None and day >= term.revoked_on:
        return CertificateObstacle.REVOKED
    if day < term.valid_from:
        return CertificateObstacle.NOT_YET_VALID
    if day > term.valid_until:
        return CertificateObstacle.EXPIRED
    if any(span.covers(day) for span in term.suspensions):
        return CertificateObstacle.SUSPENDED
    return None
