"""How the system words numbers, money, dates, provisions and states in Chinese.

Pure functions for pages, documents and spreadsheets alike; no Django, no clock. Amounts are integer fen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

DIGITS: Final = "零一二三四五六七八九"
MONEY_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
PLACES: Final = ("", "十", "百", "千")
MONEY_PLACES: Final = ("", "拾", "佰", "仟")
SECTIONS: Final = ("", "万", "亿", "万亿")
LARGEST: Final = 10**16 - 1

STATE_WORDS: Final[Mapping[str, str]] = {
    "met": "满足",
    "unmet": "不满足",
    "unknown": "未查明",
    "done": "已完成",
    "current": "进行中",
    "todo": "未开始",
    "closed": "不适用",
    "problem": "存在问题",
    "draft": "草稿",
    "in_review": "审核中",
    "reviewed": "已审核",
    "published": "已发布",
    "added": "新增",
    "changed": "修改",
    "removed": "删除",
    "same": "未变化",
}

OUTCOME_WORDS: Final[Mapping[str, str]] = {
    "no_penalty": "不予处罚",
    "lighter": "从轻处罚",
    "mitigated": "减轻处罚",
    "no_compulsion": "免予行政强制",
    "normal": "一般处罚",
    "heavier": "从重处罚",
}


def _section(number: int, digits: str, places: tuple[str, ...]) -> str:
    """Words for 1 to 9999, with one 零 for each inner run of zeros and none at either end."""
    words, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            gap = gap or bool(words)
            continue
        words += (digits[0] if gap else "") + digits[digit] + places[power]
        gap = False
    return words


def _in_words(number: int, digits: str, places: tuple[str, ...]) -> str:
    """Words for 0 to LARGEST, read in sections of four digits."""
    if not 0 <= number <= LARGEST:
        raise ValueError(f"number out of range for Chinese words: {number}")
    if number == 0:
        return digits[0]
    words, gap = "", False
    for power in (3, 2, 1, 0):
        section = number // 10 ** (4 * power) % 10000
        if section == 0:
            gap = gap or bool(words)
            continue
        if words and (gap or section < 1000):
            words += digits[0]
        # 一万亿零三 needs 亿 only once: 万亿 followed by a section of its own 亿 reads 万…亿.
        unit = "万" if power == 3 and number // 10**8 % 10000 else SECTIONS[power]
        words += _section(section, digits, places) + unit
        gap = False
    return words


def chinese_number(number: int) -> str:
    """十七, 三十三, 一百零五: the form used for articles, paragraphs and items of a law.

    Raises ValueError for a negative number or one above 9,999,999,999,999,999.
    """
    words = _in_words(number, DIGITS, PLACES)
    return words[1:] if words.startswith("一十") else words


def money_text(fen: int, *, unit: str = "") -> str:
    """`800000` as “8,000.00”; with unit “元” as “8,000元”, where whole amounts drop the decimals."""
    sign = "-" if fen < 0 else ""
    yuan, cents = divmod(abs(fen), 100)
    decimals = "" if unit and cents == 0 else f".{cents:02d}"
    return f"{sign}{yuan:,}{decimals}{unit}"


def money_range_text(low: int, high: int) -> str:
    """“200元至500元” for the two ends of a range in fen, or one amount where they are equal."""
    if low == high:
        return money_text(low, unit="元")
    return f"{money_text(low, unit='元')}至{money_text(high, unit='元')}"


def money_upper(fen: int, *, with_currency: bool = False) -> str:
    """Upper-case words of an amount in fen: 壹万陆仟肆佰零玖元零贰分, 捌仟元整.

    Follows annex 1 of《支付结算办法》(银发〔1997〕393号) on writing bills: 整 after 元 or 角, none after
    分; 零 between 元 and 分 where 角 is nil. Raises ValueError for a negative amount.
    """
    if fen < 0:
        raise ValueError("an amount in words cannot be negative")
    yuan, cents = divmod(fen, 100)
    jiao, odd = divmod(cents, 10)
    words = f"{_in_words(yuan, MONEY_DIGITS, MONEY_PLACES)}元" if yuan or not cents else ""
    if jiao:
        words += f"{MONEY_DIGITS[jiao]}角"
    elif odd and yuan:
        words += MONEY_DIGITS[0]
    words += f"{MONEY_DIGITS[odd]}分" if odd else "整"
    return ("人民币" if with_currency else "") + words


def date_zh(day: date) -> str:
    """2026年3月5日, without leading zeros; in tables write the ISO form instead."""
    return f"{day.year}年{day.month}月{day.day}日"


def law_title(name: str) -> str:
    """The name between 《 and 》, once."""
    return name if name.startswith("《") else f"《{name}》"


def provision_text(reference: Mapping[str, object]) -> str:
    """《行政处罚法》第三十三条第一款第（二）项 from a reference `{law, article, paragraph, item, text}`.

    Where the article was not recognised, the words as printed (`text`) are kept, so nothing is invented.
    """
    law, printed = str(reference.get("law") or ""), str(reference.get("text") or "")
    article, paragraph, item = (reference.get(part) for part in ("article", "paragraph", "item"))
    if not law or not isinstance(article, int):
        return printed or (law_title(law) if law else "")
    words = f"{law_title(law)}第{chinese_number(article)}条"
    if isinstance(paragraph, int):
        words += f"第{chinese_number(paragraph)}款"
    if isinstance(item, int):
        words += f"第（{chinese_number(item)}）项"
    return words


def state_word(state: str) -> str:
    """The word for a state code; an unknown code is returned as it is, because it may already be a word."""
    return STATE_WORDS.get(state.lower(), state)


def outcome_code(outcome: str) -> str:
    """The code of an outcome given as code (any case) or as Chinese words; "" when it is neither."""
    lowered = outcome.lower()
    if lowered in OUTCOME_WORDS:
        return lowered
    for code, words in OUTCOME_WORDS.items():
        if outcome and (outcome == words or f"{outcome}处罚" == words):
            return code
    return ""


def outcome_word(outcome: str) -> str:
    """不予处罚, 从轻处罚 … for an outcome code; other text is returned as it is."""
    return OUTCOME_WORDS.get(outcome_code(outcome), outcome)


def deadline_urgency(days_left: int) -> str:
    """Urgency code: normal above five days, soon from three to five, urgent up to two, overdue once past."""
    if days_left < 0:
        return "overdue"
    if days_left <= 2:
        return "urgent"
    return "soon" if days_left <= 5 else "normal"


def deadline_words(days_left: int, *, unit: str = "个工作日") -> str:
    """剩 4 个工作日, 今天到期, 逾期 1 个工作日; `unit` is “日” where the limit runs in calendar days."""
    if days_left == 0:
        return "今天到期"
    return f"逾期 {-days_left} {unit}" if days_left < 0 else f"剩 {days_left} {unit}"
