"""`manage.py import_responsibility_list`: a dry run writes nothing, problems are named by cell."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from enforcement.models import Matter, RuleDocument
from tests.cast import raise_cast
from tests.enforcement.matter_table import FOOD, matter_bytes


def run(*arguments: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_responsibility_list", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stopped:
        return int(stopped.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "powers.xlsx"
    path.write_bytes(matter_bytes())
    return path


def test_a_dry_run_needs_no_database(table: Path) -> None:
    # Without the django_db mark any query would fail this test.
    code, out, err = run(table, "--agency", "nowhere", "--dry-run", "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert document["matters"][0]["name"] == FOOD
    assert document["matters"][0]["legal_basis"][0]["article"] == 124


@pytest.mark.django_db
def test_it_writes_a_draft(table: Path) -> None:
    cast = raise_cast()
    code, out, err = run(table, "--agency", cast.city_market.code)
    assert code == 0 and "共 3 项，提示 0 条" in out and "已写成草稿" in err
    assert RuleDocument.objects.get().title == "示范市市场监督管理局权责清单"
    assert Matter.objects.count() == 3


def test_problems_are_named_by_cell(tmp_path: Path) -> None:
    path = tmp_path / "powers.xlsx"
    path.write_bytes(matter_bytes(("奖励", "甲", "", "", "", "", "", "")))
    code, out, err = run(path, "--agency", "x", "--json")
    assert (code, json.loads(out)) == (1, {"matters": [], "warnings": []})
    assert "A2：“奖励”不是权力类型" in err
