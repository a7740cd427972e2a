"""Audit row in the same transaction as the change: every service that writes reaches the ledger, or its callers do.

The walk is over names: a call counts as the project's functions of that name. It follows imports between modules and
functions within one. A function that writes must reach `append_entry`; a part of a service that does not (it takes a
locked row and writes beside it) is fine when everything that calls it does. What is left is listed with the reason.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

from tests.architecture.source import ROOT, parsed, project_files

RECORDING = {"append_entry"}
WRITING = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
# `.update(` and `.add(` are also methods of dictionaries and sets: only a query counts.
QUERY_WORDS = re.compile(r"\.objects\b|\.filter\(|\.exclude\(|_set\b")
SERVICES = re.compile(r"/services/")

IMPORT = "the table of an import writes through it; the import service records the import as one act"
DRAFT = "what somebody is still typing is no act yet"
UPLOAD = "a file between upload and confirmation; writing it is the act"
PROGRESS = "how far a computation is; who asked for it or stopped it and what it found are recorded"
# module.function: why it leaves no entry of its own.
WITHOUT_ENTRY = {
    "enforcement.services.bulk_register_rows.create_rows": IMPORT,
    "enforcement.services.bulk_register_rows.update_rows": IMPORT,
    "enforcement.services.parties.party_acts.write_memberships": IMPORT,
    "enforcement.services.saved_drafts.keep_draft": DRAFT,
    "enforcement.services.saved_drafts.discard_draft": DRAFT,
    "enforcement.services.saved_drafts.purge_drafts": DRAFT,
    "enforcement.services.saved_drafts._drop_oldest": DRAFT,
    "enforcement.services.kept_files.forget_file": UPLOAD,
    "exemption_lists.services.upload_table.keep_upload": UPLOAD,
    "cases.services.run_replay.run_replay": PROGRESS,
    "cases.services.run_replay.requeue_stale": PROGRESS,
    "cases.services.run_replay._taken": PROGRESS,
    "cases.services.run_replay._teller": PROGRESS,
    "exemption_lists.services.upload_table.forget_expired_uploads": UPLOAD,
    "exemption_lists.services.plan_import.keep_columns": UPLOAD,
    "exemption_lists.services.plan_import.keep_corrections": UPLOAD,
    "enforcement.services.api_keys.account_of_key": "notes when a key was last used; what it is used for is recorded",
    "enforcement.services.index_citations.index_citations": "derived from texts, and rebuilt from them",
    "enforcement.services.index_search.index_search": "derived from published entries, and rebuilt from them",
    "enforcement.services.violations.link_provisions": "links derived from the citations, whose change is recorded",
    "enforcement.services.reveal_party.count_reading": "a count beside the reading, which its callers record",
    "enforcement.services.rotate_data_keys._rotate_batch": "the same values under another key",
}


@dataclass
class Function:
    name: str
    calls: set[str] = field(default_factory=set)
    writes: bool = False
    is_service: bool = False


def functions_of(files: dict[str, ast.Module], services: set[str]) -> dict[str, Function]:
    """Every function and method by module and name; calls resolved to the same keys where the project defines them."""
    found: dict[str, Function] = {}
    for module, tree in files.items():
        imported = _imports(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                function = found.setdefault(f"{module}.{node.name}", Function(f"{module}.{node.name}"))
                function.is_service = module in services
                for inner in ast.walk(node):
                    # A function handed on as a value is called by whoever gets it.
                    if isinstance(inner, ast.Name):
                        function.calls.add(imported.get(inner.id, f"{module}.{inner.id}"))
                    if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
                        function.writes |= _is_write(inner)
                        function.calls |= _method_calls(inner.func, module, imported)
    return found


def _imports(tree: ast.Module) -> dict[str, str]:
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def _is_write(call: ast.Call) -> bool:
    assert isinstance(call.func, ast.Attribute)
    if call.func.attr in WRITING:
        return True
    return call.func.attr == "update" and bool(QUERY_WORDS.search(ast.unparse(call.func.value)))


def _method_calls(function: ast.Attribute, module: str, imported: dict[str, str]) -> set[str]:
    """`self.step()` is a function of this module, `module.act()` one of the imported module."""
    owner = function.value.id if isinstance(function.value, ast.Name) else ""
    return {f"{imported[owner]}.{function.attr}" if owner in imported else f"{module}.{function.attr}"}


def unrecorded(functions: dict[str, Function]) -> list[str]:
    """Services that write without reaching the ledger, themselves or through all of their callers."""
    recording = {name for name in functions if name.rpartition(".")[2] in RECORDING}
    reaching = set(recording)
    grew = True
    while grew:
        grew = False
        for name, function in functions.items():
            if name not in reaching and function.calls & reaching:
                reaching.add(name)
                grew = True
    callers: dict[str, set[str]] = {}
    for name, function in functions.items():
        for called in function.calls:
            callers.setdefault(called, set()).add(name)

    def is_covered(name: str, seen: frozenset[str]) -> bool:
        if name in reaching:
            return True
        above = callers.get(name, set()) - {name} - seen
        # Only other services may carry a part: a view that calls it directly would be an act without a record.
        return bool(above) and all(
            functions[one].is_service and is_covered(one, seen | {name}) for one in above
        )

    return sorted(
        name
        for name, function in functions.items()
        if function.is_service and function.writes and not is_covered(name, frozenset())
    )


def _module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def test_every_service_that_writes_leaves_an_entry() -> None:
    files = {_module_of(path): parsed(path) for path in project_files()}
    services = {_module_of(path) for path in project_files() if SERVICES.search(str(path))}
    functions = functions_of(files, services)
    assert len([one for one in functions.values() if one.is_service and one.writes]) > 20
    forgotten = [name for name in unrecorded(functions) if name not in WITHOUT_ENTRY]
    assert forgotten == [], "append_entry last in the same transaction, or say in WITHOUT_ENTRY why not"


def test_the_list_of_exceptions_names_only_what_exists() -> None:
    modules = {_module_of(path) for path in project_files()}
    assert {name.rpartition(".")[0] for name in WITHOUT_ENTRY} <= modules


LEDGER = "def append_entry(**facts):\n    Entry(**facts).save()\n"
SOURCES = {
    "forgets": "def rename(row):\n    row.save()\n",
    "records": "from app.ledger import append_entry\ndef rename(row):\n    row.save()\n    append_entry()\n",
    "records below": (
        "from app.ledger import append_entry\n"
        "def rename(row):\n    row.save()\n    _record(row)\n"
        "def _record(row):\n    append_entry()\n"
    ),
    "part of one that records": (
        "from app.ledger import append_entry\n"
        "def rename(row):\n    _write(row)\n    append_entry()\n"
        "def _write(row):\n    row.save()\n"
    ),
    "part of one that forgets": "def rename(row):\n    _write(row)\ndef _write(row):\n    row.save()\n",
    "updates a query": "def rename():\n    Row.objects.filter(pk=1).update(name='x')\n",
    "updates a dictionary": "def rename(names):\n    names.update(a=1)\n",
}


def test_the_walk_finds_what_it_is_for() -> None:
    found = {}
    for name, source in SOURCES.items():
        files = {"app.ledger": ast.parse(LEDGER), "app.services.rename": ast.parse(source)}
        found[name] = bool(unrecorded(functions_of(files, {"app.services.rename"})))
    assert found == {
        "forgets": True,
        "records": False,
        "records below": False,
        "part of one that records": False,
        "part of one that forgets": True,
        "updates a query": True,
        "updates a dictionary": False,
    }


def test_a_part_that_a_view_calls_directly_is_found() -> None:
    service = SOURCES["part of one that records"].replace("_write", "write_row")
    files = {
        "app.ledger": ast.parse(LEDGER),
        "app.services.rename": ast.parse(service),
        "app.web.views": ast.parse(
            "from app.services.rename import write_row\ndef page(row):\n    write_row(row)\n"
        ),
    }
    assert unrecorded(functions_of(files, {"app.services.rename"})) == ["app.services.rename.write_row"]
