"""The vocabulary of facts: what may be asked about a case, in the words of enforcement."""

from enforcement.conditions.vocabulary.definitions import (
    DECLARED_PREFIX,
    FactDefinition,
    FactType,
    Vocabulary,
    VocabularyError,
    declare_fact,
    declared_code,
    merge_declared,
)
from enforcement.conditions.vocabulary.standard_conduct import CONDUCT_FACTS
from enforcement.conditions.vocabulary.standard_measures import MEASURE_FACTS
from enforcement.conditions.vocabulary.standard_party import PARTY_FACTS

STANDARD = Vocabulary([*CONDUCT_FACTS, *PARTY_FACTS, *MEASURE_FACTS])

__all__ = [
    "DECLARED_PREFIX",
    "STANDARD",
    "FactDefinition",
    "FactType",
    "Vocabulary",
    "VocabularyError",
    "declare_fact",
    "declared_code",
    "merge_declared",
]
