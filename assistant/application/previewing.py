"""What will leave for the model, sentence by sentence, before the first run: for a person to see and to correct."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.access.actor import Actor
from assistant.access.matrix import allow
from assistant.application.allowance import within
from assistant.application.handing_in import UploadedFile
from assistant.application.installation import Installation
from assistant.application.known_people import about_dossier
from assistant.application.place import organised, place_of
from assistant.components import hides, reader_of
from assistant.dossier.files.intake import unpacked
from assistant.dossier.model import InputFile
from assistant.drafting.sending import KEPT, kept_home, mask_for
from assistant.errors import NotFound
from assistant.preread import PreReadRequest
from assistant.privacy.dossier_mask import preview
from assistant.privacy.known import NO_CORRECTIONS, About, KnownIdentity
from assistant.privacy.known import Corrections as Corrections
from assistant.privacy.people import name_in
from assistant.progress import silent
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.referentiel.wording import official_wording
from assistant.store.dossiers import Dossiers
from assistant.store.people import People
from assistant.store.sessions import Sessions


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
        self._installation.let(actor, "hand in a dossier")
        settings = self._installation.settings
        if settings.model is None or not hides(settings):
            return ()
        with self._installation.reading() as connection:
            within(connection, self._installation, actor, files)
            referentiel = self._installation.present(connection, referentiel_id)
        writer = (actor.name,) if actor.role == "candidate" else ()
        about = About(KnownIdentity((name_in(candidate), *writer)), corrections)
        return self._read(unpacked(files), referentiel, blocs, about)

    def for_session(
        self,
        actor: Actor,
        session_id: str,
        files: Sequence[UploadedFile],
        corrections: Corrections = NO_CORRECTIONS,
        number: str = "",
    ) -> tuple[SentSentence, ...]:
        """The same of files that will join a session, before they do. `number`: the candidate whose they will be, where
        the session knows who that is.

        Raises NotFound, AccessDenied, UnreadableDossier, PrivacyUnavailable.
        """
        with self._installation.reading() as connection:
            session = organised(connection, actor, session_id)
            within(connection, self._installation, actor, files)
            referentiel = self._installation.referentiel(connection, session.referentiel_sha256)
            listed = Sessions(connection).candidacies(session_id) if number else ()
            whose = next((one for one in listed if one.number == number), None)
            trainer = People(connection).get(whose.trainer) if whose and whose.trainer else None
        settings = self._installation.settings
        if settings.model is None or not hides(settings):
            return ()
        people = (whose.name if whose else "", trainer.name if trainer else "")
        known = KnownIdentity(people, (whose.company,) if whose else ())
        blocs = whose.blocs if whose and whose.blocs else session.blocs
        return self._read(unpacked(files), referentiel, blocs, About(known, corrections))

    def of_candidate(
        self, actor: Actor, candidacy_id: str, corrections: Corrections | None = None
    ) -> tuple[SentSentence, ...]:
        """The same of a candidate's dossier in a session, with the names known to it, for whoever organises it.

        `corrections`: None for those that were kept. Raises NotFound, AccessDenied, UnreadableDossier, PrivacyUnavailable.
        """
        with self._installation.reading() as connection:
            place = place_of(connection, candidacy_id)
            allow(actor, "organise", place.access)
            candidacy, session = place.candidacy, place.session
            if candidacy is None or session is None:
                raise NotFound("Ce dossier n’appartient à aucune session.")
            held = Dossiers(connection).many([candidacy.dossier])[candidacy.dossier].files
            about = about_dossier(connection, candidacy.dossier)
            referentiel = self._installation.referentiel(connection, session.referentiel_sha256)
        settings = self._installation.settings
        if settings.model is None or not hides(settings):
            return ()
        files = [InputFile(one.name, self._installation.files.get(one.sha256), one.kind) for one in held]
        agreed = about if corrections is None else About(about.known, corrections)
        return self._read(unpacked(files), referentiel, session.blocs, agreed)

    def kept(self, actor: Actor, candidacy_id: str) -> Corrections:
        """What was corrected last of a candidate's dossier. Raises NotFound and AccessDenied."""
        with self._installation.reading() as connection:
            place = place_of(connection, candidacy_id)
            allow(actor, "organise", place.access)
            dossier = place.candidacy.dossier if place.candidacy else ""
            return about_dossier(connection, dossier).corrections

    def _read(
        self, files: tuple[InputFile, ...], referentiel: LoadedReferentiel, blocs: tuple[str, ...], about: About
    ) -> tuple[SentSentence, ...]:
        settings = self._installation.settings
        reader = reader_of(settings.model_copy(update={"ocr": "off"}))
        dossier = reader(files, official_wording(referentiel.content), silent)
        mask = mask_for(dossier, PreReadRequest(files, referentiel, blocs).criteria, about)
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
