"""How a text and a query become comparable: one plain form, pairs of neighbouring characters, pinyin. Pure.

A word stands in a text only if every pair of its neighbouring characters does, so the pairs find every text that a plain
comparison would find, and a plain comparison of the few that are left decides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pypinyin import Style, lazy_pinyin

LONGEST_QUERY = 60
MOST_WORDS = 6
UNTYPED = str.maketrans("", "", "《》“”‘’")


def plain(text: str) -> str:
    """Narrow letters in lower case, one space between words, without the marks of titles and quotations, which nobody types,
    and nothing a database cannot hold.
    """
    folded = unicodedata.normalize("NFKC", text).lower().translate(UNTYPED)
    shown = "".join(sign if sign.isprintable() else " " for sign in folded)
    return " ".join(shown.split())


def words_of(query: str) -> tuple[str, ...]:
    """The words of a query, each once, at most six of them."""
    cut = plain(query)[:LONGEST_QUERY].strip()
    return tuple(dict.fromkeys(cut.split()))[:MOST_WORDS]


def pairs_of(text: str) -> list[str]:
    """Every pair of neighbouring characters of a plain text, each once; pairs over a space say nothing."""
    return sorted({text[at : at + 2] for at in range(len(text) - 1) if " " not in text[at : at + 2]})


def indexed_text(title: str, others: Iterable[str]) -> str:
    """What is searched of one entry: its title, the title in pinyin and by initials, and its other words."""
    spelled = "".join(lazy_pinyin(_chinese(title)))
    initials = "".join(lazy_pinyin(_chinese(title), style=Style.FIRST_LETTER))
    return " ".join(filter(None, (plain(one) for one in (title, spelled, initials, *others))))


def _chinese(text: str) -> str:
    return "".join(sign for sign in plain(text) if "一" <= sign <= "鿿")
