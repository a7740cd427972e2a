"""Background work of cases. Each task is safe to run twice and late."""

from celery import shared_task
from django.utils import timezone

from cases.fact_store.keeping import refresh
from cases.services.run_replay import requeue_stale, run_replay


@shared_task(name="cases.tasks.do_replay")
def do_replay(run_id: int) -> None:
    run_replay(run_id=run_id)


@shared_task
def sweep_replays() -> None:
    requeue_stale(now=timezone.now())


@shared_task
def refresh_fact_store() -> None:
    refresh()


@shared_task
def rebuild_fact_store() -> None:
    """Once a week from scratch: facts whose type was not known the first time find their column."""
    refresh(rebuild=True)
