"""The typed condition of an entry: rows of a form to a tree and back, the form's pages, accepted suggestions."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from enforcement.conditions.parse import ConditionError, parse_condition, to_document
from enforcement.conditions.tree import AllOf, AnyOf, Compare, Condition, Operator, all_of, any_of
from enforcement.conditions.vocabulary import STANDARD
from exemption_lists.condition_rows import ConditionForm, ConditionRow, condition_of, form_of
from exemption_lists.content import BODY
from exemption_lists.models import ListEntry
from exemption_lists.selectors import vocabulary_of
from exemption_lists.services.edit_entry import accept_suggestion, edit_entry
from exemption_lists.services.entry_fields import is_untyped
from tests.builders import draft_list, entry_fields, entry_of, publish
from tests.cast import Cast, raise_cast

LEAVES = st.sampled_from(
    [
        Compare("offence_count", Operator.EQ, 1),
        Compare("offence_count_24m", Operator.BETWEEN, (1, 3)),
        Compare("corrected", Operator.EQ, True),
        Compare("corrected_timely", Operator.NE, False),
        Compare("illegal_gains", Operator.LE, 12_345),
        Compare("harm", Operator.LE, "轻微"),
        Compare("subject_kind", Operator.IN, ("个人", "个体工商户")),
        Compare("goods_value", Operator.GT, 1_000_000_00),
    ]
)


@given(
    logic=st.sampled_from(["all", "any"]),
    members=st.lists(st.lists(LEAVES, min_size=1, max_size=3), min_size=1, max_size=4),
)
def test_a_tree_of_one_level_of_groups_survives_the_form(logic: str, members: list[list[Compare]]) -> None:
    outer, inner = (all_of, any_of) if logic == "all" else (any_of, all_of)
    condition: Condition = outer(*(inner(*leaves) for leaves in members))
    form = form_of(condition, STANDARD)
    assert form is not None
    assert condition_of(form, STANDARD) == condition


def test_deeper_trees_are_not_squeezed_into_rows() -> None:
    leaf = Compare("corrected", Operator.EQ, True)
    deep = AllOf((leaf, AnyOf((leaf, AllOf((leaf, leaf))))))
    assert form_of(deep, STANDARD) is None


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (ConditionRow("offence_count", "eq", ("两次",)), "整数"),
        (ConditionRow("offence_count", "eq", ("",)), "填写"),
        (ConditionRow("corrected", "lt", ("true",)), "不能这样比较"),
        (ConditionRow("harm", "eq", ("很重",)), "选择"),
        (ConditionRow("illegal_gains", "between", ("5", "")), "下限和上限"),
        (ConditionRow("illegal_gains", "between", ("9", "5")), "下限大于上限"),
        (ConditionRow("没有的事实", "eq", ("1",)), "选择事实"),
        (ConditionRow("", "eq", ("1",)), "选择事实"),
    ],
)
def test_a_faulty_row_is_named_with_its_number(row: ConditionRow, words: str) -> None:
    good = ConditionRow("corrected", "eq", ("是",))
    with pytest.raises(ConditionError) as refused:
        condition_of(ConditionForm("all", (good, row)), STANDARD)
    assert len(refused.value.problems) == 1
    assert refused.value.problems[0].startswith("第 2 行：") and words in refused.value.problems[0]


def test_money_is_typed_in_yuan_and_kept_in_fen() -> None:
    rows = (
        ConditionRow("illegal_gains", "le", ("1.2万元",)),
        ConditionRow("goods_value", "lt", ("8,000.50",)),
    )
    tree = condition_of(ConditionForm("all", rows), STANDARD)
    assert [leaf["value"] for leaf in to_document(tree)["all"]] == [1_200_000, 800_050]


@pytest.fixture
def cast(db: None) -> Cast:
    return raise_cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.compiler)
    return client


ADDRESS = "/officer/lists/market-list/v1/entries/1/"


def rows_post(*rows: tuple[str, ...], act: str = "save", lock: int | None = None) -> dict[str, object]:
    values: dict[str, object] = {"act": act, "logic": "all", "count": str(len(rows))}
    for number, (fact, op, value, *group) in enumerate(rows, start=1):
        values |= {f"fact-{number}": fact, f"op-{number}": op, f"value-{number}": value}
        values[f"group-{number}"] = group[0] if group else ""
    return values | ({"lock_version": str(lock)} if lock is not None else {})


def test_a_condition_is_typed_row_by_row_without_script(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    added = client.post(
        f"{ADDRESS}condition/", rows_post(("offence_count", "eq", "1"), act="add")
    ).content.decode()
    assert 'name="fact-2"' in added and "首次被发现同类违法" in added
    removed = client.post(
        f"{ADDRESS}condition/",
        rows_post(("offence_count", "eq", "1"), ("corrected", "eq", "true"), act="remove-1"),
    ).content.decode()
    assert 'name="fact-2"' not in removed and "已改正" in removed
    values = rows_post(
        ("offence_count", "eq", "1"),
        ("corrected_on_spot", "eq", "true", "1"),
        ("corrected_within_order", "eq", "true", "1"),
        lock=draft.lock_version,
    )
    assert client.post(f"{ADDRESS}condition/", values).status_code == 302
    entry = entry_of(draft)
    assert entry.condition["all"][0] == {"fact": "offence_count", "op": "eq", "value": 1}
    assert len(entry.condition["all"][1]["any"]) == 2
    assert "当场改正，或者在责令期限内改正" in client.get(ADDRESS).content.decode()


def test_htmx_gets_only_the_rows_and_the_sentence(cast: Cast, client: Client) -> None:
    draft_list(cast)
    response = client.post(
        f"{ADDRESS}condition/",
        rows_post(("harm", "le", "轻微"), act="refresh"),
        headers={"HX-Request": "true"},
    )
    text = response.content.decode()
    assert "<html" not in text and "危害后果不超过轻微" in text


def test_faulty_rows_lose_nothing(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    before = entry_of(draft).condition
    values = rows_post(("illegal_gains", "le", "五百来块"), ("corrected", "eq", "true"))
    text = client.post(f"{ADDRESS}condition/", values).content.decode()
    assert "第 1 行：" in text and 'value="五百来块"' in text
    assert entry_of(draft).condition == before


def test_a_condition_on_a_stale_page_is_not_saved(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    values = rows_post(("offence_count", "eq", "1"), lock=draft.lock_version - 1)
    response = client.post(f"{ADDRESS}condition/", values)
    assert response.status_code == 200 and "修改了这份草稿" in response.content.decode()
    assert is_untyped(entry_of(draft))


def test_a_settled_version_keeps_its_condition(cast: Cast, client: Client) -> None:
    published = publish(cast, draft_list(cast))
    response = client.post(f"{ADDRESS}condition/", rows_post(("offence_count", "eq", "9")))
    assert response.status_code == 200 and "内容不能再改" in response.content.decode()
    assert is_untyped(entry_of(published))


def test_an_accepted_suggestion_types_what_was_recognised_and_leaves_the_rest(
    cast: Cast, client: Client
) -> None:
    draft = draft_list(cast)
    entry = entry_of(draft)
    assert is_untyped(entry) and entry.suggestion is not None
    shown = client.get(ADDRESS).content.decode()
    assert "识别为" in shown and "由执法人员逐项确认" in shown
    assert client.post(f"{ADDRESS}suggestion/").status_code == 302
    entry = entry_of(draft)
    assert entry.suggestion is None and not is_untyped(entry)
    assert [fact["label"] for fact in entry.declared_facts] == ["当场能够说明价格来源"]
    parse_condition(entry.condition, vocabulary_of(entry.declared_facts))


def test_the_condition_follows_the_clauses_until_somebody_types_it(cast: Cast) -> None:
    draft = draft_list(cast)
    actor = cast.actor("compiler")

    def edited(*clauses: str) -> ListEntry:
        fields = entry_fields(condition_text=list(clauses))
        return edit_entry(actor=actor, version_id=draft.pk, entry_id=entry_of(draft).pk, fields=fields)

    assert is_untyped(edited("首次违法", "另一项说不清的条件"))
    accept_suggestion(actor=actor, version_id=draft.pk, entry_id=entry_of(draft).pk)
    typed = entry_of(draft).condition
    assert edited("首次违法", "另一项说不清的条件", "再加一项").condition == typed


def test_an_exclusion_is_typed_in_the_same_form(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    address = f"{ADDRESS}exclusions/0/condition/"
    assert "在突发事件期间哄抬价格" in client.get(address).content.decode()
    assert client.post(address, rows_post(("emergency_price_gouging", "eq", "true"))).status_code == 302
    entry = entry_of(draft)
    assert entry.exclusions[0]["condition"] == {"fact": "emergency_price_gouging", "op": "eq", "value": True}
    assert is_untyped(entry)
    kept = edit_entry(
        actor=cast.actor("compiler"),
        version_id=draft.pk,
        entry_id=entry.pk,
        fields=entry_fields(note="新备注"),
    )
    assert kept.exclusions == entry.exclusions
    assert client.get(f"{ADDRESS}exclusions/1/condition/").status_code == 404


@pytest.mark.parametrize(
    "values",
    [
        {"act": "save"},
        {"act": "remove-x", "count": "abc"},
        {"act": "add", "count": "999999"},
        {"act": "save", "count": "1", "fact-1": "'; DROP TABLE", "op-1": "nope", "value-1": "\x00"},
        {
            "act": "save",
            "count": "1",
            "fact-1": "offence_count",
            "op-1": "eq",
            "value-1": "1",
            "lock_version": "x",
        },
    ],
)
def test_odd_posts_never_break_the_form(cast: Cast, client: Client, values: dict[str, str]) -> None:
    draft_list(cast)
    assert client.post(f"{ADDRESS}condition/", values).status_code in {200, 302}


def test_saving_no_rows_never_makes_an_entry_hold_for_everybody(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    response = client.post(f"{ADDRESS}condition/", rows_post(("", "eq", "")))
    assert "至少填写一行条件" in response.content.decode()
    assert is_untyped(entry_of(draft))
    ListEntry.objects.filter(version=draft).update(condition={"all": []})
    assert any("会对所有人适用" in problem for problem in BODY.problems_of(draft))


def test_an_entry_published_without_conditions_is_remarked_and_not_blocked(
    cast: Cast, client: Client
) -> None:
    draft = draft_list(cast, entries=(entry_fields(condition_text=[]),))
    assert BODY.problems_of(draft) == []
    assert "没有写适用条件" in client.get("/officer/lists/market-list/v1/").content.decode()
    publish(cast, draft)
    assert "没有附加条件，应当不予处罚" in Client().get("/public/lists/market-list/v1/1/").content.decode()


def test_a_condition_saved_meanwhile_is_said_beside_the_typed_rows(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    colleague = Client()
    colleague.force_login(cast.second_compiler)
    theirs = rows_post(("offence_count", "eq", "1"), lock=draft.lock_version)
    assert colleague.post(f"{ADDRESS}condition/", theirs).status_code == 302
    page = client.post(f"{ADDRESS}condition/", rows_post(("harm", "le", "轻微"), lock=draft.lock_version))
    text = page.content.decode()
    assert "编制人乙在" in text and "现在保存的条件是：首次被发现同类违法" in text
    assert "危害后果不超过轻微" in text, "the typed rows are still there"
    assert entry_of(draft).condition["fact"] == "offence_count"
    draft.refresh_from_db()
    again = rows_post(("harm", "le", "轻微"), lock=draft.lock_version)
    assert client.post(f"{ADDRESS}condition/", again).status_code == 302
    assert entry_of(draft).condition["fact"] == "harm"
