"""People of another agency look at everything: what they see must be the same with and without the foreign rows."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.architecture.routes import all_routes
from tests.security.foreign_rows import ForeignRow, forms_that_search

# What differs between two answers to the same question by nature.
CHANGING = re.compile(
    r'data-left="\d+"|name="csrfmiddlewaretoken" value="[^"]*"|name="csrf-token" content="[^"]*"'
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\?search=[\w-]+|search=[\w-]+"
    r"|<strong>编号 \w+</strong>|编号 [2-9A-HJ-NP-Z]{8}"
)
# The public log of the ledger and the health of the servers are about everybody; sessions change by being looked at.
ABOUT_EVERYBODY = ("/healthz", "/login/", "/logout/", "/account/sessions/", "/public/ledger/")
MISSING = 987_654_321


@dataclass(frozen=True, slots=True)
class Look:
    """One question: an address, with form fields when it is a POST."""

    address: str
    posted: tuple[tuple[str, str], ...] | None = None
    # An address that belongs to the foreign row itself: it must answer like one that does not exist.
    counterpart: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str = field(repr=False)


def open_addresses() -> list[str]:
    """Every address without arguments that answers GET."""
    return [
        route.path
        for route in all_routes()
        if "<" not in route.path and not route.path.startswith(ABOUT_EVERYBODY)
    ]


def looks_at(row: ForeignRow, addresses: list[str], exports: list[str]) -> list[Look]:
    """Every question about a row: lists, lists searched for its words, forms, exports, and its own pages."""
    looks = [Look(address) for address in addresses]
    for word in row.words:
        looks += [Look(f"{address}?q={word}") for address in addresses]
        looks += [Look(address, tuple(fields.items())) for address, fields in forms_that_search(word)]
    looks += [Look(address, (("purpose", "核对本机关登记内容"),)) for address in exports]
    for name, arguments in row.pages:
        try:
            own = reverse(name, args=arguments)
            other = reverse(name, args=[_missing(one) for one in arguments])
        except NoReverseMatch:
            continue
        looks.append(Look(own, counterpart=other))
    return looks


def ask(client: Client, look: Look) -> Answer:
    """The answer with what changes by nature taken out. A redirect is followed, since its target may tell."""
    response = (
        client.get(look.address, follow=True)
        if look.posted is None
        else client.post(look.address, dict(look.posted), follow=True)
    )
    if response.get("Content-Type", "").startswith(("text/", "application/json", "application/atom")):
        return Answer(response.status_code, CHANGING.sub("", response.content.decode()))
    return Answer(response.status_code, _workbook_text(response))


def some(looks: list[Look], count: int, dice: random.Random) -> list[Look]:
    """`count` of them, the row's own pages always among them."""
    own = [look for look in looks if look.counterpart]
    rest = [look for look in looks if not look.counterpart]
    return own + dice.sample(rest, max(0, min(len(rest), count - len(own))))


def _missing(argument: Any) -> Any:
    if isinstance(argument, int):
        return argument if argument < 10 else MISSING
    return "x" + argument[1:] if str(argument).startswith("foreign-") else argument


def _workbook_text(response: Any) -> str:
    """All cells of a downloaded workbook; the length of anything else."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] != b"PK":
        return str(len(content))
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True)
    return "\n".join(
        "\t".join(str(cell) for cell in line if cell is not None)
        for sheet in book.worksheets
        for line in sheet.iter_rows(values_only=True)
    )
