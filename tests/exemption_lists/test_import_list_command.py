"""`manage.py import_list`: one JSON document on stdout, words on stderr, nothing written by a dry run."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError

from enforcement.models import Agency, RuleDocument, RuleVersion
from exemption_lists.models import ListEntry
from tests.builders import PRICE_TAG, entry_of
from tests.cast import Cast, raise_cast
from tests.exemption_lists.workbooks import HEADER, row, workbook_bytes

TITLE = "示范市不予行政处罚清单"
TABLE = workbook_bytes(
    ("清单", [(TITLE,), HEADER, row("１", "价格", PRICE_TAG), row("２", None, "未按规定亮照")])
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "清单.xlsx"
    path.write_bytes(TABLE)
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_list", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stopped:
        return int(stopped.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.mark.django_db
def test_a_dry_run_prints_one_json_document_and_writes_nothing(table: Path) -> None:
    code, out, err = run(table, "--agency", "unknown", "--dry-run", "--json")
    document: dict[str, Any] = json.loads(out)
    assert code == 0 and "unknown" in err
    (sheet,) = document["sheets"]
    assert set(sheet) == {"title", "entries", "warnings"} and sheet["title"] == TITLE
    assert [entry["serial"] for entry in sheet["entries"]] == ["1", "2"]
    assert set(sheet["entries"][0]) == {"serial", "kind", "violation", "legal_basis", "conditions", "cells"}
    assert sheet["entries"][0]["conditions"] == ["初次违法", "当场改正"]
    assert all(set(warning) == {"cell", "message"} for warning in sheet["warnings"])
    assert not RuleDocument.objects.exists() and not ListEntry.objects.exists()


def test_a_dry_run_works_without_a_database(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(**_filters: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(Agency.objects, "filter", unreachable)
    code, out, err = run(table, "--agency", "5301-market", "--dry-run", "--json")
    assert code == 0 and len(json.loads(out)["sheets"]) == 1 and "没有连上数据库" in err


@pytest.mark.django_db
def test_an_import_writes_a_draft_in_the_name_of_the_agencys_compiler(table: Path) -> None:
    cast: Cast = raise_cast()
    code, out, err = run(table, "--agency", cast.city_market.code, "--json", "--slug", "from-command")
    assert code == 0, err
    json.loads(out)
    version = RuleVersion.objects.get(document__slug="from-command")
    assert (version.status, version.drafted_by, version.document.title) == ("draft", cast.compiler, TITLE)
    assert entry_of(version).violation_name == PRICE_TAG
    assert version.list_entries.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "arguments", [("--agency", "unknown"), ("--agency", "5301-market", "--account", "nobody"),
                  ("--agency", "5301-market", "--account", "neighbour")]
)  # fmt: skip
def test_a_refused_import_ends_with_one_and_writes_nothing(table: Path, arguments: tuple[str, ...]) -> None:
    raise_cast()
    code, out, err = run(table, *arguments, "--json")
    assert code == 1 and err.strip()
    json.loads(out)
    assert not RuleDocument.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"not a table", workbook_bytes(("空表", [["没有表头"]]))])
def test_an_unreadable_file_ends_with_one_and_an_empty_document(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    code, out, err = run(path, "--agency", "x", "--dry-run", "--json")
    assert (code, json.loads(out)) == (1, {"sheets": []}) and "没有" in err


@pytest.mark.django_db
def test_a_missing_file_is_said_in_words(tmp_path: Path) -> None:
    code, out, err = run(tmp_path / "没有.xlsx", "--agency", "x", "--dry-run", "--json")
    assert code == 1 and json.loads(out) == {"sheets": []} and "没有找到文件" in err


@pytest.mark.django_db
def test_a_json_collection_is_read_by_the_same_command(tmp_path: Path) -> None:
    path = tmp_path / "lists.json"
    collection = {
        "sources": {"A": {"title": "某市清单", "authority": "某局"}},
        "entries": [
            {
                "source": "A", "serial": "1", "list_kind": "不予处罚", "violation": PRICE_TAG,
                "condition_text": ["首次违法"], "consequence": {"kind": "no_penalty"},
            }
        ],
    }  # fmt: skip
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    cast = raise_cast()
    code, out, err = run(path, "--agency", cast.city_market.code, "--json", "--slug", "json-list")
    assert code == 0, err
    assert json.loads(out)["sheets"][0]["title"] == "某市清单"
    assert ListEntry.objects.get().violation_name == PRICE_TAG


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "titles"), [(1, ["不予行政处罚清单"]), (2, ["从轻处罚清单"]), (3, [])])
def test_one_table_of_a_file_can_be_taken_alone(tmp_path: Path, number: int, titles: list[str]) -> None:
    path = tmp_path / "两张表.xlsx"
    path.write_bytes(
        workbook_bytes(
            ("不予", [("不予行政处罚清单",), HEADER, row(1, None, PRICE_TAG)]),
            ("从轻", [("从轻处罚清单",), HEADER, row(1, None, "未按规定亮照")]),
        )
    )
    code, out, _err = run(path, "--agency", "x", "--dry-run", "--json", "--table", number)
    assert code == (0 if titles else 1)
    assert [sheet["title"] for sheet in json.loads(out)["sheets"]] == titles


@pytest.mark.django_db
def test_an_empty_list_needs_the_statement_that_it_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "减轻.xlsx"
    path.write_bytes(workbook_bytes(("减轻", [("减轻处罚清单",), HEADER, ("无",)])))
    agency = raise_cast().city_market.code
    code, _out, err = run(path, "--agency", agency, "--slug", "empty")
    assert code == 1 and "声明后再导入" in err and not RuleDocument.objects.exists()
    code, _out, err = run(path, "--agency", agency, "--slug", "empty", "--empty")
    assert code == 0, err
    version = RuleVersion.objects.get()
    assert version.declares_no_entries and version.document.title == "减轻处罚清单"
