"""The first half of the whole way: a printed table becomes a published list. Each function is one person's part."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from tests.browser.price_tag_list import PRICE_TAG, TITLE, WITHOUT_LICENCE, price_tag_list
from tests.browser.walking import Walk

PASSWORD = "correct horse battery"
SLUG = "yn-market-no-penalty"


def public_finds_nothing_yet(walk: Walk) -> None:
    walk.open("/public/lists/")
    walk.sees("还没有公布的")


def compiler_imports_the_list(walk: Walk) -> None:
    walk.sign_in("compiler", PASSWORD)
    walk.title_is("待办")
    walk.go_to("减免责清单")
    walk.follow("导入")
    walk.page.get_by_label("表格", exact=True).set_input_files(
        {
            "name": "不予处罚清单.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": price_tag_list(),
        }
    )
    walk.press("读取文件")
    walk.title_is("识别表头")
    walk.sees("2 条", "还没有写入", TITLE, "不予处罚的情节")
    walk.fill("新清单的网址代号", SLUG)
    walk.press("下一步：逐行检查")
    walk.title_is("逐行检查")
    walk.sees("没有发现问题", "B3:B4 是合并单元格", "第 4 行与第 6 行是同一条")
    walk.follow("清单 第 3 行")
    walk.sees("初次违法", "危害后果轻微", "及时改正")
    walk.follow("返回逐行检查")
    walk.follow("下一步：比对现行版")
    walk.sees("新清单，没有可以比对的版本", "责令期限内改正，危害后果轻微")
    walk.follow("下一步：写入草稿")
    walk.sees("建立新清单的第 1 版草稿", SLUG)
    walk.press("写入草稿")
    walk.sees("已写入草稿", PRICE_TAG, WITHOUT_LICENCE)


def compiler_accepts_the_recognised_condition(walk: Walk) -> None:
    walk.follow(PRICE_TAG)
    walk.title_is("第 1 条")
    walk.sees("系统识别到的条件")
    expect(walk.page.get_by_text("识别为").first).to_be_visible()
    walk.press("采用识别的条件")
    walk.sees("系统按下面的意思判断")
    walk.follow("修改条件")
    expect(walk.page.get_by_role("group", name="第 1 项，次数")).to_be_visible()
    walk.press("保存条件")
    walk.sees("结构化条件已保存")


def compiler_submits(walk: Walk) -> None:
    walk.follow(TITLE)
    walk.press("提交法制审核")
    walk.sees("已提交法制审核")
    walk.sign_out()


def _open_the_list(walk: Walk) -> None:
    walk.go_to("减免责清单")
    walk.follow(TITLE)


def reviewer_agrees(walk: Walk) -> None:
    walk.sign_in("reviewer", PASSWORD)
    _open_the_list(walk)
    walk.follow("审核这个版本")
    walk.sees("清样", PRICE_TAG, "初次违法")
    walk.page.get_by_role("group", name="结论").get_by_label("同意", exact=True).check()
    walk.fill("审核意见", "条件与法律依据一致，同意发布。")
    walk.press("提交审核意见")
    walk.sees("审核意见已保存")
    walk.sign_out()


def compiler_cannot_publish_own_work(walk: Walk) -> None:
    walk.sign_in("compiler", PASSWORD)
    _open_the_list(walk)
    expect(walk.page.get_by_role("button", name="核对并发布")).to_be_disabled()
    walk.sees("起草或修改过这个版本的人不能审核或者发布它，应由另一个人完成")
    walk.open(f"/officer/lists/{SLUG}/v1/publish/")
    expect(walk.page.get_by_role("button", name="发布第 1 版")).to_be_disabled()
    walk.sees("双人规则")
    walk.sign_out()


def publisher_publishes(walk: Walk) -> None:
    walk.sign_in("publisher", PASSWORD)
    _open_the_list(walk)
    walk.follow("核对并发布")
    walk.fill("发文字号", "云市监规〔2026〕2号")
    walk.fill("成文日期", "2026年9月20日")
    walk.fill("生效日期", "2026.10.1")
    walk.fill("修订说明", "首次公布")
    walk.press("发布第 1 版")
    walk.sees("现行有效", "云市监规〔2026〕2号")
    walk.sign_out()


def public_reads_the_list(walk: Walk, folder: Path) -> None:
    walk.open("/public/")
    walk.follow("清单公示")
    walk.follow(TITLE)
    walk.sees("现行有效", "云市监规〔2026〕2号", "共 2 条")
    file = walk.save_file("全部内容 xlsx", folder)
    cells = [str(cell) for row in openpyxl.load_workbook(file).worksheets[0].values for cell in row if cell]
    assert any(PRICE_TAG in cell for cell in cells)
    assert any("责令期限内改正" in cell for cell in cells)
    walk.follow(PRICE_TAG)
    walk.title_is(PRICE_TAG)
    walk.sees("不予处罚", "初次违法", "价格法")
    assert walk.page.url.endswith(f"/public/lists/{SLUG}/v1/1/")
    walk.open(f"/public/lists/{SLUG}/v1/1/")
