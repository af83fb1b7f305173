"""The page « Référentiels »: import, put right beside the source, publish."""
