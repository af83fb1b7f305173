"""How well a référentiel is imported: `python -m benchmarks.importing`."""
