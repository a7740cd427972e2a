"""Comparing two versions of a rule document: by entry, by field, by phrase. Pure; knows no tables and no pages."""
