"""`python -m bench [JOB …] [--cases N]`: every job, or those named, in turn; exit 1 when one misses its limit."""

from __future__ import annotations

import argparse
import logging
import sys

from bench.database import throw_away_database

JOBS = ("ledger_append", "analysis_panel", "pasted_rows", "public_search", "replay")


def main() -> int:
    arguments = argparse.ArgumentParser(prog="bench")
    arguments.add_argument("jobs", nargs="*", metavar="JOB", help=" ".join(JOBS))
    arguments.add_argument("--cases", type=int, default=1_000_000, help="past cases of the replay")
    chosen = arguments.parse_args()
    unknown = set(chosen.jobs) - set(JOBS)
    if unknown:
        arguments.error(f"unknown job {', '.join(sorted(unknown))}")
    with throw_away_database():
        logging.disable(logging.INFO)
        from bench import analysis_panel, ledger_append, pasted_rows, public_search, replay

        every = {
            "ledger_append": ledger_append.run,
            "analysis_panel": analysis_panel.run,
            "pasted_rows": pasted_rows.run,
            "public_search": public_search.run,
            "replay": lambda: replay.run(chosen.cases),
        }
        kept = [job() for name, job in every.items() if not chosen.jobs or name in chosen.jobs]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
