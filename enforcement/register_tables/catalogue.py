"""Every register table, by the name commands and addresses use. A new table is one more line here."""

from __future__ import annotations

from enforcement.errors import InvalidInput
from enforcement.register_tables.agencies import AGENCIES
from enforcement.register_tables.columns import RegisterTable
from enforcement.register_tables.delegations import DELEGATIONS
from enforcement.register_tables.equipment import EQUIPMENT_TABLE
from enforcement.register_tables.examinations import EXAMINATIONS
from enforcement.register_tables.laws import LAWS
from enforcement.register_tables.lines import LINES
from enforcement.register_tables.object_classes import OBJECT_CLASSES
from enforcement.register_tables.officers import OFFICERS
from enforcement.register_tables.parties import PARTIES
from enforcement.register_tables.provisions import PROVISIONS, SUCCESSIONS
from enforcement.register_tables.qualifications import QUALIFICATIONS
from enforcement.register_tables.regions import REGIONS
from enforcement.register_tables.training_requirements import TRAINING_REQUIREMENTS
from enforcement.register_tables.trainings import TRAININGS
from enforcement.register_tables.violations import VIOLATIONS

TABLES: tuple[RegisterTable, ...] = (
    LINES,
    REGIONS,
    AGENCIES,
    DELEGATIONS,
    OFFICERS,
    QUALIFICATIONS,
    TRAININGS,
    EXAMINATIONS,
    TRAINING_REQUIREMENTS,
    EQUIPMENT_TABLE,
    LAWS,
    PROVISIONS,
    SUCCESSIONS,
    VIOLATIONS,
    PARTIES,
    OBJECT_CLASSES,
)


def table_of(slug: str) -> RegisterTable:
    """The table of a name. Raises `InvalidInput` that lists the names."""
    found = next((table for table in TABLES if table.slug == slug), None)
    if found is None:
        known = "、".join(f"{table.slug}（{table.title}）" for table in TABLES)
        raise InvalidInput.from_problems("table_unknown", [f"没有名为“{slug}”的登记表。可用的有：{known}"])
    return found
