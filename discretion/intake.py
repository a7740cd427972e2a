"""A benchmark file as it was handed in to drafts. Writes nothing."""

from __future__ import annotations

from discretion.rules.import_research import BenchmarkDraft, read_research_text
from enforcement.errors import InvalidInput

SPREADSHEET_ENDINGS = (".xlsx", ".xls", ".et")
NO_SPREADSHEET = "裁量权基准目前按 JSON 导入，还不能读取 Excel 表格。请把表格转成 JSON 后再导入。"


def read_benchmark_file(*, name: str, content: bytes) -> list[BenchmarkDraft]:
    """Drafts of every matter, in file order; at least one. Raises `InvalidInput` with every problem, in Chinese."""
    if name.lower().endswith(SPREADSHEET_ENDINGS):
        raise InvalidInput.from_problems("not_json", [NO_SPREADSHEET])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        problem = "文件不是 UTF-8 编码的 JSON。请另存为 UTF-8 后再试。"
        raise InvalidInput.from_problems("not_utf8", [problem]) from None
    drafts = read_research_text(text)
    if not drafts:
        raise InvalidInput.from_problems("no_matters", ["文件里没有事项，没有写入任何内容。"])
    return drafts
