"""The template of the DOCX grid, and the script that makes it."""
