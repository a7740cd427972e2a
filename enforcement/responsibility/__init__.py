"""权责清单: what the matters of an agency say, how they are edited, imported and asked."""
