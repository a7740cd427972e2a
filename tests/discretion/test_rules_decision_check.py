"""Published decisions against law and benchmark, from recorded facts alone."""

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from discretion.decision_check import check_decision, check_decisions
from discretion.decision_facts import same_name, subject_kind
from discretion.printed_arithmetic import printed_amount
from discretion.rules.import_research import read_research
from discretion.rules.money import is_published_rounding
from enforcement.errors import InvalidInput
from tests.discretion.research_fixture import document

DRAFTS = read_research(document())


def _fact(name: str, value: Any, unit: str | None = None) -> dict[str, Any]:
    return {"fact": name, "value": value, "unit": unit}


def _range(low: Any, high: Any, unit: str = "元", base: str | None = None, **other: Any) -> dict[str, Any]:
    return {"min": low, "max": high, "unit": unit, "base": base, "subject": None, **other}


def _decision(
    check: str | None, fine: Any, *, facts: Any = (), statute: Any = (), **other: Any
) -> dict[str, Any]:
    imposed = (
        [] if fine is None else [{"kind": "罚款", "amount": fine, "unit": "元", "subject": None, "count": 1}]
    )
    benchmark = {
        "matter": other.pop("matter", None),
        "tier": other.pop("tier", None),
        "formula": other.pop("formula", None),
    }
    return {
        "id": "X",
        "party_type": "企业",
        "facts": list(facts),
        "statutory_range": list(statute),
        "benchmark": benchmark,
        "imposed": imposed,
        "expected_check": check,
        **other,
    }


def _outcome(decision: dict[str, Any]) -> tuple[str, tuple[str, str] | None]:
    verdict = check_decision(DRAFTS, decision).as_document()
    computed = verdict["computed"]
    return verdict["status"], (computed["min"], computed["max"]) if computed else None


ONCE, TWICE = _fact("处罚次数(含本次)", 1, "次"), _fact("处罚次数(含本次)", 2, "次")
FIXED = _range(2000, 10000)
TWO_OR_TEN = ("2000.00", "10000.00")
PLACE, HALF_YEAR = _fact("项目地点", "一般区域"), _fact("违法持续时间", 4, "个月")


@pytest.mark.parametrize(
    ("decision", "status", "computed"),
    [
        (_decision("below_statutory_minimum", 1999, statute=[FIXED]), "agrees", TWO_OR_TEN),
        (_decision("below_statutory_minimum", 2000, statute=[FIXED]), "differs", TWO_OR_TEN),
        (_decision("within_statutory", 2000, statute=[FIXED]), "agrees", TWO_OR_TEN),
        (_decision("within_statutory", 10001, statute=[FIXED]), "differs", TWO_OR_TEN),
        (_decision("within_statutory", 9000), "needs", None),
        (_decision("equals_statutory_minimum", 2000, statute=[FIXED]), "agrees", TWO_OR_TEN),
        (_decision("equals_statutory_minimum", 2001, statute=[FIXED]), "differs", TWO_OR_TEN),
        (_decision("statutory_fixed_amount", 50, statute=[_range(50, 50)]), "agrees", ("50.00", "50.00")),
        (_decision("statutory_fixed_amount", 60, statute=[_range(50, 50)]), "differs", ("50.00", "50.00")),
        (_decision("equals_tier:5000", 5000, facts=[TWICE], matter="T1"), "agrees", ("5000.00", "5000.00")),
        (_decision("equals_tier:5000", 5000, facts=[ONCE], matter="T1"), "differs", ("2000.00", "2000.00")),
        (_decision("equals_tier:5000", 4000, facts=[TWICE], matter="T1"), "differs", ("5000.00", "5000.00")),
        (_decision("equals_tier:5000", 5000, matter="T1"), "needs", None),
        (_decision("equals_tier:5000", 5000, facts=[TWICE], matter="T9"), "needs", None),
        (_decision("equals_tier:5000", 5000, matter="T1", tier="情节较重: 5000元"), "agrees", ("5000.00", "5000.00")),
        (_decision("equals_tier:5000", 5000, matter="T1", tier="不属“情节较重”"), "needs", None),
        (_decision("equals_tier:200", 200, facts=[TWICE], matter="T2", party_type="自然人"), "agrees", ("200.00", "200.00")),
        (
            _decision("equals_tier:300000", 300000, facts=[_fact("处罚次数(含本次)", 3, "次"), _fact("情节", "情节严重")], matter="T2"),
            "agrees",
            ("300000.00", "300000.00"),
        ),
        (
            _decision("equals_formula:250000", 250000, facts=[PLACE, HALF_YEAR, _fact("按期改正", True)], matter="W1"),
            "agrees",
            ("250000.00", "250000.00"),
        ),
        (_decision("equals_formula:250000", 250000, facts=[PLACE, HALF_YEAR], matter="W1"), "needs", None),
        (
            _decision("equals_formula:225000", 225000, facts=[_fact("单因子超标", True), _fact("调整系数总和", 0)], matter="M1"),
            "agrees",
            ("225000.00", "225000.00"),
        ),
        (_decision("equals_formula:300000", 300000, formula="（20%＋10%）×100万＝30万"), "agrees", ("300000.00", "300000.00")),
        (
            _decision("above_first_offence_tier_within_statutory", 10000, matter="T1", statute=[FIXED]),
            "agrees",
            TWO_OR_TEN,
        ),
        (
            _decision("above_first_offence_tier_within_statutory", 2000, matter="T1", statute=[FIXED]),
            "differs",
            TWO_OR_TEN,
        ),
        (_decision("no_penalty", None, statute=[FIXED]), "agrees", None),
        (_decision("no_penalty", 1, statute=[FIXED]), "differs", None),
        (
            _decision(
                "equals_percent:4", 18_228_000, facts=[_fact("上一年度境内销售额", 455_712_000, "元")],
                statute=[_range(1, 10, "%", "上一年度销售额")],
            ),
            "agrees",
            ("18228480.00", "18228480.00"),
        ),
        (
            _decision(
                "equals_percent:4", 18_000_000, facts=[_fact("上一年度境内销售额", 455_712_000, "元")],
                statute=[_range(1, 10, "%", "上一年度销售额")],
            ),
            "differs",
            ("18228480.00", "18228480.00"),
        ),
        (
            _decision("base_unknown", 21700, facts=[_fact("总投资额", None, "元")], statute=[_range(1, 5, "%", "建设项目总投资额")]),
            "needs",
            None,
        ),
        (
            _decision("base_unknown", 21700, facts=[_fact("总投资额", 1_000_000, "元")], statute=[_range(1, 5, "%", "建设项目总投资额")]),
            "agrees",
            ("10000.00", "50000.00"),
        ),
        (_decision("tier_amount_not_reached", 5000, matter="某省基准 208001", tier="一般"), "needs", None),
        (_decision(None, 5000, facts=[TWICE], matter="T1"), "agrees", ("5000.00", "5000.00")),
        (_decision(None, 1000, statute=[FIXED]), "differs", TWO_OR_TEN),
        (_decision("within_statutory", 9000, statute=[{"min": 1, "unit": "元"}]), "needs", None),
    ],
)  # fmt: skip
def test_verdicts(decision: dict[str, Any], status: str, computed: tuple[str, str] | None) -> None:
    assert _outcome(decision) == (status, computed)


def _parts(*multiples: str) -> list[dict[str, Any]]:
    return [{"kind": "罚款", "amount": 100, "unit": "元", "part": f"某部分 {one}倍"} for one in multiples]


@pytest.mark.parametrize(
    ("multiples", "status"),
    [
        (["0.6", "4", "1"], "agrees"),
        (["0.5", "5"], "agrees"),
        (["0.4", "1"], "differs"),
        (["5.1"], "differs"),
    ],
)
def test_every_part_has_a_lawful_multiple(multiples: list[str], status: str) -> None:
    statute = [_range(Decimal("0.5"), 5, "倍", "少缴的税款")]
    decision = _decision("each_part_multiple_within_0.5_5", None, statute=statute)
    assert _outcome({**decision, "imposed": _parts(*multiples)})[0] == status


def test_part_that_contradicts_the_recorded_multiple_differs() -> None:
    facts = [_fact("甲部分罚款倍数", 2, "倍")]
    decision = _decision("each_part_multiple_within_0.5_5", None, facts=facts)
    assert _outcome({**decision, "imposed": _parts("3")})[0] == "differs"


def test_reasons_are_named_in_chinese() -> None:
    below = check_decision(DRAFTS, _decision("below_statutory_minimum", 1000, statute=[FIXED]))
    assert "须有减轻处罚依据" in below.why
    missing = check_decision(DRAFTS, _decision("equals_tier:5000", 5000, matter="T1"))
    assert "近一年内处罚次数（含本次）" in missing.why
    unknown = check_decision(DRAFTS, _decision("base_unknown", 100, statute=[_range(1, 5, "%", "合同价款")]))
    assert "缺少事实：合同价款" in unknown.why
    assert "2,000元至10,000元" in unknown.why


def test_overdue_range_needs_the_recorded_fact() -> None:
    statute = [_range(500, 5000), _range(5000, 15000, range_source="逾期不改正档")]
    assert _outcome(_decision("within_statutory", 12000, statute=statute))[0] == "differs"
    overdue = _decision("within_statutory", 12000, statute=statute, facts=[_fact("逾期未改正", True)])
    assert _outcome(overdue) == ("agrees", ("5000.00", "15000.00"))


def test_food_provision_is_known_without_a_recorded_range() -> None:
    law = [{"law": "中华人民共和国食品安全法", "article": 124}]
    decision = _decision(
        "below_statutory_minimum", 1000, facts=[_fact("货值金额", 36, "元")], penalty_law=law
    )
    assert _outcome(decision) == ("agrees", ("50000.00", "100000.00"))


def test_order_of_recorded_facts_does_not_matter() -> None:
    facts = [PLACE, HALF_YEAR, _fact("按期改正", True)]
    outcomes = {
        _outcome(_decision("equals_formula:250000", 250000, facts=order, matter="W1"))
        for order in (facts, facts[::-1], [facts[1], facts[2], facts[0]])
    }
    assert outcomes == {("agrees", ("250000.00", "250000.00"))}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("总投资额", "建设项目总投资额", True),
        ("上一年度境内销售额", "上一年度销售额", True),
        ("随意丢弃抛撒", "随意丢弃、抛撒生活垃圾的", True),
        ("配合调查", "不配合调查", False),
        ("额", "总投资额", False),
        ("货值金额", "违法所得", False),
    ],
)
def test_same_name(first: str, second: str, same: bool) -> None:
    assert same_name(first, second) is same
    assert same_name(second, first) is same


@pytest.mark.parametrize(
    ("party", "kind"),
    [("自然人", "个人"), ("个体工商户", "个体工商户"), ("物业公司", "单位"), ("足浴店", "")],
)
def test_subject_kind(party: str, kind: str) -> None:
    assert subject_kind(party) == kind


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(20万+25万)/2 + 5万×10%×0 = 22.5万", "225000"),
        ("15%×200万元", "300000"),
        ("10-2*3", "4"),
        ("一百元", None),
        ("5/0", None),
        ("(1+2", None),
        ("300", None),
    ],
)
def test_printed_arithmetic(text: str, value: str | None) -> None:
    found = printed_amount(text)
    assert found == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("exact", "published", "holds"),
    [
        (182_284, 182_280, True),
        (182_285, 182_290, True),
        (182_285, 182_280, False),
        (182_285, 182_285, True),
        (182_285, 182_284, False),
        (182_285, 200_000, False),
        (182_285, 0, False),
    ],
)
def test_published_figures_may_be_rounded(exact: int, published: int, holds: bool) -> None:
    assert is_published_rounding(exact, published) is holds


def test_wrong_file_is_refused() -> None:
    with pytest.raises(InvalidInput):
        check_decisions(DRAFTS, {"decisions": 7})


def _files(tmp_path: Path, decisions: list[dict[str, Any]]) -> tuple[str, str]:
    benchmarks, file = tmp_path / "benchmarks.json", tmp_path / "decisions.json"
    benchmarks.write_text(json.dumps(document(), default=str), encoding="utf-8")
    file.write_text(json.dumps({"decisions": decisions}), encoding="utf-8")
    return str(benchmarks), str(file)


def test_command_json_is_one_document(tmp_path: Path) -> None:
    out = StringIO()
    call_command("check_decisions", *_files(tmp_path, [_decision("no_penalty", None)]), "--json", stdout=out)
    (verdict,) = json.loads(out.getvalue())
    assert set(verdict) == {"id", "status", "computed", "imposed", "why"}


def test_command_stops_with_one_when_a_decision_differs(tmp_path: Path) -> None:
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("check_decisions", *_files(tmp_path, [_decision("no_penalty", 5)]), stdout=out)
    assert stopped.value.code == 1
    assert out.getvalue().startswith("X 不一致：应罚未算出或者不罚款，实罚5元。")


def test_command_names_an_unreadable_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("check_decisions", str(tmp_path / "no.json"), str(tmp_path / "no.json"))
