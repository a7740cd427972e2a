"""A published version on paper: what it says as printed tables, and the docx, pdf and page that show them."""
