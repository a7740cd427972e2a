"""云政办发〔2022〕51号 二(六): no quota, target, total or ranking of fines, in any form.

Scans source and templates for code that sums or averages amounts, orders by them, or promises such figures in words.
"""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.source import ROOT, parsed, project_files, shown

AGGREGATES = {
    "Sum",
    "Avg",
    "Max",
    "Min",
    "StdDev",
    "Variance",
    "Rank",
    "DenseRank",
    "RowNumber",
    "PercentRank",
}
AMOUNT_WORDS = re.compile(r"fine|amount|fen\b|penalt(y|ies)_amount|money|罚款|罚没|金额", re.IGNORECASE)
FORBIDDEN_PHRASES = re.compile(
    r"(罚没|罚款)(总额|合计|收入|指标|任务|排名|排行|同比|环比)|人均(处罚|罚款)|(处罚|罚款)(排名|排行)|前十名|top ?10",
    re.IGNORECASE,
)
# The rule itself is quoted where it is explained.
EXPLAINS_THE_RULE = {"不统计、不比较罚款数额", "不得下达罚没指标", "不列罚款数额"}


def test_no_query_aggregates_or_ranks_amounts() -> None:
    found = []
    for path in project_files():
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in AGGREGATES and AMOUNT_WORDS.search(ast.unparse(node)):
                found.append(shown(path, node))
            if name == "order_by" and AMOUNT_WORDS.search(ast.unparse(node)):
                found.append(shown(path, node))
    assert found == []


@pytest.mark.parametrize(
    "folder", ["templates", "static/js", "supervision", "cases", "enforcement", "config"]
)
def test_no_page_speaks_of_totals_or_rankings_of_fines(folder: str) -> None:
    found = []
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix not in {".html", ".js", ".py"} or "vendor" in path.parts:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if FORBIDDEN_PHRASES.search(line) and not any(words in line for words in EXPLAINS_THE_RULE):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert found == []


def test_the_scan_sees_what_it_is_for() -> None:
    assert FORBIDDEN_PHRASES.search("各县罚款总额")
    assert FORBIDDEN_PHRASES.search("罚没收入排名")
    assert AMOUNT_WORDS.search("Sum('fine_fen')")
