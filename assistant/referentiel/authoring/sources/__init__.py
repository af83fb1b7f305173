"""One reader per format; each gives the same stream of paragraphs and tables."""
