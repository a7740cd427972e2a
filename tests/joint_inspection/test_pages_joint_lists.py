"""Joint-inspection lists through the browser's requests: import, edit, review, publication, public pages."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from enforcement.models import RuleDocument, RuleVersion
from joint_inspection.models import InspectionScene
from tests.cast import Cast, raise_cast
from tests.discretion.research_file import import_as_draft, publish_over_http, signed_in, upload
from tests.joint_inspection.scene_file import scene, scene_bytes

pytestmark = pytest.mark.django_db
STEM = "/officer/joint-inspections/"
DRAFT = f"{STEM}city-joint/v1/"
PUBLIC = "/public/joint-inspections/city-joint/"


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


@pytest.fixture
def draft(cast: Cast) -> Client:
    return import_as_draft(cast, STEM, scene_bytes(), "city-joint")


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def scene_post(**changes: Any) -> dict[str, Any]:
    values = {
        "lock_version": str(RuleVersion.objects.get().lock_version),
        "serial": "4",
        "object_class": "游泳场所",
        "lead_agency": "体育部门",
        "joint_agencies": "卫生健康部门\n\n 公安部门 ",
        "items": "水质\n救生人员",
        "sampling": "20%",
    }
    return values | changes


def test_the_preview_names_what_is_odd(cast: Cast) -> None:
    client = signed_in(cast.compiler)
    text = page(client, upload(client, STEM, scene_bytes())["Location"])
    assert "3 项，3 处提示" in text
    assert "没有写明执法依据" in text and "没有写明抽查比例" in text and "牵头单位因对象而不同" in text
    assert not RuleDocument.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("表.json", b"{", "不是完整的 JSON"),
        ("表.json", b'{"scenes": []}', "scenes"),
        ("表.json", scene_bytes(scene(items=[])), "第 1 项没有检查事项"),
        ("表.xlsx", b"PK", "按 JSON 导入"),
    ],
)
def test_what_cannot_be_read_is_said_in_chinese(cast: Cast, name: str, content: bytes, words: str) -> None:
    response = upload(signed_in(cast.compiler), STEM, content, name)
    assert response.status_code == 200 and words in response.content.decode()


def test_a_scene_is_added_edited_and_removed(draft: Client) -> None:
    added = draft.post(f"{DRAFT}new-entry/", scene_post())
    assert (added.status_code, added["Location"]) == (302, f"{DRAFT}entries/4/")
    made = InspectionScene.objects.get(serial="4")
    assert (made.joint_agencies, made.items, made.position) == (
        ["卫生健康部门", "公安部门"],
        ["水质", "救生人员"],
        4,
    )
    edited = draft.post(f"{DRAFT}entries/4/", scene_post(items="水质"))
    assert edited.status_code == 302
    made.refresh_from_db()
    assert (made.items, made.slug) == (["水质"], "4")
    assert draft.post(f"{DRAFT}entries/4/remove/").status_code == 302
    assert InspectionScene.objects.count() == 3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"items": " \n "}, "填写检查事项"),
        ({"joint_agencies": "体育部门"}, "牵头单位不能同时列为协同单位"),
        ({"object_class": ""}, "填写监管对象类别"),
        ({"lock_version": "1"}, "修改了这份草稿"),
    ],
)
def test_a_refused_scene_keeps_what_was_typed(draft: Client, changes: dict[str, str], words: str) -> None:
    text = draft.post(f"{DRAFT}new-entry/", scene_post(**changes)).content.decode()
    assert words in text and 'value="20%"' in text
    assert InspectionScene.objects.count() == 3


def test_after_a_stale_save_each_difference_is_a_choice(draft: Client) -> None:
    stale = draft.post(f"{DRAFT}entries/1/", scene_post(serial="1", lock_version="1"))
    assert stale.status_code == 409
    merge = stale.context["merge"]
    assert dict(merge.hidden)["lock_version"] == str(RuleVersion.objects.get().lock_version)
    chosen = {f"choice-{field.name}": "mine" for field in merge.to_choose}
    assert draft.post(f"{DRAFT}entries/1/", {**dict(merge.hidden), **chosen}).status_code == 302
    assert InspectionScene.objects.get(serial="1").sampling == "20%"


def test_a_draft_does_not_exist_for_the_public(draft: Client) -> None:
    for address in (PUBLIC, f"{PUBLIC}v1/", f"{PUBLIC}v1/1/", f"{PUBLIC}v1/download.xlsx"):
        assert Client().get(address).status_code == 404


def test_a_neighbour_does_not_see_the_draft(cast: Cast, draft: Client) -> None:
    assert signed_in(cast.neighbour).get(DRAFT).status_code == 404


def test_from_import_to_the_public_page(cast: Cast, draft: Client) -> None:
    publish_over_http(cast, DRAFT)
    public = Client()
    assert "示范市文件" in page(public, "/public/joint-inspections/")
    table = page(public, PUBLIC)
    for words in (
        "监管对象类别",
        "牵头单位",
        "协同单位",
        "检查事项",
        "执法依据",
        "抽查比例及频次",
        "市级2% 区级10%",
        "60-70家",
    ):
        assert words in table
    assert 'role="columnheader">牵头单位</th>' in table
    entry = page(public, f"{PUBLIC}v1/1/")
    for words in (
        "一次上门，查这 2 项",
        "消防救援机构",
        "第五十三条",
        "3月至11月",
        "某市，联合检查表",
        "示市监规〔2024〕9号",
    ):
        assert words in entry
    assert "可以请执法人员说明" in page(public, f"{PUBLIC}v1/2/")


def test_a_published_list_is_frozen(cast: Cast, draft: Client) -> None:
    publish_over_http(cast, DRAFT)
    text = draft.post(f"{DRAFT}entries/1/", scene_post(serial="1")).content.decode()
    assert "内容不能再改" in text and "保存这一项" not in text
    with pytest.raises(DatabaseError), transaction.atomic():
        InspectionScene.objects.update(lead_agency="其他")


def test_a_scene_without_collaborators_cannot_be_submitted(cast: Cast) -> None:
    client = import_as_draft(cast, STEM, scene_bytes(scene(joint_agencies=[])), "alone")
    assert client.post(f"{STEM}alone/v1/submit/").status_code == 302
    assert RuleVersion.objects.get().status == "draft"
    assert "没有协同单位" in page(client, f"{STEM}alone/v1/")


def test_the_download_opens(cast: Cast, draft: Client) -> None:
    publish_over_http(cast, DRAFT)
    sheet = load_workbook(io.BytesIO(Client().get(f"{PUBLIC}v1/download.xlsx").content)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert rows[0][:3] == ("序号", "监管对象类别", "牵头单位")
    assert [row[1] for row in rows[1:]] == ["宾馆、旅店", "加油站", "娱乐场所"]


@pytest.mark.parametrize(("address", "most"), [(PUBLIC, 11), (f"{PUBLIC}v1/1/", 10)])
def test_query_counts_of_public_pages(cast: Cast, draft: Client, address: str, most: int) -> None:
    publish_over_http(cast, DRAFT)
    with CaptureQueriesContext(connection) as queries:
        page(Client(), address)
    assert len(queries) <= most, [query["sql"][:120] for query in queries]
