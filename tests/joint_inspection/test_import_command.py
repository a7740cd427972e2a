"""`manage.py import_joint_list`: one JSON document on stdout, words on stderr, nothing written by a dry run."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from enforcement.models import RuleDocument
from joint_inspection.models import InspectionScene
from tests.cast import raise_cast
from tests.joint_inspection.scene_file import scene_bytes


def run(*arguments: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_joint_list", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stopped:
        return int(stopped.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "joint.json"
    path.write_bytes(scene_bytes())
    return path


def test_a_dry_run_needs_no_database(table: Path) -> None:
    # Without the django_db mark any query would fail this test.
    code, out, err = run(table, "--agency", "nowhere", "--dry-run", "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert [one["object_class"] for one in document["scenes"]] == ["宾馆、旅店", "加油站", "娱乐场所"]
    assert len(document["warnings"]) == 3


@pytest.mark.django_db
def test_it_writes_a_draft(table: Path) -> None:
    cast = raise_cast()
    code, out, err = run(table, "--agency", cast.city_market.code, "--title", "示范市清单")
    assert code == 0 and "共 3 项，提示 3 条" in out and "已写成草稿" in err
    document = RuleDocument.objects.get()
    assert (document.title, document.slug) == ("示范市清单", "joint-5301-market-joint")
    assert InspectionScene.objects.count() == 3


@pytest.mark.parametrize(("name", "words"), [("坏.json", "不是完整的 JSON"), ("表.xlsx", "按 JSON 导入")])
def test_refused_files_exit_with_one(tmp_path: Path, name: str, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"{")
    code, out, err = run(path, "--agency", "x", "--json")
    assert (code, json.loads(out)) == (1, {"scenes": [], "warnings": []})
    assert words in err
