"""What single cells say: conditions, citations, kinds, serials, labels, remarks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.citations import print_citation, read_citations
from exemption_lists.reading.condition_wording import print_condition, print_items, read_condition, read_items
from exemption_lists.reading.drafts import ConditionLogic, DraftKind, DraftMandate
from exemption_lists.reading.headers import Column, column_meaning
from exemption_lists.reading.remarks import read_remarks
from exemption_lists.reading.wording import kind_named, mandate_named, normal_serial

ALL, ANY = ConditionLogic.ALL, ConditionLogic.ANY
MUST, MAY = DraftMandate.MUST, DraftMandate.MAY


@pytest.mark.parametrize(
    ("text", "clauses", "logic", "mandate"),
    [
        ("同时满足下列情形的，不予处罚：\n（1）甲；\n（2）乙。", ("甲", "乙"), ALL, MUST),
        ("同时满足下列情形的，依法可以不予行政处罚：\n(1)甲；\n(2)乙", ("甲", "乙"), ALL, MAY),
        ("有下列情形之一的，应当从轻处罚：①甲的；②乙的。", ("甲的", "乙的"), ANY, MUST),
        ("符合以下条件之一的：\n1.超标0.1倍；\n2、乙", ("超标0.1倍", "乙"), ANY, None),
        ("同时符合下列条件：一、甲；二、乙；三、丙。", ("甲", "乙", "丙"), ALL, None),
        ("（一）甲\n（二）乙", ("甲", "乙"), ALL, None),
        ("同时满足下列情形的，不予处罚：（1）甲（2）乙", ("甲", "乙"), ALL, MUST),
        ("初次违法，危害后果轻微并及时改正。", ("初次违法，危害后果轻微并及时改正",), ALL, None),
        ("按第（一）项改正，超标0.2倍以下", ("按第（一）项改正，超标0.2倍以下",), ALL, None),
        ("（1）甲：\n1.子项；\n2.子项；\n（2）乙", ("甲：\n1.子项；\n2.子项", "乙"), ALL, None),
        ("", (), ALL, None),
    ],
)
def test_condition_cells(
    text: str, clauses: tuple[str, ...], logic: ConditionLogic, mandate: DraftMandate | None
) -> None:
    reading = read_condition(text)
    assert (reading.clauses, reading.logic, reading.mandate) == (clauses, logic, mandate)
    assert reading.extra == ""


def test_more_than_ten_clauses_in_chinese_numerals() -> None:
    numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三"]
    text = "有下列情形之一的，不予处罚：\n" + "\n".join(f"（{number}）情形{number}；" for number in numbers)
    assert read_condition(text).clauses == tuple(f"情形{number}" for number in numbers)


def test_lead_in_that_demands_more_is_not_lost() -> None:
    assert read_condition(
        "排放生活污水的单位，同时满足下列情形的，不予处罚：\n（1）甲；\n（2）乙"
    ).extra.startswith("排放生活污水")


@given(
    st.lists(
        st.text("甲乙丙丁，、0.1倍“”；。", max_size=12).map("甲".__add__),
        min_size=1,
        max_size=14,
    ),
    st.sampled_from(DraftKind),
    st.sampled_from(DraftMandate),
    st.sampled_from(ConditionLogic),
)
def test_printed_condition_is_read_back(
    clauses: list[str], kind: DraftKind, mandate: DraftMandate, logic: ConditionLogic
) -> None:
    printed = print_condition(tuple(clauses), kind=kind, mandate=mandate, logic=logic)
    reading = read_condition(printed)
    assert (reading.clauses, reading.kind, reading.mandate, reading.logic) == (
        tuple(clauses),
        kind,
        mandate,
        logic,
    )


@given(st.lists(st.text("甲乙丙，。；", min_size=1, max_size=8), max_size=12))
def test_printed_items_are_read_back(items: list[str]) -> None:
    assert read_items(print_items(tuple(items))) == tuple(items)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《甲法》第二十二条第四款（条文略）", [("甲法", 22, 4, None)]),
        ("《甲法》第三十一条第一款、第二款", [("甲法", 31, 1, None), ("甲法", 31, 2, None)]),
        ("《甲法》第十条和第一百零五条", [("甲法", 10, None, None), ("甲法", 105, None, None)]),
        ("《甲法》第一条；《乙条例》第110条第（三）项", [("甲法", 1, None, None), ("乙条例", 110, None, 3)]),
        (
            "1.《甲法》第三条：违反的，依照《乙法》第九条处罚。\n2.《丙办法》第五条",
            [("甲法", 3, None, None), ("丙办法", 5, None, None)],
        ),
        ("《甲法》（2018年修订）第二十条第一款第二项", [("甲法", 20, 1, 2)]),
        ("《某省实施〈甲法〉办法》第七条", [("某省实施〈甲法〉办法", 7, None, None)]),
        ("城市绿化条例第十二条", [("城市绿化条例", 12, None, None)]),
        ("《甲法》第１２条", [("甲法", 12, None, None)]),
    ],
)
def test_citations(text: str, expected: list[tuple[str, int | None, int | None, int | None]]) -> None:
    reading = read_citations(text)
    assert [
        (one["law"], one["article"], one["paragraph"], one["item"]) for one in reading.references
    ] == expected
    assert reading.unparsed == ()


@pytest.mark.parametrize("text", ["按有关规定执行", "《甲法》", "参见附件"])
def test_citation_without_an_article_keeps_its_text_and_is_reported(text: str) -> None:
    reading = read_citations(text)
    assert [one["text"] for one in reading.references] == [text]
    assert reading.unparsed == (text,)


@given(st.integers(1, 1300), st.none() | st.integers(1, 20), st.none() | st.integers(1, 20))
def test_printed_citation_is_read_back(article: int, paragraph: int | None, item: int | None) -> None:
    printed = print_citation("某法", article, paragraph, item)
    (reference,) = read_citations(printed).references
    assert reference == {
        "law": "某法",
        "article": article,
        "paragraph": paragraph,
        "item": item,
        "text": printed,
    }


@pytest.mark.parametrize(
    ("text", "kind", "mandate"),
    [
        ("轻微违法行为不予行政处罚目录", DraftKind.NO_PENALTY, MUST),
        ("轻微违法行为免罚清单", DraftKind.NO_PENALTY, MUST),
        ("可以不予处罚事项", DraftKind.NO_PENALTY, MAY),
        ("从轻处罚", DraftKind.LIGHTER, MUST),
        ("可以减轻行政处罚", DraftKind.MITIGATED, MAY),
        ("免予行政强制事项清单", DraftKind.NO_COMPULSION, MUST),
        ("不予实施行政强制措施清单", DraftKind.NO_COMPULSION, MUST),
        ("行政处罚裁量权基准", None, None),
    ],
)
def test_kind_and_mandate_named(text: str, kind: DraftKind | None, mandate: DraftMandate | None) -> None:
    assert kind_named(text) is kind
    assert mandate_named(text) is mandate


def test_text_naming_two_kinds_names_none() -> None:
    assert kind_named("不予处罚和从轻处罚清单") is None


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("序 号", Column.SERIAL),
        ("类型", Column.KIND),
        ("执法领域", Column.DOMAIN),
        ("类别", Column.CATEGORY),
        ("事项类别", Column.CATEGORY),
        ("轻微违法行为", Column.VIOLATION),
        ("事项名称", Column.VIOLATION),
        ("违反的法律条款", Column.VIOLATED),
        ("法律依据", Column.VIOLATED),
        ("处罚依据", Column.PENALTY),
        ("不予处罚的情节", Column.CONDITION),
        ("适用条件（同时具备）", Column.CONDITION),
        ("不适用情形", Column.EXCLUSION),
        ("处理方式", Column.MEASURE),
        ("配套监管措施", Column.FOLLOW_UP),
        ("备 注", Column.NOTE),
        ("联系电话", None),
    ],
)
def test_column_labels(label: str, column: Column | None) -> None:
    assert column_meaning(label) is column


@pytest.mark.parametrize(
    ("printed", "normal"), [("１０", "10"), (" 3 ", "3"), ("§3.5.1", "§3.5.1"), ("1．", "1"), ("(2)", "2")]
)
def test_serials(printed: str, normal: str) -> None:
    assert normal_serial(printed) == normal


def test_remarks_separate_exclusions_from_notes() -> None:
    remarks = read_remarks(["备注：1.首次违法按规定认定。\n2.保护区内的不适用。\n3.第4项不适用于个人。"])
    assert remarks.exclusions == ("保护区内的不适用",)
    assert remarks.partial == ("第4项不适用于个人",)
    assert len(remarks.notes) == 3 and not remarks.as_before
