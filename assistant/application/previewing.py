"""What will leave for the model, sentence by sentence, before the first run: for a person to see and to correct."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.access.actor import Actor
from assistant.access.matrix import allow
from assistant.application.handing_in import UploadedFile
from assistant.application.installation import Installation
from assistant.components import hides, reader_of
from assistant.dossier.files.intake import unpacked
from assistant.drafting.sending import KEPT, kept_home, mask_for
from assistant.preread import PreReadRequest
from assistant.privacy.dossier_mask import preview
from assistant.privacy.known import NO_CORRECTIONS, About, KnownIdentity
from assistant.privacy.known import Corrections as Corrections
from assistant.privacy.people import name_in
from assistant.progress import silent
from assistant.referentiel.wording import official_wording


@dataclass(frozen=True, slots=True)
class SentSentence:
    """A sentence as it will leave, on which page (1-based), and what of it is hidden: (as written, placeholder)."""

    page: int
    text: str
    hidden: tuple[tuple[str, str], ...]


class Previews:
    """Reads the files and hides; sends nothing, keeps nothing."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def sent(
        self,
        actor: Actor,
        files: Sequence[UploadedFile],
        referentiel_id: str,
        blocs: tuple[str, ...] = (),
        candidate: str = "",
        corrections: Corrections = NO_CORRECTIONS,
    ) -> tuple[SentSentence, ...]:
        """Every sentence that will be sent, pictures left out; nothing where no model is asked or nothing is hidden.

        Raises UnreadableDossier, ReferentielError, PrivacyUnavailable.
        """
        allow(actor, "hand in a dossier")
        settings = self._installation.settings
        if settings.model is None or not hides(settings):
            return ()
        with self._installation.reading() as connection:
            referentiel = self._installation.present(connection, referentiel_id)
        handed_in = unpacked(files)
        reader = reader_of(settings.model_copy(update={"ocr": "off"}))
        dossier = reader(handed_in, official_wording(referentiel.content), silent)
        about = About(KnownIdentity((name_in(candidate),)), corrections)
        mask = mask_for(dossier, PreReadRequest(handed_in, referentiel, blocs).criteria, about)
        home = frozenset(kept_home(dossier)) if settings.sensitive == "home" else frozenset()
        lines = []
        for sentence in dossier.sentences:
            if sentence.role != "body":
                continue
            if sentence.id in home:
                lines.append(SentSentence(sentence.page, KEPT, ()))
                continue
            pieces = preview(mask, sentence.text)
            hidden = tuple((piece.text, piece.hidden_as) for piece in pieces if piece.hidden_as is not None)
            lines.append(SentSentence(sentence.page, str(mask.hide(sentence.text)), hidden))
        return tuple(lines)
