"""该免未免 and 不该免而免, in pairs around every boundary. Pure: no database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.analysis import ConsideredEntry, LeniencyGrounds, Standing
from cases.analysis.conclusion import SEVERITY
from cases.analysis.statutory import StatutoryFinding, StatutoryOutcome
from cases.entry_uses import StatedReasons, applied_problem, entry_uses
from cases.leniency_alarms import LENIENT, leniency_alarms
from cases.statuses import AlarmKind, EntryStance, Outcome
from tests.cases.test_analysis import FREE, MET, PLAIN, benchmark, entry, run

NOT_SPARED, WRONGLY = AlarmKind.NOT_SPARED, AlarmKind.WRONGLY_SPARED
NO_PENALTY, LIGHTER, MITIGATED, NORMAL = (
    Outcome.NO_PENALTY,
    Outcome.LIGHTER,
    Outcome.MITIGATED,
    Outcome.NORMAL,
)
REASONS = StatedReasons("law", "该条所列情形与本案证据反映的情节不一致，不宜适用。")


def considered(number: int = 17, **changes: Any) -> ConsideredEntry:
    fields: dict[str, Any] = {
        "entry_id": number,
        "version_id": 7,
        "label": f"《减免责清单》第2版第{number}条",
        "path": f"/public/lists/yn/v2/{number}/",
        "outcome": NO_PENALTY,
        "is_binding": False,
        "standing": Standing.MET,
        "because": "初次违法",
        **changes,
    }
    return ConsideredEntry(**fields)


def grounds(*entries: ConsideredEntry, **more: Any) -> LeniencyGrounds:
    return LeniencyGrounds(entries, **more)


def kinds(outcome: Outcome, found: LeniencyGrounds) -> list[AlarmKind]:
    return [alarm.kind for alarm in leniency_alarms(outcome, found)]


def statute(outcome: StatutoryOutcome, **more: Any) -> StatutoryFinding:
    return StatutoryFinding(outcome, ("初次违法且危害后果轻微并及时改正（第三十三条第一款）",), **more)


# --- 该免未免 -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("is_binding", [True, False])
@pytest.mark.parametrize(
    ("gives", "proposed", "raised"),
    [
        (NO_PENALTY, NO_PENALTY, False),
        (NO_PENALTY, MITIGATED, True),
        (MITIGATED, MITIGATED, False),
        (MITIGATED, LIGHTER, True),
        (LIGHTER, LIGHTER, False),
        (LIGHTER, NORMAL, True),
        (LIGHTER, NO_PENALTY, False),
    ],
)
def test_an_entry_that_is_met_and_something_heavier_is_proposed(
    gives: Outcome, proposed: Outcome, raised: bool, is_binding: bool
) -> None:
    found = grounds(considered(outcome=gives, is_binding=is_binding))
    assert (NOT_SPARED in kinds(proposed, found)) is raised


@pytest.mark.parametrize("standing", [Standing.NOT_MET, Standing.OPEN, Standing.EXCLUDED])
def test_an_entry_that_is_not_met_demands_nothing(standing: Standing) -> None:
    assert kinds(NORMAL, grounds(considered(standing=standing, is_binding=True))) == []


def test_the_binding_entry_is_named_first_and_every_other_one_beside_it() -> None:
    [alarm] = leniency_alarms(NORMAL, grounds(considered(17), considered(18, is_binding=True)))
    assert alarm.entry_id == 18
    assert "第18条（应当不予处罚）" in alarm.explanation
    assert "第17条（可以不予处罚）" in alarm.explanation


@pytest.mark.parametrize(
    ("says", "policy_clear", "proposed", "raised"),
    [
        (StatutoryOutcome.MUST_NOT_PENALISE, False, LIGHTER, True),
        (StatutoryOutcome.MUST_NOT_PENALISE, False, NO_PENALTY, False),
        (StatutoryOutcome.MAY_NOT_PENALISE, True, LIGHTER, True),
        (StatutoryOutcome.MAY_NOT_PENALISE, True, NO_PENALTY, False),
        (StatutoryOutcome.MAY_NOT_PENALISE, False, NORMAL, False),
        (StatutoryOutcome.MUST_LIGHTER_OR_MITIGATE, False, NORMAL, True),
        (StatutoryOutcome.MUST_LIGHTER_OR_MITIGATE, False, LIGHTER, False),
        (StatutoryOutcome.MAY_LIGHTER_OR_MITIGATE, True, NORMAL, False),
        (StatutoryOutcome.UNDECIDED, True, NORMAL, False),
        (StatutoryOutcome.NORMAL, True, NORMAL, False),
    ],
)
def test_the_statute_alone(
    says: StatutoryOutcome, policy_clear: bool, proposed: Outcome, raised: bool
) -> None:
    found = grounds(statute=statute(says), policy_clear=policy_clear)
    assert kinds(proposed, found) == ([NOT_SPARED] if raised else [])


def test_a_reduction_that_is_due_whatever_is_still_open() -> None:
    found = grounds(statute=statute(StatutoryOutcome.UNDECIDED, must_soften=True))
    assert kinds(NORMAL, found) == [NOT_SPARED]
    assert kinds(LIGHTER, found) == []
    assert kinds(NO_PENALTY, found) == [WRONGLY]


# --- 不该免而免 -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("proposed", sorted(LENIENT))
@pytest.mark.parametrize("standing", [Standing.NOT_MET, Standing.OPEN, Standing.EXCLUDED])
def test_leniency_that_no_entry_gives(standing: Standing, proposed: Outcome) -> None:
    against = considered(standing=standing, because="尚未查明：改正时间")
    [alarm] = leniency_alarms(proposed, grounds(against))
    assert (alarm.kind, alarm.entry_id) == (WRONGLY, 17)
    assert "尚未查明：改正时间" in alarm.explanation


@pytest.mark.parametrize("proposed", [NORMAL, Outcome.HEAVIER])
def test_no_leniency_needs_no_ground(proposed: Outcome) -> None:
    assert kinds(proposed, grounds()) == []


@pytest.mark.parametrize(
    ("tiers", "proposed", "raised"),
    [
        ((LIGHTER,), LIGHTER, False),
        ((LIGHTER,), MITIGATED, True),
        ((MITIGATED,), MITIGATED, False),
        ((NORMAL,), LIGHTER, True),
        ((NORMAL, LIGHTER), LIGHTER, False),
        ((NO_PENALTY,), NO_PENALTY, False),
        ((), LIGHTER, True),
    ],
)
def test_a_tier_supports_its_own_degree(tiers: tuple[Outcome, ...], proposed: Outcome, raised: bool) -> None:
    assert kinds(proposed, grounds(tiers=tiers)) == ([WRONGLY] if raised else [])


@pytest.mark.parametrize(
    ("says", "policy_clear", "proposed", "raised"),
    [
        (StatutoryOutcome.MUST_NOT_PENALISE, False, NO_PENALTY, False),
        (StatutoryOutcome.MAY_NOT_PENALISE, True, NO_PENALTY, False),
        (StatutoryOutcome.MAY_NOT_PENALISE, False, NO_PENALTY, True),
        (StatutoryOutcome.MAY_LIGHTER_OR_MITIGATE, False, MITIGATED, False),
        (StatutoryOutcome.MAY_LIGHTER_OR_MITIGATE, False, NO_PENALTY, True),
        (StatutoryOutcome.UNDECIDED, True, LIGHTER, True),
    ],
)
def test_the_statute_supports_what_it_gives(
    says: StatutoryOutcome, policy_clear: bool, proposed: Outcome, raised: bool
) -> None:
    found = grounds(statute=statute(says), policy_clear=policy_clear)
    assert (WRONGLY in kinds(proposed, found)) is raised


def test_an_exclusion_is_named_before_what_is_only_unknown() -> None:
    found = grounds(
        considered(17, standing=Standing.OPEN, because="尚未查明：改正时间"),
        considered(18, standing=Standing.EXCLUDED, because="存在排除情形：拒不改正"),
    )
    [alarm] = leniency_alarms(NO_PENALTY, found)
    assert alarm.entry_id == 18


# --- From the facts of a case ---------------------------------------------------------------------------------------
SERIOUS = {"high_risk_irreversible": True, "emergency_price_gouging": False}


@pytest.mark.parametrize(
    ("mandate", "answers", "normal", "spared"),
    [
        ("may", FREE, [NOT_SPARED], []),
        ("may", SERIOUS, [], [WRONGLY]),
        ("may", {}, [], [WRONGLY]),
        ("must", FREE, [NOT_SPARED], []),
        ("must", SERIOUS, [NOT_SPARED], []),
        ("must", {}, [NOT_SPARED], []),
    ],
)
def test_key_exclusions_switch_off_only_what_is_optional(
    mandate: str, answers: dict[str, bool], normal: list[AlarmKind], spared: list[AlarmKind]
) -> None:
    tree = {"fact": "goods_value", "op": "lt", "value": 100000}
    facts = {**PLAIN, **answers, "goods_value": 99999}
    found = run(facts, entry(17, mandate=mandate, tree=tree)).grounds
    assert kinds(NORMAL, found) == normal
    assert kinds(NO_PENALTY, found) == spared


@pytest.mark.parametrize(("fen", "raised"), [(99999, [NOT_SPARED]), (100000, [])])
def test_the_boundary_of_a_condition_is_the_boundary_of_the_alarm(fen: int, raised: list[AlarmKind]) -> None:
    tree = {"fact": "goods_value", "op": "lt", "value": 100000}
    found = run({**PLAIN, **FREE, "goods_value": fen}, entry(17, tree=tree)).grounds
    assert kinds(NORMAL, found) == raised


FACTS = st.fixed_dictionaries(
    {},
    optional={
        "offence_count": st.integers(1, 3),
        "harm": st.sampled_from(["无", "轻微", "一般"]),
        "circumstances": st.sampled_from(["轻微", "一般"]),
        "corrected_timely": st.booleans(),
        "goods_value": st.integers(0, 600000),
        "high_risk_irreversible": st.booleans(),
        "emergency_price_gouging": st.booleans(),
        "meritorious": st.booleans(),
        "subjective_fault": st.sampled_from(["没有主观过错", "过失"]),
    },
)


@settings(max_examples=300, deadline=None)
@given(facts=FACTS, mandate=st.sampled_from(["must", "may"]), kind=st.sampled_from(["no_penalty", "lighter"]))
def test_whoever_follows_the_advice_is_never_alarmed(facts: dict[str, Any], mandate: str, kind: str) -> None:
    found = run(facts, entry(17, mandate=mandate, kind=kind), entry(18), standard=benchmark())
    if found.outcome is not None:
        assert kinds(found.outcome, found.grounds) == []


ENTRIES = st.lists(
    st.builds(
        considered,
        st.integers(1, 4),
        outcome=st.sampled_from([NO_PENALTY, MITIGATED, LIGHTER]),
        is_binding=st.booleans(),
        standing=st.sampled_from(list(Standing)),
    ),
    max_size=4,
    unique_by=lambda one: one.entry_id,
)


@settings(max_examples=300, deadline=None)
@given(entries=ENTRIES, outcome=st.sampled_from(list(Outcome)))
def test_a_heavier_proposal_never_loses_an_alarm_of_omission(
    entries: list[ConsideredEntry], outcome: Outcome
) -> None:
    found = grounds(*entries)
    heavier = [one for one in Outcome if SEVERITY[one] >= SEVERITY[outcome]]
    if NOT_SPARED in kinds(outcome, found):
        assert all(NOT_SPARED in kinds(one, found) for one in heavier)
    if WRONGLY not in kinds(outcome, found):
        assert all(WRONGLY not in kinds(one, found) for one in heavier)


# --- What becomes of each entry -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("gives", "proposed", "stance"),
    [
        (NO_PENALTY, NO_PENALTY, EntryStance.YIELDED),
        (NO_PENALTY, LIGHTER, EntryStance.REFUSED),
        (LIGHTER, LIGHTER, EntryStance.YIELDED),
        (LIGHTER, NORMAL, EntryStance.REFUSED),
        (LIGHTER, NO_PENALTY, EntryStance.YIELDED),
    ],
)
def test_a_met_entry_gives_way_only_to_something_as_lenient(
    gives: Outcome, proposed: Outcome, stance: EntryStance
) -> None:
    found = grounds(considered(outcome=gives))
    [use] = entry_uses(outcome=proposed, grounds=found, applied_id=None)
    assert use.stance is stance


@pytest.mark.parametrize(
    ("standing", "stance"),
    [
        (Standing.NOT_MET, EntryStance.NOT_MET),
        (Standing.OPEN, EntryStance.OPEN),
        (Standing.EXCLUDED, EntryStance.EXCLUDED),
    ],
)
def test_an_entry_that_is_not_met_is_kept_with_why(standing: Standing, stance: EntryStance) -> None:
    [use] = entry_uses(outcome=NORMAL, grounds=grounds(considered(standing=standing)), applied_id=None)
    assert (use.stance, use.stated) == (stance, StatedReasons())


def test_the_reasons_of_a_departure_are_those_of_the_advised_entry() -> None:
    found = grounds(considered(17), considered(18))
    first, second = entry_uses(
        outcome=NORMAL, grounds=found, applied_id=None, advised_id=17, departure=REASONS
    )
    assert (first.stated, second.stated) == (REASONS, StatedReasons())
    own = replace(REASONS, reason_class="facts")
    first, _ = entry_uses(
        outcome=NORMAL, grounds=found, applied_id=None, advised_id=17, departure=REASONS, stated={17: own}
    )
    assert first.stated == own


@pytest.mark.parametrize(
    ("applied", "standing", "outcome", "words"),
    [
        (None, Standing.MET, LIGHTER, ""),
        (17, Standing.MET, NO_PENALTY, ""),
        (17, Standing.MET, LIGHTER, "与拟作的“从轻处罚”不同"),
        (17, Standing.OPEN, NO_PENALTY, "不符合本案已查明的事实"),
        (99, Standing.MET, NO_PENALTY, "不符合本案已查明的事实"),
    ],
)
def test_a_departure_rests_only_on_an_entry_that_is_met(
    applied: int | None, standing: Standing, outcome: Outcome, words: str
) -> None:
    found = grounds(considered(standing=standing))
    assert words in applied_problem(outcome=outcome, grounds=found, applied_id=applied)
    assert bool(words) is bool(applied_problem(outcome=outcome, grounds=found, applied_id=applied))


def test_what_decided_is_kept_beside_each_entry() -> None:
    found = run({**MET, "offence_count": 2}, entry(17), entry(18, mandate="must", exclusions=["拒不改正"]))
    by_id = {one.entry_id: one for one in found.grounds.entries}
    assert by_id[17].standing is Standing.NOT_MET
    assert by_id[17].because.startswith("不满足：")
    met = run(MET, entry(17)).grounds.entries[0]
    assert (met.standing, met.because) == (Standing.MET, "初次违法")
