"""Every page of the project: who opens it, with what. Reviewed by hand; a new route needs a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cases.models import Decision, LeniencyAlarm, Recusal
from cases.services.recuse_officer import RecusalRequest, request_recusal
from enforcement.models import (
    Account,
    Agency,
    Certificate,
    CertificateSuspension,
    Delegation,
    Equipment,
    Examination,
    Law,
    LedgerEntry,
    ObjectClass,
    Officer,
    Party,
    Provision,
    ProvisionSuccession,
    Qualification,
    RepealRequest,
    RoleGrant,
    RuleVersion,
    SensitiveReadAlert,
    Training,
    TrainingRequirement,
    Violation,
)
from enforcement.services.repeal_version import RepealAct, request_repeal
from exemption_lists.content import BODY as LIST_BODY
from exemption_lists.models import ListEntry
from supervision.services.settle_alarm import inquire_about_alarm
from tests.browser.staged_demonstration import TODAY, StagedDemonstration, demo_actor

Arguments = Callable[[StagedDemonstration], tuple[Any, ...]]

NOT_PAGES = {
    "home": "leads to /public/",
    "healthz": "for the container, not for people",
    "identity:logout": "POST only",
    "identity:provider": "leads to the provider; walked in test_single_sign_on.py",
    "identity:provider_callback": "the provider leads here and on",
    "account:recovery_codes": "needs a second factor; walked in test_sign_in_in_browser.py",
    "account:session_left": "for the script of staff pages, not for people",
    "account:api_key_revoke": "POST only",
    "administrator:account_search": "POST only",
    "administrator:trail_search": "POST only",
    "account:draft": "for the script of staff pages, not for people",
    "identity:code": "needs a password just given; walked in test_sign_in_in_browser.py",
    "lists:document": "leads to the newest version",
    "standards:document": "leads to the newest version",
    "joint:document": "leads to the newest version",
    "laws_public:law": "leads to the text in force",
    "responsibility:document": "leads to the newest version",
    "lists:next_version": "POST only",
    "standards:next_version": "POST only",
    "joint:next_version": "POST only",
    "responsibility:next_version": "POST only",
    "lists:submit": "POST only",
    "standards:submit": "POST only",
    "joint:submit": "POST only",
    "responsibility:submit": "POST only",
    "lists:withdraw_repeal": "POST only",
    "standards:withdraw_repeal": "POST only",
    "joint:withdraw_repeal": "POST only",
    "responsibility:withdraw_repeal": "POST only",
    "lists:workbook": "download",
    "standards:workbook": "download",
    "joint:workbook": "download",
    "responsibility:workbook": "download",
    "responsibility:template": "download",
    "lists_public:download": "download",
    "lists_public:digests": "download",
    "lists_public:feed": "download",
    "lists_public:document_feed": "download",
    "standards_public:download": "download",
    "standards_public:digests": "download",
    "standards_public:feed": "download",
    "standards_public:document_feed": "download",
    "joint_public:download": "download",
    "joint_public:digests": "download",
    "joint_public:feed": "download",
    "joint_public:document_feed": "download",
    "responsibility_public:download": "download",
    "responsibility_public:digests": "download",
    "responsibility_public:feed": "download",
    "responsibility_public:document_feed": "download",
    "matter_feed": "download",
    "notices:read": "POST only",
    "lists_public:effective_workbook": "download",
    "open_api_schema": "for programs",
    "open_lists:lists": "for programs",
    "open_lists:effective": "for programs",
    "open_lists:evaluation": "for programs",
    "open_lists:list": "for programs",
    "open_lists:version": "for programs",
    "open_lists:entry": "for programs",
    "open_lists:facts": "for programs",
    "lists:entry_remove": "POST only",
    "lists:grid_rows": "for the script of the table, not for people",
    "lists:grid_edits": "POST only",
    "lists:grid_comments": "POST only",
    "lists:grid_provisions": "for the script of the table, not for people",
    "lists:suggestion": "POST only",
    "replays:start": "POST only",
    "replays:cancel": "POST only",
    "replays:progress": "fragment of the page of a replay under way",
    "lists:understood": "POST only",
    "lists:import_marked": "download",
    "joint:entry_remove": "POST only",
    "responsibility:entry_remove": "POST only",
    "cases:search": "POST only",
    "supervisor:alarm_inquire": "POST only",
    "supervisor:alarm_settle": "POST only",
    "lists_public:content": "download",
    "standards_public:content": "download",
    "joint_public:content": "download",
    "responsibility_public:content": "download",
    "lists_public:repeal": "download",
    "standards_public:repeal": "download",
    "joint_public:repeal": "download",
    "responsibility_public:repeal": "download",
    "decisions_public:content": "download",
    "ledger_public:key": "download",
    "ledger_public:script": "download",
    "ledger_public:checkpoint": "download",
    "ledger_public:proof": "download",
    "cases:import_template": "download",
    "cases:import_marked": "download",
    "cases:share_withdraw": "POST only",
    "cases:clearance_withdraw": "POST only",
    "cases:party": "fragment of the opening form",
    "cases:amount": "fragment of the proposal forms",
    "cases:facts": "POST only",
    "cases:narrative": "POST only",
    "cases:document": "download",
    "agencies_public:workbook": "download",
    "register_lines:template": "download",
    "register_lines:import_marked": "download",
    "register_agencies:template": "download",
    "register_agencies:import_marked": "download",
    "register_delegations:template": "download",
    "register_delegations:import_marked": "download",
    "delegation_acts:document": "download",
    "register_officers:template": "download",
    "register_officers:import_marked": "download",
    "register_trainings:template": "download",
    "register_trainings:import_marked": "download",
    "register_examinations:template": "download",
    "register_examinations:import_marked": "download",
    "register_training-requirements:template": "download",
    "register_training-requirements:import_marked": "download",
    "register_qualifications:template": "download",
    "register_qualifications:import_marked": "download",
    "register_equipment:template": "download",
    "register_equipment:import_marked": "download",
    "register_laws:template": "download",
    "register_laws:import_marked": "download",
    "register_provisions:template": "download",
    "register_provisions:import_marked": "download",
    "register_provision-successions:template": "download",
    "register_provision-successions:import_marked": "download",
    "register_violations:template": "download",
    "register_violations:import_marked": "download",
    "register_parties:search": "POST only",
    "register_parties:template": "download",
    "register_parties:import_marked": "download",
    "register_object-classes:template": "download",
    "register_object-classes:import_marked": "download",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """How a page is opened: by which demonstration account (none: the public), with what, in which document stage."""

    account: str = ""
    arguments: Arguments = lambda staged: ()
    stage: str = "draft"
    query: str = ""


def _version(namespace: str, *more: Any) -> Arguments:
    """The new version of a document of this namespace."""
    return lambda staged: (staged.versions[namespace].document.slug, staged.versions[namespace].number, *more)


def _document(namespace: str) -> Arguments:
    """The document of the new version; its earlier version is compared with it."""
    return lambda staged: (staged.versions[namespace].document.slug,)


def _first_version(namespace: str) -> Arguments:
    """The version that is in force."""
    return lambda staged: (staged.versions[namespace].document.slug, 1)


def _asked_repeal(staged: StagedDemonstration) -> tuple[Any, ...]:
    """A published list that is not in force yet, with a repeal that waits for its second person."""
    version = RuleVersion.objects.get(document=staged.versions["lists"].document, number=2)
    if not RepealRequest.objects.filter(version=version).exists():
        act = RepealAct("演示〔2026〕8号", dt.date(2026, 11, 20), dt.date(2026, 12, 20), "依据已经修改。")
        request_repeal(
            actor=demo_actor("bianzhi"), kind=LIST_BODY.kind, version_id=version.pk, act=act, today=TODAY
        )
    return (version.document.slug, version.number)


def _upload(namespace: str) -> Arguments:
    return lambda staged: (staged.uploads[namespace].rstrip("/").rpartition("/")[2],)


def _list_upload(name: str, *more: int) -> Arguments:
    """A list on its way through the steps of its import."""
    return lambda staged: (int(staged.uploads[name]), *more)


def _register_upload(slug: str) -> Arguments:
    """A register table that was chosen and waits to be looked at."""
    return lambda staged: (staged.register_upload(slug),)


def _case(stage: str) -> Arguments:
    return lambda staged: (staged.cases[stage].pk,)


def _excluded_entry(staged: StagedDemonstration) -> tuple[Any, ...]:
    version = staged.versions["lists"]
    entry = ListEntry.objects.filter(version=version).exclude(exclusions=[]).order_by("position")[0]
    return (version.document.slug, version.number, entry.slug, 0)


def _read_alert(staged: StagedDemonstration) -> tuple[Any, ...]:
    return (SensitiveReadAlert.objects.filter(settled_at__isnull=True)[0].pk,)


def _alarm(staged: StagedDemonstration) -> tuple[Any, ...]:
    """An alarm the approver answered and nobody has looked at."""
    return (LeniencyAlarm.objects.filter(case=staged.cases["notice"])[0].pk,)


def _inquired_alarm(staged: StagedDemonstration) -> tuple[Any, ...]:
    """An alarm a supervisor asked about."""
    alarm = LeniencyAlarm.objects.filter(case=staged.cases["delivery"])[0]
    if not alarm.inquiry:
        inquire_about_alarm(
            actor=demo_actor("jiandu"), alarm_id=alarm.pk, question="请说明不适用的依据。", now=timezone.now()
        )
    return (alarm.case_id, alarm.pk)


def _decision(staged: StagedDemonstration) -> tuple[Any, ...]:
    return (Decision.objects.get(case=staged.cases["execution"]).slug,)


def _case_upload(staged: StagedDemonstration) -> tuple[Any, ...]:
    """A table of one case that still waits to be written."""
    return (staged.uploads["cases"].rstrip("/").rpartition("/")[2],)


def _secret(staged: StagedDemonstration) -> tuple[Any, ...]:
    return (staged.cases["secret"].pk,)


def _recusal(staged: StagedDemonstration) -> tuple[Any, ...]:
    """A request about the second handler of the settled case, waiting for its decision."""
    case = staged.cases["settled"]
    waiting = Recusal.objects.filter(case=case, outcome="pending").first()
    if waiting is None:
        request = RecusalRequest(
            "party",
            "other_relation",
            "当事人称其与承办人是邻居。",
            case.opened_on,
            officer_id=demo_actor("zhifa2").officer_id,
        )
        waiting = request_recusal(
            actor=demo_actor("zhifa"), case_id=case.pk, request=request, today=case.opened_on
        )
    return (case.pk, waiting.pk)


def _document_pages(namespace: str) -> dict[str, Opened]:
    """The pages that all kinds of documents share."""
    own = _version(namespace)
    return {
        f"{namespace}:index": Opened("bianzhi"),
        f"{namespace}:create": Opened("bianzhi"),
        f"{namespace}:import": Opened("bianzhi"),
        f"{namespace}:version": Opened("bianzhi", own),
        f"{namespace}:compare": Opened("bianzhi", _document(namespace)),
        f"{namespace}:entry": Opened("bianzhi", _version(namespace, "1")),
        f"{namespace}:discard": Opened("bianzhi", own),
        f"{namespace}:opinions": Opened("bianzhi", own),
        f"{namespace}:repeal": Opened("bianzhi", _first_version(namespace)),
        f"{namespace}:confirm_repeal": Opened("fabu", _first_version(namespace)),
        f"{namespace}:review": Opened("fazhi", own, "in_review"),
        f"{namespace}:publish": Opened("fabu", own, "reviewed"),
        f"{namespace}:send_back": Opened("fabu", own, "reviewed"),
    }


def _public_pages(namespace: str, slug: str) -> dict[str, Opened]:
    return {
        f"{namespace}:index": Opened(),
        f"{namespace}:document": Opened("", lambda staged: (slug,)),
        f"{namespace}:compare": Opened("", lambda staged: (slug,)),
        f"{namespace}:version": Opened("", lambda staged: (slug, 1)),
        f"{namespace}:entry": Opened("", lambda staged: (slug, 1, "1")),
    }


def _row_pages(slug: str, row: Arguments) -> dict[str, Opened]:
    """The pages of an area of the register in which rows are written by hand."""

    namespace = f"register_{slug}"
    return {
        f"{namespace}:list": Opened("jichu"),
        f"{namespace}:row": Opened("jichu", row),
        f"{namespace}:create": Opened("jichu"),
        f"{namespace}:edit": Opened("jichu", row),
    }


def _table_pages(slug: str) -> dict[str, Opened]:
    """The pages of an area of the register with which a table goes out and comes in."""
    namespace = f"register_{slug}"
    return {
        f"{namespace}:export": Opened("jichu"),
        f"{namespace}:import": Opened("jichu"),
        f"{namespace}:import_check": Opened("jichu", _register_upload(slug)),
    }


def _register_pages(slug: str, key: str) -> dict[str, Opened]:
    """The pages of an area whose rows are written, ended, imported and exported."""
    row: Arguments = lambda staged: (key,)  # noqa: E731
    return {
        **_row_pages(slug, row),
        f"register_{slug}:end": Opened("jichu", row),
        **_table_pages(slug),
    }


def _first(model: Any, **narrowed: Any) -> Arguments:
    """The key of the first row that fits."""
    return lambda staged: (model.objects.filter(**narrowed).order_by("pk")[0].pk,)


# A renamed enterprise, so that every section of its page has rows.
PARTY, OBJECT_CLASS = _first(Party, former_names__isnull=False), _first(ObjectClass)
OFFICER, METER = _first(Officer, staff_number="WH-SCJG-01"), _first(Equipment, kind="meter")
DELEGATING = _first(Agency, code="WH-CSGL")
HELD = _first(Delegation, agency__code="WH-CSGL")
SUSPENDED = _first(Certificate, suspensions__isnull=False)
CAMERA_IN_USE = _first(Equipment, custodies__isnull=False)


def _suspension(staged: StagedDemonstration) -> tuple[Any, ...]:
    suspension = CertificateSuspension.objects.order_by("pk")[0]
    return (suspension.certificate_id, suspension.pk)


PEOPLE_PAGES: dict[str, Opened] = {
    "region_changes:list": Opened("jichu"),
    "region_changes:record": Opened("jichu"),
    **_row_pages("agencies", DELEGATING),
    **_table_pages("agencies"),
    "agency_acts:rename": Opened("jichu", DELEGATING),
    "agency_acts:end": Opened("jichu", DELEGATING),
    "agency_acts:move_duties": Opened("jichu", DELEGATING),
    "register_delegations:list": Opened("jichu"),
    "register_delegations:row": Opened("jichu", HELD),
    **_table_pages("delegations"),
    "delegation_acts:conclude": Opened("jichu", DELEGATING),
    "delegation_acts:revoke": Opened("jichu", HELD),
    "delegation_acts:attach": Opened("jichu", HELD),
    **_row_pages("officers", OFFICER),
    **_table_pages("officers"),
    **_row_pages("certificates", SUSPENDED),
    **_row_pages("trainings", _first(Training)),
    **_table_pages("trainings"),
    **_row_pages("examinations", _first(Examination)),
    **_table_pages("examinations"),
    **_row_pages("training-requirements", _first(TrainingRequirement)),
    **_table_pages("training-requirements"),
    **_row_pages("equipment", METER),
    **_table_pages("equipment"),
    "register_equipment:end": Opened("jichu", METER),
    **_row_pages("qualifications", _first(Qualification)),
    **_table_pages("qualifications"),
    "register_people:warnings": Opened("jichu"),
    "register_people:leave": Opened("jichu", OFFICER),
    "register_people:suspend": Opened("jichu", SUSPENDED),
    "register_people:lift": Opened("jichu", _suspension),
    "register_people:revoke": Opened("jichu", SUSPENDED),
    "register_people:check": Opened("jichu", SUSPENDED),
    "register_people:hand_out": Opened("jichu", METER),
    "register_people:take_back": Opened("jichu", CAMERA_IN_USE),
    "register_people:calibrate": Opened("jichu", METER),
    "supervisor_register:warnings": Opened("jiandu"),
    "supervisor_officers:list": Opened("jiandu"),
    "supervisor_officers:row": Opened("jiandu", OFFICER),
    "supervisor_officers:export": Opened("jiandu"),
}


def _account(username: str) -> Arguments:
    return lambda staged: (Account.objects.get(username=username).pk,)


def _grant(username: str) -> Arguments:
    return lambda staged: (RoleGrant.objects.filter(account__username=username)[0].pk,)


def _trail_entry(staged: StagedDemonstration) -> tuple[Any, ...]:
    """An entry of the trail whose raw content is numbers only."""
    return (LedgerEntry.objects.filter(action="register_loaded").order_by("pk")[0].pk,)


ADMINISTRATION: dict[str, Opened] = {
    "administrator:home": Opened("xitong"),
    "administrator:accounts": Opened("xitong"),
    "administrator:account_new": Opened("xitong"),
    "administrator:account": Opened("xitong", _account("zhifa")),
    "administrator:account_edit": Opened("xitong", _account("zhifa")),
    "administrator:account_deactivate": Opened("xitong", _account("zhifa")),
    "administrator:account_reactivate": Opened("xitong", _account("zhifa")),
    "administrator:account_reset_password": Opened("xitong", _account("zhifa")),
    "administrator:account_reset_second_factor": Opened("xitong", _account("zhifa")),
    "administrator:account_reopen": Opened("xitong", _account("zhifa")),
    "administrator:grant": Opened("anquan", _account("zhifa")),
    "administrator:duties": Opened("anquan"),
    "administrator:withdraw": Opened("anquan", _grant("zhifa")),
    "administrator:sign_ins": Opened("anquan"),
    "administrator:trail": Opened("shenji"),
    "administrator:trail_entry": Opened("shenji", _trail_entry),
    "administrator:trail_export": Opened("shenji"),
    "administrator:verification": Opened("shenji"),
}

PAGES: dict[str, Opened] = {
    **ADMINISTRATION,
    "identity:login": Opened(),
    "account:home": Opened("zhifa"),
    "account:password": Opened("zhifa"),
    "account:second_factor": Opened("zhifa"),
    "account:new_factor": Opened("zhifa"),
    "account:sessions": Opened("zhifa"),
    "account:api_keys": Opened("zhifa"),
    "account:confirm": Opened("zhifa"),
    "account:continue": Opened("zhifa"),
    **_document_pages("lists"),
    "lists:import_columns": Opened("bianzhi", _list_upload("lists")),
    "lists:import_check": Opened("bianzhi", _list_upload("lists-faulty")),
    "lists:import_row": Opened("bianzhi", _list_upload("lists-faulty", 1, 1)),
    "lists:import_compare": Opened("bianzhi", _list_upload("lists")),
    "lists:import_write": Opened("bianzhi", _list_upload("lists")),
    "lists:entry_new": Opened("bianzhi", _version("lists")),
    "lists:entry_preview": Opened("bianzhi", _version("lists", "1")),
    "lists:grid": Opened("bianzhi", _version("lists")),
    "replays:page": Opened("bianzhi", _version("lists")),
    "lists:condition": Opened("bianzhi", _version("lists", "1")),
    "lists:exclusion_condition": Opened("bianzhi", _excluded_entry),
    "lists:confirm_repeal": Opened("fabu", _asked_repeal),
    **_document_pages("standards"),
    "standards:import_confirm": Opened("bianzhi", _upload("standards")),
    "standards:trial": Opened("bianzhi", _version("standards", "1")),
    **_document_pages("joint"),
    "joint:import_confirm": Opened("bianzhi", _upload("joint")),
    "joint:entry_new": Opened("bianzhi", _version("joint")),
    **_document_pages("responsibility"),
    "responsibility:import_confirm": Opened("bianzhi", _upload("responsibility")),
    "responsibility:entry_new": Opened("bianzhi", _version("responsibility")),
    "cases:home": Opened("zhifa"),
    "cases:list": Opened("zhifa"),
    "cases:open": Opened("zhifa"),
    "cases:case": Opened("zhifa", _case("open")),
    "cases:party_full": Opened("zhifa", _case("open")),
    "cases:propose": Opened("zhifa", _case("settled")),
    "cases:depart": Opened("zhifa", _case("settled")),
    "cases:review": Opened("shenpi", _case("approval")),
    "cases:withdraw": Opened("shenpi", _case("open")),
    "cases:import": Opened("zhifa"),
    "cases:import_check": Opened("zhifa", _case_upload),
    "cases:shares": Opened("shenpi", _case("open")),
    "cases:level": Opened("shenpi", _case("open")),
    "cases:clearances": Opened("shenpi", _secret),
    "cases:release": Opened("shenpi", _secret),
    "cases:handlers": Opened("shenpi", _case("open")),
    "cases:recusal": Opened("zhifa", _case("open")),
    "cases:recusal_decision": Opened("shenpi", _recusal),
    "cases:statement": Opened("zhifa", _case("notice")),
    "cases:issue": Opened("zhifa", _case("decision")),
    "cases:issued": Opened("zhifa", _case("delivery")),
    "cases:deliver": Opened("zhifa", _case("delivery")),
    "cases:close": Opened("zhifa", _case("execution")),
    "cases:alarm_reply": Opened("shenpi", _inquired_alarm),
    "cases:coverage": Opened("bianzhi"),
    "cases:coverage_export": Opened("bianzhi"),
    "cases:hand_over": Opened("shenpi", lambda staged: (staged.cases["open"].agency_id,)),
    "notices:list": Opened("zhifa"),
    "register:index": Opened("jichu"),
    **_register_pages("lines", "SCJG"),
    **PEOPLE_PAGES,
    **_row_pages("laws", _first(Law, name="中华人民共和国大气污染防治法")),
    **_table_pages("laws"),
    **_row_pages("provisions", _first(Provision, law__name="中华人民共和国大气污染防治法", article=70)),
    **_table_pages("provisions"),
    **_row_pages("provision-successions", _first(ProvisionSuccession)),
    **_table_pages("provision-successions"),
    **_row_pages("violations", _first(Violation, code="SCJG-008")),
    **_table_pages("violations"),
    **_row_pages("parties", PARTY),
    **_table_pages("parties"),
    "party_acts:rename": Opened("jichu", PARTY),
    "party_acts:rate": Opened("jichu", PARTY),
    "party_acts:classify": Opened("jichu", PARTY),
    "party_acts:full": Opened("jichu", PARTY),
    "party_acts:export_whole": Opened("jichu"),
    **_row_pages("object-classes", OBJECT_CLASS),
    **_table_pages("object-classes"),
    "register_object-classes:end": Opened("jichu", OBJECT_CLASS),
    "register_regions:list": Opened("jichu"),
    "register_regions:row": Opened("jichu", lambda staged: ("5301",)),
    "register_regions:export": Opened("jichu"),
    "supervisor:home": Opened("jiandu"),
    "supervisor:cases": Opened("jiandu"),
    "supervisor:case": Opened("jiandu", _case("execution")),
    "supervisor:departures": Opened("jiandu"),
    "supervisor:alarms": Opened("jiandu"),
    "supervisor:alarm": Opened("jiandu", _alarm),
    "supervisor:read_alerts": Opened("jiandu"),
    "supervisor:read_alert": Opened("jiandu", _read_alert),
    **_public_pages("lists_public", "yn-scjg-exemptions"),
    "lists_public:print": Opened("", lambda staged: ("yn-scjg-exemptions", 1)),
    "self_check_public:index": Opened(),
    "self_check_public:check": Opened("", lambda staged: ("yn-scjg-exemptions", "1")),
    **_public_pages("standards_public", "yn-scjg-benchmarks"),
    "standards_public:print": Opened("", lambda staged: ("yn-scjg-benchmarks", 1)),
    "standards_public:trial": Opened("", lambda staged: ("yn-scjg-benchmarks", 1, "1")),
    **_public_pages("joint_public", "yn-joint-inspections"),
    "joint_public:print": Opened("", lambda staged: ("yn-joint-inspections", 1)),
    **_public_pages("responsibility_public", "yn-scjg-responsibility"),
    "responsibility_public:print": Opened("", lambda staged: ("yn-scjg-responsibility", 1)),
    "laws_public:index": Opened(),
    "laws_public:text": Opened("", lambda staged: ("中华人民共和国大气污染防治法", "2018-10-26")),
    "laws_public:provision": Opened(
        "", lambda staged: ("中华人民共和国大气污染防治法", "2018-10-26", "70-1")
    ),
    "decisions_public:index": Opened(),
    "decisions_public:decision": Opened("", _decision),
    "lists:effective": Opened("bianzhi", query="?agency=YN-SCJG"),
    "lists_public:effective_choose": Opened(query="?q=五华"),
    "lists_public:effective": Opened("", lambda staged: ("WH-CSGL",)),
    "agencies_public:index": Opened(),
    "agencies_public:agency": Opened("", lambda staged: ("WH-CSGL",)),
    "delegations_public:index": Opened(),
    "delegations_public:delegation": Opened(
        "", lambda staged: (Delegation.objects.get(agency__code="WH-CSGL").pk,)
    ),
    "public:home": Opened(),
    "public:search": Opened(query="?q=明码标价"),
    "public:about": Opened(),
    "ledger_public:index": Opened(),
}
# The same pages in other states; (route, how).
OTHER_STATES: tuple[tuple[str, Opened], ...] = (
    ("administrator:home", Opened("anquan")),
    ("administrator:home", Opened("shenji")),
    ("administrator:accounts", Opened("anquan", query="?state=closed")),
    ("administrator:account", Opened("anquan", _account("zhifa"))),
    ("administrator:account", Opened("xitong", _account("xitong"))),
    ("administrator:duties", Opened("anquan", query="?role=publisher&region=5323")),
    ("administrator:trail", Opened("shenji", query="?since=没有这样的日子&chain=WH-SCJG")),
    ("administrator:trail", Opened("shenji", query="?request_id=ZZZZ9999")),
    ("self_check_public:index", Opened(query="?q=没有这样的事")),
    ("self_check_public:index", Opened(query="?q=占用&region=530102")),
    ("public:search", Opened(query="?q=没有这样的事")),
    ("public:search", Opened()),
    ("register_agencies:row", Opened("jichu", _first(Agency, code="XW-CGZF"))),
    ("register_agencies:row", Opened("zhifa", _first(Agency, code="WH-SCJG"), query="?on=2026-11-23")),
    ("region_changes:list", Opened("zhifa", query="?q=没有这样的区划")),
    ("agencies_public:index", Opened(query="?q=没有这样的机关")),
    ("lists_public:effective_choose", Opened(query="?q=没有这样的机关")),
    ("lists_public:effective", Opened("", lambda staged: ("WH-CSGL",), query="?on=2000-01-01")),
    ("agencies_public:agency", Opened("", lambda staged: ("XW-CGZF",))),
    ("delegations_public:index", Opened(query="?q=没有这样的委托")),
    ("decisions_public:index", Opened(query="?q=没有这样的事")),
    ("lists_public:version", Opened("", lambda staged: ("yn-scjg-exemptions", 2))),
    ("lists:version", Opened("fabu", lambda staged: ("yn-scjg-exemptions", 1))),
    ("lists:publish", Opened("bianzhi", _version("lists"), "reviewed")),
    ("lists:import_check", Opened("bianzhi", _list_upload("lists"))),
    ("lists:import_columns", Opened("bianzhi", _list_upload("lists-faulty"))),
    ("cases:home", Opened("shenpi")),
    ("notices:list", Opened("zhifa", query="?view=all")),
    ("notices:list", Opened("zhifa", query="?kind=repealed")),
    ("account:home", Opened("anquan")),
    ("cases:list", Opened("zhifa", query="?view=ended&search=gone")),
    ("cases:case", Opened("zhifa", _case("settled"))),
    ("cases:case", Opened("shenpi", _case("open"))),
    ("cases:case", Opened("zhifa", _case("notice"))),
    ("cases:case", Opened("zhifa", _case("execution"))),
    ("register_lines:row", Opened("jichu", lambda staged: ("SCJG",), query="?on=2026.11.20")),
    ("register_lines:row", Opened("jichu", lambda staged: ("SCJG",), query="?on=2001.1.1")),
    ("register_lines:list", Opened("zhifa", query="?q=没有这样的条线&state=used")),
    ("supervisor:cases", Opened("jiandu", query="?status=delivery&overdue=on")),
    ("supervisor:alarms", Opened("jiandu", query="?state=settled")),
    ("cases:coverage", Opened("bianzhi", query="?opened_from=2020.1.1&opened_until=2019.1.1")),
)
# One page of every layout, for dark colours and large type.
HANDFUL = (
    "identity:login",
    "lists:version",
    "lists:condition",
    "cases:home",
    "cases:case",
    "cases:propose",
    "supervisor:home",
    "lists_public:entry",
    "self_check_public:check",
    "standards_public:trial",
    "public:home",
)
