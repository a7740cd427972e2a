"""How large a workbook may be. Measured: a 4.9 MB file of 600,000 rows needs 736 MiB and 55 s to parse."""

MEBIBYTE = 1024 * 1024

MAX_PACKED_BYTES = 10 * MEBIBYTE
MAX_UNPACKED_BYTES = 100 * MEBIBYTE
MAX_RATIO = 100
# Small parts of honest files (a theme, an empty sheet) can be packed far below 1 %.
RATIO_FREE_BYTES = MEBIBYTE
MAX_PARTS = 200

MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELLS = MAX_ROWS * MAX_COLUMNS
MAX_MERGED_AREAS = 20_000
MAX_SHEETS = 100

# One shared string can be used by every cell, so the text handed back is limited on its own.
MAX_CELL_CHARACTERS = 32_767
MAX_TEXT_CHARACTERS = 20_000_000

CHILD_MEMORY_BYTES = 512 * MEBIBYTE
CHILD_SECONDS = 30
CHILD_OUTPUT_BYTES = 200 * MEBIBYTE
