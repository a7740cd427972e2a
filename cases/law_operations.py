"""One adapter per recorded operation: from the words of a situation to a rule and back; no rule of its own.

Money is given and returned in yuan; returned money has two decimals.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from cases.deadline_operation import statutory_deadline
from cases.statutory_leniency import (
    Capacity,
    Harm,
    LeniencyFacts,
    Outcome,
    statutory_leniency,
)
from discretion.rules.concurrent import ProvisionFine, choose_provision
from discretion.rules.governing_version import ProvisionVersion, governing_lighter
from discretion.rules.money import fen_from_yuan, yuan
from discretion.rules.statutory_ranges import (
    AD_SERIOUS_COUNT,
    FineRange,
    Grade,
    advertising_55,
    fixed_range,
    food_safety_124,
    graded_range,
    multiple_range,
)
from enforcement.officer_eligibility import MINIMUM_OFFICERS, OfficerStanding, check_officers

Given: TypeAlias = Mapping[str, Any]
Result: TypeAlias = dict[str, Any]
Operation: TypeAlias = Callable[[Given], Result]

GROUNDS = {
    ("reduced_harm", "active_reduction", "harm_eliminated_voluntarily"): "主动消除或者减轻违法行为危害后果",
    ("coerced", "coerced_or_deceived", "tricked"): "受他人胁迫或者诱骗实施违法行为",
    ("confessed", "self_reported", "confessed_voluntarily"): "主动供述行政机关尚未掌握的违法行为",
    ("merit", "meritorious"): "配合行政机关查处违法行为有立功表现",
    ("other_ground",): "法律、法规、规章规定的其他情形",
}
CAPACITY_WORDS = {
    "none": Capacity.NONE,
    "incapable": Capacity.NONE,
    "no_capacity": Capacity.NONE,
    "partial": Capacity.PARTIAL,
    "limited": Capacity.PARTIAL,
    "intermittent_normal": Capacity.INTERMITTENT_NORMAL,
    "intermittent": Capacity.INTERMITTENT_NORMAL,
    "normal": Capacity.FULL,
    "full": Capacity.FULL,
}
BASE_KEYS = ("basis", "base", "goods_value", "illegal_gains", "ad_cost")


def leniency(given: Given) -> Result:
    """op `leniency`."""
    grounds = [words for names, words in GROUNDS.items() if any(given.get(name) is True for name in names)]
    grounds += [str(one) for one in given.get("grounds") or ()]
    exempt = all(_first(given, *names) for names in _SOURCE_EXEMPTION)
    finding = statutory_leniency(
        LeniencyFacts(
            minor=given.get("minor", False),
            timely_corrected=given.get("timely_corrected", False),
            harm=_harm(given),
            first_violation=given.get("first_violation", False),
            policy_excluded=bool(given.get("yn51_excluded")),
            key_area=bool(given.get("key_area")),
            age_at_act=_age(given),
            capacity=_capacity(given),
            no_fault_proven=bool(_first(given, "no_fault_proven", "no_fault", "proves_no_fault")),
            fault_exception=str(_first(given, "exception_level", "fault_exception") or ""),
            grounds=tuple(grounds),
            source_exemption="食品经营者已履行进货查验义务、证明不知情并如实说明来源，可以免予处罚"
            if exempt
            else "",
        )
    )
    outcome, off, otherwise = finding.outcome, finding.option_off, finding.otherwise
    return {
        "outcome": outcome and outcome.value,
        "education_required": finding.education_required,
        "education_required_if_used": finding.education_required_if_used,
        "option_off": off and off.value,
        "raise_review": finding.raise_review,
        "also": finding.also or None,
        "otherwise": otherwise and otherwise.value,
        "fine_allowed": outcome is not None and outcome is not Outcome.MUST_NOT,
        "confiscate": True if exempt and outcome is Outcome.MAY_NOT else None,
        "reasons": list(finding.reasons),
    }


_SOURCE_EXEMPTION = (
    ("purchase_check", "purchase_checks"),
    ("not_knowing", "proves_not_knowing", "did_not_know"),
    ("source_named", "names_source", "named_source"),
)


def _harm(given: Given) -> Harm | None:
    value = given.get("harm", "serious")
    return None if value is None else Harm(value)


def _capacity(given: Given) -> Capacity:
    value = _first(given, "capacity", "mental_capacity", "mental")
    if value is None:
        return Capacity.FULL
    return CAPACITY_WORDS[str(value)]


def _age(given: Given) -> int | None:
    """Age in full years; one grows older on the day after the birthday (convention)."""
    if given.get("age_at_act") is not None:
        return int(given["age_at_act"])
    born = _first(given, "birth_date", "born_on", "birthday")
    acted = _first(given, "act_on", "act_date", "act_end")
    if born is None or acted is None:
        return None
    birth, act = date.fromisoformat(born), date.fromisoformat(acted)
    return act.year - birth.year - ((act.month, act.day) <= (birth.month, birth.day))


def fine_range(given: Given) -> Result:
    """op `range`."""
    full = _full_range(given)
    if full is None:
        return {"min": None, "max": None, "mitigated_below": None}
    grade = Grade(given.get("grade") or Grade.ORDINARY.value)
    result = graded_range(full, grade, _share(given, grade) if given.get("grade") else None)
    document: Result = {
        "min": yuan(result.minimum),
        "max": yuan(result.maximum),
        "mitigated_below": yuan(result.mitigated_below),
        "min_inclusive": result.min_inclusive,
        "max_inclusive": result.max_inclusive,
        "note": result.note,
        "possible": not (grade is Grade.MITIGATED and result.maximum == 0),
        "requires_ground": grade is Grade.MITIGATED,
    }
    if given.get("amount") is not None:
        amount = fen_from_yuan(given["amount"])
        document["within"] = result.minimum <= amount <= result.maximum
        document["below_minimum"] = amount < full.mitigated_below
        document["above_maximum"] = amount > full.maximum
    return document


def _full_range(given: Given) -> FineRange | None:
    provision = given.get("provision")
    if provision == "FSL-124":
        return food_safety_124(_money(given.get("goods_value")))
    if provision == "AD-55":
        return _advertising(given)
    if provision is not None:
        raise ValueError(f"provision {provision} is not implemented")
    multiple, percent = _pair(given, "multiple"), _pair(given, "percent")
    if multiple is None and percent is None:
        return fixed_range(_money(given.get("min")) or 0, fen_from_yuan(given["max"]))
    base = _money(_first(given, *BASE_KEYS))
    if base is not None:
        figures = multiple or tuple(one / 100 for one in percent or ())
        return multiple_range(base, (figures[0], figures[1]))
    fallback = _pair(given, "fallback")
    return fixed_range(fen_from_yuan(fallback[0]), fen_from_yuan(fallback[1])) if fallback else None


def _advertising(given: Given) -> FineRange:
    counted = _first(given, "violations_in_two_years", "violations_2y", "count_2y")
    serious = bool(given.get("serious")) or (counted is not None and int(counted) >= AD_SERIOUS_COUNT)
    usable = given.get("computable") is not False and not given.get("cost_clearly_low")
    usable = usable and not given.get("clearly_low") and not given.get("ad_cost_unknown")
    cost = given.get("ad_cost") if usable and given.get("ad_cost") != "unknown" else None
    return advertising_55(_money(cost), serious=serious)


def _share(given: Given, grade: Grade) -> Decimal | None:
    own = "heavy_share" if grade is Grade.HEAVIER else "light_share"
    value = _first(given, own, "share")
    if value is None and grade is Grade.HEAVIER and given.get("heavy_from") is not None:
        return 1 - Decimal(str(given["heavy_from"]))
    return None if value is None else Decimal(str(value))


def concurrent(given: Given) -> Result:
    """op `concurrent`."""
    fines = [fine for provision in given["provisions"] if (fine := _provision_fine(provision)) is not None]
    choice = choose_provision(fines)
    return {"choose": choice.choose, "reason": choice.reason}


def _provision_fine(provision: Given) -> ProvisionFine | None:
    """The provision's range; None when it has no fine (`fine` null) or its base is unknown."""
    name = str(provision["id"])
    if "fine" in provision:
        fine = provision["fine"]
        return ProvisionFine(name, _money(fine[0]), fen_from_yuan(fine[1])) if fine else None
    found = _full_range(provision)
    return ProvisionFine(name, found.minimum, found.maximum) if found is not None else None


def law_choice(given: Given) -> Result:
    """op `law_choice`."""
    choice = governing_lighter(
        old=_version(given["old"]),
        new=_version(given["new"]),
        act_end=date.fromisoformat(given["act_end"]),
        decided_on=date.fromisoformat(given["decision"]),
    )
    result = "no_penalty" if choice.no_penalty else None
    return {"apply": choice.apply and choice.apply.value, "result": result, "reason": choice.reason}


def _version(given: Given) -> ProvisionVersion:
    fine = given.get("fine")
    start, last = _first(given, "from_", "from"), given.get("to")
    return ProvisionVersion(
        fine=None if fine is None else (_money(fine[0]), fen_from_yuan(fine[1])),
        punishable=given.get("illegal") is not False,
        effective_from=date.fromisoformat(start) if start else None,
        last_day=date.fromisoformat(last) if last else None,
    )


def officer_check(given: Given) -> Result:
    """op `officer_check`."""
    officers = [
        OfficerStanding(
            id=str(one["id"]),
            certified=bool(one.get("certificate")),
            valid_from=_day(one.get("valid_from")),
            valid_until=_day(one.get("valid_to")),
            recused=bool(one.get("recused")),
            auxiliary=bool(one.get("auxiliary")),
            in_scope=one.get("in_scope") is not False,
            suspended=bool(one.get("suspended")),
            revoked=bool(one.get("revoked")),
            serving=not one.get("left"),
        )
        for one in given["officers"]
    ]
    minimum = int(given.get("min_officers") or MINIMUM_OFFICERS)
    check = check_officers(officers, act_on=date.fromisoformat(given["act_on"]), minimum=minimum)
    return {"valid": check.valid, "valid_count": check.valid_count, "reasons": dict(check.refused)}


def _first(given: Given, *names: str) -> Any:
    return next((given[name] for name in names if given.get(name) is not None), None)


def _money(value: Any) -> int | None:
    return None if value is None else fen_from_yuan(value)


def _pair(given: Given, key: str) -> tuple[Decimal, Decimal] | None:
    value = given.get(key)
    return (Decimal(str(value[0])), Decimal(str(value[1]))) if value else None


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


OPERATIONS: dict[str, Operation] = {
    "leniency": leniency,
    "range": fine_range,
    "concurrent": concurrent,
    "law_choice": law_choice,
    "officer_check": officer_check,
    "deadline": statutory_deadline,
}
