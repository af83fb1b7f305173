"""Prélecture: pre-reads candidates' dossiers for French professional certifications. Never a grade."""

__version__ = "0.1.0"
