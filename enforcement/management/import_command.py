"""What the commands share that read a published table from a file and write it as a draft."""

from __future__ import annotations

import json
from abc import abstractmethod
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from django.core.management.base import BaseCommand, CommandParser

from enforcement.actors import Actor
from enforcement.document_slugs import document_slug
from enforcement.errors import Refusal
from enforcement.models import Agency, DocumentKind, RuleVersion
from enforcement.selectors.accounts import agency_by_code, compiler_of
from enforcement.services.import_table import write_into_new_document
from enforcement.services.kept_files import KeptFile, read_path

Reading = TypeVar("Reading")


class ImportTableCommand(BaseCommand, Generic[Reading]):
    """Read, report, write. A dry run needs no database; `--json` always prints exactly one document."""

    requires_system_checks = ()
    requires_migrations_checks = False
    kind: ClassVar[DocumentKind]
    slug_stem: ClassVar[str]
    title_ending: ClassVar[str]

    @abstractmethod
    def read(self, file: KeptFile) -> Reading:
        """The table of a file. Raises `Refusal`."""

    @abstractmethod
    def as_document(self, reading: Reading | None) -> dict[str, Any]:
        """The JSON document; of an empty table when nothing could be read."""

    @abstractmethod
    def report(self, reading: Reading) -> None:
        """The reading in words, on standard output."""

    @abstractmethod
    def fill(self, *, actor: Actor, version_id: int, reading: Reading, source_note: str) -> RuleVersion:
        """Write the reading into an empty draft."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="要导入的文件")
        parser.add_argument("--agency", required=True, help="编制机关的机构编码")
        parser.add_argument("--account", default="", help="编制人员的用户名；不写时用该机关的编制人员")
        parser.add_argument("--title", default="", help="名称；不写时由机关名称组成")
        parser.add_argument("--slug", default="", help="网址代号；不写时由机构编码和文件名组成")
        parser.add_argument("--dry-run", action="store_true", help="只读取和检查，不写入任何内容")
        parser.add_argument("--json", action="store_true", help="在标准输出打印一份 JSON 文档")

    def handle(self, *args: Any, **options: Any) -> None:
        reading: Reading | None = None
        refused: Refusal | None = None
        try:
            file = read_path(options["file"])
            reading = self.read(file)
            if not options["dry_run"]:
                self._write(file, reading, options)
        except Refusal as refusal:
            refused = refusal
        if options["json"]:
            self.stdout.write(json.dumps(self.as_document(reading), ensure_ascii=False))
        elif reading is not None:
            self.report(reading)
        if refused is not None:
            self.refuse(refused)

    def refuse(self, refusal: Refusal) -> None:
        """Every problem on standard error, and exit status 1."""
        for problem in refusal.data.get("problems") or [refusal.message]:
            self.stderr.write(problem)
        raise SystemExit(1)

    def _write(self, file: KeptFile, reading: Reading, options: dict[str, Any]) -> None:
        agency: Agency = agency_by_code(options["agency"])
        actor = compiler_of(agency=agency, username=options["account"])
        version = write_into_new_document(
            actor=actor,
            kind=self.kind,
            slug=options["slug"] or document_slug(self.slug_stem, agency.code, Path(file.name).stem),
            title=options["title"] or f"{agency.name}{self.title_ending}",
            agency=agency,
            write=lambda version_id: self.fill(
                actor=actor, version_id=version_id, reading=reading, source_note=file.source_note
            ),
        )
        self.stderr.write(f"已写成草稿：{version}。请提交法制审核。")
