"""Columns that an extraction has interleaved: which of their lines ask something, and which tell of the épreuve."""

import re

from assistant.referentiel.authoring.criteria import read_criteria
from assistant.referentiel.authoring.draft import Criterion, Draft
from assistant.referentiel.authoring.modalities import read_modality
from assistant.referentiel.authoring.sharing_out import share_out
from assistant.referentiel.authoring.sources.pieces import Paragraph
from assistant.referentiel.authoring.structure import plainly

_FINITE = re.compile(
    r"\b(est|sont|a ete|ont ete|respecte(?:nt)?|permet(?:tent)?|comprend|comprennent|correspond(?:ent)?|prend|prennent"
    r"|satisfait|satisfont|garanti(?:t|ssent)|decri(?:t|vent)|tient|tiennent|presente(?:nt)?|repond(?:ent)?|integre(?:nt)?"
    r"|facilite(?:nt)?|justifie(?:nt)?|demontre(?:nt)?|met(?:tent)?|apporte(?:nt)?|utilise(?:nt)?|suit|suivent|contien(?:t|nent)"
    r"|montre(?:nt)?|favorise(?:nt)?|assure(?:nt)?|valorise(?:nt)?|figure(?:nt)?|fait|font|peu(?:t|vent)|doi(?:t|vent))\b"
)
_TELLS = re.compile(
    r"^(?:Pour|A partir|À partir|En amont|Le candidat)\b|décrit les situations de travail|définit les crit"
)


class Columns:
    """Gathers the lines of interleaved columns until a bloc or the next competences come."""

    def __init__(self, draft: Draft, coded: bool) -> None:
        self.draft = draft
        self.coded = coded
        self.open = False
        self.last: Criterion | None = None
        """The criterion read last: a page may have cut its list."""
        self.telling: list[Paragraph] = []
        self.asking: list[Paragraph] = []

    def take(self, p: Paragraph) -> None:
        """A line without a code. Beside coded criteria it tells; else a whole sentence asks and a noun names a product."""
        asks = (
            not self.coded
            and bool(_FINITE.search(plainly(p.text)))
            and bool(self.draft.last)
            and not _TELLS.search(p.text)
        )
        (self.asking if asks else self.telling).append(p)

    def next_competences(self) -> None:
        """The lines so far belong to the competences above."""
        if self.asking:
            # Bullets before the first line that heads some end the list that a page has cut.
            headed = not all(p.bullet for p in self.asking)
            holds = headed and self.last is not None and bool(self.last.indicators)
            made = read_criteria(self.draft, self.asking, self.draft.last, carried=self.last, holds=holds)
            self.last = made[-1] if made else self.last
            share_out(self.draft, made, self.draft.last)
            self.asking = []
            self.draft.last = []

    def end(self) -> None:
        """Before another bloc begins."""
        self.next_competences()
        if self.telling and self.draft.has_bloc:
            read_modality(self.draft, self.telling, [], deliverables=False)
            self.telling = []
