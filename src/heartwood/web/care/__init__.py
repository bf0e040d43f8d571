"""Care: help lines that somebody confirmed, and the page of help."""
