"""A version notice as people read it: one sentence, and where it leads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from enforcement.models import VersionNotice
from enforcement.version_notices import NoticeKind
from enforcement.web.laws.addresses import public_citing_version
from enforcement.wording import date_zh


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice on a page."""

    notice: VersionNotice
    label: str
    sentence: str
    url: str
    is_read: bool


def notice_line(notice: VersionNotice, *, is_read: bool) -> NoticeLine:
    """Needs version, document and agency loaded."""
    return NoticeLine(
        notice=notice,
        label=notice.get_kind_display(),
        sentence=_sentence(notice),
        url=public_citing_version(notice.version),
        is_read=is_read,
    )


def _sentence(notice: VersionNotice) -> str:
    version = notice.version
    name = f"《{version.document.title}》第 {version.number} 版"
    if notice.kind == NoticeKind.TAKES_EFFECT:
        return f"{name}自{_day(version.effective_from)}起施行。"
    if notice.kind == NoticeKind.TRIAL_ENDING:
        return f"{name}试行期将满，{_day(version.effective_until)}起不再适用。"
    if notice.kind == NoticeKind.REPEALED:
        ended = version.repealed
        return f"{name}已经废止，{_day(ended.ends_on)}起不再适用。" if ended else f"{name}已经废止。"
    until = f"，{_day(version.effective_until)}起失效" if version.effective_until else ""
    return f"{version.document.agency.name}发布{name}（{version.document_number}），自{_day(version.effective_from)}起施行{until}。"


def _day(day: dt.date | None) -> str:
    return date_zh(day) if day is not None else ""
