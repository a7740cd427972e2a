"""Adding, editing, removing and importing the matters of a draft. Every act goes through `edit_draft`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from django.db.models import Max

from enforcement.actors import Actor
from enforcement.document_slugs import entry_slugs
from enforcement.errors import InvalidInput, Refusal
from enforcement.models import Matter, MatterKind, RuleVersion, Violation
from enforcement.responsibility.fields import MatterFields
from enforcement.services.draft_version import edit_draft


def add_matter(
    *, actor: Actor, version_id: int, fields: MatterFields, expected_lock: int | None = None
) -> Matter:
    """A new matter behind the last one."""
    _require_complete(fields)

    def change(version: RuleVersion) -> Matter:
        last = version.matters.aggregate(last=Max("position"))["last"] or 0
        slug = next(
            entry_slugs([fields.serial], stem="m", taken=version.matters.values_list("slug", flat=True))
        )
        matter = Matter(version=version, position=last + 1, slug=slug)
        return _saved(matter, fields, _violations_of(version))

    what = f"增加第 {fields.serial} 项"
    return edit_draft(
        actor=actor, version_id=version_id, change=change, what=what, expected_lock=expected_lock
    )


def edit_matter(
    *, actor: Actor, version_id: int, entry_id: int, fields: MatterFields, expected_lock: int | None = None
) -> Matter:
    """Change the fields of a matter; its slug stays, so that its address keeps its stem over the versions."""
    _require_complete(fields)

    def change(version: RuleVersion) -> Matter:
        return _saved(_matter(version, entry_id), fields, _violations_of(version))

    what = f"修改第 {fields.serial} 项"
    return edit_draft(
        actor=actor, version_id=version_id, change=change, what=what, expected_lock=expected_lock
    )


def remove_matter(*, actor: Actor, version_id: int, entry_id: int, serial: str) -> None:
    """Take a matter out of the draft."""

    def change(version: RuleVersion) -> None:
        _matter(version, entry_id).delete()

    edit_draft(actor=actor, version_id=version_id, change=change, what=f"删除第 {serial} 项")


def import_matters(
    *, actor: Actor, version_id: int, rows: Sequence[MatterFields], source_note: str = ""
) -> RuleVersion:
    """Replace the matters of a draft by those read. All or nothing; every problem is named."""
    for fields in rows:
        _require_complete(fields)

    def replace(version: RuleVersion) -> RuleVersion:
        known = _violations_of(version)
        _require_known(rows, known)
        version.matters.all().delete()
        slugs = entry_slugs((fields.serial for fields in rows), stem="m")
        Matter.objects.bulk_create(
            _filled(Matter(version=version, position=position, slug=slug), fields, known)
            for position, (slug, fields) in enumerate(zip(slugs, rows, strict=True), start=1)
        )
        version.source_note = source_note or version.source_note
        return version

    return edit_draft(actor=actor, version_id=version_id, change=replace, what=f"导入 {len(rows)} 项")


def _violations_of(version: RuleVersion) -> dict[str, Violation]:
    """The violations of the document's line by code and by name."""
    found: dict[str, Violation] = {}
    for violation in Violation.objects.filter(line_id=version.document.line_code).order_by("-code"):
        found[violation.name] = violation
        found[violation.code] = violation
    return found


def _matter(version: RuleVersion, entry_id: int) -> Matter:
    matter: Matter | None = version.matters.filter(pk=entry_id).first()
    if matter is None:
        raise Refusal("matter_missing", "没有这一项，它可能刚被其他人删除。")
    return matter


def _saved(matter: Matter, fields: MatterFields, known: Mapping[str, Violation]) -> Matter:
    _filled(matter, fields, known).save()
    return matter


def _filled(matter: Matter, fields: MatterFields, known: Mapping[str, Violation]) -> Matter:
    """The row with the fields written in. Raises `InvalidInput` for a violation the line does not have."""
    _require_known([fields], known)
    values = asdict(fields)
    code = values.pop("violation_code").strip()
    for name, value in values.items():
        setattr(matter, name, list(value) if isinstance(value, list | tuple) else value)
    matter.violation = known.get(code or fields.name) if fields.kind == MatterKind.PENALTY else None
    return matter


def _require_known(rows: Sequence[MatterFields], known: Mapping[str, Violation]) -> None:
    problems = [
        f"第 {one.serial} 项的对应案由“{one.violation_code}”不在本条线的案由中。核对编码，或者留空。"
        for one in rows
        if one.violation_code.strip() and one.violation_code.strip() not in known
    ]
    if problems:
        raise InvalidInput.from_problems("matter_violation", problems)


def _require_complete(fields: MatterFields) -> None:
    problems = []
    if not fields.serial.strip():
        problems.append("填写序号。")
    if not fields.name.strip():
        problems.append("填写事项名称。")
    if fields.kind not in MatterKind.values:
        problems.append("选择权力类型。")
    if fields.violation_code.strip() and fields.kind != MatterKind.PENALTY:
        problems.append("只有行政处罚事项填写对应案由。")
    if problems:
        raise InvalidInput.from_problems("matter_fields", problems)
