"""What a process loads and works out once, before the processes that read dossiers are forked from it."""

import gc

from assistant.dossier.files.kept import fingerprint
from assistant.dossier.isolation.pace import seconds_per_page
from assistant.dossier.model import dossier_adapter
from assistant.preread import get_ready
from assistant.referentiel.catalogue import available, load

SELDOM = 50_000
"""Objects made between two looks for cycles: a process that reads one dossier makes few, and ends with it."""


def warm() -> None:
    """All that does not depend on a dossier, a setting or a database. Takes a few seconds."""
    dossier_adapter()
    seconds_per_page()
    fingerprint()
    get_ready(load(one) for one in available())
    gc.set_threshold(SELDOM)
    gc.collect()
    gc.freeze()  # what is here is for ever: those who are forked from it neither look at it again nor copy it
