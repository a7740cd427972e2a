"""Stands in for the reading process: takes memory until its limit stops it."""

import json
import sys

from enforcement.spreadsheets.reading_process import limit_resources

if __name__ == "__main__":
    limit_resources()
    try:
        taken = [bytearray(64 * 1024 * 1024) for _ in range(64)]
        print(json.dumps({"sheets": [], "taken": len(taken)}))
    except MemoryError:
        print(json.dumps({"refused": "out_of_memory"}))
    sys.exit(0)
