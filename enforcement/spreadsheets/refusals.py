"""The sentences with which a workbook is refused: what happened, that nothing was written, what to do."""

from __future__ import annotations

from enforcement.errors import InvalidInput

_SENTENCES = {
    "not_found": "没有找到这个文件，没有写入任何内容。核对文件名和所在的文件夹。",
    "empty_file": "这个文件是空的，没有写入任何内容。重新选择文件。",
    "not_a_spreadsheet": "这个文件不是 .xlsx 表格，没有写入任何内容。在表格软件里另存为 .xlsx 后再导入。",
    "old_format": "这是旧格式的表格，没有写入任何内容。在表格软件里另存为 .xlsx 后再导入。",
    "password": "这个表格设了打开密码，没有写入任何内容。取消密码后再导入。",
    "damaged": "这个表格已损坏，没有写入任何内容。在表格软件里打开并另存一份后再导入。",
    "document_type": "这个表格含有外部定义（DTD），已停止读取，没有写入任何内容。另存为 .xlsx 后再导入。",
    "encoding": "这个表格的内部编码不是 UTF-8，没有写入任何内容。另存为 .xlsx 后再导入。",
    "file_too_large": "表格应小于 10 MB，这份是 {megabytes} MB，没有写入任何内容。可删去图片或分成几份。",
    "unpacked_too_large": "这个表格展开后超过 100 MB，已停止读取，没有写入任何内容。",
    "packed_too_tightly": "这个表格的压缩比异常，已停止读取，没有写入任何内容。另存为 .xlsx 后再导入。",
    "too_many_parts": "这个表格内含 {parts} 个部件，上限是 200 个，没有写入任何内容。",
    "too_many_rows": "这个表格有工作表超过 20,000 行，已停止读取，没有写入任何内容。删去空行或分成几份。",
    "too_many_columns": "这个表格有工作表超过 100 列，已停止读取，没有写入任何内容。删去多余的列。",
    "too_many_cells": "这个表格的单元格过多，已停止读取，没有写入任何内容。分成几份再导入。",
    "too_much_text": "这个表格的文字过多，已停止读取，没有写入任何内容。分成几份再导入。",
    "out_of_memory": "读取这个表格需要的内存超过 512 MB，已停止读取，没有写入任何内容。分成几份再导入。",
    "out_of_time": "读取这个表格超过 30 秒，已停止读取，没有写入任何内容。分成几份再导入。",
}


def refuse(reason: str, **values: object) -> InvalidInput:
    """The refusal for one reason; its code is `spreadsheet_<reason>`."""
    sentence = _SENTENCES[reason].format(**values)
    return InvalidInput(f"spreadsheet_{reason}", sentence, {"problems": [sentence]})


def is_known(reason: str) -> bool:
    """Whether a reason reported by the reading process is one of ours."""
    return reason in _SENTENCES
