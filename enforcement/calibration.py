"""Whether an instrument may be the source of a fact on a day (计量法 第九条: what falls under it may not be used uncalibrated).

Pure. A reading from an instrument out of calibration is refused as a source, whoever took it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from enforcement.errors import Refusal


@dataclass(frozen=True, slots=True)
class CalibratedDays:
    """One calibration: good from the day it was done to `valid_until`, both included."""

    done_on: date
    valid_until: date

    def covers(self, day: date) -> bool:
        return self.done_on <= day <= self.valid_until


@dataclass(frozen=True, slots=True)
class InstrumentTerm:
    """`retired_on` is the first day on which it is no longer in use."""

    label: str
    needs_calibration: bool
    acquired_on: date
    retired_on: date | None = None
    calibrations: Sequence[CalibratedDays] = ()


def source_refusal(term: InstrumentTerm, day: date) -> Refusal | None:
    """Why a reading of `day` cannot rest on this instrument, or None."""
    if day < term.acquired_on:
        return Refusal(
            "instrument_not_in_use", f"{term.label}在 {day} 还没有启用，不能作为数据来源。请核对设备编号。"
        )
    if term.retired_on is not None and day >= term.retired_on:
        return Refusal(
            "instrument_retired",
            f"{term.label}已于 {term.retired_on} 停用，不能作为数据来源。请改用在用设备。",
        )
    if not term.needs_calibration or any(one.covers(day) for one in term.calibrations):
        return None
    last = max((one.valid_until for one in term.calibrations if one.done_on <= day), default=None)
    since = f"检定有效期至 {last}" if last is not None else "在这一天之前没有检定记录"
    return Refusal(
        "instrument_not_calibrated",
        f"{term.label}{since}，{day} 的读数不能作为数据来源。请送检后重新测量，或者改用检定有效的设备。",
    )
