"""What ends soon: 60, 30 and 7 days ahead, and once it has ended. Pure: a function of two days.

`ends_on` is the last valid day everywhere, so one day left means that tomorrow is the last one.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ENDED = -1
THRESHOLDS = (60, 30, 7, ENDED)
FIRST_WARNING_DAYS = THRESHOLDS[0]
# What ended longer ago is no news; it stays visible on the row itself.
LAST_WARNING_DAYS = 180


class ExpiringKind(StrEnum):
    """What can end. The values stand in the table of notices."""

    CERTIFICATE = "certificate"
    ANNUAL_CHECK = "annual_check"
    CALIBRATION = "calibration"
    QUALIFICATION = "qualification"
    DELEGATION = "delegation"


EXPIRING_LABELS = {
    ExpiringKind.CERTIFICATE: "执法证",
    ExpiringKind.ANNUAL_CHECK: "执法证年度审验",
    ExpiringKind.CALIBRATION: "设备检定",
    ExpiringKind.QUALIFICATION: "资格证件",
    ExpiringKind.DELEGATION: "委托执法",
}
WHAT_TO_DO = {
    ExpiringKind.CERTIFICATE: ("请在到期前办理换证。", "不得再实施执法行为，请办理换证。"),
    ExpiringKind.ANNUAL_CHECK: ("请在年底前参加年度审验。", "还没有合格的审验结果，请补办审验并登记。"),
    ExpiringKind.CALIBRATION: ("请在到期前送检。", "读数不能再作为证据来源，请停用并送检。"),
    ExpiringKind.QUALIFICATION: ("请在到期前换证，或者调整职责。", "请尽快换证，或者收回相应职责。"),
    ExpiringKind.DELEGATION: ("需要继续委托的，请在到期前重新签订并公布。", "受委托组织不得再实施委托事项。"),
}


@dataclass(frozen=True, slots=True)
class Ending:
    """Something with a last valid day, as the rule sees it; `subject` names whom or what it concerns.

    `page_key` is the key of the page about it: of the officer, the equipment, the qualification or the delegation.
    """

    kind: ExpiringKind
    row_id: int
    subject: str
    document: str
    ends_on: date
    region_code: str
    line_code: str
    agency_name: str = ""
    page_key: int | None = None


@dataclass(frozen=True, slots=True)
class ExpiryWarning:
    """An ending that people must hear about on a day."""

    ending: Ending
    days_left: int
    threshold: int

    @property
    def has_ended(self) -> bool:
        return self.threshold == ENDED

    @property
    def time_words(self) -> str:
        if self.has_ended:
            return f"已过期 {-self.days_left} 天"
        return "今天是最后一天" if self.days_left == 0 else f"还剩 {self.days_left} 天"

    @property
    def sentence(self) -> str:
        """Whom it concerns, what, until when, how long that is, and what to do."""
        ending = self.ending
        return (
            f"{ending.subject}的{ending.document}有效期至 {ending.ends_on}，{self.time_words}。{self.advice}"
        )

    @property
    def advice(self) -> str:
        before, after = WHAT_TO_DO[self.ending.kind]
        return after if self.has_ended else before


def thresholds_reached(ends_on: date, today: date) -> tuple[int, ...]:
    """Every threshold passed by `today`: the same set on whichever later day one asks, so a late run misses none."""
    left = (ends_on - today).days
    return tuple(days for days in THRESHOLDS if left <= days)


def warning_for(ending: Ending, today: date) -> ExpiryWarning | None:
    """The warning of `today`, with the last threshold reached; None while there is time, and long afterwards."""
    left = (ending.ends_on - today).days
    reached = thresholds_reached(ending.ends_on, today)
    if not reached or left < -LAST_WARNING_DAYS:
        return None
    return ExpiryWarning(ending, left, reached[-1])
