"""The draws behind a case plan: violation, agency, party, stage, dates, departures. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from cases.statuses import CaseStatus, DepartureClass, Outcome
from enforcement.region_codes import AdministrativeLevel
from supervision.demo.agencies import AgencySeed, read_agencies
from supervision.demo.case_facts import NO_COMPULSION, ChosenFacts
from supervision.demo.legal_content import ViolationSeed, read_violations
from supervision.demo.parties import PERSON_TRADE, demo_parties


class TargetStage(StrEnum):
    """How far a demonstration case has come; `status` is the stage of the procedure it stands in."""

    FILING = "filing"
    INVESTIGATION = "investigation"
    APPROVAL = "approval"
    NOTICE = "notice"
    DECISION = "decision"
    DELIVERY = "delivery"
    EXECUTION = "execution"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    NOT_FILED = "not_filed"

    @property
    def status(self) -> CaseStatus | None:
        """None when no case was opened (不予立案)."""
        if self is TargetStage.NOT_FILED:
            return None
        return CaseStatus.INVESTIGATION if self is TargetStage.FILING else CaseStatus(self.value)

    @property
    def label(self) -> str:
        return STAGE_LABELS[self]


STAGE_LABELS = {
    TargetStage.FILING: "立案",
    TargetStage.INVESTIGATION: "调查取证",
    TargetStage.APPROVAL: "审核",
    TargetStage.NOTICE: "告知",
    TargetStage.DECISION: "决定",
    TargetStage.DELIVERY: "送达",
    TargetStage.EXECUTION: "执行",
    TargetStage.CLOSED: "结案",
    TargetStage.WITHDRAWN: "撤案",
    TargetStage.NOT_FILED: "不予立案",
}
# Shortest and longest stay before the next stage, in days.
STAGE_STAYS: dict[TargetStage, tuple[int, int]] = {
    TargetStage.FILING: (1, 2),
    TargetStage.INVESTIGATION: (8, 30),
    TargetStage.APPROVAL: (2, 5),
    TargetStage.NOTICE: (7, 12),
    TargetStage.DECISION: (2, 5),
    TargetStage.DELIVERY: (1, 7),
    TargetStage.EXECUTION: (5, 15),
}
PENALTY_PATH = (
    TargetStage.FILING, TargetStage.INVESTIGATION, TargetStage.APPROVAL, TargetStage.NOTICE,
    TargetStage.DECISION, TargetStage.DELIVERY, TargetStage.EXECUTION, TargetStage.CLOSED,
)  # fmt: skip
NO_PENALTY_SKIPS = frozenset({TargetStage.NOTICE, TargetStage.EXECUTION})
SURELY_ENDED_DAYS = 100
LINE_SHARES = {"SCJG": 42, "STHJ": 20, "JTYS": 15, "CSGL": 20, "YJGL": 3}
LEVEL_SHARES = {
    AdministrativeLevel.PROVINCE: 1,
    AdministrativeLevel.PREFECTURE: 3,
    AdministrativeLevel.COUNTY: 6,
    AdministrativeLevel.TOWNSHIP: 3,
}
KIND_SHARES: dict[str | None, int] = {
    "no_penalty": 34,
    "mitigated": 12,
    "lighter": 12,
    NO_COMPULSION: 5,
    None: 42,
}
DEPARTURE_SHARE = 7
BUSY_AGENCY, BUSY = "WH-SCJG", 5

BUSINESS = ("餐饮", "食品零售", "商场", "制造", "维修")
TRADES_BY_VIOLATION: dict[str, tuple[str, ...]] = {
    "SCJG-004": ("餐饮",), "SCJG-005": ("餐饮",), "SCJG-020": ("餐饮",),
    "SCJG-008": ("食品零售", "餐饮", "商场"), "SCJG-009": ("餐饮",),
    "SCJG-010": ("广告", "电商", "商场"), "SCJG-011": ("广告", "电商", "商场"),
    "SCJG-012": ("广告", "商场"), "SCJG-013": ("广告",),
    "SCJG-014": BUSINESS, "SCJG-015": BUSINESS, "SCJG-016": BUSINESS, "SCJG-017": ("电商",),
    "SCJG-018": ("商场", "制造"), "SCJG-019": ("商场", "制造"), "SCJG": ("食品零售", "餐饮"),
    "STHJ-001": ("制造", "建材", "养殖"), "STHJ-009": ("建材",), "STHJ-017": ("养殖",), "STHJ": ("制造", "建材"),
    "JTYS-002": ("客运", PERSON_TRADE), "JTYS-005": ("客运",), "JTYS-006": ("维修",),
    "JTYS-010": ("施工",), "JTYS-011": ("建材", "施工"), "JTYS": ("货运",),
    "CSGL-003": ("货运", "建材"), "CSGL-004": ("餐饮",), "CSGL-005": ("餐饮",), "CSGL-006": ("餐饮",),
    "CSGL-007": (PERSON_TRADE,), "CSGL-008": (PERSON_TRADE,), "CSGL-009": ("商场",), "CSGL-010": ("施工",),
    "CSGL-011": (PERSON_TRADE,), "CSGL-012": ("施工",), "CSGL": ("餐饮", "商场", "建材"),
    "YJGL": ("制造", "施工"),
}  # fmt: skip

STRICTER_REASONS = (
    (
        DepartureClass.FACTS,
        "当事人在立案后又有投诉反映同类问题，经核查属实，初次违法的认定需要从严，拟给予处罚。",
    ),
    (DepartureClass.LAW, "清单条款为“可以不予处罚”，本案涉及校园周边，综合考虑后不适用。"),
    (DepartureClass.OTHER, "按惯例处理。"),
)
MILDER_REASONS = (
    (DepartureClass.DISCUSSION, "经集体讨论，当事人经营规模很小、家庭困难且已全部改正，按基准处理明显过重。"),
    (DepartureClass.BENCHMARK_UNFAIR, "涉案数量处于本档下端，按本档处罚与危害后果不相称，拟从轻。"),
    (DepartureClass.FACTS, "补充调查发现当事人在检查前已联系召回，情节轻于系统记录。"),
)


@dataclass(frozen=True, slots=True)
class Departure:
    """The outcome chosen; class and reason are empty when it follows the analysis."""

    outcome: Outcome
    departure_class: DepartureClass | None = None
    reason: str = ""


def choose_violation(index: int, act_date: dt.date, random: Random) -> ViolationSeed:
    """Every violation once in turn, then by line and frequency; always one that covers the day of the act."""
    everyone = read_violations()
    turn = everyone[index % len(everyone)]
    if index < len(everyone) and turn.covers(act_date):
        return turn
    line = random.choices(list(LINE_SHARES), weights=list(LINE_SHARES.values()))[0]
    covering = [one for one in everyone if one.line_code == line and one.covers(act_date)]
    return random.choices(covering, weights=[4 if one.is_high_frequency else 1 for one in covering])[0]


def choose_agency(line_code: str, random: Random) -> AgencySeed:
    """Mostly counties; the agency of the demonstration accounts gets a full desk."""
    agencies = [one for one in read_agencies() if one.line_code == line_code]
    weights = [LEVEL_SHARES[one.level] * (BUSY if one.code == BUSY_AGENCY else 1) for one in agencies]
    return random.choices(agencies, weights=weights)[0]


def choose_party(violation_code: str, agency: AgencySeed, random: Random) -> int:
    """Index of a party of a fitting trade in the agency's area; of any business there when there is none."""
    line = violation_code.partition("-")[0]
    trades = TRADES_BY_VIOLATION.get(violation_code, TRADES_BY_VIOLATION[line])
    area = agency.region_code[:6]
    local = [(index, one) for index, one in enumerate(demo_parties()) if one.region_code.startswith(area)]
    fitting = [index for index, one in local if one.trade in trades]
    return random.choice(fitting or [index for index, one in local if one.trade != PERSON_TRADE])


def wanted_kinds(index: int, available: frozenset[str], random: Random) -> Iterator[str | None]:
    """Kinds of leniency to try, the drawn one first; an ordinary penalty (None) is always possible in the end."""
    shares = {kind: share for kind, share in KIND_SHARES.items() if kind is None or kind in available}
    yield random.choices(list(shares), weights=list(shares.values()))[0]
    yield None


def choose_departure(index: int, expected: Outcome, chosen: ChosenFacts, random: Random) -> Departure:
    """Mostly what the rules give; in a few cases the officer decided otherwise and said why."""
    if random.randint(1, 100) > DEPARTURE_SHARE:
        heavy = expected == Outcome.NORMAL and chosen.facts.get("harm") == "较重" and index % 2 == 0
        return (
            Departure(Outcome.HEAVIER, DepartureClass.FACTS, "危害后果较重，依法从重。")
            if heavy
            else Departure(expected)
        )
    if expected in (Outcome.NO_PENALTY, Outcome.MITIGATED):
        return Departure(Outcome.NORMAL, *random.choice(STRICTER_REASONS))
    milder = Outcome.NO_PENALTY if expected == Outcome.LIGHTER else Outcome.LIGHTER
    return Departure(milder, *random.choice(MILDER_REASONS))


def path_of(outcome: Outcome) -> tuple[TargetStage, ...]:
    """Stages in order; without a penalty there is neither prior notice of one nor execution."""
    if outcome != Outcome.NO_PENALTY:
        return PENALTY_PATH
    return tuple(stage for stage in PENALTY_PATH if stage not in NO_PENALTY_SKIPS)


def choose_stage(
    index: int, opened_on: dt.date, today: dt.date, outcome: Outcome, random: Random
) -> TargetStage:
    """Old cases have ended; recent ones stand where the days since opening can have brought them."""
    if index % 40 == 7:
        return TargetStage.NOT_FILED
    if index % 50 == 11:
        return TargetStage.WITHDRAWN
    elapsed = (today - opened_on).days
    if elapsed > SURELY_ENDED_DAYS:
        return TargetStage.CLOSED
    reached, spent = [], 0
    for stage in path_of(outcome):
        if spent <= elapsed:
            reached.append(stage)
        spent += STAGE_STAYS.get(stage, (0, 0))[0]
    return random.choice(reached[-3:])


def stage_dates(
    stage: TargetStage, opened_on: dt.date, today: dt.date, outcome: Outcome, random: Random
) -> tuple[tuple[TargetStage, dt.date], ...]:
    """The day each stage began, rising and never after `today`."""
    if stage is TargetStage.NOT_FILED:
        return ((stage, opened_on),)
    path = path_of(outcome)
    reached = path[:2] if stage is TargetStage.WITHDRAWN else path[: path.index(stage) + 1]
    dates, day = [], opened_on
    room = (today - opened_on).days
    for one in reached:
        dates.append((one, day))
        shortest, longest = STAGE_STAYS.get(one, (0, 0))
        needed = sum(STAGE_STAYS.get(later, (0, 0))[0] for later in reached[len(dates) : -1])
        spare = max(shortest, min(longest, room - (day - opened_on).days - needed))
        day = min(day + dt.timedelta(days=random.randint(shortest, spare)), today)
    if stage is TargetStage.WITHDRAWN:
        dates.append((stage, day))
    return tuple(dates)
