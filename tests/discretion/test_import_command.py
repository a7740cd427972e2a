"""`manage.py import_benchmark`: one JSON document on stdout, words on stderr, nothing written by a dry run."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from discretion.models import Benchmark
from enforcement.models import RuleDocument
from tests.cast import raise_cast
from tests.discretion.research_file import research_bytes


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "基准 2025.json"
    path.write_bytes(research_bytes())
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_benchmark", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stopped:
        return int(stopped.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_a_dry_run_needs_no_database(table: Path) -> None:
    # Without the django_db mark any query would fail this test.
    code, out, err = run(table, "--agency", "nowhere", "--dry-run", "--json")
    document = json.loads(out)
    assert (code, err, set(document)) == (0, "", {"matters"})
    first = document["matters"][0]
    assert set(first) == {"serial", "violation", "groups", "warnings"}
    assert set(first["groups"][0]) == {"name", "tiers"}
    tiers = first["groups"][0]["tiers"]
    assert all(set(tier) == {"name", "conditions", "amounts"} for tier in tiers)
    assert [(tier["name"], tier["amounts"]) for tier in tiers] == [
        ("情节较轻", ["2,000元"]),
        ("情节较重", ["5,000元"]),
        ("情节严重", ["10,000元"]),
    ]


@pytest.mark.django_db
def test_it_writes_a_draft(table: Path) -> None:
    cast = raise_cast()
    code, out, err = run(table, "--agency", cast.city_market.code)
    assert code == 0 and "共 7 项" in out and "已写成草稿" in err
    document = RuleDocument.objects.get()
    assert (document.slug, document.agency) == ("standard-5301-market-2025", cast.city_market)
    assert list(Benchmark.objects.order_by("position").values_list("slug", flat=True)) == [
        "t1", "t2", "t3", "t4", "w1", "d1", "m1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("坏.json", b'{"matters": [', "不是可以读取的JSON"),
        ("空.json", b"", "空的"),
        ("错.json", b'{"rows": []}', "matters"),
        ("表.xlsx", b"PK\x03\x04", "按 JSON 导入"),
        ("码.json", "基准".encode("gbk"), "UTF-8"),
    ],
)
def test_refused_files_exit_with_one_and_chinese_words(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    code, out, err = run(path, "--agency", "x", "--json")
    assert (code, json.loads(out)) == (1, {"matters": []})
    assert words in err


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    code, out, err = run(tmp_path / "没有.json", "--agency", "x", "--json")
    assert code == 1 and json.loads(out) == {"matters": []} and "打不开文件 没有.json" in err


@pytest.mark.django_db
@pytest.mark.parametrize(
    "more", [["--agency", "nowhere"], ["--agency", "5301-market", "--account", "officer"]]
)
def test_a_refused_write_leaves_nothing_behind(table: Path, more: list[str]) -> None:
    raise_cast()
    code, out, err = run(table, "--json", *more)
    assert code == 1 and err and len(json.loads(out)["matters"]) == 7
    assert not RuleDocument.objects.exists()


@pytest.mark.django_db
def test_the_same_address_twice_is_refused(table: Path) -> None:
    raise_cast()
    assert run(table, "--agency", "5301-market", "--slug", "standard")[0] == 0
    code, _, err = run(table, "--agency", "5301-market", "--slug", "standard")
    assert code == 1 and "已被使用" in err
    assert RuleDocument.objects.count() == 1
