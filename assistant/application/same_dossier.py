"""Whether a file may be another version of a dossier: how much of what is written stands in both."""

from assistant.access.actor import Actor
from assistant.application.cohorts import Cohorts
from assistant.application.handing_in import UploadedFile
from assistant.application.installation import Installation
from assistant.application.prereads import PreReads
from assistant.components import reader_of
from assistant.dossier.files.intake import unpacked
from assistant.dossier.model import Dossier
from assistant.errors import PrelectureError
from assistant.progress import silent
from assistant.text import words

HARDLY = 0.05
"""Share of the shorter one's sentences below which hardly any is common to both."""
WORDS = 3
"""Fewer words than these are found in any dossier."""


class SameDossier:
    """Compares a file with what was read of a dossier before, before it takes its place."""

    def __init__(self, installation: Installation, cohorts: Cohorts, prereads: PreReads) -> None:
        self._installation = installation
        self._cohorts = cohorts
        self._prereads = prereads

    def hardly(self, actor: Actor, cohort_id: str, number: int, file: UploadedFile) -> bool:
        """Whether hardly any sentence of the file stands in what was read last of the dossier of that number.

        False where this cannot be told: nothing was read yet, or the file has no text of its own (its reading says so).
        Raises NotFound and AccessDenied.
        """
        view = self._cohorts.view(actor, cohort_id)
        preread = next((row.preread for row in view.rows if row.number == number), None)
        if preread is None:
            return False
        before = _sentences(self._prereads.open(actor, preread).dossier)
        try:
            reader = reader_of(self._installation.settings.model_copy(update={"ocr": "off"}))
            after = _sentences(reader(unpacked([file]), (), silent))
        except PrelectureError:
            return False  # whoever hands it in is told by its reading
        return hardly_any(before, after)


def hardly_any(before: frozenset[str], after: frozenset[str]) -> bool:
    """Whether hardly any sentence is common to both; False where one of them has none."""
    shorter = min(len(before), len(after))
    return bool(shorter) and len(before & after) < HARDLY * shorter


def _sentences(dossier: Dossier) -> frozenset[str]:
    folded = (words(one.text) for one in dossier.sentences)
    return frozenset(" ".join(one) for one in folded if len(one) >= WORDS)
