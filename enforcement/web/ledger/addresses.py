"""Addresses of proofs, for the pages of what they prove."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from enforcement.actors import PUBLIC
from enforcement.selectors.public_log import ProofState, proof_state


@dataclass(frozen=True, slots=True)
class ProofLink:
    """What a public page shows about its proof; `url` is empty until the next checkpoint."""

    url: str
    is_waiting: bool
    content_url: str
    guide_url: str


def proof_address(kind: str, key: str) -> str:
    return reverse("ledger_public:proof", args=[kind, key])


def proof_link(*, kind: str, key: str, content_url: str) -> ProofLink:
    """One query."""
    state = proof_state(actor=PUBLIC, kind=kind, key=key)
    return ProofLink(
        url=proof_address(kind, key) if state is ProofState.READY else "",
        is_waiting=state is ProofState.WAITING,
        content_url=content_url,
        guide_url=reverse("ledger_public:index"),
    )
