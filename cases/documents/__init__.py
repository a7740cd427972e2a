"""执法文书: the text of a decision as paragraphs, and the Word file made of them."""
