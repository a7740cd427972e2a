"""The areas of the register, in the order of the index page. A new area is one more line here."""

from __future__ import annotations

from enforcement.web.register.areas.lines import LINES
from enforcement.web.register.areas.regions import REGIONS
from enforcement.web.register.surface import RegisterSurface

AREAS: tuple[RegisterSurface, ...] = (REGIONS, LINES)
