"""What people say and what the lists call it. The groups stand in `synonyms.yaml`: each line is one meaning."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from enforcement.search.text import plain

SYNONYMS = Path(__file__).with_name("synonyms.yaml")
MOST_VARIANTS = 12


@lru_cache(maxsize=1)
def groups() -> tuple[tuple[str, ...], ...]:
    """Words of one meaning, in plain form."""
    held: list[list[str]] = yaml.safe_load(SYNONYMS.read_text(encoding="utf-8"))
    return tuple(tuple(dict.fromkeys(plain(word) for word in group)) for group in held)


@lru_cache(maxsize=1)
def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for group in groups():
        for word in group:
            found.setdefault(word, []).extend(other for other in group if other != word)
    return {word: tuple(dict.fromkeys(others)) for word, others in found.items()}


def variants_of(word: str) -> tuple[str, ...]:
    """The word itself, then the same with each known expression in it said otherwise; at most twelve."""
    variants = [word]
    known = _by_word()
    for at in range(len(word)):
        for end in range(len(word), at + 1, -1):
            for other in known.get(word[at:end], ()):
                variants.append(word[:at] + other + word[end:])
    return tuple(dict.fromkeys(variants))[:MOST_VARIANTS]
