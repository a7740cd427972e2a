"""Drafts: kept for their author alone, gone once sent, too long or too old ones refused or dropped."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from enforcement.actors import PUBLIC
from enforcement.errors import InvalidInput, NotPermitted
from enforcement.models.saved_drafts import SavedDraft
from enforcement.services.saved_drafts import (
    DRAFTS_EACH,
    KEPT_DAYS,
    MOST_CHARACTERS,
    discard_draft,
    find_draft,
    keep_draft,
    purge_drafts,
)
from tests.cast import Cast, raise_cast

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 5, 2, 42, tzinfo=dt.UTC)
PLACE = "/officer/cases/new/"
TYPED = {"party_name": ["五华区青石小吃店"], "handlers": ["3", "5"]}


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def keep(cast: Cast, name: str = "officer", **changes: Any) -> None:
    values: dict[str, Any] = {"place": PLACE, "fields": TYPED, "now": NOW} | changes
    keep_draft(actor=cast.actor(name), **values)


def test_a_draft_is_found_again_by_its_author_and_by_nobody_else(cast: Cast) -> None:
    keep(cast)
    found = find_draft(actor=cast.actor("officer"), place=PLACE)
    assert found is not None
    assert (found.fields, found.saved_at) == (TYPED, NOW)
    assert find_draft(actor=cast.actor("second_officer"), place=PLACE) is None
    assert find_draft(actor=cast.actor("officer"), place="/officer/cases/1/") is None


def test_saving_again_replaces_and_typing_nothing_drops(cast: Cast) -> None:
    keep(cast)
    keep(cast, fields={"party_name": ["改过"]})
    assert SavedDraft.objects.count() == 1
    keep(cast, fields={"party_name": [" "], "handlers": []})
    assert SavedDraft.objects.count() == 0


def test_what_is_kept_cannot_be_read_in_the_table(cast: Cast) -> None:
    keep(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT fields FROM enforcement_saveddraft")
        stored = str(cursor.fetchone()[0])
    assert "青石" not in stored and json.dumps("青石")[1:-1] not in stored


@pytest.mark.parametrize(
    "changes",
    [
        {"place": "officer/cases/new/"},
        {"place": "/officer/cases/?q=青石"},
        {"place": "/" + "x" * 200},
        {"fields": {"name": "不是列表"}},
        {"fields": {"name": [1]}},
        {"fields": ["name"]},
        {"fields": {"name": ["长" * MOST_CHARACTERS]}},
    ],
)
def test_an_odd_or_endless_draft_is_refused(cast: Cast, changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        keep(cast, **changes)
    assert SavedDraft.objects.count() == 0


def test_a_stranger_keeps_nothing(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        keep_draft(actor=PUBLIC, place=PLACE, fields=TYPED, now=NOW)
    discard_draft(actor=PUBLIC, place=PLACE)


def test_one_person_keeps_a_bounded_number_the_oldest_go(cast: Cast) -> None:
    for number in range(DRAFTS_EACH + 2):
        keep(cast, place=f"/officer/{number}/", now=NOW + dt.timedelta(seconds=number))
    places = set(SavedDraft.objects.values_list("place", flat=True))
    assert len(places) == DRAFTS_EACH
    assert not {"/officer/0/", "/officer/1/"} & places


def test_drafts_go_after_thirty_days_and_not_before(cast: Cast) -> None:
    keep(cast)
    assert purge_drafts(now=NOW + dt.timedelta(days=KEPT_DAYS)) == 0
    assert purge_drafts(now=NOW + dt.timedelta(days=KEPT_DAYS, seconds=1)) == 1
    assert purge_drafts(now=NOW + dt.timedelta(days=KEPT_DAYS, seconds=1)) == 0


# --- The address the browser talks to ---------------------------------------------------------------------------------

ADDRESS = "/account/drafts/"


def signed_in(cast: Cast, name: str = "officer") -> Client:
    client = Client()
    client.force_login(getattr(cast, name))
    return client


def post(client: Client, body: Any) -> Any:
    return client.post(ADDRESS, body if isinstance(body, str) else json.dumps(body), "application/json")


def test_the_browser_keeps_fetches_and_drops(cast: Cast) -> None:
    client = signed_in(cast)
    assert client.get(ADDRESS, {"place": PLACE}).status_code == 204
    kept = post(client, {"place": PLACE, "fields": TYPED})
    assert kept.status_code == 200 and set(kept.json()) == {"fields", "saved_at", "saved_on"}
    fetched = client.get(ADDRESS, {"place": PLACE})
    assert fetched.json()["fields"] == TYPED
    assert fetched["Cache-Control"] == "no-store, private"
    assert client.delete(f"{ADDRESS}?place={PLACE}").status_code == 204
    assert client.get(ADDRESS, {"place": PLACE}).status_code == 204


@pytest.mark.parametrize("body", ["", "[]", "7", "{}", '{"place": "/x/"}', '{"place": "x", "fields": {}}'])
def test_bad_bodies_are_answered_in_chinese(cast: Cast, body: str) -> None:
    answer = post(signed_in(cast), body)
    assert answer.status_code == 400
    assert "没有保存" in answer.json()["message"]


def test_the_draft_goes_when_its_form_leads_on_and_stays_when_it_comes_back(cast: Cast) -> None:
    client = signed_in(cast, "compiler")
    keep(cast, "compiler", place="/officer/lists/new/")
    sent = {"title": "示范清单", "slug": "", "draft_place": "/officer/lists/new/"}
    assert client.post("/officer/lists/new/", sent).status_code in (200, 400)
    assert SavedDraft.objects.count() == 1
    sent |= {"slug": "example-list", "agency": str(cast.city_market.pk)}
    assert client.post("/officer/lists/new/", sent).status_code == 302
    assert SavedDraft.objects.count() == 0


def test_a_form_sent_after_the_session_ended_keeps_its_draft(cast: Cast) -> None:
    keep(cast)
    answer = Client().post(PLACE, {"draft_place": PLACE})
    assert answer.status_code == 302 and answer["Location"].startswith("/login/")
    assert SavedDraft.objects.count() == 1
