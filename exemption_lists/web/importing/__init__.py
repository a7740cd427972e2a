"""Importing a spreadsheet in five steps. Every step has its address; nothing is written before the last."""
