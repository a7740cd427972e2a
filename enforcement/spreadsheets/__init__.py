"""Opening spreadsheets that strangers made, and writing ones that are safe to open.

`guard.open_guarded` turns a workbook into plain grids of text, or refuses it; `writing.write_workbook` makes
a workbook in which no cell can act as a formula.
"""
