"""With what the routes that are no pages are asked, and which routes are also asked with POST."""

from __future__ import annotations

from typing import Any

from cases.models import CaseDocument
from enforcement.models import Delegation, Law, Matter
from exemption_lists.models import ListEntry
from joint_inspection.models import InspectionScene
from tests.architecture.routes import all_routes
from tests.browser.page_table import NOT_PAGES, PAGES, Arguments, _case, _version
from tests.browser.staged_demonstration import StagedDemonstration


def _document(staged: StagedDemonstration) -> tuple[Any, ...]:
    case = staged.cases["execution"]
    return (case.pk, CaseDocument.objects.filter(case=case).values_list("pk", flat=True)[0])


def _slug(namespace: str) -> Arguments:
    return lambda staged: (staged.versions[namespace].document.slug,)


def _first_entry(model: Any, namespace: str) -> Arguments:
    return lambda staged: (
        *_version(namespace)(staged),
        model.objects.filter(version=staged.versions[namespace]).order_by("pk")[0].slug,
    )


_KINDS = ("lists", "standards", "joint", "responsibility")
_PUBLIC = {
    "lists": "yn-scjg-exemptions",
    "standards": "yn-scjg-benchmarks",
    "joint": "yn-joint-inspections",
    "responsibility": "yn-scjg-responsibility",
}
# Files that were chosen by somebody else, or never: they are not there for anybody.
_NO_FILE: Arguments = lambda staged: ("0" * 64,)  # noqa: E731
_NO_ROW: Arguments = lambda staged: (987_654_321,)  # noqa: E731


def _shared_case(staged: StagedDemonstration) -> tuple[Any, ...]:
    return (staged.cases["open"].pk, 987_654_321)


MORE_ARGUMENTS: dict[str, Arguments] = {
    **{
        f"{kind}:{name}": _version(kind)
        for kind in _KINDS
        for name in ("submit", "workbook", "withdraw_repeal")
    },
    **{f"{kind}:{name}": _slug(kind) for kind in _KINDS for name in ("document", "next_version")},
    **{
        f"{kind}_public:{name}": (lambda staged, slug=slug: (slug, 1))
        for kind, slug in _PUBLIC.items()
        for name in ("digests", "content", "repeal")
    },
    **{f"{kind}_public:feed": (lambda staged: ("atom",)) for kind in _KINDS},
    **{
        f"{kind}_public:document_feed": (lambda staged, slug=slug: (slug, "json"))
        for kind, slug in _PUBLIC.items()
    },
    "matter_feed": lambda staged: ("SCJG-008", "atom"),
    **{
        f"{kind}_public:download": (lambda staged, slug=slug: (slug, 1, "docx"))
        for kind, slug in _PUBLIC.items()
    },
    **{
        route.name: _NO_FILE
        for route in all_routes()
        if route.name.endswith(":import_marked") and "<slug:digest>" in route.path
    },
    "lists:import_marked": lambda staged: (int(staged.uploads["lists"]),),
    **{f"lists:grid_{name}": _version("lists") for name in ("rows", "edits", "comments", "provisions")},
    **{f"replays:{name}": _version("lists") for name in ("start", "cancel", "progress")},
    "lists_public:effective_workbook": lambda staged: ("WH-CSGL",),
    "open_lists:list": lambda staged: ("yn-scjg-exemptions",),
    "open_lists:version": lambda staged: ("yn-scjg-exemptions", 1),
    "open_lists:entry": lambda staged: ("yn-scjg-exemptions", 1, "1"),
    "lists:entry_remove": _first_entry(ListEntry, "lists"),
    "lists:suggestion": _first_entry(ListEntry, "lists"),
    "lists:understood": _version("lists"),
    "joint:entry_remove": _first_entry(InspectionScene, "joint"),
    "responsibility:entry_remove": _first_entry(Matter, "responsibility"),
    "account:api_key_revoke": _NO_ROW,
    "supervisor:alarm_inquire": PAGES["supervisor:alarm"].arguments,
    "supervisor:alarm_settle": PAGES["supervisor:alarm"].arguments,
    "delegation_acts:document": lambda staged: (Delegation.objects.order_by("pk")[0].pk,),
    "cases:facts": _case("open"),
    "cases:narrative": _case("open"),
    "cases:document": _document,
    "cases:share_withdraw": _shared_case,
    "cases:clearance_withdraw": _shared_case,
    "api:case": _case("open"),
    "api:facts": _case("open"),
    "api:narrative": _case("open"),
    "api:act": lambda staged: (staged.cases["settled"].pk, "submit_proposal"),
    "laws_public:law": lambda staged: (Law.objects.order_by("pk")[0].name,),
    "decisions_public:content": PAGES["decisions_public:decision"].arguments,
    "ledger_public:key": lambda staged: ("unknown",),
    "ledger_public:checkpoint": _NO_ROW,
    "ledger_public:proof": lambda staged: ("exemption_list", "yn-scjg-exemptions/1"),
}

# A page that only shows has no POST; everything else is asked with an empty form too.
READ_ONLY = {
    name
    for name in PAGES
    if name.endswith(
        (
            ":index",
            ":version",
            ":entry",
            ":entry_preview",
            ":document",
            ":home",
            ":list",
            ":row",
            ":case",
            ":cases",
            ":warnings",
            ":compare",
        )
    )
    or "public" in name
    or name
    in {
        "supervisor:departures",
        "supervisor:alarms",
        "supervisor:alarm",
        "cases:issued",
        "cases:coverage",
        "lists:effective",
    }
} | {name for name, why in NOT_PAGES.items() if why == "download" or why.startswith("leads to")}
API_POSTED = {"api:cases", "api:act", "api:parties", "api:party_lookup"}
POSTED = ((PAGES.keys() | NOT_PAGES.keys()) - READ_ONLY - {"healthz", "home"}) | API_POSTED
