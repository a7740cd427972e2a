"""What the checks find blocks legal review and publication, or stays with the published version."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from enforcement.actors import Role, actor_for
from enforcement.errors import InvalidInput
from enforcement.models import Law
from enforcement.services.publish_version import submit_version
from exemption_lists.content import BODY
from exemption_lists.models import ListEntry
from tests.builders import PRICE_TAG, SPRING, draft_list, entry_fields, publish, publish_list
from tests.cast import Cast, make_account, raise_cast

pytestmark = pytest.mark.django_db
PRICE_LAW = "中华人民共和国价格法"


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def twice() -> tuple[object, ...]:
    return entry_fields(), entry_fields(serial="2")


def test_an_error_blocks_submission_and_leads_to_the_entry(cast: Cast) -> None:
    draft = draft_list(cast, entries=twice())
    with pytest.raises(InvalidInput) as refused:
        submit_version(actor=cast.actor("compiler"), body=BODY, version_id=draft.pk)
    assert refused.value.problems == ["第 1 条与第 2 条：违法行为和条件相同，处理方式也相同。留下一条。"]
    client = Client()
    client.force_login(cast.compiler)
    shown = client.get("/officer/lists/market-list/v1/").content.decode()
    assert "先解决下面的 1 处问题" in shown
    assert '<a href="/officer/lists/market-list/v1/entries/2/">第 1 条与第 2 条' in shown
    assert (
        "处理方式也相同。留下一条" in client.get("/officer/lists/market-list/v1/entries/2/").content.decode()
    )
    assert "留下一条" not in client.get("/officer/lists/market-list/v1/entries/1/").content.decode()


def test_the_day_of_effect_decides_whether_a_cited_law_is_in_force(cast: Cast) -> None:
    """In force today, gone on the day the version begins: submission passes, publication does not."""
    ends = dt.date(2099, 1, 1)
    Law.objects.create(
        name=PRICE_LAW, effective_from=dt.date(1998, 5, 1), effective_until=ends, ending="repealed"
    )
    assert publish(cast, draft_list(cast), effective_from=ends - dt.timedelta(days=1)).is_published
    with pytest.raises(InvalidInput) as refused:
        publish(cast, draft_list(cast, slug="later-list"), effective_from=ends)
    assert refused.value.problems == [
        f"第 1 条：引用的《{PRICE_LAW}》已于2099年1月1日失效，2099年1月1日没有现行文本。改为现行规定后再发布。"
    ]


def test_warnings_stay_with_the_published_version(cast: Cast) -> None:
    published = publish_list(cast)
    assert [one["check"] for one in published.recorded_warnings] == [
        "no_responsibility_list",
        "law_not_registered",
    ]
    # Registered afterwards: what was noticed at publication stays as it was.
    Law.objects.create(name=PRICE_LAW, effective_from=dt.date(1998, 5, 1))
    client = Client()
    client.force_login(cast.compiler)
    shown = client.get("/officer/lists/market-list/v1/").content.decode()
    assert "发布时的提醒" in shown
    assert f"法律库里没有《{PRICE_LAW}》" in shown


def test_a_stricter_county_entry_is_refused_and_a_wider_one_recorded(cast: Cast) -> None:
    publish_list(cast)
    compiler = actor_for(make_account("county", "县局编制人", cast.county_market, Role.COMPILER))
    stricter = draft_list(
        cast,
        slug="county-strict",
        entries=(entry_fields(kind="lighter"),),
        compiler=compiler,
        agency=cast.county_market,
    )
    found = BODY.findings_on(stricter, SPRING)
    assert [one.check for one in found if one.blocks] == ["stricter_than_superior"]
    wider = draft_list(
        cast,
        slug="county-wide",
        entries=(entry_fields(condition_text=["首次违法"]),),
        compiler=compiler,
        agency=cast.county_market,
    )
    assert [one.check for one in BODY.findings(wider, on=SPRING)][:1] == ["differs_from_superior"]
    assert BODY.blocking_problems(wider, on=SPRING) == []


def test_nothing_is_compared_before_the_superiors_list_takes_effect(cast: Cast) -> None:
    publish_list(cast)
    compiler = actor_for(make_account("county", "县局编制人", cast.county_market, Role.COMPILER))
    draft = draft_list(
        cast,
        slug="county-list",
        entries=(entry_fields(kind="lighter"),),
        compiler=compiler,
        agency=cast.county_market,
    )
    assert BODY.blocking_problems(draft, on=SPRING - dt.timedelta(days=1)) == []
    assert BODY.blocking_problems(draft, on=SPRING) != []


def test_a_condition_that_clashes_with_itself_blocks(cast: Cast) -> None:
    draft = draft_list(cast)
    both = [{"fact": "offence_count", "op": "eq", "value": value} for value in (1, 2)]
    ListEntry.objects.filter(version=draft).update(condition={"all": both})
    (problem,) = BODY.blocking_problems(draft, on=SPRING)
    assert "不能同时成立" in problem


def test_checking_takes_the_same_queries_for_one_entry_and_for_many(cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(count: int) -> int:
        fields = [
            entry_fields(serial=str(number), violation_name=f"{PRICE_TAG}之{number}")
            for number in range(1, count + 1)
        ]
        draft = draft_list(cast, slug=f"list-{count}", entries=tuple(fields))
        with CaptureQueriesContext(connection) as captured:
            BODY.findings_on(draft, SPRING)
        return len(captured)

    assert queries(12) == queries(1)
