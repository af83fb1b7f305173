"""What a trainer takes away from a cohort: chosen examples, masked, as a sheet; the table of presence, as a workbook."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.access.actor import Actor
from assistant.application.auditing import audited
from assistant.application.cohorts import Cohorts
from assistant.application.installation import Installation, Recent
from assistant.application.place import allow_preread
from assistant.application.prereads import PreReads
from assistant.errors import InvalidInput, NotFound, PrivacyUnavailable
from assistant.exporting.cohort_document import (
    CohortInput,
    CohortLineInput,
    ExampleInput,
    as_in_the_sheet,
    cohort_document,
    examples_document,
)
from assistant.exporting.files import MEDIA_TYPES
from assistant.exporting.files import ExportedFile as ExportedFile
from assistant.privacy.dossier_mask import mask_of
from assistant.privacy.known import KnownIdentity
from assistant.privacy.mask import Mask
from assistant.referentiel.wording import official_wording
from assistant.store.cohorts import Cohorts as Records
from assistant.store.dossiers import Dossiers


@dataclass(frozen=True, slots=True)
class Example:
    """A chosen sentence, as its dossier has it."""

    id: str
    number: int
    dossier: str
    preread: str
    criterion: str
    page: int
    text: str


class Examples:
    """Examples and files of a cohort, for its trainer."""

    def __init__(self, installation: Installation, cohorts: Cohorts, prereads: PreReads) -> None:
        self._installation = installation
        self._cohorts = cohorts
        self._prereads = prereads
        self._masks: Recent[str, Mask] = Recent(32)
        self._hidden: Recent[tuple[str, str], str] = Recent(512)

    def choose(self, actor: Actor, cohort_id: str, preread: str, criterion: str, sentence: str) -> None:
        """Keeps a sentence found for a criterion. Raises NotFound for a sentence that is none of the dossier's."""
        _, _, visible = self._cohorts.visible(actor, cohort_id)
        loaded = self._prereads.open(actor, preread)
        if sentence not in {one.id for one in loaded.dossier.sentences}:
            raise NotFound("Cette phrase n’est pas dans ce dossier\u00a0: rechargez la page.")
        with self._installation.writing() as connection:
            record = allow_preread(connection, actor, "read the dossier", preread)
            if record.dossier not in visible:
                raise NotFound("Ce dossier n’est pas dans cette promotion.")
            Records(connection).choose(cohort_id, record.dossier, preread, criterion, sentence)
            audited(connection, actor, "example", cohort_id, preread=preread, criterion=criterion, there=True)

    def drop(self, actor: Actor, cohort_id: str, example: str) -> None:
        """Keeps it no more."""
        self._cohorts.visible(actor, cohort_id)
        with self._installation.writing() as connection:
            Records(connection).drop(cohort_id, example)
            audited(connection, actor, "example", cohort_id, there=False)

    def chosen(self, actor: Actor, cohort_id: str) -> tuple[Example, ...]:
        """What was chosen of dossiers that may still be seen."""
        _, _, visible = self._cohorts.visible(actor, cohort_id)
        with self._installation.reading() as connection:
            kept = [one for one in Records(connection).examples(cohort_id) if one.dossier in visible]
        found = []
        for one in kept:
            loaded = self._prereads.open(actor, one.preread)
            sentence = next(each for each in loaded.dossier.sentences if each.id == one.sentence)
            number = visible[one.dossier]
            found.append(Example(one.id, number, one.dossier, one.preread, one.criterion, sentence.page, sentence.text))
        return tuple(found)

    def sheet(self, actor: Actor, cohort_id: str) -> ExportedFile:
        """The examples as a Word file, personal data masked. Raises InvalidInput while there is none.

        Raises PrivacyUnavailable where names cannot be masked: nothing leaves unmasked.
        """
        cohort, loaded, _ = self._cohorts.visible(actor, cohort_id)
        chosen = self.chosen(actor, cohort_id)
        if not chosen:
            raise InvalidInput("Choisissez d’abord des exemples.")
        masked = [self._masked(actor, one) for one in chosen]
        examples = [ExampleInput(one.criterion, text) for one, text in zip(chosen, masked, strict=True)]
        from assistant.exporting.docx import as_docx

        texts = {one.id: one.text for one in loaded.content.criteria(cohort.blocs)}
        document = examples_document(loaded.content.shown_title, examples, texts, datetime.now(UTC))
        return self._left(actor, cohort_id, "fiche-exemples.docx", as_docx(document))

    def in_the_sheet(self, actor: Actor, example: Example) -> str:
        """A chosen sentence as the sheet will have it, for whoever may see its dossier. Raises PrivacyUnavailable."""
        return as_in_the_sheet(self._masked(actor, example))

    def workbook(self, actor: Actor, cohort_id: str) -> ExportedFile:
        """The table of presence and the counts, as a workbook."""
        from assistant.exporting.xlsx import as_xlsx

        view = self._cohorts.view(actor, cohort_id)
        document = cohort_document(
            CohortInput(
                view.title, view.referentiel, view.mode, [(row.number, row.states) for row in view.rows],
                [
                    CohortLineInput(one.id, one.text, (one.with_all, one.with_part, one.without), one.missing)
                    for one in view.criteria
                ],
                datetime.now(UTC),
            )
        )  # fmt: skip
        return self._left(actor, cohort_id, "promotion.xlsx", as_xlsx(document))

    def _left(self, actor: Actor, cohort_id: str, name: str, data: bytes) -> ExportedFile:
        """The file, once it is written down that it left."""
        form = name.rpartition(".")[2]
        with self._installation.writing() as connection:
            sha256 = hashlib.sha256(data).hexdigest()
            audited(connection, actor, "export", cohort_id, document="cohort", form=form, sha256=sha256)
        return ExportedFile(name, MEDIA_TYPES["docx" if form == "docx" else "xlsx"], data)

    def _masked(self, actor: Actor, example: Example) -> str:
        self._prereads.open(actor, example.preread)

        def make() -> str:
            try:
                return str(self._mask(actor, example.preread, example.dossier).hide(example.text))
            except PrivacyUnavailable as error:
                raise PrivacyUnavailable(
                    "Le module qui masque les noms n’est pas installé\u00a0: la fiche n’est pas faite. Installez-le\u00a0: "
                    "make model (ou pip install avec l’option « model » de Prélecture)."
                ) from error

        made = self._hidden.of((example.preread, example.text), make)
        assert made is not None
        return made

    def _mask(self, actor: Actor, preread: str, dossier: str) -> Mask:
        def make() -> Mask:
            loaded = self._prereads.open(actor, preread)
            with self._installation.reading() as connection:
                record = Dossiers(connection).get(dossier)
            known = KnownIdentity((record.candidate_name,), (record.company,)) if record else None
            return mask_of(
                [one.text for one in loaded.dossier.sentences],
                loaded.dossier.metadata,
                known=known,
                vocabulary=official_wording(loaded.referentiel.content),
            )

        made = self._masks.of(preread, make)
        assert made is not None
        return made
