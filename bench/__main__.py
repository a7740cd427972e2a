"""`python -m bench`: every job in turn; exit 1 when one misses its limit."""

from __future__ import annotations

import logging
import sys

from bench.database import throw_away_database


def main() -> int:
    with throw_away_database():
        logging.disable(logging.INFO)
        from bench import analysis_panel, ledger_append, pasted_rows

        kept = [job.run() for job in (ledger_append, analysis_panel, pasted_rows)]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
