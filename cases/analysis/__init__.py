"""适用分析: what the lists, the benchmark and the statute say about a case, and why. Pure: no Django rows, no clock."""

from cases.analysis.considered import ConsideredEntry, LeniencyGrounds, Standing
from cases.analysis.inputs import (
    POLICY_EXCLUSIONS,
    AnalysisInput,
    BenchmarkInForce,
    FactRecord,
    RulesInForce,
)
from cases.analysis.report import Analysis, analyse

__all__ = [
    "POLICY_EXCLUSIONS",
    "Analysis",
    "AnalysisInput",
    "BenchmarkInForce",
    "ConsideredEntry",
    "FactRecord",
    "LeniencyGrounds",
    "RulesInForce",
    "Standing",
    "analyse",
]
