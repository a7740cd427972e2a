"""A repeal is told as a publication is: to agencies below, to feed readers, and on the pages of running cases."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from enforcement.models import RuleVersion, VersionNotice
from enforcement.services.repeal_version import RepealAct, confirm_repeal, request_repeal
from enforcement.services.write_version_notices import write_version_notices
from exemption_lists.content import BODY
from tests.builders import publish_list
from tests.cast import Cast, raise_cast

pytestmark = pytest.mark.django_db

TODAY, ENDS = dt.date(2026, 11, 20), dt.date(2026, 12, 1)
REPEALED_AT = dt.datetime(2026, 11, 20, 2, tzinfo=dt.UTC)
ACT = RepealAct("示市监规〔2026〕9号", dt.date(2026, 11, 18), ENDS, "所依据的规定已经修改")


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


@pytest.fixture
def version(cast: Cast) -> RuleVersion:
    found = publish_list(cast, published_at=dt.datetime(2024, 12, 1, tzinfo=dt.UTC))
    more = {"kind": BODY.kind, "version_id": found.pk, "today": TODAY}
    request_repeal(actor=cast.actor("compiler"), act=ACT, **more)
    confirm_repeal(actor=cast.actor("publisher"), repealed_at=REPEALED_AT, **more)
    return found


def test_agencies_are_told_once_on_the_day_of_the_repeal(version: RuleVersion) -> None:
    write_version_notices(today=TODAY - dt.timedelta(days=1))
    assert not VersionNotice.objects.filter(kind="repealed").exists()
    for _ in range(2):
        write_version_notices(today=TODAY)
    told = VersionNotice.objects.filter(kind="repealed").order_by("agency__code")
    assert [(one.agency.code, one.due_on) for one in told] == [
        ("5301-market", TODAY),
        ("530102-market", TODAY),
    ]


def test_the_feed_tells_of_it_from_when_and_why(client: Client, version: RuleVersion) -> None:
    items = json.loads(client.get("/public/lists/market-list/feed.json").content)["items"]
    assert [item["title"].startswith("废止：") for item in items] == [True, False]
    assert items[0]["content_text"].endswith("2026年12月1日起不再适用。原因：所依据的规定已经修改")
    assert items[0]["_hengdu"] == {"document_number": ACT.document_number, "ends_on": "2026-12-01"}
    assert items[0]["id"] != items[1]["id"]
