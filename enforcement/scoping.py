"""Who may see rows: a region code prefix and a department line, deny by default.

Each scoped model copies `region_code` and `line_code` from its agency when the row is created, so that a later
merger of agencies does not move old cases to another jurisdiction.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.postgres.indexes import OpClass
from django.db import models

from enforcement.actors import ADMINISTRATORS, Actor, Role


def pattern_index(name: str) -> models.Index:
    """Index for prefix searches on `region_code`.

    A plain index is ignored for LIKE 'prefix%' under a non-C collation; varchar_pattern_ops is used.
    """
    return models.Index(OpClass("region_code", name="varchar_pattern_ops"), "line_code", name=name)


class ScopedQuerySet(models.QuerySet[Any]):
    """QuerySet of a model with `region_code` and `line_code`."""

    # Where the two columns stand: "" on the row itself, "officer__" on the officer it belongs to.
    scope_path: ClassVar[str] = ""

    def visible_to(self, actor: Actor, *, roles: frozenset[Role] | None = None) -> Self:
        """Rows inside at least one of the actor's grants; none without grants.

        `roles` narrows the grants to those that carry the duty in question (for example only approvers' grants).
        Unless named there, the duties of the three administrators show nothing: they look after accounts and trail.
        """
        return self.filter(self.reach_of(actor, roles=roles))

    def reach_of(self, actor: Actor, *, roles: frozenset[Role] | None = None) -> models.Q:
        """The condition behind `visible_to`, for models that add further ways of seeing a row."""
        if actor.is_system:
            return models.Q()
        allowed = models.Q(pk__in=[])
        wanted = frozenset(Role) - ADMINISTRATORS if roles is None else roles
        for grant in actor.grants:
            if grant.role not in wanted:
                continue
            reach = models.Q((f"{self.scope_path}region_code__startswith", grant.region_code))
            if grant.line_code is not None:
                reach &= models.Q((f"{self.scope_path}line_code", grant.line_code))
            allowed |= reach
        return allowed


class ReferenceQuerySet(models.QuerySet[Any]):
    """QuerySet of a model that belongs to no agency and holds nothing to hide: regions, lines, laws."""

    def visible_to(self, actor: Actor) -> Self:
        """Every row, for anyone; so that selectors begin in the same way for all models."""
        return self


class Scoped(models.Model):
    """Mixin: the owning region and line, copied at creation and never followed through the agency afterwards."""

    region_code = models.CharField("行政区划代码", max_length=9)
    line_code = models.CharField("条线代码", max_length=32)

    class Meta:
        abstract = True
