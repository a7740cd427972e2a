"""No binary fraction may enter the rules: neither a literal nor a conversion."""

import ast
from pathlib import Path

import pytest

import discretion
import discretion.rules

FILES = [
    *Path(discretion.rules.__file__).parent.glob("*.py"),
    *Path(discretion.__file__).parent.glob("decision_*.py"),
    Path(discretion.__file__).parent / "printed_arithmetic.py",
]


def _binary_fractions(source: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_float(path: Path) -> None:
    assert _binary_fractions(path.read_text(encoding="utf-8")) == []


def test_the_search_finds_floats() -> None:
    assert _binary_fractions("a = 0.1\nb = float('1')\nc = 1") == [1, 2]


def test_rules_know_neither_django_nor_the_clock() -> None:
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            name
            for node in ast.walk(tree)
            if isinstance(node, (ast.Import, ast.ImportFrom))
            for name in (
                [node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
            )
        }
        assert not any(name.startswith(("django", "time")) for name in imported), path.name
