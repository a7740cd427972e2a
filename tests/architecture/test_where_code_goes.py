"""Rules about where code may stand, checked on the syntax tree of every file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT, parsed, project_files, shown

CLOCK_CALLS = {"today", "now", "localdate", "localtime", "utcnow"}
# Where today's date may be read: the edges, and what records the moment of an act.
CLOCK_ALLOWED = re.compile(r"/(web|services|management|tasks)/|/tasks\.py$|^config/|/ledger/append\.py$")
BANNED_NAMES = re.compile(r"^(utils?|helpers?|misc|common|manager\d)$")


def attribute_calls(tree: ast.Module) -> Iterator[tuple[ast.Call, ast.Attribute]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_only_the_edges_read_the_clock() -> None:
    found = [
        shown(path, call)
        for path in project_files()
        if not CLOCK_ALLOWED.search(relative(path))
        for call, function in attribute_calls(parsed(path))
        if function.attr in CLOCK_CALLS
        # With an argument these only convert a moment that was handed in.
        and not (function.attr in {"localtime", "localdate"} and call.args)
        and isinstance(function.value, ast.Name | ast.Attribute)
        and ast.unparse(function.value) in {"date", "datetime", "dt", "dt.date", "dt.datetime", "timezone"}
    ]
    assert found == []


def empty_query_sets(tree: ast.Module) -> set[ast.expr]:
    """The `Model.objects` of `Model.objects.none()`: a form field needs one before its choices are known."""
    return {function.value for _, function in attribute_calls(tree) if function.attr == "none"}


def test_views_reach_tables_only_through_selectors_and_services() -> None:
    found = [
        shown(path, node)
        for path in project_files()
        if "/web/" in relative(path)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager"}
        and node not in empty_query_sets(parsed(path))
    ]
    assert found == []


def test_no_float_in_what_computes_law_or_money() -> None:
    pure = ("discretion/", "enforcement/conditions/", "enforcement/ledger/", "cases/")
    # Type sizes on paper, and the likeness of two wordings: neither law nor money.
    other = ("cases/documents/", "enforcement/conditions/translate.py")
    found = [
        shown(path, node)
        for path in project_files()
        if relative(path).startswith(pure) and not relative(path).startswith(other)
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float")
    ]
    assert found == []


def test_no_file_is_named_after_nothing() -> None:
    assert [relative(path) for path in project_files() if BANNED_NAMES.match(path.stem)] == []


def test_files_stay_short_enough_to_read() -> None:
    too_long = {
        relative(path): lines
        for path in project_files()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert too_long == {}
