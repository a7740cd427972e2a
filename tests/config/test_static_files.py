"""Static files are collected when a source changed, and only then."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import override_settings

from config.static_files import collect_when_changed


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "page.css").write_text("body { color: black }", encoding="utf-8")
    with override_settings(STATIC_ROOT=tmp_path / "collected", STATICFILES_DIRS=[folder]):
        finders.get_finder.cache_clear()
        yield folder
    finders.get_finder.cache_clear()


def test_second_start_collects_nothing(source: Path) -> None:
    assert collect_when_changed() is True
    assert (source.parent / "collected" / "page.css").exists()
    assert collect_when_changed() is False


def test_changed_file_is_collected_again(source: Path) -> None:
    collect_when_changed()
    later = (source / "page.css").stat().st_mtime + 10
    (source / "page.css").write_text("body { color: green }", encoding="utf-8")
    os.utime(source / "page.css", (later, later))
    assert collect_when_changed() is True
    assert "green" in (source.parent / "collected" / "page.css").read_text(encoding="utf-8")


def test_new_file_is_collected(source: Path) -> None:
    collect_when_changed()
    (source / "new.css").write_text("", encoding="utf-8")
    assert collect_when_changed() is True
