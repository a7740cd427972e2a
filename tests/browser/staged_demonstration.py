"""The small demonstration, with one document of each kind in every stage and one case in every stage of the procedure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from cases.models import Case
from cases.selectors.version_changes import versions_to_tell_of
from cases.services.issue_decision import issue_decision
from cases.services.later_steps import StatementRecord, deliver_document, record_statement
from cases.services.set_confidentiality import set_confidentiality
from cases.services.write_case_notices import write_case_notices
from discretion.content import BODY as STANDARD_BODY
from enforcement.actors import Actor, actor_for
from enforcement.documents import DocumentBody
from enforcement.models import Account, Agency, RuleDocument, RuleVersion, Violation
from enforcement.models.documents import ReviewVerdict
from enforcement.register_tables.catalogue import table_of
from enforcement.responsibility.content import BODY as RESPONSIBILITY_BODY
from enforcement.services.draft_version import start_next_version
from enforcement.services.publish_version import review_version, submit_version
from enforcement.services.write_version_notices import write_version_notices
from enforcement.spreadsheets.writing import WorkbookColumn, WorkbookSheet, write_workbook
from exemption_lists.content import BODY as LIST_BODY
from joint_inspection.content import BODY as JOINT_BODY
from tests.browser.price_tag_list import faulty_list, price_tag_list
from tests.case_builders import (
    MINOR_CORRECTED,
    REASONS,
    CaseWorld,
    answer,
    approve,
    decide,
    make_case,
    make_party,
    propose,
)
from tests.cases.case_workbook import case_row, workbook
from tests.discretion.research_file import research_bytes
from tests.enforcement.matter_table import matter_bytes
from tests.exemption_lists.import_steps import choose_file, map_columns
from tests.joint_inspection.scene_file import scene_bytes

TODAY = dt.date(2026, 11, 23)
# Documents of the provincial market agency, by the namespace of their pages.
DOCUMENTS: dict[str, tuple[str, DocumentBody]] = {
    "lists": ("yn-scjg-exemptions", LIST_BODY),
    "standards": ("yn-scjg-benchmarks", STANDARD_BODY),
    "joint": ("yn-joint-inspections", JOINT_BODY),
    "responsibility": ("yn-scjg-responsibility", RESPONSIBILITY_BODY),
}
STAGES = ("draft", "in_review", "reviewed")


@dataclass(frozen=True, slots=True)
class StagedDemonstration:
    """What the pages are about: new versions by namespace, previews of uploads, cases by the stage they wait in."""

    versions: dict[str, RuleVersion]
    uploads: dict[str, str]
    cases: dict[str, Case]

    def register_upload(self, slug: str) -> str:
        """The digest of a table with one problem, chosen by the registrar and not yet written."""
        table = table_of(slug)
        heading = WorkbookSheet(
            table.title,
            tuple(WorkbookColumn(column.label) for column in table.columns),
            [["", "甲"], ["乙", "乙"]],
        )
        location = _upload(f"register/{slug}", "登记表.xlsx", write_workbook([heading]), username="jichu")
        return location.rstrip("/").rpartition("/")[2]

    def reach(self, stage: str) -> None:
        """Bring every new version from the stage before to `stage`."""
        for namespace, version in self.versions.items():
            _slug, body = DOCUMENTS[namespace]
            if stage == "in_review":
                submit_version(actor=demo_actor("bianzhi"), body=body, version_id=version.pk)
            elif stage == "reviewed":
                review_version(
                    actor=demo_actor("fazhi"),
                    body=body,
                    version_id=version.pk,
                    verdict=ReviewVerdict.AGREE,
                    text="条件与依据相符，同意。",
                )


def demo_actor(username: str) -> Actor:
    return actor_for(Account.objects.get(username=username))


def stage_demonstration() -> StagedDemonstration:
    """Load and stage; nothing else may be in the database."""
    call_command("load_demo", "--size", "small", "--today", TODAY.isoformat(), stdout=StringIO())
    compiler = demo_actor("bianzhi")
    versions = {
        namespace: start_next_version(
            actor=compiler, body=body, document_id=RuleDocument.objects.get(slug=slug).pk
        )
        for namespace, (slug, body) in DOCUMENTS.items()
    }
    uploads = {
        "lists": _list_upload("不予处罚清单.xlsx", price_tag_list()),
        "lists-faulty": _list_upload("有错误的清单.xlsx", faulty_list()),
        "standards": _upload("standards", "基准.json", research_bytes()),
        "joint": _upload("joint-inspections", "联合检查.json", scene_bytes()),
        "responsibility": _upload("responsibility", "权责清单.xlsx", matter_bytes()),
        "cases": _upload("cases", "在办案件.xlsx", workbook(case_row(_case_world())), username="zhifa"),
    }
    cases = _stage_cases(_case_world())
    write_version_notices(today=TODAY)
    for version in versions_to_tell_of(today=TODAY):
        write_case_notices(version_id=version.pk, today=TODAY)
    return StagedDemonstration(versions, uploads, cases)


def _list_upload(name: str, content: bytes) -> str:
    """The number of a list that stands before its third step, on its way to a document of its own."""
    client = Client()
    client.force_login(Account.objects.get(username="bianzhi"))
    upload = choose_file(client, content, name=name)
    response = map_columns(client, upload, t1_to="new")
    assert response.status_code == 302, response.content.decode()
    return str(upload.pk)


def _upload(part: str, name: str, content: bytes, *, username: str = "bianzhi") -> str:
    """The address of the preview."""
    client = Client()
    client.force_login(Account.objects.get(username=username))
    response = client.post(f"/officer/{part}/import/", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def _case_world() -> CaseWorld:
    """The people of the demonstration in the shape that the case builders take."""
    agency = Agency.objects.get(code="WH-SCJG")
    accounts = {name: Account.objects.get(username=name) for name in ("zhifa", "zhifa2", "shenpi", "bianzhi")}
    actors = {name: actor_for(account) for name, account in accounts.items()}
    compiler = actors["bianzhi"]
    return CaseWorld(
        agency=agency,
        other_agency=agency,
        violation=Violation.objects.get(code="SCJG-008"),
        officer=actors["zhifa"],
        partner=actors["zhifa2"],
        approver=actors["shenpi"],
        neighbour=actors["zhifa2"],
        compiler=compiler,
        reviewer=compiler,
        publisher=compiler,
        accounts=accounts,
    )


def _stage_cases(world: CaseWorld) -> dict[str, Case]:
    """One case waiting in each stage; the fined ones depart from the analysis, so that their pages show reasons."""
    return {
        "open": make_case(world, party=_party(world, 1)),
        "settled": answer(world, make_case(world, party=_party(world, 2)), MINOR_CORRECTED),
        "secret": _served_secret(world),
        **{name: _fined_until(world, name, number) for number, name in enumerate(FINED_STAGES, start=3)},
    }


FINED_STAGES = ("approval", "notice", "decision", "delivery", "execution")


def _served_secret(world: CaseWorld) -> Case:
    """A served decision of a case with trade secrets, which waits for its public copy to be confirmed."""
    case = make_case(world, party=_party(world, 9))
    set_confidentiality(
        actor=world.officer, case_id=case.pk, level="trade_secret", reason="涉及进货渠道。", today=TODAY
    )
    answer(world, case, MINOR_CORRECTED)
    decide(world, case)
    return deliver_document(
        actor=world.officer,
        case_id=case.pk,
        today=TODAY,
        delivered_on=TODAY,
        method="direct",
        receiver="本人",
    )


def _fined_until(world: CaseWorld, stage: str, number: int) -> Case:
    case = answer(world, make_case(world, party=_party(world, number)), MINOR_CORRECTED)
    propose(
        world,
        case,
        outcome="normal",
        follows_analysis=False,
        fines={"": 60_000},
        education="",
        departure_class="facts",
        departure_reasons=REASONS,
    )
    steps = FINED_STAGES.index(stage)
    if steps >= 1:
        approve(world, case)
    if steps >= 2:
        record = StatementRecord(notice_given_on=TODAY, heard_on=TODAY)
        record_statement(actor=world.officer, case_id=case.pk, record=record, today=TODAY)
    if steps >= 3:
        issue_decision(actor=world.officer, case_id=case.pk, today=TODAY)
    if steps >= 4:
        deliver_document(
            actor=world.officer,
            case_id=case.pk,
            today=TODAY,
            delivered_on=TODAY,
            method="direct",
            receiver="本人",
        )
    case.refresh_from_db()
    return case


def _party(world: CaseWorld, number: int) -> Any:
    return make_party(world, name=f"五华区青石小吃店第{number}分店")
