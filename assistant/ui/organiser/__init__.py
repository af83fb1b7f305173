"""The organiser's space: sessions, candidates and their files, assignment, settings, people."""
