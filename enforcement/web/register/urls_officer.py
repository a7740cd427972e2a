"""The register under /officer/register/: one include per kind of row."""

from django.urls import URLPattern, URLResolver, include, path

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
from enforcement.web.register.list_views import index
from enforcement.web.register.urls import register_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(([path("", index, name="index")], "register"))),
    path("regions/", include(register_urls(REGIONS))),
    path("lines/", include(register_urls(LINES))),
    path("region-changes/", include("enforcement.web.organisations.urls_region_changes")),
    path("agencies/", include(register_urls(AGENCIES))),
    path("agencies/acts/", include("enforcement.web.organisations.urls_agency_acts")),
    path("delegations/", include(register_urls(DELEGATIONS))),
    path("delegations/acts/", include("enforcement.web.organisations.urls_delegation_acts")),
    path("officers/", include(register_urls(OFFICERS))),
    path("certificates/", include(register_urls(CERTIFICATES))),
    path("trainings/", include(register_urls(TRAININGS))),
    path("examinations/", include(register_urls(EXAMINATIONS))),
    path("training-requirements/", include(register_urls(TRAINING_REQUIREMENTS))),
    path("equipment/", include(register_urls(EQUIPMENT_AREA))),
    path("qualifications/", include(register_urls(QUALIFICATIONS))),
    path("", include("enforcement.web.register.people.urls_officer")),
    path("laws/", include(register_urls(LAWS))),
    path("provisions/", include(register_urls(PROVISIONS))),
    path("provision-successions/", include(register_urls(SUCCESSIONS))),
    path("violations/", include(register_urls(VIOLATIONS))),
    path("parties/", include("enforcement.web.register.urls_party_acts")),
    path("parties/", include(register_urls(PARTIES))),
    path("object-classes/", include(register_urls(OBJECT_CLASSES))),
]
