"""What happens to a registered party: it changes its name, is rated, is put into object classes. Each is dated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput, StaleVersion
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import ClassMembership, CreditRating, CreditTier, FormerName, ObjectClass, Party
from enforcement.register_parties import PARTY
from enforcement.services.register_rows import check_row, locked_row, save_with_history

BASIS_LENGTH = 2


def rename_party(
    *,
    actor: Actor,
    party_id: int,
    name: str,
    changed_on: dt.date,
    basis: str,
    expected_version: int,
    today: dt.date,
) -> Party:
    """更名: the name so far becomes a former name, borne up to the day before `changed_on`.

    Decisions keep the name of their day. Raises NotPermitted, StaleVersion, InvalidInput.
    """
    with transaction.atomic():
        party = _locked(actor, party_id, expected_version)
        _refuse(_rename_problems(party, name.strip(), changed_on, basis, today))
        FormerName.objects.create(
            party=party,
            name=party.name,
            used_until=changed_on,
            basis=basis.strip(),
            recorded_by=actor.name,
        )
        _save_name(actor, party, name.strip(), f"更名：{basis.strip()}")
        _record(actor, party, LedgerAction.PARTY_RENAMED, {"changed_on": changed_on})
    return party


def correct_party_name(*, actor: Actor, party_id: int, name: str, basis: str, expected_version: int) -> Party:
    """更正: the name was registered wrongly; the wrong one was never borne and stays in the history only."""
    with transaction.atomic():
        party = _locked(actor, party_id, expected_version)
        _refuse(_name_problems(party, name.strip(), basis))
        _save_name(actor, party, name.strip(), f"更正：{basis.strip()}")
        _record(actor, party, LedgerAction.PARTY_NAME_CORRECTED, {})
    return party


def rate_party(
    *, actor: Actor, party_id: int, tier: str, from_day: dt.date, source: str, today: dt.date
) -> CreditRating:
    """A credit tier from `from_day` on; the tier of a day is the latest rating up to it, a later row correcting."""
    problems = {}
    if tier not in CreditTier.values:
        problems["tier"] = "选择信用等级"
    if from_day > today:
        problems["from_day"] = "起始日期不能晚于今天"
    if len(source.strip()) < BASIS_LENGTH:
        problems["source"] = "填写来源，例如“企业信用风险分类平台”"
    _refuse(problems)
    with transaction.atomic():
        party = _locked(actor, party_id, None)
        rating = CreditRating.objects.create(
            party=party, tier=tier, from_day=from_day, source=source.strip(), recorded_by=actor.name
        )
        _record(actor, party, LedgerAction.PARTY_RATED, {"tier": tier, "from_day": from_day})
    return rating


def classify_party(
    *, actor: Actor, party_id: int, class_ids: Collection[int], on: dt.date
) -> tuple[list[str], list[str]]:
    """Put the party into exactly these object classes from `on` on; the codes that began and that ended.

    A membership that began on that very day and is taken back has lasted no day and is removed.
    """
    with transaction.atomic():
        party = _locked(actor, party_id, None)
        changed = write_memberships(party=party, class_ids=class_ids, on=on)
        if any(changed):
            _record(
                actor,
                party,
                LedgerAction.PARTY_CLASSIFIED,
                {"began": changed[0], "ended": changed[1], "on": on},
            )
    return changed


def write_memberships(
    *, party: Party, class_ids: Collection[int], on: dt.date
) -> tuple[list[str], list[str]]:
    """`classify_party` without duty and ledger, for those who have seen to both. Raises InvalidInput."""
    known = {one.pk: one for one in ObjectClass.objects.filter(pk__in=class_ids)}
    present = {
        one.object_class_id: one
        for one in party.class_memberships.filter(until__isnull=True).select_related("object_class")
    }
    if len(known) < len(set(class_ids)) or any(
        one.ended_on is not None and one.ended_on < on and one.pk not in present for one in known.values()
    ):
        raise InvalidInput.from_problems("class_unknown", ["从在用的监管对象类别中选择"])
    if any(one.since > on for one in present.values()):
        raise InvalidInput.from_problems("class_later", ["已有从更晚日期开始的类别，选择它之后的日期"])
    began = [known[pk] for pk in sorted(known.keys() - present.keys())]
    ended = [present[pk] for pk in sorted(present.keys() - known.keys())]
    for one in ended:
        if one.since == on:
            one.delete()
        else:
            one.until = on
            one.save(update_fields=["until"])
    ClassMembership.objects.bulk_create(
        [ClassMembership(party=party, object_class=one, since=on) for one in began]
    )
    return [one.code for one in began], [one.object_class.code for one in ended]


def _locked(actor: Actor, party_id: int, expected_version: int | None) -> Party:
    party: Party = locked_row(actor=actor, kind=PARTY, key=party_id)
    PARTY.require_write(actor, party)
    if expected_version is not None and party.lock_version != expected_version:
        raise StaleVersion("stale", "这个当事人刚被其他人修改过，没有保存。请核对现在的内容后再提交。")
    return party


def _name_problems(party: Party, name: str, basis: str) -> dict[str, str]:
    problems = {}
    if not name:
        problems["name"] = "填写名称"
    elif name == party.name:
        problems["name"] = "与现在的名称相同，没有变化"
    if len(basis.strip()) < BASIS_LENGTH:
        problems["basis"] = "填写依据，例如“登记机关变更通知书”"
    return problems


def _rename_problems(
    party: Party, name: str, changed_on: dt.date, basis: str, today: dt.date
) -> dict[str, str]:
    problems = _name_problems(party, name, basis)
    last = party.former_names.first()
    if changed_on > today:
        problems["changed_on"] = "变更日期不能晚于今天"
    elif last is not None and changed_on <= last.used_until:
        problems["changed_on"] = f"上一次更名是 {last.used_until}，变更日期应晚于这一天"
    return problems


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        refusal = InvalidInput.from_problems("party_invalid", list(problems.values()))
        refusal.data["fields"] = {name: [sentence] for name, sentence in problems.items()}
        raise refusal


def _save_name(actor: Actor, party: Party, name: str, reason: str) -> None:
    party.name = name
    check_row(party)
    party.lock_version += 1
    save_with_history(actor=actor, row=party, reason=reason)


def _record(actor: Actor, party: Party, action: LedgerAction, payload: dict[str, object]) -> None:
    append_entry(
        chain=PARTY.chain_of(party),
        action=action,
        subject=party,
        subject_label=f"当事人 {party.pk}",
        actor=actor,
        payload=payload,
    )
