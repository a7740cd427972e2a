"""影响模拟: two versions of a list with 40 matters × 6 entries × 5 conditions over all decided cases, from the store.

End to end from the Parquet files: list read, files opened, both versions evaluated, changes counted. The rival reads the
same facts as JSON text, row by row, and asks the evaluator that explains. It is measured on a sample spread evenly over
all files and scaled to all cases, in turn with the replay of all of them (A B A B, medians); the ids of the sample must
be the same. Targets: at least 30 times as fast, and a draft that touches one of 40 matters in a fifteenth of the time.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cases.replay.engine import PastCases, ReplayFound, ReplayPlan

MATTERS, ENTRIES, YEARS = 40, 6, (2022, 2023, 2024, 2025, 2026)
DEFAULT_CASES = 1_000_000
SAMPLE = 10_000
ROUNDS = 5
TARGET, TARGET_ONE_MATTER = 30, 15
KINDS = ("no_penalty", "no_penalty", "mitigated", "lighter", "lighter", "no_compulsion")
UNKNOWN_SHARE = 20  # one in so many answers is missing
LINE, REGION = "SCJG", "53"
ANSWERS: dict[str, tuple[Any, ...]] = {
    "offence_count": (1, 1, 1, 2, 3),
    "offence_count_12m": (1, 1, 2),
    "punishment_count": (1, 1, 2),
    "harm": ("无", "无明显社会危害", "轻微", "一般", "较重", "严重"),
    "circumstances": ("显著轻微", "轻微", "一般", "严重"),
    "subjective_fault": ("没有主观过错", "过失", "故意"),
    "corrected_timely": (True, True, False),
    "corrected": (True, False),
    "cooperated": (True, True, False),
    "obstructed": (False, False, False, True),
    "coerced_or_deceived": (False, False, True),
    "goods_value": (0, 50_000, 99_999, 100_000, 2_000_000),
    "illegal_gains": (0, 10_000, 500_000),
    "months_since_end": ("0.1", "6", "23.5", "24.01"),
    "high_risk_irreversible": (False, False, True),
}


def run(cases: int = DEFAULT_CASES) -> bool:
    """Print the figures; True when both targets are met."""
    with tempfile.TemporaryDirectory() as folder:
        past, sample = _written(Path(folder), cases)
        figures = measure(past, sample, rounds=ROUNDS)
    print(
        f"replay          {cases:,} cases, {MATTERS} matters × {ENTRIES} entries × 5 conditions, 5 % unknown: "
        f"{figures['all']:.0f} ms; one matter changed: {figures['one']:.1f} ms"
    )
    kept = [
        _line(f"over JSON rows (sample of {len(sample):,}, scaled)", figures["json_ratio"], TARGET),
        _line("one matter over all", figures["one_ratio"], TARGET_ONE_MATTER),
    ]
    return all(kept)


def _line(job: str, ratio: float, target: int) -> bool:
    verdict = "ok" if ratio >= target else "short"
    print(f"replay          {job}: ratio {ratio:.1f}  target {target}  {verdict}")
    return verdict == "ok"


def measure(past: PastCases, sample: list[str], *, rounds: int) -> dict[str, float]:
    """Milliseconds and ratios. Raises AssertionError when the two ways differ in a single case."""
    whole, one = plan_of(range(1, MATTERS + 1)), plan_of([1])
    found = _replayed(whole, past)
    ids = {json.loads(text)["case_id"] for text in sample}
    if set(found.changes["case_id"].to_list()) & ids != set(_row_by_row(whole, sample)):
        raise AssertionError("columns and rows give different cases")
    times: dict[str, list[float]] = {"all": [], "json": [], "one": []}
    size = len(sample) // rounds
    for turn in range(rounds):
        part = sample[turn * size : (turn + 1) * size]
        times["all"].append(_milliseconds(lambda: _replayed(whole, past)))
        spent = _milliseconds(lambda part=part: list(_row_by_row(whole, part)))  # type: ignore[misc]
        times["json"].append(spent / len(part) * found.cases)
        times["one"].append(_milliseconds(lambda: _replayed(one, past)))
    median = {job: statistics.median(spent) for job, spent in times.items()}
    return median | {
        "json_ratio": median["json"] / median["all"],
        "one_ratio": median["all"] / median["one"],
    }


def _milliseconds(job: Any) -> float:
    started = time.perf_counter()
    job()
    return (time.perf_counter() - started) * 1000


def _replayed(plan: ReplayPlan, past: PastCases) -> ReplayFound:
    """The list of files is read each time, and the result counted, as in a run."""
    from dataclasses import replace

    from cases.fact_store.manifest import read_manifest
    from cases.replay.engine import replay
    from cases.replay.tally import result_document

    manifest = read_manifest(past.root)
    if manifest is None:
        raise AssertionError("the store has no list")
    found = replay(plan, replace(past, partitions=manifest.partitions))
    if found.by_row:
        raise AssertionError("the files did not answer everything")
    result_document(found, plan, as_of=manifest.watermark)
    return found


def _row_by_row(plan: ReplayPlan, texts: list[str]) -> Iterator[int]:
    from cases.replay.by_row import changed_case
    from cases.replay.sides import changed_matters

    changed = changed_matters(plan.old, plan.new, plan.matters.values())
    for text in texts:
        row = json.loads(text)
        both = changed.get(row["violation_id"])
        if both is not None and changed_case(both, row["facts"]) is not None:
            yield row["case_id"]


def plan_of(changed: Any) -> ReplayPlan:
    """Both versions, differing in one condition of every entry of the `changed` matters."""
    from cases.replay.engine import ReplayPlan
    from cases.replay.sides import Matter

    matters = {n: Matter(n, f"BENCH-{n:02d}", f"违法行为第{n}种") for n in range(1, MATTERS + 1)}
    touched = frozenset(changed)
    return ReplayPlan(
        old=tuple(_entry(n, place, False) for n in matters for place in range(ENTRIES)),
        new=tuple(_entry(n, place, n in touched) for n in matters for place in range(ENTRIES)),
        line_code=LINE,
        region_code=REGION,
        matters=matters,
    )


def _entry(matter: int, place: int, is_changed: bool) -> Any:
    from cases.replay.sides import ReplayEntry, needed_definitions
    from enforcement.conditions.parse import parse_condition
    from enforcement.conditions.vocabulary import STANDARD

    limit = 50_000 * (1 + (matter + place) % 3) * (2 if is_changed else 1)
    condition = parse_condition(
        {
            "all": [
                {"fact": "offence_count", "op": "le", "value": 1 + place % 2},
                {"fact": "harm", "op": "le", "value": ("无", "轻微", "一般")[(matter + place) % 3]},
                {"fact": "corrected_timely", "op": "eq", "value": True},
                {"any": [{"fact": "goods_value", "op": "le", "value": limit}, _other_ways(place)]},
            ]
        },
        STANDARD,
    )
    return ReplayEntry(
        key=f"{matter}-{place}",
        serial=f"{matter}.{place}",
        title=f"违法行为第{matter}种",
        kind=KINDS[place],
        mandate="may",
        is_general=False,
        violation_id=matter,
        violation_name="",
        position=matter * ENTRIES + place,
        condition=condition,
        definitions=needed_definitions(condition, STANDARD),
    )


def _other_ways(place: int) -> dict[str, Any]:
    return (
        {"not": {"fact": "circumstances", "op": "ge", "value": "严重"}},
        {"fact": "months_since_end", "op": "gt", "value": "24"},
        {"fact": "subjective_fault", "op": "in", "value": ["没有主观过错", "过失"]},
    )[place % 3]


def _written(root: Path, cases: int) -> tuple[PastCases, list[str]]:
    """The store, one file per matter and year as the task writes it, and the sample as JSON texts."""
    from cases.fact_store.keeping import write_partition
    from cases.fact_store.manifest import Manifest, write_manifest
    from cases.replay.engine import PastCases
    from enforcement.conditions.vocabulary import STANDARD

    random = Random(20260101)  # noqa: S311 (made-up cases, the same each time)
    types = {code: definition.type for code, definition in STANDARD.items()}
    watermark = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    size = cases // (MATTERS * len(YEARS))
    every = max(1, cases // SAMPLE)
    partitions, sample, case_id = [], [], 0
    for matter in range(1, MATTERS + 1):
        for year in YEARS:
            rows = _rows(random, matter, year, size, first_id=case_id + 1)
            case_id += size
            partitions.append(write_partition(root, (matter, year), rows, types, at=watermark))
            sample += [_as_json(row) for row in rows if row.case_id % every == 0]
    write_manifest(root, Manifest(watermark, case_id, 0, tuple(partitions)))
    random.shuffle(sample)
    return PastCases(root, tuple(partitions), lambda partition: ()), sample


def _rows(random: Random, matter: int, year: int, size: int, *, first_id: int) -> list[Any]:
    from cases.fact_store.decided import DecidedCase

    columns = [
        [answer if random.randrange(UNKNOWN_SHARE) else None for answer in random.choices(answers, k=size)]
        for answers in ANSWERS.values()
    ]
    regions = [f"53{random.randint(1, 16):02d}{random.randint(1, 9):02d}" for _ in range(size)]
    return [
        DecidedCase(
            case_id=first_id + place,
            violation_id=matter,
            line_code=LINE,
            region_code=regions[place],
            issued_on=dt.date(year, 1 + place % 12, 1 + place % 28),
            outcome="normal",
            facts={code: value for code, value in zip(ANSWERS, facts, strict=True) if value is not None},
        )
        for place, facts in enumerate(zip(*columns, strict=True))
    ]


def _as_json(row: Any) -> str:
    return json.dumps(
        {"case_id": row.case_id, "violation_id": row.violation_id, "facts": dict(row.facts)},
        ensure_ascii=False,
    )
