"""The public search over many entries: pairs of characters with a comparison, against the plain comparison alone.

300,000 generated entries of one published version. A word that few entries hold: at a million entries the index's answer
must come at least 300 times faster than LIKE without an index, which reads every entry; so 90 times here. A word that most
hold must not be slower than LIKE. Rounds are interleaved,
the two answers compared by count before times count.
"""

from __future__ import annotations

import statistics
import time
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enforcement.models import RuleVersion

ROWS = 300_000
ROUNDS = 5
TARGET = 90
RARE, COMMON = "犀牛角杯", "违法行为"
SIGNS = "占道经营未按规定取得许可擅自设置广告噪声排放污水垃圾分类食品标签价格登记变更检验"


def run() -> bool:
    """Print the figures; True when both limits are kept."""
    from django.db import connection

    version = _version()
    _fill(version)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE enforcement_searchrow")
        cursor.execute("SET jit = off")
    rare, common = _ratio(RARE), _ratio(COMMON)
    kept = rare >= TARGET and common >= 1
    print(f"public_search   {ROWS:,} entries, first 100 results, medians of {ROUNDS} interleaved rounds")
    print(
        f"public_search   rare word      LIKE over ours {rare:8.1f}  target {TARGET}  {_verdict(rare >= TARGET)}"
    )
    print(f"public_search   common word    LIKE over ours {common:8.1f}  target 1    {_verdict(common >= 1)}")
    return kept


def _verdict(kept: bool) -> str:
    return "ok" if kept else "short"


def _version() -> RuleVersion:
    from tests.builders import publish_list
    from tests.cast import raise_cast

    return publish_list(raise_cast())


def _fill(version: RuleVersion) -> None:
    from enforcement.models import SearchRow
    from enforcement.search.text import pairs_of

    random = Random(7)  # noqa: S311 (made-up entries, the same each time)
    batch = []
    for number in range(ROWS):
        text = "".join(random.choices(SIGNS, k=24)) + COMMON + ("" if number % (ROWS // 3) else RARE)
        batch.append(
            SearchRow(
                version=version,
                position=number + 10,
                entry_slug=f"b{number}",
                title=text,
                plain_title=text,
                searched=text,
                pairs=pairs_of(text),
            )
        )
        if len(batch) == 5000:
            SearchRow.objects.bulk_create(batch)
            batch = []


def _ratio(word: str) -> float:
    """How many times longer the plain comparison takes; the first 100 of each are the same entries."""
    from django.db.models import Case, IntegerField, Value, When

    from enforcement.models import SearchRow
    from enforcement.search.text import pairs_of

    # As the page asks: exact names first, so that every match is looked at.
    rank = Case(When(plain_title=word, then=Value(0)), default=Value(1), output_field=IntegerField())
    plain = (
        SearchRow.objects.filter(searched__contains=word)
        .annotate(rank=rank)
        .order_by("rank", "version_id", "position")
        .values_list("pk", flat=True)
    )
    ours = plain.filter(pairs__contains=pairs_of(word))
    if word == RARE and set(plain) != set(ours):
        raise AssertionError("the two ways find different entries")
    times: dict[str, list[float]] = {"plain": [], "ours": []}
    for _ in range(ROUNDS):
        for name, rows in (("plain", plain), ("ours", ours)):
            begun = time.perf_counter()
            found = len(rows.all()[:100])
            times[name].append(time.perf_counter() - begun)
            if not found:
                raise AssertionError("nothing was found")
    return statistics.median(times["plain"]) / statistics.median(times["ours"])
