"""The statutory fine as lines: what is printed reads back, and what cannot be read is named."""

from __future__ import annotations

from typing import Any

import pytest

from enforcement.errors import InvalidInput
from enforcement.statutory_words import fine_line, fine_lines, read_fine_lines
from supervision.demo.legal_content import read_violations


def component(basis: str, low: Any, high: Any, *, base: str = "", subject: str = "") -> dict[str, Any]:
    unit = {"fixed": "元", "multiple": "倍", "percent": "%"}[basis]
    return {
        "subject": subject,
        "basis": basis,
        "minimum": low,
        "maximum": high,
        "base": base,
        "unit": unit,
        "applies_when": None,
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("5000元至50000元", component("fixed", 500_000, 5_000_000)),
        ("5,000元以上50,000元以下", component("fixed", 500_000, 5_000_000)),
        ("０.5万元至5万元", component("fixed", 500_000, 5_000_000)),
        ("5000元以下", component("fixed", 0, 500_000)),
        ("200元", component("fixed", 20_000, 20_000)),
        ("单位：1万元至10万元", component("fixed", 1_000_000, 10_000_000, subject="单位")),
        ("货值金额的10倍至20倍", component("multiple", "10", "20", base="goods_value")),
        ("货值金额的10倍以上20倍以下", component("multiple", "10", "20", base="goods_value")),
        ("建设项目总投资额的1%至5%", component("percent", "1", "5", base="project_investment")),
    ],
)
def test_a_typed_line_is_read(line: str, expected: dict[str, Any]) -> None:
    assert read_fine_lines(line) == [expected]
    assert read_fine_lines(fine_line(expected)) == [expected]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("罚款若干", "没有读懂“罚款若干”"),
        ("身高的2倍", "没有读懂"),
        ("50000元至5000元", "下限高于上限"),
        ("5000元至50000元（拒不改正）", "带条件的幅度"),
    ],
)
def test_what_cannot_be_read_is_named(line: str, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_fine_lines(f"200元\n{line}")
    (problem,) = refused.value.problems
    assert words in problem


@pytest.mark.parametrize("act", read_violations(), ids=lambda act: act.code)
def test_every_fine_of_the_demonstration_prints_and_is_kept_as_it_was(act: Any) -> None:
    lines = fine_lines(act.statutory_fine)
    assert len(set(lines)) == len(lines)
    assert read_fine_lines("\n".join(lines), known=act.statutory_fine) == act.statutory_fine
