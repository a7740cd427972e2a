"""What follows a publication, put together from all floors. Each step does what is still missing and nothing twice.

The tables of files and notices are their own receipts: the steps compare what the published versions and the day ask
for with the rows that are there, so that running late, twice or out of order ends in the same rows.
"""

from __future__ import annotations

import datetime as dt

import structlog

from cases.selectors.version_changes import versions_to_tell_of
from cases.services.write_case_notices import write_case_notices
from discretion.web.surface import STANDARDS
from enforcement.errors import Refusal
from enforcement.models import RuleVersion
from enforcement.selectors.version_files import versions_without_files
from enforcement.services.keep_version_files import keep_version_files
from enforcement.services.write_version_notices import write_version_notices
from enforcement.web.documents.surface import DocumentSurface
from enforcement.web.responsibility.surface import RESPONSIBILITY
from exemption_lists.web.surface import LISTS
from joint_inspection.web.surface import JOINT_LISTS

SURFACES: tuple[DocumentSurface, ...] = (LISTS, STANDARDS, JOINT_LISTS, RESPONSIBILITY)
_SOURCES = {surface.kind.value: surface.files for surface in SURFACES}
logger = structlog.get_logger("hengdu.publication")


def follow_version(version_id: int, *, today: dt.date) -> None:
    """Everything that follows the publication of one version. A version that is not published is left alone."""
    version = RuleVersion.objects.published().select_related("document__agency").filter(pk=version_id).first()
    if version is not None:
        write_version_notices(today=today)
        write_case_notices(version_id=version.pk, today=today)
        keep_files(version)


def catch_up(*, today: dt.date) -> None:
    """The same for every published version that still lacks something, and what the day brings."""
    write_version_notices(today=today)
    for version in versions_to_tell_of(today=today):
        write_case_notices(version_id=version.pk, today=today)
    for version in versions_without_files():
        keep_files(version)


def keep_files(version: RuleVersion) -> None:
    """The files of a version. One that cannot be made here is tried again with the next run."""
    try:
        keep_version_files(source=_SOURCES[version.document.kind], version=version)
    except Refusal as refusal:
        logger.error("version_file_not_made", version=version.public_key, reason=refusal.message)
