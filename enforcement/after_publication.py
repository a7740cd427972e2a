"""What is told that a version was published or repealed, once that is committed.

The floors above and `config` name the followers when the project starts; the publishing services know none of them.
A follower that fails is logged and nothing else: what follows a publication is found again from the rows that are
missing (`config/publication.py`), never from a message.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.db import transaction

Follower = Callable[[int], object]
_followers: list[Follower] = []


def call_after_publication(follower: Follower) -> None:
    """Name a follower; it gets the id of the version. Naming it again changes nothing."""
    if follower not in _followers:
        _followers.append(follower)


def announce_publication(version_id: int) -> None:
    """Call the followers when the transaction around the publication has committed."""
    for follower in tuple(_followers):
        transaction.on_commit(partial(follower, version_id), robust=True)
