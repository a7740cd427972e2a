"""提出和取消影响模拟: acts of those who compile, review or publish the list."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from cases.models import ReplayRun, ReplayStatus
from cases.models.replay import UNDER_WAY
from cases.replay_queue import wake_replay
from cases.selectors.replay_plan import compared_version, deciding_digest, find_list_version, replay_plan
from enforcement.actors import COMPILING_ROLES, Actor
from enforcement.errors import NotPermitted, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import RuleVersion
from enforcement.services.draft_version import require_account


def request_replay(*, actor: Actor, version_id: int, today: dt.date) -> ReplayRun:
    """Queue a run of the version against the one in force today; a worker takes it after the commit.

    Raises NotPermitted without a compiling duty there, InvalidInput for entries that cannot be read, Refusal while
    another run is under way.
    """
    with transaction.atomic():
        version = _version(actor, version_id)
        if ReplayRun.objects.filter(version=version, status__in=UNDER_WAY).exists():
            raise Refusal("replay_under_way", "这个版本的影响模拟正在进行。等它完成或者取消后，再开始新的。")
        compared = compared_version(version, on=today)
        replay_plan(version, compared)
        run = ReplayRun.objects.create(
            version=version,
            compared=compared,
            content_digest=deciding_digest(version, compared),
            requested_by_id=require_account(actor),
        )
        transaction.on_commit(lambda: wake_replay(run.pk), robust=True)
        _record(actor, run, LedgerAction.REPLAY_REQUESTED)
    return run


def cancel_replay(*, actor: Actor, version_id: int) -> ReplayRun:
    """Stop the run under way; the worker notices before its next partition. Raises Refusal when there is none."""
    with transaction.atomic():
        version = _version(actor, version_id)
        run = (
            ReplayRun.objects.select_for_update(of=("self",))
            .filter(version=version, status__in=UNDER_WAY)
            .first()
        )
        if run is None:
            raise Refusal("no_replay_under_way", "没有正在进行的影响模拟，可能刚刚已经完成。")
        run.status = ReplayStatus.CANCELLED
        run.ended_at = timezone.now()
        run.save()
        _record(actor, run, LedgerAction.REPLAY_CANCELLED)
    return run


def _version(actor: Actor, version_id: int) -> RuleVersion:
    """The version, locked so that two requests meet one after the other."""
    version = find_list_version(version_id)
    if version is None:
        raise Refusal("unknown_version", "没有找到这个版本的减免责清单。")
    document = version.document
    if not actor.may_any(COMPILING_ROLES, region_code=document.region_code, line_code=document.line_code):
        raise NotPermitted(
            "not_permitted", "影响模拟由编制、审核或者发布这份清单的人员进行。请联系管理员授权。"
        )
    RuleVersion.objects.select_for_update().get(pk=version.pk)
    return version


def _record(actor: Actor, run: ReplayRun, action: LedgerAction) -> None:
    append_entry(
        chain=run.version.document.agency.code,
        action=action,
        subject=run,
        subject_label=f"{run.version}影响模拟",
        actor=actor,
        payload={
            "version": run.version_id,
            "compared": run.compared_id,
            "content_digest": run.content_digest,
        },
    )
