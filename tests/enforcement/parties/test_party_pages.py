"""The pages of the party register: what they mask, what they find, the acts, the export with whole numbers."""

from __future__ import annotations

import datetime as dt
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enforcement.ledger.models import LedgerEntry
from enforcement.models import CreditRating, FormerName, ObjectClass, Party, SensitiveRead
from enforcement.services.parties.enter_party import PartyDetails, enter_party
from enforcement.spreadsheets.guard import open_guarded
from tests.case_builders import valid_id_number, valid_uscc
from tests.cast import Cast, raise_cast

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 23)
NUMBER, PHONE, NAME = valid_id_number(51), "13812340000", "马丽华"
SHOP = "昆明禾驿商贸有限公司"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def enter(cast: Cast, **details: str) -> Party:
    party, _ = enter_party(
        actor=cast.actor("officer"), agency=cast.city_market, details=PartyDetails(**details)
    )
    return party


@pytest.fixture
def person(cast: Cast) -> Party:
    return enter(cast, kind="person", name=NAME, identifier=NUMBER, phone=PHONE)


@pytest.fixture
def shop(cast: Cast) -> Party:
    return enter(cast, kind="enterprise", name=SHOP, identifier=valid_uscc(52), phone=PHONE)


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, name))
    return client


def page(client: Client, name: str, *arguments: object) -> str:
    return client.get(reverse(name, args=arguments)).content.decode()


@pytest.mark.parametrize("reader", ["officer", "registrar"])
def test_no_page_shows_a_whole_number(cast: Cast, person: Party, reader: str) -> None:
    client = signed_in(cast, reader)
    texts = [page(client, "register_parties:list"), page(client, "register_parties:row", person.pk)]
    if reader == "registrar":
        texts.append(page(client, "register_parties:edit", person.pk))
    for text in texts:
        assert NUMBER not in text
        assert PHONE not in text
        assert "138****0000" in text or f"530*************{NUMBER[-2:]}" in text


@pytest.mark.parametrize("reader", ["supervisor", "compiler", "publisher", "neighbour", "ecology_compiler"])
def test_others_see_no_party(cast: Cast, person: Party, reader: str) -> None:
    client = signed_in(cast, reader)
    assert NAME not in page(client, "register_parties:list")
    assert client.get(reverse("register_parties:row", args=[person.pk])).status_code in (403, 404)
    for act in ("rename", "rate", "classify", "full"):
        assert client.get(reverse(f"party_acts:{act}", args=[person.pk])).status_code in (403, 404)


def search(client: Client, words: str) -> str:
    answer = client.post(reverse("register_parties:search"), {"q": words, "kind": ""})
    assert words not in unquote(answer["Location"])
    return client.get(answer["Location"]).content.decode()


def test_search_by_beginning_earlier_name_and_whole_number(cast: Cast, person: Party, shop: Party) -> None:
    client = signed_in(cast, "registrar")
    # The form of the list, and nothing else on the page, leads there.
    assert page(client, "register_parties:list").count(reverse("register_parties:search")) == 1
    assert SHOP in search(client, SHOP[:3])
    assert "没有找到与" in search(client, SHOP[2:])
    assert NAME in search(client, NUMBER)
    assert "没有找到与" in search(client, NUMBER[:17])
    assert SHOP in search(client, valid_uscc(52).lower())
    renamed = {
        "lock_version": shop.lock_version,
        "how": "renamed",
        "name": "云南禾驿食品有限公司",
        "changed_on": "2026.3.5",
        "basis": "变更登记通知书",
    }
    answer = client.post(reverse("party_acts:rename", args=[shop.pk]), renamed, follow=True)
    assert "云南禾驿食品有限公司" in answer.content.decode()
    assert SHOP in answer.content.decode()
    assert "云南禾驿食品有限公司" in search(client, SHOP[:4])
    assert FormerName.objects.get().used_until == dt.date(2026, 3, 5)


def test_a_wrong_rename_keeps_what_was_typed(cast: Cast, shop: Party) -> None:
    client, address = signed_in(cast, "registrar"), reverse("party_acts:rename", args=[shop.pk])
    typed = {"lock_version": 1, "how": "renamed", "name": "新名称", "changed_on": "", "basis": "通知书"}
    missing = client.post(address, typed)
    assert missing.status_code == 400
    assert "填写变更日期" in missing.content.decode()
    assert 'value="新名称"' in missing.content.decode()
    later = client.post(address, {**typed, "changed_on": "2027.1.1"})
    assert "变更日期不能晚于今天" in later.content.decode()
    stale = client.post(address, {**typed, "changed_on": "2026.1.1", "lock_version": 7})
    assert "刚被其他人修改过" in stale.content.decode()
    corrected = client.post(address, {**typed, "how": "corrected"})
    assert corrected.status_code == 302
    assert not FormerName.objects.exists()


def test_rating_and_classifying(cast: Cast, shop: Party) -> None:
    client = signed_in(cast, "registrar")
    food = ObjectClass.objects.create(code="food", name="食品销售单位")
    rated = client.post(
        reverse("party_acts:rate", args=[shop.pk]),
        {"tier": "B", "from_day": "20260701", "source": "风险分类平台"},
    )
    assert rated.status_code == 302
    assert CreditRating.objects.get().from_day == dt.date(2026, 7, 1)
    address = reverse("party_acts:classify", args=[shop.pk])
    assert client.post(address, {"classes": [food.pk], "on": "2026.7.1"}).status_code == 302
    text = page(client, "register_parties:row", shop.pk)
    assert "食品销售单位" in text
    assert "B 类" in text
    before = client.get(reverse("register_parties:row", args=[shop.pk]), {"on": "2026.6.30"}).content.decode()
    assert "B 类" not in before
    assert client.post(address, {"classes": ["999"], "on": "2026.7.1"}).status_code == 400


def test_the_telephone_stays_when_sent_back_as_shown(cast: Cast, shop: Party) -> None:
    client, address = signed_in(cast, "registrar"), reverse("register_parties:edit", args=[shop.pk])
    typed = {
        "lock_version": 1,
        "representative": "",
        "address": "五华区",
        "phone": "138****0000",
        "reason": "补住所",
    }
    assert client.post(address, typed).status_code == 302
    assert Party.objects.get(pk=shop.pk).phone == PHONE
    other = client.post(address, {**typed, "lock_version": 2, "phone": "139****0000"})
    assert "与登记的不符" in other.content.decode()
    changed = client.post(address, {**typed, "lock_version": 2, "phone": "13987654321", "reason": "换号"})
    assert changed.status_code == 302
    assert Party.objects.get(pk=shop.pk).phone == "13987654321"
    text = page(client, "register_parties:row", shop.pk)
    assert "139****4321" in text
    assert "13987654321" not in text


def test_a_number_registered_before_is_not_registered_again(cast: Cast, shop: Party) -> None:
    client = signed_in(cast, "registrar")
    typed = {
        "agency": str(cast.city_market.pk),
        "kind": "enterprise",
        "identifier": valid_uscc(52),
        "name": "别的名称",
    }
    again = client.post(reverse("register_parties:create"), typed)
    assert again.status_code == 400
    assert "没有重复登记" in again.content.decode()
    wrong = client.post(reverse("register_parties:create"), {**typed, "identifier": NUMBER[:17]})
    assert "应为 18 位" in wrong.content.decode()
    city = signed_in(cast, "city_registrar")
    outside = city.post(
        reverse("register_parties:create"),
        {**typed, "agency": str(cast.other_city_market.pk), "identifier": valid_uscc(53)},
    )
    assert outside.status_code == 400
    assert Party.objects.count() == 1


def test_the_whole_values_come_once_for_a_reason(cast: Cast, person: Party) -> None:
    client, address = signed_in(cast, "registrar"), reverse("party_acts:full", args=[person.pk])
    assert NUMBER not in client.get(address).content.decode()
    assert client.post(address, {"purpose": "register", "text": "核对"}).status_code == 400
    shown = client.post(address, {"purpose": "register", "text": "与纸质登记表核对"})
    assert NUMBER in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert LedgerEntry.objects.filter(action="personal_data_unmasked").count() == 1


def cells(content: bytes) -> str:
    return repr([cell.text for row in open_guarded(content)[0].rows().values() for cell in row])


def test_an_export_is_masked_and_the_whole_one_is_for_registrars_with_a_reason(
    cast: Cast, person: Party, shop: Party
) -> None:
    registrar, officer = signed_in(cast, "registrar"), signed_in(cast, "officer")
    masked = officer.post(reverse("register_parties:export"), {"purpose": "核对登记内容"})
    assert NAME in cells(masked.content)
    assert NUMBER not in cells(masked.content)
    assert PHONE not in cells(masked.content)
    assert not SensitiveRead.objects.exists()
    address = reverse("party_acts:export_whole")
    assert officer.post(address, {"purpose": "register", "text": "年度核对登记"}).status_code == 400
    assert registrar.post(address, {"purpose": "register", "text": ""}).status_code == 400
    assert not SensitiveRead.objects.exists()
    whole = registrar.post(address, {"purpose": "register", "text": "年度核对登记"})
    assert NUMBER in cells(whole.content)
    read = SensitiveRead.objects.get()
    assert (read.kind, read.rows, read.account) == ("export", 2, cast.registrar)
    entry = LedgerEntry.objects.filter(action="register_exported").latest("pk")
    assert NUMBER not in repr(entry.__dict__)
