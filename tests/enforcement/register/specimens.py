"""For each area of the register: rows to fill a page with, and what a form and a table of one row look like.

A new area adds one `Specimen` here; every test in `test_every_area.py` then runs for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from enforcement.actors import SYSTEM
from enforcement.models import (
    Agency,
    Certificate,
    Equipment,
    Examination,
    Law,
    Line,
    ObjectClass,
    Officer,
    Party,
    Provision,
    ProvisionSuccession,
    Qualification,
    Region,
    Training,
    TrainingRequirement,
    Violation,
)
from enforcement.services.bulk_register_rows import create_rows
from tests.case_builders import valid_id_number, valid_uscc
from tests.cast import CITY, COUNTY, MARKET, Cast
from tests.organisations.builders import conclude


@dataclass(frozen=True, slots=True)
class Specimen:
    """How the tests fill one area.

    - `make_rows(cast, count)` adds rows with history that `reader` sees, none of which `stranger` may change;
    - `form_values(cast)` is what creates a new row; `edited` is a (field, first new value, second new value) of text;
    - `writer`, `reader`, `outsider` are accounts of the cast: who may write all rows, who may read, who must see none of
      the rows that `make_rows` made ("" where everybody sees them).
    """

    make_rows: Callable[[Cast, int], list[Any]]
    form_values: Callable[[Cast], dict[str, Any]] | None = None
    edited: tuple[str, str, str] = ("", "", "")
    writer: str = "registrar"
    reader: str = "officer"
    stranger: str = "city_registrar"
    outsider: str = ""
    new_table_row: Callable[[Cast], dict[str, str]] | None = None


def _lines(cast: Cast, count: int) -> list[Any]:
    rows = [
        Line(code=f"line-{number:03}", name=f"条线{number:03}", remit="监督检查") for number in range(count)
    ]
    return create_rows(actor=SYSTEM, model=Line, rows=rows, reason="测试登记")


def _regions(cast: Cast, count: int) -> list[Any]:
    rows = [
        Region(code=f"{COUNTY}{number:03}", name=f"乡镇{number:03}", level="township", parent_id=COUNTY)
        for number in range(1, count + 1)
    ]
    return create_rows(actor=SYSTEM, model=Region, rows=rows, reason="测试登记")


def _by_system(model: type[Any], rows: list[Any]) -> list[Any]:
    return create_rows(actor=SYSTEM, model=model, rows=rows, reason="测试登记")


def _officer_of(cast: Cast) -> Officer:
    return Officer.objects.get(account=cast.officer)


def _neighbour_number(cast: Cast) -> str:
    return Officer.objects.get(account=cast.neighbour).staff_number


def _in_city(cast: Cast) -> dict[str, Any]:
    agency = cast.city_market
    return {"agency": agency, "region_code": agency.region_code, "line_code": agency.line_code}


def _officers(cast: Cast, count: int) -> list[Any]:
    people = [
        Officer(staff_number=f"N{number:03}", name=f"人员{number:03}", **_in_city(cast))
        for number in range(count)
    ]
    officers = _by_system(Officer, people)
    term = {"valid_from": dt.date(2024, 1, 1), "valid_until": dt.date(2028, 12, 31)}
    _by_system(Certificate, [Certificate(officer=one, number=f"C-{one.pk}", **term) for one in officers])
    return officers


def _certificates(cast: Cast, count: int) -> list[Any]:
    holder = _officer_of(cast)
    return _by_system(
        Certificate,
        [
            Certificate(
                officer=holder,
                number=f"Z{number:03}",
                valid_from=dt.date(2024, 1, 1),
                valid_until=dt.date(2028, 12, 31),
            )
            for number in range(count)
        ],
    )


def _trainings(cast: Cast, count: int) -> list[Any]:
    officer, day = _officer_of(cast), dt.date(2026, 3, 5)
    return _by_system(
        Training,
        [
            Training(officer=officer, kind="yearly", title=f"培训{n:03}", completed_on=day, hours=Decimal(8))
            for n in range(count)
        ],
    )


def _examinations(cast: Cast, count: int) -> list[Any]:
    officer, first = _officer_of(cast), dt.date(2020, 1, 1)
    return _by_system(
        Examination,
        [
            Examination(officer=officer, kind="yearly", taken_on=first + dt.timedelta(days=n), is_passed=True)
            for n in range(count)
        ],
    )


def _requirements(cast: Cast, count: int) -> list[Any]:
    rows = [
        TrainingRequirement(
            region_code=f"{COUNTY}{number:03}", line_code="", year=2026, hours=Decimal(40), basis="测试规定"
        )
        for number in range(1, count + 1)
    ]
    return _by_system(TrainingRequirement, rows)


def _equipment(cast: Cast, count: int) -> list[Any]:
    rows = [
        Equipment(
            inventory_number=f"ZB-{number:03}",
            kind="meter",
            model_name="测距仪 D2",
            needs_calibration=True,
            acquired_on=dt.date(2024, 1, 10),
            **_in_city(cast),
        )
        for number in range(count)
    ]
    return _by_system(Equipment, rows)


def _qualifications(cast: Cast, count: int) -> list[Any]:
    first = dt.date(2018, 1, 1)
    rows = [
        Qualification(
            account=cast.compiler,
            kind="legal_profession",
            number=f"A{number:03}",
            obtained_on=first + dt.timedelta(days=number),
            region_code=CITY,
            line_code=MARKET,
        )
        for number in range(count)
    ]
    return _by_system(Qualification, rows)


FIRST_DAY = dt.date(2018, 1, 1)


def _laws(cast: Cast, count: int) -> list[Any]:
    rows = [Law(name=f"示范法{number:03}", level="law", effective_from=FIRST_DAY) for number in range(count)]
    return create_rows(actor=SYSTEM, model=Law, rows=rows, reason="测试登记")


def _a_law(name: str = "示范条例", day: dt.date = FIRST_DAY) -> Law:
    found = Law.objects.filter(name=name, effective_from=day).first()
    if found is not None:
        return found
    row = Law(name=name, level="law", effective_from=day)
    return create_rows(actor=SYSTEM, model=Law, rows=[row], reason="测试登记")[0]


def _provisions(cast: Cast, count: int) -> list[Any]:
    law = _a_law()
    rows = [Provision(law=law, article=number, gist="应当明码标价") for number in range(1, count + 1)]
    return create_rows(actor=SYSTEM, model=Provision, rows=rows, reason="测试登记")


def _successions(cast: Cast, count: int) -> list[Any]:
    later = _a_law("示范法典", dt.date(2026, 8, 15))
    new = create_rows(
        actor=SYSTEM, model=Provision, rows=[Provision(law=later, article=9)], reason="测试登记"
    )[0]
    rows = [ProvisionSuccession(old=old, new=new) for old in _provisions(cast, count)]
    return create_rows(actor=SYSTEM, model=ProvisionSuccession, rows=rows, reason="测试登记")


def _two_provisions(cast: Cast) -> dict[str, Any]:
    _provisions(cast, 2)
    new = Provision(law=_a_law("示范法典", dt.date(2026, 8, 15)), article=9)
    create_rows(actor=SYSTEM, model=Provision, rows=[new], reason="测试登记")
    return {
        "old": "《示范条例》（2018-01-01）第二条",
        "new": "《示范法典》（2026-08-15）第九条",
        "note": "序号改变",
    }


def _violations(cast: Cast, count: int) -> list[Any]:
    rows = [
        Violation(code=f"M-{number:03}", name=f"行为{number:03}", line_id="market") for number in range(count)
    ]
    return create_rows(actor=SYSTEM, model=Violation, rows=rows, reason="测试登记")


def _registered(cast: Cast, values: dict[str, Any]) -> dict[str, Any]:
    _provisions(cast, 2)
    return values


def _parties(cast: Cast, count: int) -> list[Any]:
    """Of the city's market agency, every third a person."""
    rows = [
        Party(
            kind="person" if number % 3 == 0 else "enterprise",
            name=f"当事人{number:03}",
            id_number=valid_id_number(number + 1) if number % 3 == 0 else None,
            uscc=None if number % 3 == 0 else valid_uscc(number),
            phone=f"1380000{number:04}",
            region_code=cast.city_market.region_code,
            line_code=cast.city_market.line_code,
        )
        for number in range(count)
    ]
    return create_rows(actor=SYSTEM, model=Party, rows=rows, reason="测试登记")


def _object_classes(cast: Cast, count: int) -> list[Any]:
    rows = [ObjectClass(code=f"class-{number:03}", name=f"类别{number:03}") for number in range(count)]
    return create_rows(actor=SYSTEM, model=ObjectClass, rows=rows, reason="测试登记")


def _agencies(cast: Cast, count: int) -> list[Any]:
    rows = [
        Agency(
            code=f"county-{number:03}",
            name=f"示范县第{number:03}分局",
            short_name=f"分局{number:03}",
            document_prefix=f"分{number:03}",
            region_id=COUNTY,
            line_id=MARKET,
            region_code=COUNTY,
            line_code=MARKET,
            superior=cast.city_market,
        )
        for number in range(count)
    ]
    return create_rows(actor=SYSTEM, model=Agency, rows=rows, reason="测试登记")


def _delegations(cast: Cast, count: int) -> list[Any]:
    return [
        conclude(SYSTEM, cast.city_market, document_number=f"示委〔2026〕{number}号", document=b"")
        for number in range(count)
    ]


SPECIMENS: dict[str, Specimen] = {
    "officers": Specimen(
        make_rows=_officers,
        form_values=lambda cast: {
            "staff_number": "N-900",
            "name": "新来的人",
            "agency": cast.other_city_market.code,
            "id_number": "11010519491231002X",
            "phone": "0871-00000000",
            "joined_on": "2026.3.5",
        },
        edited=("position", "一级行政执法员", "二级行政执法员"),
        outsider="neighbour",
        new_table_row=lambda cast: {
            "工号": "N-901",
            "姓名": "表里的人",
            "执法主体": cast.city_market.code,
            "身份证号": "11010519491231002X",
            "辅助人员": "否",
            "执法证号": "53010000901",
            "执法领域": "市场监管",
            "有效期自": "2026-03-01",
            "有效期至": "2031-02-28",
        },
    ),
    "certificates": Specimen(
        make_rows=_certificates,
        form_values=lambda cast: {
            "officer": _neighbour_number(cast),
            "number": "Z-900",
            "line_codes": [MARKET],
            "issuing_authority": "示范省人民政府",
            "valid_from": "2026.3.1",
            "valid_until": "2031.2.28",
        },
        edited=("issuing_authority", "示范省司法厅", "邻市人民政府"),
        outsider="neighbour",
    ),
    "trainings": Specimen(
        make_rows=_trainings,
        form_values=lambda cast: {
            "officer": _neighbour_number(cast),
            "title": "年度综合执法培训",
            "kind": "yearly",
            "provider": "示范省司法厅",
            "completed_on": "2026.3.5",
            "hours": "7.5",
        },
        edited=("provider", "示范省人民政府", "邻市司法局"),
        outsider="neighbour",
        new_table_row=lambda cast: {
            "工号": _officer_of(cast).staff_number,
            "培训名称": "表里的培训",
            "完成日期": "2026-03-05",
            "学时": "8",
            "培训类别": "年度轮训",
        },
    ),
    "examinations": Specimen(
        make_rows=_examinations,
        form_values=lambda cast: {
            "officer": _neighbour_number(cast),
            "kind": "qualifying",
            "organiser": "示范省司法厅",
            "taken_on": "2026.3.5",
            "score": "86",
            "is_passed": "on",
        },
        edited=("organiser", "示范省人民政府", "邻市司法局"),
        outsider="neighbour",
        new_table_row=lambda cast: {
            "工号": _officer_of(cast).staff_number,
            "考试类别": "换证考试",
            "考试日期": "2026-03-05",
            "合格": "否",
            "成绩": "55.5",
        },
    ),
    "training-requirements": Specimen(
        make_rows=_requirements,
        form_values=lambda cast: {
            "region_code": "5303",
            "line_code": "",
            "year": "2026",
            "hours": "40",
            "basis": "示范省行政执法人员培训规定",
        },
        edited=("basis", "培训规定（修订）", "培训规定（二次修订）"),
        new_table_row=lambda cast: {
            "行政区划代码": "5303",
            "条线": "全部条线",
            "年度": "2026",
            "要求学时": "40",
            "依据": "示范省行政执法人员培训规定",
        },
    ),
    "equipment": Specimen(
        make_rows=_equipment,
        form_values=lambda cast: {
            "agency": cast.other_city_market.code,
            "inventory_number": "ZB-900",
            "kind": "body_camera",
            "model_name": "DSJ-A7",
            "acquired_on": "2026.3.5",
        },
        edited=("model_name", "DSJ-A8", "DSJ-A9"),
        outsider="neighbour",
        new_table_row=lambda cast: {
            "执法主体": cast.city_market.name,
            "资产编号": "ZB-901",
            "装备类别": "执法记录仪",
            "品牌型号": "DSJ-A7",
            "需要检定": "否",
            "启用日期": "2026年3月5日",
        },
    ),
    "qualifications": Specimen(
        make_rows=_qualifications,
        form_values=lambda cast: {
            "account": cast.neighbour.username,
            "kind": "legal_profession",
            "number": "A20260001",
            "issuing_authority": "司法部",
            "obtained_on": "2026.3.5",
        },
        edited=("issuing_authority", "示范省司法厅", "邻市司法局"),
        outsider="neighbour",
        new_table_row=lambda cast: {
            "用户名": cast.neighbour.username,
            "资格": "执法监督证",
            "取得日期": "2026-03-05",
            "证书编号": "ZJ-901",
            "有效期至": "2031-03-04",
        },
    ),
    "lines": Specimen(
        make_rows=_lines,
        form_values=lambda cast: {"code": "water", "name": "水利", "remit": "取水、河道的监督检查"},
        edited=("remit", "取水许可的监督检查", "河道管理的监督检查"),
        new_table_row=lambda cast: {
            "代码": "forestry",
            "名称": "林业和草原",
            "职责范围": "林木采伐的监督检查",
        },
    ),
    "regions": Specimen(make_rows=_regions),
    "laws": Specimen(
        make_rows=_laws,
        form_values=lambda cast: {
            "name": "示范办法",
            "effective_from": "2020.1.1",
            "level": "department_rule",
            "change_kind": "enacted",
            "issued_by": "示范部",
        },
        edited=("issued_by", "示范部、示范委", "示范总局"),
        new_table_row=lambda cast: {
            "名称": "示范规定",
            "施行日期": "2021年3月1日",
            "效力层级": "行政法规",
            "本次变动": "修订",
        },
    ),
    "provisions": Specimen(
        make_rows=_provisions,
        form_values=lambda cast: {"law": str(_a_law().pk), "article": "42", "paragraph": "1", "gist": "甲"},
        edited=("gist", "应当明码标价", "应当标明价格"),
        new_table_row=lambda cast: {
            "法律": str(_a_law().name),
            "条": "13",
            "款": "1",
            "内容提要": "明码标价",
        },
    ),
    "provision-successions": Specimen(
        make_rows=_successions,
        form_values=_two_provisions,
        edited=("note", "分为两条", "并入一条"),
        new_table_row=lambda cast: dict(
            zip(("旧条款", "新条款", "说明"), _two_provisions(cast).values(), strict=True)
        ),
    ),
    "violations": Specimen(
        make_rows=_violations,
        form_values=lambda cast: _registered(
            cast,
            {
                "code": "NEW-1",
                "name": "不明码标价",
                "line": "market",
                "violated_text": "《示范条例》第一条",
                "punished_text": "《示范条例》第二条",
                "statutory_fine": "5000元以下",
            },
        ),
        edited=("name", "不按规定明码标价", "没有明码标价"),
        new_table_row=lambda cast: _registered(
            cast,
            {
                "编码": "NEW-2",
                "名称": "标价不实",
                "条线": "市场监管",
                "违反依据": "《示范条例》第一条",
                "法定罚款": "5000元至50000元",
                "高频执法事项": "否",
            },
        ),
    ),
    "object-classes": Specimen(
        make_rows=_object_classes,
        form_values=lambda cast: {"code": "catering", "name": "餐饮服务单位", "remit": "餐饮服务"},
        edited=("remit", "从事餐饮服务的单位", "从事集体用餐配送的单位"),
        new_table_row=lambda cast: {"代码": "food-sale", "名称": "食品销售单位", "说明": "食品批发、零售"},
    ),
    "parties": Specimen(
        make_rows=_parties,
        form_values=lambda cast: {
            "agency": str(cast.city_market.pk),
            "kind": "enterprise",
            "identifier": valid_uscc(900),
            "name": "示例商贸有限公司",
            "phone": "13812340000",
        },
        edited=("address", "五华区青藤路1号", "五华区青藤路2号"),
        stranger="neighbour",
        outsider="neighbour",
        new_table_row=lambda cast: {
            "类型": "自然人",
            "名称": "马丽华",
            "统一社会信用代码或身份证号": valid_id_number(901),
            "联系电话": "13812340000",
            "行政区划代码": cast.city_market.region_code,
            "条线代码": cast.city_market.line_code,
        },
    ),
    "agencies": Specimen(
        make_rows=_agencies,
        form_values=lambda cast: {
            "code": "5303-ecology",
            "name": "邻市生态环境局",
            "short_name": "邻环",
            "document_prefix": "邻环",
            "region": "5303",
            "line": "ecology",
            "kind": "administrative",
        },
        edited=("authority_basis", "三定规定", "三定规定（修订）"),
        outsider="neighbour",
        new_table_row=lambda cast: {
            "机构编码": "5301-extra",
            "名称": "示范市市场监督管理局分局",
            "简称": "示范分局",
            "文号机关代字": "示分",
            "行政区划代码": COUNTY,
            "条线": "market",
            "主体性质": "行政机关",
            "上级机构编码": "5301-market",
        },
    ),
    "delegations": Specimen(
        make_rows=_delegations,
        outsider="neighbour",
        new_table_row=lambda cast: {
            "委托机关编码": "5301-market",
            "委托书编号": "示委〔2026〕900号",
            "受委托机构编码": "530102-market",
            "签订日期": "2026-01-05",
            "委托期限起": "2026-01-15",
            "委托期限止": "2026年12月31日",
            "委托的事项": "明码标价类违法行为的行政处罚",
            "委托的行为": "行政处罚",
            "委托的处罚种类": "警告、罚款",
            "符合第二十一条条件": "是",
        },
    ),
}
