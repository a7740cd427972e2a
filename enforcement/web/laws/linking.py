"""References of an entry with the address of their law page, for `components/provisions.html`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from enforcement.selectors.law import texts_cited
from enforcement.web.laws.addresses import public_law, public_provision


def linked(references: Sequence[Mapping[str, Any]], *, on: dt.date | None) -> list[dict[str, Any]]:
    """Each reference with `url`: of the provision in the text meant on `on`, else of the text, else none.

    Two queries, however many references.
    """
    if on is None:
        return [dict(reference) for reference in references]
    rows: list[dict[str, Any]] = []
    for reference, found in zip(references, texts_cited(references, day=on), strict=True):
        url = ""
        if found.provision is not None:
            url = public_provision(found.provision)
        elif found.law is not None:
            url = public_law(found.law)
        rows.append({**reference, "url": url})
    return rows
