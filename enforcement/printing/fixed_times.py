"""Office files whose bytes follow from what they say: no clock inside, so that a digest can be checked again."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIXED_MOMENT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
CORE_PROPERTIES = "docProps/core.xml"
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def with_fixed_times(content: bytes) -> bytes:
    """The same parts of a docx or xlsx, each under one fixed moment instead of the clock's."""
    repacked = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(repacked, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, date_time=FIXED_MOMENT.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            part = source.read(name)
            if name == CORE_PROPERTIES:
                moment = FIXED_MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                part = _MOMENT.sub(rb"\g<1>" + moment + rb"\g<2>", part)
            target.writestr(entry, part)
    return repacked.getvalue()
