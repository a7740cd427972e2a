"""Waking a worker by the name of its task, so that services need not import the tasks that call them."""

from celery import current_app

REPLAY_TASK = "cases.tasks.do_replay"


def wake_replay(run_id: int) -> None:
    """Ask a worker to do the run. The row is what counts: should this message get lost, the sweeper sends another."""
    current_app.send_task(REPLAY_TASK, args=[run_id])
