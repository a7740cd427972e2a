"""Register rows as Excel tables: template, export, import with every problem named by its cell, dry run, all or nothing.

`columns` declares a table, `reading` turns a workbook into typed rows, `planning` compares them with what is there,
`model_rows` does all of it for a table whose rows are the rows of one model. `catalogue` lists the tables.
"""
