"""The trail: who may read which chains, every filter on both sides, pages by key."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from enforcement.actors import Actor, Role, ScopeGrant, actor_for
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import PROVINCE_CHAIN, append_entry
from enforcement.ledger.context import ActContext, acting_in
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Line
from enforcement.selectors.trail import PAGE_SIZE, TrailFilter, chains_for, entries_about, trail
from tests.cast import CITY, MARKET, PROVINCE, Cast, make_account, raise_cast
from tests.tampering import change_behind_triggers

pytestmark = pytest.mark.django_db

CITY_CHAIN, NEIGHBOUR_CHAIN = "5301-market", "5303-market"


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def auditor(region_code: str, line_code: str | None) -> Actor:
    grant = ScopeGrant(role=Role.AUDIT_ADMIN, region_code=region_code, line_code=line_code)
    return Actor(account_id=900, name="审计人", grants=(grant,))


def add(
    chain: str,
    *,
    actor: Actor,
    action: LedgerAction = LedgerAction.VERSION_EDITED,
    subject: Any = None,
    request_id: str = "",
) -> LedgerEntry:
    with acting_in(ActContext(request_id=request_id)), transaction.atomic():
        return append_entry(
            chain=chain,
            action=action,
            subject=subject or Line(code="x"),
            subject_label="某清单",
            actor=actor,
            payload={"what": "改了第 3 条"},
        )


def chains_seen(actor: Actor) -> set[str]:
    return {line.entry.chain for line in trail(actor=actor, narrowed=TrailFilter()).lines}


class TestWhoReads:
    @pytest.fixture(autouse=True)
    def entries(self, cast: Cast) -> None:
        for chain in (CITY_CHAIN, NEIGHBOUR_CHAIN, "5301-ecology", PROVINCE_CHAIN, "merged-away"):
            add(chain, actor=cast.actor("compiler"))

    @pytest.mark.parametrize(
        ("region_code", "line_code", "seen"),
        [
            (CITY, MARKET, {CITY_CHAIN}),
            (CITY, None, {CITY_CHAIN, "5301-ecology"}),
            (PROVINCE, MARKET, {CITY_CHAIN, NEIGHBOUR_CHAIN}),
            (
                PROVINCE,
                None,
                {CITY_CHAIN, NEIGHBOUR_CHAIN, "5301-ecology", PROVINCE_CHAIN, "merged-away"},
            ),
        ],
    )
    def test_an_auditor_reads_the_chains_within_the_grant(
        self, region_code: str, line_code: str | None, seen: set[str]
    ) -> None:
        assert chains_seen(auditor(region_code, line_code)) == seen

    @pytest.mark.parametrize("name", ["compiler", "supervisor", "approver", "all_duties"])
    def test_no_other_duty_reads_it(self, cast: Cast, name: str) -> None:
        assert chains_seen(cast.actor(name)) == set()

    @pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN])
    def test_neither_do_the_other_administrators(self, cast: Cast, role: Role) -> None:
        account = make_account("admin", "管理人", cast.city_market, role, line_code="")
        assert chains_seen(actor_for(account)) == set()

    def test_the_filter_offers_only_those_chains(self, cast: Cast) -> None:
        assert [code for code, _ in chains_for(actor=auditor(CITY, MARKET))] == [
            CITY_CHAIN,
            "530102-market",
        ]
        assert chains_for(actor=auditor(PROVINCE, None))[0] == (PROVINCE_CHAIN, "全省")
        assert chains_for(actor=cast.actor("compiler")) == []


class TestFilters:
    @pytest.fixture(autouse=True)
    def entries(self, cast: Cast) -> None:
        compiler, reviewer = cast.actor("compiler"), cast.actor("reviewer")
        add(CITY_CHAIN, actor=compiler, request_id="ABCD2345")
        add(NEIGHBOUR_CHAIN, actor=reviewer, action=LedgerAction.VERSION_REVIEWED, subject=Line(code="y"))

    def found(self, **narrowed: Any) -> list[str]:
        page = trail(actor=auditor(PROVINCE, None), narrowed=TrailFilter(**narrowed))
        return [line.entry.chain for line in page.lines]

    def test_without_a_filter_newest_first(self) -> None:
        assert self.found() == [NEIGHBOUR_CHAIN, CITY_CHAIN]

    def test_by_action_subject_chain_request_and_person(self, cast: Cast) -> None:
        for narrowed in (
            {"action": "version_edited"},
            {"subject_type": "Line", "subject_id": "x"},
            {"chain": CITY_CHAIN},
            {"request_id": " abcd2345 "},
            {"actor_id": cast.compiler.pk},
            {"actor_name": "编制人"},
        ):
            assert self.found(**narrowed) == [CITY_CHAIN], narrowed
        assert self.found(action="no_such_action") == []

    def test_days_are_beijing_days_and_both_ends_belong(self) -> None:
        late_evening, next_morning = "2026-03-01 23:59:59+08", "2026-03-02 00:00:00+08"
        for chain, moment in ((CITY_CHAIN, late_evening), (NEIGHBOUR_CHAIN, next_morning)):
            change_behind_triggers(
                "enforcement_ledgerentry",
                "UPDATE enforcement_ledgerentry SET occurred_at = %s WHERE chain = %s",
                [moment, chain],
            )
        first, second = dt.date(2026, 3, 1), dt.date(2026, 3, 2)
        assert self.found(since=first, until=first) == [CITY_CHAIN]
        assert self.found(since=second, until=second) == [NEIGHBOUR_CHAIN]
        assert self.found(since=second) == [NEIGHBOUR_CHAIN]
        assert self.found(until=first) == [CITY_CHAIN]


class TestPages:
    def test_every_entry_once_over_all_pages_even_within_one_instant(
        self, cast: Cast, django_assert_num_queries: Any
    ) -> None:
        compiler = cast.actor("compiler")
        total = 2 * PAGE_SIZE + 3
        for _ in range(total):
            add(CITY_CHAIN, actor=compiler)
        change_behind_triggers(
            "enforcement_ledgerentry", "UPDATE enforcement_ledgerentry SET occurred_at = now()"
        )
        seen, cursor, pages = [], "", 0
        while True:
            with django_assert_num_queries(1):
                page = trail(actor=auditor(PROVINCE, None), narrowed=TrailFilter(), cursor=cursor)
            seen += [line.entry.sequence for line in page.lines]
            pages, cursor = pages + 1, page.next_cursor
            if not cursor:
                break
        assert (pages, len(seen), sorted(seen)) == (3, total, list(range(1, total + 1)))

    @pytest.mark.parametrize("cursor", ["x", "1_", "_1", "9" * 40 + "_1", "1_x"])
    def test_a_strange_cursor_starts_at_the_top(self, cast: Cast, cursor: str) -> None:
        add(CITY_CHAIN, actor=cast.actor("compiler"))
        page = trail(actor=auditor(PROVINCE, None), narrowed=TrailFilter(), cursor=cursor)
        assert len(page.lines) == 1

    def test_a_line_is_a_sentence(self, cast: Cast) -> None:
        add(CITY_CHAIN, actor=cast.actor("compiler"))
        (line,) = trail(actor=auditor(PROVINCE, None), narrowed=TrailFilter()).lines
        assert line.sentence == "编制人甲修改草稿：某清单，改了第 3 条。"


class TestEntriesAboutOneRow:
    def test_only_about_that_row_and_only_from_chains_within_reach(self, cast: Cast) -> None:
        market, ecology = Line.objects.get(code=MARKET), Line.objects.get(code="ecology")
        add(CITY_CHAIN, actor=cast.actor("compiler"), subject=market)
        add(NEIGHBOUR_CHAIN, actor=cast.actor("neighbour"), subject=market)
        add(CITY_CHAIN, actor=cast.actor("compiler"), subject=ecology)
        by = {
            name: [line.entry.chain for line in entries_about(actor=cast.actor(name), subject=market)]
            for name in ("compiler", "neighbour", "supervisor", "ecology_compiler")
        }
        assert by == {
            "compiler": [CITY_CHAIN],
            "neighbour": [NEIGHBOUR_CHAIN],
            "supervisor": [NEIGHBOUR_CHAIN, CITY_CHAIN],
            "ecology_compiler": [],
        }
        audited = entries_about(actor=auditor(PROVINCE, None), subject=market)
        assert [line.entry.chain for line in audited] == [NEIGHBOUR_CHAIN, CITY_CHAIN]
