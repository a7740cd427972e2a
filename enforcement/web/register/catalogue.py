"""The areas of the register, in the order of the index page. A new area is one more line here."""

from __future__ import annotations

from enforcement.web.register.areas.agencies import AGENCIES
from enforcement.web.register.areas.certificates import CERTIFICATES
from enforcement.web.register.areas.delegations import DELEGATIONS
from enforcement.web.register.areas.equipment import EQUIPMENT_AREA
from enforcement.web.register.areas.laws import LAWS
from enforcement.web.register.areas.lines import LINES
from enforcement.web.register.areas.object_classes import OBJECT_CLASSES
from enforcement.web.register.areas.officers import OFFICERS
from enforcement.web.register.areas.parties import PARTIES
from enforcement.web.register.areas.provisions import PROVISIONS, SUCCESSIONS
from enforcement.web.register.areas.qualifications import QUALIFICATIONS
from enforcement.web.register.areas.regions import REGIONS
from enforcement.web.register.areas.trainings import EXAMINATIONS, TRAINING_REQUIREMENTS, TRAININGS
from enforcement.web.register.areas.violations import VIOLATIONS
from enforcement.web.register.surface import RegisterSurface

AREAS: tuple[RegisterSurface, ...] = (
    REGIONS,
    LINES,
    AGENCIES,
    DELEGATIONS,
    OFFICERS,
    CERTIFICATES,
    TRAININGS,
    EXAMINATIONS,
    TRAINING_REQUIREMENTS,
    EQUIPMENT_AREA,
    QUALIFICATIONS,
    LAWS,
    PROVISIONS,
    SUCCESSIONS,
    VIOLATIONS,
    PARTIES,
    OBJECT_CLASSES,
)
