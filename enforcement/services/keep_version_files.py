"""公开文件: made once per published version, however often and however late somebody asks."""

from __future__ import annotations

import hashlib

from django.db import transaction

from enforcement.actors import SYSTEM
from enforcement.errors import Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import RuleVersion, VersionFile
from enforcement.version_files import FileFormat, VersionFileSource


def keep_version_files(
    *, source: VersionFileSource, version: RuleVersion, wanted: tuple[FileFormat, ...] = tuple(FileFormat)
) -> None:
    """Make and store those of `wanted` that are not there yet; with all of them there, one query.

    The bytes are made outside of the transaction (a PDF takes seconds); two who make the same file at once make the
    same bytes, and the row of the first stays. Raises `Refusal` when a file cannot be made on this machine, after
    the others have been stored.
    """
    missing = _missing(version, wanted)
    made: dict[FileFormat, bytes] = {}
    refused: Refusal | None = None
    for file_format in missing:
        try:
            made[file_format] = source.make(version, file_format)
        except Refusal as refusal:
            refused = refusal
    if made:
        _store(version, made)
    if refused is not None:
        raise refused


def _missing(version: RuleVersion, wanted: tuple[FileFormat, ...]) -> list[FileFormat]:
    kept = set(VersionFile.objects.filter(version=version).values_list("file_format", flat=True))
    return [one for one in wanted if one.value not in kept]


@transaction.atomic
def _store(version: RuleVersion, made: dict[FileFormat, bytes]) -> None:
    # Whoever comes second waits here and finds the files of the first.
    RuleVersion.objects.select_for_update().get(pk=version.pk)
    rows = [
        VersionFile(
            version=version,
            file_format=file_format.value,
            content=made[file_format],
            size=len(made[file_format]),
            digest=hashlib.sha256(made[file_format]).hexdigest(),
        )
        for file_format in _missing(version, tuple(made))
    ]
    if not rows:
        return
    VersionFile.objects.bulk_create(rows)
    append_entry(
        chain=version.document.agency.code,
        action=LedgerAction.VERSION_FILES_KEPT,
        subject=version,
        subject_label=str(version),
        actor=SYSTEM,
        payload={"version": version.digest, "files": {row.file_format: row.digest for row in rows}},
    )
