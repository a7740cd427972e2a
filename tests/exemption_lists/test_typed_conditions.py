"""The typed condition of an entry: rows of a form to a tree and back, the form's pages, accepted suggestions."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from enforcement.conditions.describe import describe
from enforcement.conditions.parse import ConditionError, parse_condition, to_document
from enforcement.conditions.translate_leaf import confirmed_clause
from enforcement.conditions.tree import AllOf, AnyOf, Compare, Condition, Not, Operator
from enforcement.conditions.vocabulary import STANDARD, FactType, declare_fact
from exemption_lists.condition_edits import height_of, node_at
from exemption_lists.condition_nodes import (
    DEEPEST,
    GroupNode,
    Node,
    RowNode,
    condition_of,
    nodes_of,
    root_of,
)
from exemption_lists.content import BODY
from exemption_lists.models import ListEntry
from exemption_lists.selectors import vocabulary_of
from exemption_lists.services.edit_entry import accept_suggestion, edit_entry
from exemption_lists.services.entry_fields import is_untyped
from exemption_lists.web.condition_form import ACTS, PostedForm, fact_choices, read_post
from exemption_lists.web.condition_presentation import NodeView, node_views, preview_of
from tests.builders import draft_list, entry_fields, entry_of, publish
from tests.cast import Cast, raise_cast

OWN = declare_fact(fact_type=FactType.CHOICE, label="销售渠道", options=("网上", "店内", "上门"))
CLAUSE = confirmed_clause("当场能够说明价格来源").declared_facts[0]
VOCABULARY = STANDARD.with_declared([OWN, CLAUSE])
CHOICES = fact_choices(STANDARD, [OWN, CLAUSE])

LEAVES = st.sampled_from(
    [
        Compare("offence_count", Operator.EQ, 1),
        Compare("offence_count_18m", Operator.EQ, 1),
        Compare("offence_count_24m", Operator.BETWEEN, (1, 3)),
        Compare("punishment_count_calendar_year", Operator.LE, 2),
        Compare("punishment_count_60m", Operator.IN, (1, 2, 5)),
        Compare("list_matter_count", Operator.EQ, 1),
        Compare("corrected", Operator.EQ, True),
        Compare("corrected_timely", Operator.NE, False),
        Compare("illegal_gains", Operator.LE, 12_345),
        Compare("goods_value", Operator.BETWEEN, (0, 10**15)),
        Compare("harm", Operator.LE, "轻微"),
        Compare("harm", Operator.BETWEEN, ("无", "一般")),
        Compare("subject_kind", Operator.IN, ("个体工商户", "个人")),
        Compare("subject_kind", Operator.NOT_IN, ("单位",)),
        Compare("months_since_end", Operator.GT, Decimal("24.5")),
        Compare(OWN["code"], Operator.IN, ("上门", "网上")),
        Compare(CLAUSE["code"], Operator.EQ, True),
    ]
)
TREES: st.SearchStrategy[Condition] = st.recursive(
    LEAVES,
    lambda below: st.one_of(
        st.lists(below, max_size=4).map(lambda children: AllOf(tuple(children))),
        st.lists(below, max_size=4).map(lambda children: AnyOf(tuple(children))),
        below.map(Not),
    ),
    max_leaves=12,
)

# Groups of two and more different members: none is left empty when a row leaves it.
FULL_TREES: st.SearchStrategy[Condition] = st.recursive(
    LEAVES,
    lambda below: st.one_of(
        st.lists(below, min_size=2, max_size=4, unique=True).map(lambda children: AllOf(tuple(children))),
        st.lists(below, min_size=2, max_size=4, unique=True).map(lambda children: AnyOf(tuple(children))),
    ),
    max_leaves=12,
)


def posted(root: GroupNode) -> QueryDict:
    """What a browser sends for the form as the page draws it."""
    data = QueryDict(mutable=True)

    def send(view: NodeView) -> None:
        if view.kind == "group":
            if view.number:
                data.appendlist("node", view.key)
            data[f"mark-{view.key}"] = view.mark
            data[f"join-{view.key}"] = next(value for value, _, chosen in view.joins if chosen)
            for child in view.children:
                send(child)
            return
        data.appendlist("node", view.key)
        data[f"code-{view.key}"] = view.code
        data[f"months-{view.key}"] = view.months
        for name, choices in (("span", view.spans), ("op", view.operators)):
            if choices:
                data[f"{name}-{view.key}"] = next(value for value, _, chosen in choices if chosen)
        chosen_fact = [value for value, _, chosen in view.counted if chosen]
        data[f"fact-{view.key}"] = chosen_fact[0] if chosen_fact else view.fact
        values = [text for _, text in view.fields]
        values += [value for value, _, chosen in view.options if chosen]
        values += [value for options in view.interval_options for value, _, chosen in options if chosen]
        data.setlist(f"value-{view.key}", values)

    send(node_views(PostedForm(root), VOCABULARY, CHOICES, ()))
    return data


@given(condition=TREES)
def test_a_tree_of_any_shape_opens_and_saves_back_equal(condition: Condition) -> None:
    root = root_of(condition, VOCABULARY)
    assert condition_of(root, VOCABULARY) == condition
    sent = read_post(posted(root), CHOICES, VOCABULARY)
    if root.children or root.mark == "empty":
        assert condition_of(sent.root, VOCABULARY) == condition


@given(condition=TREES, data=st.data())
def test_buttons_never_lose_a_row(condition: Condition, data: st.DataObject) -> None:
    root = root_of(condition, VOCABULARY)
    for _ in range(data.draw(st.integers(1, 6))):
        places = [path for path, _node in nodes_of(root)]
        verb = data.draw(st.sampled_from(["up", "down", "wrap", "unwrap"]))
        before = [node for _, node in nodes_of(root) if isinstance(node, RowNode)]
        deepest = height_of(root)
        root, focus = ACTS[verb](root, data.draw(st.sampled_from(places)))
        after = [node for _, node in nodes_of(root) if isinstance(node, RowNode)]
        assert sorted(map(repr, after)) == sorted(map(repr, before))
        assert height_of(root) <= max(deepest, DEEPEST)
        assert node_at(root, focus) is not None


@given(members=st.lists(FULL_TREES, min_size=2, max_size=3, unique=True), data=st.data())
def test_a_row_moved_down_comes_back_up(members: list[Condition], data: st.DataObject) -> None:
    root = root_of(AllOf(tuple(members)), VOCABULARY)
    rows = [path for path, node in nodes_of(root) if isinstance(node, RowNode)]
    # The last row of all has nowhere to go.
    place = data.draw(st.sampled_from([path for path in rows if ACTS["down"](root, path)[0] != root]))
    moved, focus = ACTS["down"](root, place)
    assert ACTS["up"](moved, focus) == (root, place)


NESTED = GroupNode(
    "all",
    (
        RowNode("corrected", "eq", ("true",)),
        GroupNode("any", (RowNode("harm", "le", ("轻微",)), RowNode("cooperated", "eq", ("true",)))),
    ),
)


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        ("down-1", "已改正，或者危害后果不超过轻微，或者配合调查取证"),
        ("up-2-1", "已改正，且危害后果不超过轻微，且配合调查取证"),
        ("down-2-2", "已改正，且危害后果不超过轻微，且配合调查取证"),
        ("up-2", "（危害后果不超过轻微，或者配合调查取证），且已改正"),
        ("unwrap-2", "已改正，且危害后果不超过轻微，且配合调查取证"),
        ("remove-2-1", "已改正，且配合调查取证"),
        ("remove-1", "危害后果不超过轻微，或者配合调查取证"),
        ("wrap-1", "已改正，且（危害后果不超过轻微，或者配合调查取证）"),
        ("first-2", "已改正，且（危害后果不超过轻微，或者配合调查取证，或者近一年内首次被发现同类违法）"),
        ("up-1", "已改正，且（危害后果不超过轻微，或者配合调查取证）"),
        ("remove-0", "已改正，且（危害后果不超过轻微，或者配合调查取证）"),
        ("add-1", "已改正，且（危害后果不超过轻微，或者配合调查取证）"),
        ("up-9-9", "已改正，且（危害后果不超过轻微，或者配合调查取证）"),
    ],
)
def test_what_a_button_makes_of_the_sentence(act: str, sentence: str) -> None:
    data = posted(NESTED)
    data["act"] = act
    root = read_post(data, CHOICES, VOCABULARY).root
    assert describe(condition_of(root, VOCABULARY), VOCABULARY) == sentence


def test_groups_end_at_the_stated_depth() -> None:
    root: GroupNode = GroupNode("all", (RowNode("corrected", "eq", ("true",)),))
    path: tuple[int, ...] = (0,)
    for _ in range(DEEPEST - 1):
        root, path = ACTS["wrap"](root, path)
        path = (*path, 0)
    assert height_of(root) == DEEPEST
    assert ACTS["wrap"](root, path)[0] == root
    assert ACTS["group"](root, path[:-1])[0] == root
    assert condition_of(root, STANDARD) == Compare("corrected", Operator.EQ, True)


def test_none_of_several_is_the_negation_of_any() -> None:
    rows = (RowNode("obstructed", "eq", ("true",)), RowNode("harm", "ge", ("严重",)))
    tree = condition_of(GroupNode("not", rows), STANDARD)
    assert tree == Not(
        AnyOf((Compare("obstructed", Operator.EQ, True), Compare("harm", Operator.GE, "严重")))
    )
    assert describe(tree, STANDARD).startswith("不具有下列情形：")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (RowNode("offence_count", "eq", ("两次",)), "整数"),
        (RowNode("offence_count", "eq", ("",)), "填写"),
        (RowNode("offence_count", "eq", ("1",), "months", "0"), "月数应为 1 至 60"),
        (RowNode("offence_count", "eq", ("1",), "months", "61"), "月数应为 1 至 60"),
        (RowNode("offence_count", "eq", ("1",), "months", "半年"), "月数应为 1 至 60"),
        (RowNode("corrected", "lt", ("true",)), "不能这样比较"),
        (RowNode("harm", "eq", ("很重",)), "选择"),
        (RowNode("illegal_gains", "between", ("5", "")), "下限和上限"),
        (RowNode("illegal_gains", "between", ("9", "5")), "下限大于上限"),
        (RowNode("没有的事实", "eq", ("1",)), "没有“没有的事实”这个事实"),
        (RowNode("", "eq", ("1",)), "选择事实"),
        (GroupNode("any", ()), "还没有条件"),
        (GroupNode("any", (RowNode(),)), "还没有条件"),
    ],
)
def test_a_faulty_place_is_named_with_its_number(row: Node, words: str) -> None:
    good = RowNode("corrected", "eq", ("是",))
    with pytest.raises(ConditionError) as refused:
        condition_of(GroupNode("all", (good, GroupNode("any", (good, row)))), STANDARD)
    assert len(refused.value.problems) == 1
    assert refused.value.problems[0].startswith("第 2.2 项：") and words in refused.value.problems[0]


def test_money_is_typed_in_yuan_and_kept_in_fen() -> None:
    rows = (
        RowNode("illegal_gains", "le", ("1.2万元",)),
        RowNode("goods_value", "lt", ("8,000.50",)),
    )
    tree = condition_of(GroupNode("all", rows), STANDARD)
    assert [leaf["value"] for leaf in to_document(tree)["all"]] == [1_200_000, 800_050]
    assert preview_of(GroupNode("all", rows), STANDARD)[0].amounts == (
        "违法所得：壹万贰仟元整",
        "货值金额：捌仟元伍角整",
    )


def test_another_fact_in_a_row_forgets_the_comparison_of_the_first() -> None:
    data = posted(GroupNode("all", (RowNode("illegal_gains", "between", ("5", "9")),)))
    data["fact-1"] = "危害后果"
    assert read_post(data, CHOICES, VOCABULARY).root.children == (RowNode("harm"),)
    data["fact-1"] = "同类违法次数（含本次）"
    assert read_post(data, CHOICES, VOCABULARY).root.children == (RowNode("offence_count", values=("1",)),)


def test_facts_are_searched_by_name_and_by_first_letters() -> None:
    initials = {choice.label: choice.initials for choice in CHOICES}
    assert initials["违法所得"] == "wfsd" and initials["货值金额"] == "hzje"
    codes = [choice.code for choice in CHOICES]
    assert "offence_count" in codes and "offence_count_12m" not in codes
    assert codes[:2] == [OWN["code"], CLAUSE["code"]]


@pytest.fixture
def cast(db: None) -> Cast:
    return raise_cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.compiler)
    return client


ADDRESS = "/officer/lists/market-list/v1/entries/1/"


def rows_post(
    *rows: tuple[str, ...], act: str = "save", lock: int | None = None, opened: object = False
) -> dict[str, object]:
    """Rows as (fact, comparison, value, group); rows of one group stand in a 满足其一 behind the others."""
    values: dict[str, object] = {"act": act, "join-0": "all"}
    keys: list[str] = []
    groups: dict[str, str] = {}
    members = 0
    for fact, op, value, *group in rows:
        if group and group[0] in groups:
            parent = groups[group[0]]
            key = f"{parent}-{sum(one.startswith(f'{parent}-') for one in keys) + 1}"
        else:
            members += 1
            key = str(members)
            if group:
                groups[group[0]] = key
                keys.append(key)
                values[f"join-{key}"] = "any"
                key = f"{key}-1"
        keys.append(key)
        values |= {f"fact-{key}": fact, f"op-{key}": op, f"value-{key}": value}
    values["node"] = keys
    if opened is not False:
        values["opened_as"] = json.dumps(opened)
    return values | ({"lock_version": str(lock)} if lock is not None else {})


def test_a_condition_is_typed_step_by_step_without_script(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    added = client.post(
        f"{ADDRESS}condition/", rows_post(("offence_count", "eq", "1"), act="add-0")
    ).content.decode()
    assert 'name="fact-2"' in added and "首次被发现同类违法" in added
    removed = client.post(
        f"{ADDRESS}condition/",
        rows_post(("offence_count", "eq", "1"), ("corrected", "eq", "true"), act="remove-1"),
    ).content.decode()
    assert 'name="fact-2"' not in removed and "已改正" in removed
    values = rows_post(
        ("offence_count", "eq", "1"),
        ("corrected_on_spot", "eq", "true", "A"),
        ("corrected_within_order", "eq", "true", "A"),
        lock=draft.lock_version,
    )
    values |= {"span-1": "months", "months-1": "18"}
    assert client.post(f"{ADDRESS}condition/", values).status_code == 302
    entry = entry_of(draft)
    assert entry.condition["all"][0] == {"fact": "offence_count_18m", "op": "eq", "value": 1}
    assert len(entry.condition["all"][1]["any"]) == 2
    assert "当场改正，或者在责令期限内改正" in client.get(ADDRESS).content.decode()
    assert 'value="18"' in client.get(f"{ADDRESS}condition/").content.decode()


def test_htmx_gets_only_the_rows_or_only_the_sentence(cast: Cast, client: Client) -> None:
    draft_list(cast)
    values = rows_post(("harm", "le", "轻微"), act="refresh")
    address = f"{ADDRESS}condition/"
    rows = client.post(address, values, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in rows and "危害后果不超过轻微" in rows and "fact-1" in rows
    headers = {"HX-Request": "true", "HX-Target": "condition-sentence"}
    sentence = client.post(address, values, headers=headers).content.decode()
    assert "危害后果不超过轻微" in sentence and "fact-1" not in sentence


def test_faulty_rows_lose_nothing(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    before = entry_of(draft).condition
    values = rows_post(("illegal_gains", "le", "五百来块"), ("随便写的事实", "eq", "true"))
    text = client.post(f"{ADDRESS}condition/", values).content.decode()
    assert "第 1 项：" in text and 'value="五百来块"' in text and 'href="#place-1"' in text
    assert "没有“随便写的事实”这个事实" in text and 'value="随便写的事实"' in text
    assert entry_of(draft).condition == before


def test_a_condition_on_a_stale_page_is_not_saved(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    values = rows_post(("offence_count", "eq", "1"), lock=draft.lock_version - 1)
    response = client.post(f"{ADDRESS}condition/", values)
    assert response.status_code == 409 and "修改了这份草稿" in response.content.decode()
    assert is_untyped(entry_of(draft))


def test_a_stored_condition_of_any_depth_is_shown_and_saved_back(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    leaf = {"fact": "corrected", "op": "eq", "value": True}
    tree = {
        "all": [{"any": [leaf, {"all": [leaf, {"not": {"any": [leaf, {"not": leaf}]}}]}]}, {"all": [leaf]}]
    }
    ListEntry.objects.filter(version=draft).update(condition=tree)
    shown = client.get(f"{ADDRESS}condition/")
    root = root_of(parse_condition(tree, STANDARD), STANDARD)
    sent = posted(root).copy()
    sent["act"], sent["lock_version"] = "save", str(draft.lock_version)
    for name in sent:
        if not name.startswith(("code-", "months-", "act", "lock", "node", "span-")):
            assert f'name="{name}"' in shown.content.decode(), name
    answer = client.post(f"{ADDRESS}condition/", sent.urlencode(), "application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert entry_of(draft).condition == tree


def test_a_broken_stored_condition_is_named_and_not_an_error(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    broken = {"all": [{"fact": "x_gone", "op": "eq", "value": 1}]}
    ListEntry.objects.filter(version=draft).update(condition=broken)
    text = client.get(f"{ADDRESS}condition/").content.decode()
    assert "现在的条件有误" in text and "x_gone" in text


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
        {"act": "remove-x", "node": "abc"},
        {"act": "add-0", "node": [str(number) for number in range(1, 600)]},
        {"act": "up-1-1-1", "node": ["1", "1-1", "7-7", "1"], "join-1": "nonsense", "mark-1": "nonsense"},
        {"act": "wrap-1", "node": "-".join(["1"] * 400)},
        {"act": "save", "node": "1", "fact-1": "'; DROP TABLE", "op-1": "nope", "value-1": "\x00"},
        {"act": "save", "node": "1", "fact-1": "offence_count", "op-1": "eq", "span-1": "x", "value-1": "1"},
        {
            "act": "save",
            "node": "1",
            "fact-1": "offence_count",
            "op-1": "eq",
            "value-1": "1",
            "lock_version": "x",
            "opened_as": "{not json",
        },
    ],
)
def test_odd_posts_never_break_the_form(cast: Cast, client: Client, values: dict[str, object]) -> None:
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


FIRST = {"fact": "offence_count", "op": "eq", "value": 1}


def test_a_condition_saved_meanwhile_stands_beside_the_typed_one(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    opened = entry_of(draft).condition
    colleague = Client()
    colleague.force_login(cast.second_compiler)
    theirs = rows_post(("offence_count", "eq", "1"), lock=draft.lock_version, opened=opened)
    assert colleague.post(f"{ADDRESS}condition/", theirs).status_code == 302
    mine = rows_post(("harm", "le", "轻微"), lock=draft.lock_version, opened=opened)
    page = client.post(f"{ADDRESS}condition/", mine)
    text = page.content.decode()
    assert page.status_code == 409 and "编制人乙在" in text
    clash = page.context["clash"]
    assert (clash.mine, clash.theirs) == ("危害后果不超过轻微", "首次被发现同类违法")
    assert "您打开时：“首次违法”属实" in text and 'value="危害后果"' in text
    assert entry_of(draft).condition == FIRST
    # Looking at theirs first loses nothing stored and asks for nothing.
    shown = client.post(f"{ADDRESS}condition/", mine | {"act": "theirs"}).content.decode()
    assert "首次被发现同类违法" in shown and entry_of(draft).condition == FIRST
    draft.refresh_from_db()
    again = rows_post(("harm", "le", "轻微"), lock=draft.lock_version, opened=FIRST)
    assert client.post(f"{ADDRESS}condition/", again).status_code == 302
    assert entry_of(draft).condition["fact"] == "harm"


def test_a_condition_nobody_else_touched_is_saved_without_asking(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    entry = entry_of(draft)
    edit_entry(
        actor=cast.actor("second_compiler"),
        version_id=draft.pk,
        entry_id=entry.pk,
        fields=entry_fields(note="另一个人改了备注"),
    )
    mine = rows_post(("harm", "le", "轻微"), lock=draft.lock_version, opened=entry.condition)
    assert client.post(f"{ADDRESS}condition/", mine).status_code == 302
    assert entry_of(draft).condition["fact"] == "harm" and entry_of(draft).note == "另一个人改了备注"


def test_two_people_who_typed_the_same_agree(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    opened = entry_of(draft).condition
    for account in (cast.second_compiler, cast.compiler):
        person = Client()
        person.force_login(account)
        post = rows_post(("offence_count", "eq", "1"), lock=draft.lock_version, opened=opened)
        assert person.post(f"{ADDRESS}condition/", post).status_code == 302
    assert entry_of(draft).condition == FIRST
