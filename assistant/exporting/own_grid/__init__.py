"""The certifier's own grid, an XLSX or a DOCX of theirs, filled without changing anything else in it."""
