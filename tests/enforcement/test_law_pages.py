"""The public pages of laws, and the reminder to those who compile."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enforcement.models import Law, Provision, RuleVersion
from enforcement.web.laws.addresses import numbers_of, place_of, public_provision
from tests.builders import entry_fields, publish_list
from tests.cast import Cast, raise_cast
from tests.discretion.research_file import signed_in
from tests.enforcement.law_register import AIR, CODE, DAY, GONE, NEW, OLD, reference, register_laws

pytestmark = pytest.mark.django_db
TODAY = GONE + 100 * DAY


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


@pytest.fixture
def laws() -> dict[str, Law]:
    return register_laws()


@pytest.fixture
def citing(cast: Cast, laws: dict[str, Law]) -> RuleVersion:
    """A list of 2018 that still cites the law repealed in 2026."""
    entry = entry_fields(penalty_provisions=[reference(70, 1), reference(5)], violated_provisions=[])
    return publish_list(cast, entries=(entry,), effective_from=OLD)


def page(address: str, client: Client | None = None) -> str:
    response = (client or Client()).get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize(
    ("place", "numbers"),
    [
        ("42", (42, None, None)),
        ("42-1", (42, 1, None)),
        ("42-0-2", (42, None, 2)),
        ("42-1-2", (42, 1, 2)),
        ("0", None),
        ("x", None),
        ("1-2-3-4", None),
        ("", None),
        ("99999", None),
        ("²", None),
    ],
)
def test_places_in_addresses(place: str, numbers: tuple[int, int | None, int | None] | None) -> None:
    assert numbers_of(place) == numbers
    if numbers:
        article, paragraph, item = numbers
        assert place_of(Provision(article=article, paragraph=paragraph, item=item)) == place


def test_the_index_shows_what_is_in_force_and_all_texts_when_asked(laws: dict[str, Law]) -> None:
    shown = page("/public/laws/")
    assert CODE in shown and AIR not in shown
    everything = page(f"/public/laws/?view=all&q={quote('示范')}")
    assert everything.count(f">{AIR}</a>") == 2 and "已废止" in everything and "已被新文本替代" in everything
    assert "没有找到相符的法律" in page("/public/laws/?q=zzz")
    Law.objects.filter(pk=laws["code"].pk).update(level="law")
    assert CODE in page("/public/laws/?level=law")
    assert CODE not in page("/public/laws/?level=local_rule")


def test_a_title_leads_to_the_text_in_force_or_the_newest(laws: dict[str, Law]) -> None:
    for name, day in ((CODE, GONE), (AIR, NEW)):
        response = Client().get(f"/public/laws/{name}/")
        assert response.status_code == 302
        assert response["Location"] == f"/public/laws/{quote(name)}/{day.isoformat()}/"
    assert Client().get("/public/laws/没有的法/").status_code == 404


def test_a_text_shows_its_provisions_successor_and_who_cites_it(citing: RuleVersion) -> None:
    shown = page(f"/public/laws/{AIR}/{OLD.isoformat()}/")
    for words in (
        "已被新文本替代",
        "《示范大气法》第七十条第一款",
        "运输应当密闭",
        "1 处引用",
        citing.document.title,
        f"{NEW.isoformat()} 起施行",
    ):
        assert words in shown, words


def test_a_provision_shows_what_it_became_and_the_entries_that_cite_it(citing: RuleVersion) -> None:
    shown = page(f"/public/laws/{AIR}/{OLD.isoformat()}/70-1/")
    assert "《示范大气法》第七十二条第一款" in shown
    assert f"/public/lists/{citing.document.slug}/v1/1/" in shown
    newer = page(f"/public/laws/{AIR}/{NEW.isoformat()}/72-1/")
    assert "《示范环境法典》第二百四十一条" in newer and "第七十条第一款" in newer
    assert "没有引用这一条款" in newer


@pytest.mark.parametrize(
    "rest", ["2018-01-02/", "yesterday/", "2018-01-01/99/", "2018-01-01/x/", "2018-01-01/70/"]
)
def test_what_is_not_registered_is_404(laws: dict[str, Law], rest: str) -> None:
    assert Client().get(f"/public/laws/{AIR}/{rest}").status_code == 404


def test_a_public_entry_leads_to_the_provision_as_it_was(citing: RuleVersion) -> None:
    shown = page(f"/public/lists/{citing.document.slug}/v1/1/")
    assert public_provision(Provision.objects.get(law__effective_from=OLD, article=70)) in shown


def test_compilers_are_reminded_on_the_index_and_on_the_version(cast: Cast, citing: RuleVersion) -> None:
    compiler = signed_in(cast.compiler)
    assert "法律已修订，2 处引用待核对" in page("/officer/lists/", compiler)
    shown = page(f"/officer/lists/{citing.document.slug}/v1/", compiler)
    assert "第 1 条引用的《示范大气法》第五条已于2026年8月15日废止，由《示范环境法典》接续" in shown
    assert "法律已修订" not in page("/officer/standards/", compiler)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/public/laws/?view=all", 2),
        (f"/public/laws/{AIR}/{OLD.isoformat()}/", 8),
        (f"/public/laws/{AIR}/{OLD.isoformat()}/70-1/", 8),
    ],
)
def test_query_counts(cast: Cast, citing: RuleVersion, address: str, most: int) -> None:
    counts = []
    for slug in ("second", "third"):
        with CaptureQueriesContext(connection) as queries:
            page(address)
        counts.append(len(queries))
        entry = entry_fields(penalty_provisions=[reference(70, 1)])
        publish_list(cast, slug=slug, entries=(entry,), effective_from=OLD)
    assert counts[0] == counts[1] <= most, counts


def test_a_list_that_cites_a_repealed_law_leads_to_its_last_text(cast: Cast, laws: dict[str, Law]) -> None:
    # The code that took over is cited beside it, as lists do that still serve acts from before.
    cited = [reference(72, 1), reference(9), reference(1, law="别的法"), reference(241, law=CODE)]
    entry = entry_fields(penalty_provisions=cited)
    version = publish_list(cast, entries=(entry,), effective_from=GONE + DAY)
    shown = page(f"/public/lists/{version.document.slug}/v1/1/")
    assert public_provision(Provision.objects.get(law__effective_from=NEW, article=72)) in shown
    assert f'href="/public/laws/{quote(AIR)}/{NEW.isoformat()}/"' in shown
    assert quote("别的法") not in shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [(GONE - DAY, [AIR]), (GONE, [CODE]), (OLD - DAY, [])],
)
def test_the_index_shows_what_was_in_force_on_a_day(
    laws: dict[str, Law], day: dt.date, shown: list[str]
) -> None:
    text = page(f"/public/laws/?on={day.isoformat()}")
    assert [name for name in (AIR, CODE) if f">{name}</a>" in text] == shown


def test_a_day_that_is_none_is_said_and_today_is_shown(laws: dict[str, Law]) -> None:
    text = page("/public/laws/?on=明天")
    assert "日期应写成" in text and 'value="明天"' in text and CODE in text
