"""Recurring work of supervision. Each task is safe to run twice and late."""

import structlog
from celery import shared_task

from supervision.verification import verify_everything

logger = structlog.get_logger("hengdu.ledger")


@shared_task
def verify_whole_ledger() -> None:
    """Every night: a break is an error in the log, for whoever watches it. The sentences name numbers, not persons."""
    report = verify_everything()
    if report.holds:
        logger.info("ledger_verified", entries=report.entries, checkpoints=report.checkpoints)
    else:
        logger.error("ledger_broken", breaks=report.breaks[:20], count=len(report.breaks))
