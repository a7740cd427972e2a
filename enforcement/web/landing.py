"""The page a person starts from, by their duties."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from enforcement.actors import ADMINISTRATORS, WORKING_ROLES, Actor, Role

# (duties, url names in order of preference); the first row that fits and resolves wins.
STARTING_PAGES: tuple[tuple[frozenset[Role], tuple[str, ...]], ...] = (
    (WORKING_ROLES - {Role.REGISTRAR}, ("cases:home",)),
    (frozenset({Role.REGISTRAR}), ("register:index", "cases:home")),
    (frozenset({Role.SUPERVISOR}), ("supervisor:home",)),
    (ADMINISTRATORS, ("administrator:home",)),
)


def landing_for(actor: Actor) -> str:
    """Address of the starting page; the account's own page for those without another."""
    for duties, names in STARTING_PAGES:
        if actor.roles & duties:
            for name in names:
                try:
                    return reverse(name)
                except NoReverseMatch:
                    continue
    return reverse("account:home")
