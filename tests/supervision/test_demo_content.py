"""The demonstration content holds together: references, conditions, figures, identifiers, determinism, coverage."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from decimal import Decimal
from itertools import pairwise

import pytest
from stdnum.cn import ric, uscc

from cases.statuses import Outcome
from discretion.rules.documents import rules_from_document
from discretion.rules.recommend import RecommendationStatus, recommend
from discretion.rules.schema import Basis, WeightSum
from enforcement.actors import Role
from enforcement.conditions.evaluate import Truth, evaluate
from enforcement.conditions.facts import parse_fact
from enforcement.conditions.parse import parse_condition
from enforcement.conditions.vocabulary import STANDARD
from enforcement.identifiers import check_id_number, check_uscc
from enforcement.seed.regions import region_names
from supervision.demo.accounts import demo_accounts
from supervision.demo.agencies import agencies_by_code, read_agencies
from supervision.demo.benchmark_content import benchmark_drafts, read_standards
from supervision.demo.case_choices import TargetStage
from supervision.demo.case_facts import mildest_kind
from supervision.demo.cases import CASE_COUNT, PERIOD_DAYS, CasePlan, demo_cases
from supervision.demo.legal_content import (
    ContentError,
    ViolationSeed,
    chinese_number,
    cite,
    load_yaml,
    read_laws,
    read_lines,
    read_violations,
    violations_by_code,
)
from supervision.demo.list_content import EntrySeed, read_exemption_lists, read_joint_inspection_lists
from supervision.demo.parties import demo_parties
from supervision.demo.people import EXPIRED_OFFICER, SUSPENDED_OFFICER, demo_officers, demo_staff
from supervision.demo.rules_in_force import governing_rules

TODAY = dt.date(2026, 11, 23)
CODE_IN_FORCE = dt.date(2026, 8, 15)
ALL_ENTRIES = [
    pytest.param(entry, id=f"{seed.slug}-v{version.number}-{entry.serial}")
    for seed in read_exemption_lists()
    for version in seed.versions
    for entry in version.entries
]


@pytest.fixture(scope="module")
def plans() -> tuple[CasePlan, ...]:
    return demo_cases(TODAY)


# --- law ---


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"), (107, "一百零七"),
     (116, "一百一十六"), (1100, "一千一百"), (1107, "一千一百零七"), (1010, "一千零一十"), (1242, "一千二百四十二")],
)  # fmt: skip
def test_article_numbers_are_written_as_statutes_write_them(number: int, words: str) -> None:
    assert chinese_number(number) == words


def test_citation_text_names_every_level() -> None:
    assert cite("食品安全法 124.1.5").text == "《中华人民共和国食品安全法》第一百二十四条第一款第五项"
    assert cite("特种设备安全法 84.0.1").text == "《中华人民共和国特种设备安全法》第八十四条第一项"


@pytest.mark.parametrize("wrong", ["食品安全法 999", "没有的法 1", "食品安全法 124.1.6"])
def test_citations_of_unknown_provisions_are_refused(wrong: str) -> None:
    with pytest.raises(ContentError):
        cite(wrong)


def test_laws_have_ordered_spans_and_revisions_follow_each_other() -> None:
    spans = defaultdict(list)
    for law in read_laws():
        assert law.provisions and all(provision.gist for provision in law.provisions)
        spans[law.name].append((law.effective_from, law.effective_until or dt.date.max))
    for revisions in spans.values():
        assert all(start < end for start, end in revisions)
        assert all(earlier[1] == later[0] for earlier, later in pairwise(sorted(revisions)))
    assert len(spans) >= 25


def test_violations_cover_the_lines_with_unique_codes() -> None:
    codes = Counter(violation.code for violation in read_violations())
    assert set(codes.values()) == {1} and len(codes) >= 45
    assert {violation.line_code for violation in read_violations()} == set(read_lines())
    assert sum(violation.is_high_frequency for violation in read_violations()) >= 20


@pytest.mark.parametrize("violation", read_violations(), ids=lambda violation: violation.code)
def test_violation_cites_law_in_force_whenever_it_may_be_committed(violation: ViolationSeed) -> None:
    for day in (dt.date(2024, 11, 23), CODE_IN_FORCE - dt.timedelta(days=1), CODE_IN_FORCE, TODAY):
        if violation.covers(day):
            in_force = {
                law.name
                for law in read_laws()
                if law.effective_from <= day and (law.effective_until is None or day < law.effective_until)
            }
            assert {one.law for one in violation.violated} & in_force, day
            assert {one.law for one in violation.punished_by} & in_force, day


@pytest.mark.parametrize(
    ("code", "day", "covered"),
    [
        ("STHJ-011", CODE_IN_FORCE - dt.timedelta(days=1), True),
        ("STHJ-011", CODE_IN_FORCE, False),
        ("STHJ-012", CODE_IN_FORCE - dt.timedelta(days=1), False),
        ("STHJ-012", CODE_IN_FORCE, True),
    ],
)
def test_acts_around_the_code_fall_under_one_violation(code: str, day: dt.date, *, covered: bool) -> None:
    assert violations_by_code()[code].covers(day) is covered


def test_statutory_fines_read_as_benchmark_components_in_fen() -> None:
    for violation in read_violations():
        document = {"mode": "range_tiers", "statutory": violation.statutory_fine}
        assert len(rules_from_document(document, STANDARD).statutory) == len(violation.fines)
    expired_food = violations_by_code()["SCJG-001"].statutory_fine
    assert (expired_food[0]["minimum"], expired_food[0]["maximum"]) == (5_000_000, 10_000_000)
    assert (expired_food[1]["minimum"], expired_food[1]["maximum"]) == ("10", "20")


GATED = [
    pytest.param(code, {"goods_value": 999_999}, [Basis.FIXED], id=f"{code}-below-limit")
    for code in ("SCJG-001", "SCJG-002", "SCJG-007")
] + [
    pytest.param("SCJG-001", {"goods_value": 1_000_000}, [Basis.MULTIPLE], id="at-limit"),
    pytest.param(
        "JTYS-001", {"illegal_gains": 1_000_000, "circumstances": "一般"}, [Basis.FIXED], id="gains-at-limit"
    ),
    pytest.param(
        "JTYS-001", {"illegal_gains": 1_000_001, "circumstances": "一般"}, [Basis.MULTIPLE], id="gains-above"
    ),
    pytest.param("STHJ-012", {"corrected_within_order": True}, [Basis.FIXED], id="corrected"),
    pytest.param("STHJ-012", {"corrected_within_order": False}, [Basis.FIXED], id="not-corrected"),
    pytest.param(
        "CSGL-011", {"subject_kind": "个人", "corrected_within_order": False}, [Basis.FIXED], id="person-only"
    ),
    pytest.param("SCJG-014", {"corrected_within_order": True}, [], id="no-fine-once-corrected"),
]


@pytest.mark.parametrize(("code", "facts", "bases"), GATED)
def test_only_the_branch_of_the_statute_that_fits_applies(
    code: str, facts: dict[str, int | str], bases: list[Basis]
) -> None:
    document = {"mode": "range_tiers", "statutory": violations_by_code()[code].statutory_fine}
    components = rules_from_document(document, STANDARD).statutory
    applying = [
        one.basis
        for one in components
        if one.applies_when is None or evaluate(one.applies_when, facts, STANDARD).truth is Truth.TRUE
    ]
    assert applying == bases


# --- lists and scenes ---


@pytest.mark.parametrize("entry", ALL_ENTRIES)
def test_entry_conditions_parse_and_stand_beside_published_clauses(entry: EntrySeed) -> None:
    vocabulary = STANDARD.with_declared(entry.declared_facts)
    parse_condition(entry.condition, vocabulary)
    assert len(entry.condition["all"]) == len(entry.condition_text) >= 1
    for exclusion in entry.exclusions:
        parse_condition(exclusion.condition, vocabulary)
        assert exclusion.text
    assert entry.follow_up and entry.penalty_provisions and entry.domain
    assert (entry.scope == "general") == (entry.violation_code is None)
    assert bool(entry.coercive_measure) == (entry.kind == "no_compulsion")


def test_full_lists_hold_all_four_kinds_and_say_they_are_demonstrations() -> None:
    lists = {seed.slug: seed for seed in read_exemption_lists()}
    for slug, least in (("yn-scjg-exemptions", 24), ("yn-sthj-exemptions", 20)):
        first = lists[slug].versions[0]
        assert len(first.entries) >= least
        assert {entry.kind for entry in first.entries} == {
            "no_penalty",
            "lighter",
            "mitigated",
            "no_compulsion",
        }
        assert {entry.mandate for entry in first.entries} == {"must", "may"}
        assert any(fact["confirmed_by_officer"] for entry in first.entries for fact in entry.declared_facts)
    for seed in lists.values():
        assert "演示数据" in seed.title and seed.agency_code in agencies_by_code()
        for version in seed.versions:
            assert version.status == "draft" or version.document_number.startswith("演示〔")
            assert len({entry.serial for entry in version.entries}) == len(version.entries)
    assert lists["wuhua-csgl-exemptions"].versions[0].status == "draft"


def test_second_versions_take_effect_later_and_change_only_what_they_say() -> None:
    revised = [seed for seed in read_exemption_lists() if len(seed.versions) == 2]
    assert {seed.slug for seed in revised} == {"yn-scjg-exemptions", "yn-sthj-exemptions"}
    for seed in revised:
        old, new = seed.versions
        assert old.effective_from and new.effective_from and old.effective_from < new.effective_from
        before = {entry.serial: entry for entry in old.entries}
        after = {entry.serial: entry for entry in new.entries}
        same = [serial for serial in before if after.get(serial) == before[serial]]
        assert len(same) >= len(before) // 2 and before != after
    food = next(seed for seed in revised if seed.slug == "yn-scjg-exemptions")
    assert "2" not in {entry.serial for entry in food.versions[1].entries}


def test_ecology_list_follows_the_code_from_its_first_day() -> None:
    before = governing_rules("STHJ-012", CODE_IN_FORCE - dt.timedelta(days=1))
    after = governing_rules("STHJ-012", CODE_IN_FORCE)
    assert "10" not in {one.entry.serial for one in before.entries}
    assert {one.version_number for one in after.entries} == {2}
    assert "10" in {one.entry.serial for one in after.entries}


def test_joint_inspection_scenes_are_complete() -> None:
    (joint,) = read_joint_inspection_lists()
    assert len(joint.scenes) == 8 and joint.agency_code in agencies_by_code()
    spans = defaultdict(list)
    for law in read_laws():
        spans[law.name].append((law.effective_from, law.effective_until or dt.date.max))
    for scene in joint.scenes:
        assert scene.joint_agencies and len(scene.items) >= 2 and scene.sampling
        assert scene.lead_agency not in scene.joint_agencies
        for basis in scene.legal_basis:
            assert any(start <= joint.effective_from < end for start, end in spans[basis.law])


# --- benchmarks ---


def test_standards_hold_every_mode_they_promise() -> None:
    drafts = benchmark_drafts()
    assert len(drafts) >= 20 and len(read_standards()) >= 3
    modes = Counter(draft.mode.value for draft in drafts.values())
    assert modes["range_matrix"] == 1 and modes["weight_sum"] == 2 and modes["range_tiers"] >= 15
    assert all(standard.agency_code in agencies_by_code() for standard in read_standards())


@pytest.mark.parametrize("code", sorted(benchmark_drafts()))
def test_tiers_are_typed_and_tile_the_statutory_range(code: str) -> None:
    """Neighbouring tiers of one basis meet without gap or overlap, from a statutory minimum to a maximum."""
    draft = benchmark_drafts()[code]
    assert not any(fact["confirmed_by_officer"] for fact in draft.declared_facts)
    if isinstance(draft.rules.formula, WeightSum):
        return
    violation = violations_by_code()[code]
    by_basis: dict[Basis, list[tuple[Decimal, Decimal, bool]]] = defaultdict(list)
    for group in draft.rules.groups:
        for tier in group.tiers:
            assert bool(tier.components) != tier.no_penalty
            for one in tier.components:
                low = Decimal(one.minimum or 0)
                by_basis[one.basis].append((low, Decimal(one.maximum), one.max_inclusive))
    limits: dict[Basis, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for fine in violation.fines:
        basis = Basis.FIXED if fine.basis == "fixed_yuan" else Basis(fine.basis)
        limits[basis].append((fine.minimum, fine.maximum))
    for basis, ranges in by_basis.items():
        assert ranges[0][0] in {low for low, _ in limits[basis]}
        assert ranges[-1][1] in {high for _, high in limits[basis]} and ranges[-1][2]
        assert all(earlier[1] == later[0] for earlier, later in pairwise(ranges))
        assert all(any(low <= r[0] and r[1] <= high for low, high in limits[basis]) for r in ranges)


@pytest.mark.parametrize("code", sorted(benchmark_drafts()))
def test_weight_tables_run_from_the_statutory_minimum_to_the_maximum(code: str) -> None:
    draft = benchmark_drafts()[code]
    if not isinstance(draft.rules.formula, WeightSum):
        assert draft.rules.groups
        return
    (column,) = draft.rules.formula.columns
    (fine,) = violations_by_code()[code].fines
    weights = [[level.weight_percent for level in factor.levels] for factor in draft.rules.formula.factors]
    least = column.start_percent + sum(min(one) for one in weights)
    most = column.start_percent + sum(max(one) for one in weights)
    assert column.amount == fine.maximum
    assert least * fine.maximum / 100 == fine.minimum
    assert most == 100


def test_penalty_wording_agrees_with_the_figures() -> None:
    tiers = benchmark_drafts()["SCJG-001"].rules.groups[0].tiers
    assert [tier.penalty_text for tier in tiers] == [
        "处5万元以上不满6万元的罚款",
        "处6万元以上不满8万元的罚款",
        "处8万元以上10万元以下的罚款",
        "处货值金额10倍以上不满15倍的罚款",
        "处货值金额15倍以上20倍以下的罚款",
    ]


# --- people and parties ---


def test_three_lines_stand_at_all_four_levels() -> None:
    levels = defaultdict(set)
    for agency in read_agencies():
        levels[agency.line_code].add(agency.level.value)
        assert agency.region_code in region_names()
        assert agency.superior_code is None or agency.superior_code in agencies_by_code()
    assert sum(len(found) == 4 for found in levels.values()) >= 3
    names = [agency.name for agency in read_agencies()]
    assert len(set(names)) == len(names) and "昆明市市场监督管理局" in names
    assert {"5301", "5303", "5323", "5325", "5329"} <= {agency.region_code for agency in read_agencies()}
    prefixes = {agency.code: agency.document_prefix for agency in read_agencies()}
    assert prefixes["KM-SCJG"] == "昆市监" and len(set(prefixes.values())) >= len(prefixes) - 2


def test_officers_are_certified_except_the_ones_that_show_a_refusal() -> None:
    officers = demo_officers(TODAY)
    assert len(officers) >= 60 and len({officer.key for officer in officers}) == len(officers)
    numbers = [officer.certificate.number for officer in officers if officer.certificate]
    assert len(set(numbers)) == len(numbers)
    invalid = {
        officer.key
        for officer in officers
        if officer.certificate and not officer.certificate.is_valid_throughout(TODAY, TODAY)
    }
    assert invalid == {EXPIRED_OFFICER, SUSPENDED_OFFICER}
    assert [officer.key for officer in officers if officer.certificate is None] == ["WH-SCJG-04"]


def test_every_duty_is_held_and_accounts_belong_to_known_people() -> None:
    staff = {one.key: one for one in demo_staff()}
    assert {one.role for one in staff.values()} == set(Role) - {Role.OFFICER}
    officers = {officer.key: officer for officer in demo_officers(TODAY)}
    accounts = demo_accounts()
    assert {account.role for account in accounts} == set(Role)
    assert len({account.username for account in accounts}) == len(accounts) == 11
    for account in accounts:
        assert len(account.password) >= 12
        assert (account.officer_key is None) != (account.staff_key is None)
        person = officers[account.officer_key] if account.officer_key else staff[account.staff_key or ""]
        assert (person.name, person.agency_code) == (account.display_name, account.agency_code)


def test_parties_have_valid_identifiers_nobody_was_issued() -> None:
    parties = demo_parties()
    assert len(parties) == 300
    assert {party.kind for party in parties} == {"enterprise", "sole_trader", "person"}
    identifiers = {party.uscc or party.id_number for party in parties}
    assert len(identifiers) == 300
    for party in parties:
        assert (party.uscc is None) == (party.kind == "person") == (party.id_number is not None)
        if party.uscc:
            assert check_uscc(party.uscc) == party.uscc == uscc.validate(party.uscc)
            assert party.uscc[8:10] == "XX"
        else:
            assert party.id_number and check_id_number(party.id_number) == party.id_number
            assert party.id_number[-1] == ric.calc_check_digit(party.id_number)
            assert party.id_number[14:17] == "000"


# --- case plans ---


def test_same_day_gives_the_same_plans() -> None:
    first = demo_cases(TODAY)
    demo_cases.cache_clear()
    assert demo_cases(TODAY) == first


@pytest.mark.parametrize("today", [dt.date(2024, 2, 29), dt.date(2027, 6, 30)])
def test_plans_can_be_made_on_other_days(today: dt.date) -> None:
    assert len(demo_cases(today)) == CASE_COUNT


def test_plans_cover_every_stage_outcome_and_kind_of_leniency(plans: tuple[CasePlan, ...]) -> None:
    assert len(plans) == CASE_COUNT >= 400
    assert min(Counter(plan.target_stage for plan in plans)[stage] for stage in TargetStage) >= 3
    assert {plan.outcome for plan in plans} == set(Outcome)
    assert {Outcome.NO_PENALTY, Outcome.LIGHTER, Outcome.MITIGATED} <= {
        plan.expected_outcome for plan in plans
    }
    assert sum(plan.without_compulsion for plan in plans) >= 5
    assert {plan.violation_code.partition("-")[0] for plan in plans} == set(read_lines())
    assert len({plan.narrative for plan in plans}) > 380


def test_plan_dates_lie_in_order_inside_the_two_years(plans: tuple[CasePlan, ...]) -> None:
    for plan in plans:
        assert (
            TODAY - dt.timedelta(days=PERIOD_DAYS)
            <= plan.act_date
            <= plan.found_on
            <= plan.opened_on
            <= TODAY
        )
        days = [day for _, day in plan.stage_dates]
        assert days == sorted(days) and days[0] == plan.opened_on and days[-1] <= TODAY
        assert plan.stage_dates[-1][0] == plan.target_stage
        assert violations_by_code()[plan.violation_code].covers(plan.act_date)


def test_plan_people_belong_together(plans: tuple[CasePlan, ...]) -> None:
    officers = {officer.key: officer for officer in demo_officers(TODAY)}
    for plan in plans:
        agency = agencies_by_code()[plan.agency_code]
        assert agency.line_code == violations_by_code()[plan.violation_code].line_code
        assert demo_parties()[plan.party_index].region_code.startswith(agency.region_code[:6])
        first, second = (officers[key] for key in plan.officer_keys)
        assert first.agency_code == second.agency_code == agency.code and first != second
        for officer in (first, second):
            assert officer.certificate and officer.certificate.is_valid_throughout(plan.found_on, TODAY)
            assert officer.name in plan.narrative


def test_plan_facts_are_typed_and_give_the_expected_outcome(plans: tuple[CasePlan, ...]) -> None:
    for plan in plans:
        rules = governing_rules(plan.violation_code, plan.act_date)
        for code, raw in plan.facts_document().items():
            assert parse_fact(rules.vocabulary[code], raw) == plan.facts[code]
        declared = {fact["code"] for fact in plan.declared_facts}
        assert {code for code in plan.facts if code.startswith("x_")} == declared
        if plan.target_stage in (TargetStage.FILING, TargetStage.NOT_FILED, TargetStage.INVESTIGATION):
            continue
        matching = rules.matching(plan.facts)
        assert tuple(one.entry.serial for one in matching) == plan.entry_serials
        assert plan.expected_outcome == (mildest_kind(matching) or Outcome.NORMAL)


def test_plan_facts_fall_into_one_tier_of_the_benchmark(plans: tuple[CasePlan, ...]) -> None:
    checked = 0
    for plan in plans:
        rules = governing_rules(plan.violation_code, plan.act_date)
        if rules.benchmark is None or plan.target_stage.status in (None, "investigation"):
            continue
        for alternatives in [*rules.levels(), tuple(tier.condition for tier in rules.tiers())]:
            if alternatives:
                truths = [evaluate(one, plan.facts, rules.vocabulary).truth for one in alternatives]
                assert truths.count(Truth.TRUE) == 1 and Truth.UNKNOWN not in truths, plan.number
                checked += 1
    assert checked > 150


def test_benchmarks_decide_every_established_plan_within_the_statute(plans: tuple[CasePlan, ...]) -> None:
    decided = 0
    for plan in plans:
        rules = governing_rules(plan.violation_code, plan.act_date)
        if rules.benchmark is None or plan.target_stage.status in (None, "investigation"):
            continue
        recommendation = recommend(rules.benchmark.rules, plan.facts, rules.vocabulary)
        assert recommendation.status is RecommendationStatus.DETERMINED, plan.violation_code
        for option in recommendation.options:
            assert option.no_penalty or option.ranges
            assert not any(one.below_minimum or one.above_maximum for one in option.ranges), (
                plan.violation_code
            )
        decided += 1
    assert decided > 150


def test_departures_give_a_class_and_a_reason(plans: tuple[CasePlan, ...]) -> None:
    departing = [plan for plan in plans if plan.departs]
    assert 10 <= len(departing) <= 80
    assert any(plan.expected_outcome == Outcome.NO_PENALTY for plan in departing)
    assert any(plan.outcome in (Outcome.LIGHTER, Outcome.NO_PENALTY) for plan in departing)
    for plan in plans:
        assert plan.departs == bool(plan.departure_reason) == (plan.departure_class is not None)


def test_texts_a_person_reads_follow_the_house_style() -> None:
    for name in ("exemption_lists.yaml", "benchmarks.yaml", "joint_inspection.yaml", "narratives.yaml"):
        text = str(load_yaml(name))
        assert "！" not in text and "请勿" not in text
