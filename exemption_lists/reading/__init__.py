"""Reading published leniency lists as they are laid out, and our own downloads and research records.

Pure: no Django, no clock, nothing written. `workbook.read_list_workbook` is the way in for a spreadsheet,
`research_json.read_research_lists` for a JSON collection.
"""
