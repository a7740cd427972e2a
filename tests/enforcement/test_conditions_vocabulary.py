"""The vocabulary: complete in words, immutable, and strict about what a document may declare."""

import re

import pytest

from enforcement.conditions.vocabulary import (
    STANDARD,
    FactType,
    Vocabulary,
    VocabularyError,
    declare_fact,
    declared_code,
    merge_declared,
)

CHANNELS = declare_fact(fact_type=FactType.CHOICE, label="发布渠道", options=("自有经营场所", "其他"))
MORE_CHANNELS = declare_fact(fact_type=FactType.CHOICE, label="发布渠道", options=("互联网自媒体", "其他"))
LEVELS = declare_fact(fact_type=FactType.GRADE, label="污染程度", options=("轻", "重"))
TURNED_LEVELS = declare_fact(fact_type=FactType.GRADE, label="污染程度", options=("重", "轻"))


@pytest.mark.parametrize("definition", STANDARD.values(), ids=lambda one: one.code)
def test_every_standard_fact_can_be_asked_and_said(definition):
    assert re.fullmatch(r"[a-z][a-z0-9_]+", definition.code)
    assert definition.question.endswith("？")
    assert definition.topic
    assert (definition.type in (FactType.CHOICE, FactType.GRADE)) == bool(definition.options)
    assert (definition.type is FactType.BOOLEAN) == bool(definition.negative)
    assert (definition.type is FactType.MONEY) == (definition.unit == "元")


def test_labels_are_unique_and_counts_are_computed():
    assert len({definition.label for definition in STANDARD.values()}) == len(STANDARD) >= 60
    assert all(fact.computed for fact in STANDARD.values() if fact.unit == "次")
    assert STANDARD["harm"].options.index("轻微") < STANDARD["harm"].options.index("严重")


def test_declaring_gives_a_new_vocabulary_and_leaves_the_old_one():
    extended = STANDARD.with_declared([CHANNELS])
    assert CHANNELS["code"] not in STANDARD
    assert extended[CHANNELS["code"]].question == "发布渠道属于哪一种？"
    assert extended[CHANNELS["code"]].to_document() == CHANNELS
    assert len(extended) == len(STANDARD) + 1


def test_the_code_follows_from_type_label_and_unit():
    assert re.fullmatch(r"x_[0-9a-f]{10}", CHANNELS["code"])
    same = declared_code(fact_type=FactType.CHOICE, label="发布渠道", unit="")
    other = declared_code(fact_type=FactType.CHOICE, label="发布渠道", unit="处")
    assert same == CHANNELS["code"] != other


def test_a_choice_declared_twice_unites_its_options():
    (united,) = merge_declared([CHANNELS], [MORE_CHANNELS])
    assert united["options"] == ["自有经营场所", "其他", "互联网自媒体"]
    step_by_step = STANDARD.with_declared([CHANNELS]).with_declared([MORE_CHANNELS])
    assert step_by_step[CHANNELS["code"]].options == tuple(united["options"])
    assert CHANNELS["options"] == ["自有经营场所", "其他"]


def test_a_grade_cannot_be_declared_in_two_orders():
    assert STANDARD.with_declared([LEVELS, LEVELS])
    with pytest.raises(VocabularyError, match="等级次序不一致"):
        STANDARD.with_declared([LEVELS, TURNED_LEVELS])
    with pytest.raises(VocabularyError, match="等级次序不一致"):
        merge_declared([LEVELS], [TURNED_LEVELS])


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("发布渠道", "应为一个对象"),
        (CHANNELS | {"label": " "}, "缺少名称"),
        (CHANNELS | {"unit": None}, "单位应为文字"),
        (CHANNELS | {"type": "float"}, "类型不在可用类型之内"),
        (CHANNELS | {"code": "offence_count"}, "代码与其类型、名称、单位不对应"),
        (CHANNELS | {"options": ["仅此"]}, "至少有两个互不相同的选项"),
        (CHANNELS | {"options": "自有"}, "选项应为一组文字"),
        (declare_fact(fact_type=FactType.DECIMAL, label="处数") | {"options": ["一"]}, "不应有选项"),
        (declare_fact(fact_type=FactType.TEXT, label="某情形", confirmed_by_officer=True), "类型应为是否"),
    ],
)
def test_malformed_declarations_are_refused(document, words):
    with pytest.raises(VocabularyError) as refused:
        STANDARD.with_declared([LEVELS, document])
    assert words in str(refused.value)
    assert str(refused.value).startswith("声明的第2项事实：")


def test_a_vocabulary_refuses_two_facts_of_one_code():
    with pytest.raises(VocabularyError, match="重复"):
        Vocabulary([STANDARD["harm"], STANDARD["harm"]])
