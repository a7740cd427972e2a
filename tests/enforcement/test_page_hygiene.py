"""Templates and static files: nothing inline, nothing from another host, files as recorded."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((PROJECT / "templates").rglob("*.html"))
OWN_STATIC = sorted([*(PROJECT / "static/css").glob("*.css"), *(PROJECT / "static/js").glob("*.js")])
FORBIDDEN = {
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "an event handler": re.compile(r"<[a-z][^>]*\son[a-z]+=", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "a comment over several lines, which Django would print": re.compile(r"\{#(?:(?!#\})[^\n])*\n"),
}
OUTSIDE = re.compile(
    r"""(src|href|action)\s*=\s*["'](https?:)?//|url\(\s*["']?(https?:)?//|@import""", re.IGNORECASE
)
EVALUATING = re.compile(r"\beval\(|new Function|innerHTML|setAttribute\(.style.")


def named(path: Path) -> str:
    return str(path.relative_to(PROJECT))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_holds_nothing_the_content_policy_forbids(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", [*TEMPLATES, *OWN_STATIC], ids=named)
def test_no_page_asks_another_host(path: Path) -> None:
    assert OUTSIDE.search(path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("path", [p for p in OWN_STATIC if p.suffix == ".js"], ids=named)
def test_no_script_evaluates_text(path: Path) -> None:
    assert EVALUATING.search(path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_every_icon_exists_in_the_sprite(path: Path) -> None:
    sprite = (PROJECT / "templates/components/sprite.html").read_text(encoding="utf-8")
    known = set(re.findall(r'id="i-([a-z-]+)"', sprite))
    used = set(re.findall(r'\{% icon "([a-z-]+)" %\}', path.read_text(encoding="utf-8")))
    assert used <= known


def test_vendored_files_are_the_recorded_ones() -> None:
    record = (PROJECT / "static/vendor/VENDORED.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \|.*`([0-9a-f]{64})` \|$", record, flags=re.MULTILINE)
    actual = {name: hashlib.sha256((PROJECT / name).read_bytes()).hexdigest() for name, _ in rows}
    assert len(rows) == 3
    assert actual == dict(rows)
