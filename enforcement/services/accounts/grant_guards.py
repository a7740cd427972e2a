"""Conditions a grant must meet beyond the separation of duties; `grant_duty` asks each of them in this order."""

from __future__ import annotations

from enforcement.separation_of_duties import GrantGuard

GRANT_GUARDS: tuple[GrantGuard, ...] = ()
