"""Text outside tables: headings, fiches with sections, lists; the document's title and general rules."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.referentiel.authoring.about import KINDS_OF_PAPER, MOST_TITLE, read_about
from assistant.referentiel.authoring.criteria import BOXES, inline_parts, is_verdict, read_criteria
from assistant.referentiel.authoring.draft import Draft, Modality
from assistant.referentiel.authoring.forms import Outline, asked, judged, worth
from assistant.referentiel.authoring.interleaved import Columns
from assistant.referentiel.authoring.modalities import read_modality
from assistant.referentiel.authoring.productions import productions
from assistant.referentiel.authoring.sources.pieces import FURNITURE, Paragraph
from assistant.referentiel.authoring.structure import (
    Section,
    activity_code,
    begins_with_verb,
    bloc_code,
    column_role,
    competence_code,
    criterion_code,
    fiche,
    generic_code,
    is_column_heading,
    labelled,
    plainly,
    section,
    transversal,
)

_LISTS = re.compile(r"^liste des competences\b")
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d*\s*$|…{2,}\s*\d*$|\t\d+$")
_EXAMINATION = re.compile(r"^\W*(\d\W+)?(une |l'|la |cette )?(evaluation|epreuve|soutenance|examen)\b")
_EXAMPLE = re.compile(
    r"^(annexe \S+\s*[-–:]\s*)?(\d[\d.]*\s+)?(exemples?|illustration|a titre d'(exemple|illustration))\b"
)
_NUMBER = re.compile(r"^n\s?°\s?\d+\s*:?$", re.IGNORECASE)
MOST_AWAITED = 90
_BLOC_OF = re.compile(
    r"^(?:grilles?|tableau|[ée]valuation|[ée]preuves?|annexe)\b.{0,60}?"
    r"(?P<code>\bbloc(?: de comp[ée]tences)?\s*(?:n\s?°\s?)?[A-Z]?\d+)"
    r"\s*[-–—:.]*\s*(?P<title>.*)$",
    re.IGNORECASE,
)


Heading = tuple[str | None, str, Paragraph]
"""A heading's code, its words without it, and the paragraph."""


def _larger(one: Paragraph, other: Paragraph) -> bool:
    """Whether a heading stands above another in rank: by its level, else by the size of its letters."""
    if one.heading > 0 and other.heading > 0:
        return one.heading < other.heading
    return one.size > other.size + 0.4


class FlowReader:
    """Reads paragraphs in turn; what a section gathers is read when the next one opens."""

    def __init__(self, draft: Draft, tabled: bool, coded: bool) -> None:
        self.draft = draft
        self.mixed = Columns(draft, coded)
        self.tabled = tabled
        self.section: Section | None = None
        self.opener: Paragraph | None = None
        """The heading that opened the section in hand."""
        self.listing = False
        """Below « Liste des compétences de l’activité type »: what a bloc announces."""
        self.gathered: list[Paragraph] = []
        self.waiting: str | None = None
        self.heads = False
        self.before: Paragraph | None = None
        self.closed = False
        """Below « Glossaire » or « Annexe »: « Critère de performance » is a word explained there."""
        self.competences_follow = False
        """Whether « Compétences évaluées » heads what follows."""
        self.recent: list[Paragraph] = []
        self.outline = Outline()
        self.numbered: tuple[str, Paragraph] | None = None
        """« Bloc 1 » alone on the line before, in a document of tables."""
        self.example = False
        """Below « Exemple de grille renseignée », up to the next heading."""
        self.last_heading: Heading | None = None
        self.outer_heading: Heading | None = None
        """The larger heading just above the last one."""

    def read(self, p: Paragraph) -> None:
        if p.heading == FURNITURE or _CONTENTS.search(p.text):
            return
        self._example(p)
        heads, self.heads = self.heads, is_column_heading(p.text)
        if self.heads and not self.tabled and (heads or not section(p.text)):
            # Headings of columns one after the other: an extraction has lost the table they headed.
            self._leave()
            self.mixed.open = True
            return
        before, self.before = self.before, p
        if is_verdict(p.text) or (worth(p.text) is not None and not self.tabled):
            self._judged(p, self.recent)
            self.recent = []
            return
        self.outline.add(p)
        self.recent.append(p)
        if self.waiting and self._title_awaited(p):
            return
        if self._bloc_above(p):
            return
        if self._structure(p):
            self.recent = []
            return
        if self.mixed.open:
            self.flush()
            self.mixed.take(p)
            return
        found = section(p.text) if not p.bullet else None
        if found:
            self.flush()
            self.section, self.opener = found, p
            self.draft.lay_aside([p], "headings")
            self.listing = found == "other" and self.draft.has_bloc and bool(_LISTS.match(plainly(p.text)))
            self._named_above(p, before)
            if found == "other" and plainly(p.text).startswith("glossaire"):
                self.closed = True
                self.draft.last = []
            self.competences_follow |= found == "competence"
            if found == "common":
                self.draft.last = []
            return
        if self.listing and not self._peer(p):
            self.draft.announced[plainly(p.text)] = self.draft.bloc
            self.draft.place(p, p.text)
            return
        self.listing = False
        if self.section in {"criteria", "common", "modality", "deliverable"} and self._may_gather():
            if self._inner_heading(p):
                self.flush()
                code = generic_code(p.text)
                self.draft.last = [self.draft.open_competence(code.code, code.text, p.page)]
                self.draft.place(p, code.code, code.text)
                return
            if (p.heading and not p.bullet) or self._peer(p) or (self._heading(p) and self.section != "criteria"):
                self.flush()
                self.section = None
            else:
                self.gathered.append(p)
                return
        if p.text[:1] in BOXES and self.draft.last and not self.tabled:
            read_criteria(self.draft, [replace(p, text=p.text.lstrip(BOXES + " "))], self.draft.last)
            self.draft.place(p, p.text)
            return
        if self._describes_examination(p, before):
            self.draft.general.append(Modality(None, [p.text], page=p.page))
            self.draft.place(p, p.text)
            return
        read_about(self.draft, p, self.section)
        names = _BLOC_OF.match(p.text)
        if names and len(p.text.split()) <= MOST_TITLE and self.tabled:
            self.last_heading = (names["code"], names["title"].strip(), p)
        elif self._heading(p):
            activity = activity_code(p.text)
            code = activity if activity.code else generic_code(p.text)
            if KINDS_OF_PAPER.match(plainly(p.text)):
                return
            above = self.last_heading
            if above is not None and id(above[2]) not in self.draft.used and _larger(above[2], p):
                self.outer_heading = above
            self.last_heading = (code.code, code.text, p)

    def _describes_examination(self, p: Paragraph, before: Paragraph | None) -> bool:
        """What a candidate makes, below « Une évaluation à l’issue du parcours : »."""
        heads = before is not None and before.text.rstrip().endswith(":") and _EXAMINATION.match(plainly(before.text))
        return bool(heads) and bool(productions(Modality(None, [p.text])))

    def _example(self, p: Paragraph) -> None:
        if _EXAMPLE.match(plainly(p.text)) and len(p.text.split()) <= MOST_TITLE and p.heading != 1:
            self.example = True
        elif self._heading(p) or bloc_code(p.text).code:
            self.example = False

    def _peer(self, p: Paragraph) -> bool:
        """A line set like the heading of the section in hand, among lines that are not: it heads what follows."""
        opener, above = self.opener, self.gathered[-1] if self.gathered else None
        if opener is None or p.bullet or len(p.text.split()) > MOST_TITLE or opener.heading > 0 < p.heading:
            return False
        larger = p.size > opener.size + 0.4 > 1
        verb = begins_with_verb(p.text) or begins_with_verb(generic_code(p.text).text)
        bold = p.bold and ((opener.bold and p.size >= opener.size - 0.2) or verb)
        return larger or (bold and ((above is not None and not above.bold) or self.listing))

    def _inner_heading(self, p: Paragraph) -> bool:
        """A heading below « Compétences et critères », one rank lower: a competence, with its criteria after it."""
        opener = self.opener
        return self.section == "criteria" and opener is not None and 0 < opener.heading < p.heading and not p.bullet

    def _named_above(self, p: Paragraph, before: Paragraph | None) -> None:
        """« Description de la compétence » or « Critères d’évaluation » below a heading: that one is the competence."""
        above, flat = self.last_heading, plainly(p.text)
        if above is None or above[2] is not before or id(before) in self.draft.used:
            return
        described = flat.startswith("description de la competence")
        if not described and (self.tabled or self.section != "criteria" or not begins_with_verb(above[1])):
            return
        code, title, paragraph = above
        self._open_outer()
        self.draft.enter_announced(title)
        self.draft.last = [self.draft.open_competence(code, title, paragraph.page)]
        self.draft.place(paragraph, code, title)
        self.last_heading = self.outer_heading = None

    def _open_outer(self) -> None:
        """A bloc's heading without a code, one level above that of a competence."""
        if self.outer_heading is None:
            return
        code, title, paragraph = self.outer_heading
        levels = paragraph.heading > 0 and id(paragraph) not in self.draft.used
        if levels and column_role(title) is None and section(title) is None:
            self.draft.open_bloc(code, title, paragraph.page)
            self.draft.place(paragraph, code, title)

    def _judged(self, p: Paragraph, recent: Sequence[Paragraph]) -> None:
        """Boxes to tick or a field for points make a criterion of the line before; beside a table they belong to it."""
        self.draft.acquis = self.draft.acquis or "acquis" in plainly(p.text)
        lines = asked(recent)
        if self.tabled or not lines or any(line in self.gathered for line in lines):
            return
        points = worth(p.text)
        judged(self.draft, self.outline, lines, points)
        if points is not None:
            self.draft.place(p, f"{points:g}")

    def _may_gather(self) -> bool:
        return not self.closed and (bool(self.draft.last) or self.section == "common" or self.draft.has_bloc)

    def _heading(self, p: Paragraph) -> bool:
        said = p.heading > 0 or (p.bold and begins_with_verb(p.text))
        if said and not p.bullet and (1 < len(p.text.split()) <= MOST_AWAITED or begins_with_verb(p.text)):
            return True  # a competence is a whole sentence
        short = 1 < len(p.text.split()) <= 20 and p.text.rstrip()[-1:] not in ".;,"
        return short and not p.bullet and bool(p.heading or p.bold or generic_code(p.text).code or p.upper)

    def flush(self) -> None:
        """Reads what the section in hand has gathered."""
        gathered, self.gathered = self.gathered, []
        if not gathered:
            return
        if self.section in {"criteria", "common"}:
            shared = self.section == "common"
            owners = [] if shared else self.draft.last
            read_criteria(self.draft, gathered, owners, shared=shared)
        elif self.section in {"modality", "deliverable"}:
            read_modality(self.draft, gathered, self.draft.last, deliverables=self.section == "deliverable")

    def _title_awaited(self, p: Paragraph) -> bool:
        """The line after a heading that bears only a number is its title."""
        if _NUMBER.match(p.text):
            return True
        what, self.waiting = self.waiting, None
        if section(p.text) or len(p.text.split()) > MOST_AWAITED or bloc_code(p.text).code or fiche(p.text):
            return False
        if what == "bloc":
            self.draft.name_bloc(p.text, p.page)
        else:
            self.draft.enter_announced(p.text)
            self.draft.last = [self.draft.open_competence(None, p.text, p.page)]
        self.draft.place(p, p.text)
        return True

    def _bloc_above(self, p: Paragraph) -> bool:
        """« Bloc 1 » on a line of its own, and its title on the next, set as a heading."""
        above, self.numbered = self.numbered, None
        bloc = bloc_code(p.text)
        if self.tabled and bloc.code and not bloc.text and not p.bullet:
            self.numbered = (bloc.code, p)
            return True
        titled = (p.bold or p.heading > 0 or p.upper) and len(p.text.split()) <= MOST_AWAITED and not p.bullet
        if (
            above is None
            or not titled
            or section(p.text)
            or column_role(p.text)
            or bloc.code
            or competence_code(p.text).code
        ):
            return False
        self._leave()
        self.draft.open_bloc(above[0], p.text, above[1].page)
        self.draft.place(above[1], above[0])
        self.draft.place(p, p.text)
        self.last_heading = self.outer_heading = None
        return True

    def _structure(self, p: Paragraph) -> bool:
        """Blocs, activities, competences and coded criteria. True where the paragraph is one of them."""
        draft = self.draft
        known = fiche(p.text)
        bloc, competence, activity = bloc_code(p.text), competence_code(p.text), activity_code(p.text)
        criterion = criterion_code(p.text)
        if known:
            self._leave()
            if known[0] == "bloc":
                draft.start_bloc(p.page)
                self.waiting = "bloc"
                if known[2]:
                    self._title_awaited(replace(p, text=known[2]))
                    draft.place(p, known[2])
            else:
                self.waiting = "competence"
                if known[0] == "transversal":
                    draft.open_bloc(None, transversal(p.text), p.page)
                    draft.place(p, transversal(p.text))
                    self.waiting = None if known[1] is None else "competence"
                if known[2]:
                    self._title_awaited(replace(p, text=known[2]))
                    draft.place(p, known[2])
        elif bloc.code and not p.bullet and not (self.tabled and not bloc.text):
            self._leave()
            self.mixed.end()
            draft.open_bloc(bloc.code, bloc.text or None, p.page)
            self.last_heading = self.outer_heading = None
            self.waiting = None if bloc.text else "bloc"
            draft.place(p, bloc.code, bloc.text)
        elif criterion.code and criterion.text[:1].isupper():
            if self.section != "criteria":
                self._leave()
                self.section = "criteria"
            self.gathered.append(p)
        elif competence.code and not self.closed and competence.text[:1].isupper() and len(competence.text.split()) > 1:
            self._leave()
            if self.mixed.open:
                self.mixed.next_competences()
            else:
                draft.last = []
            for part in inline_parts(p.text):
                cut = competence_code(part)
                draft.last.append(draft.open_competence(cut.code, cut.text, p.page))
                draft.place(p, cut.code, cut.text)
        elif activity.code and not self.tabled and not self.closed and activity.text[:1].isupper() and not p.bullet:
            self._leave()
            draft.open_activity(activity.code, activity.text)
            draft.place(p, activity.code, activity.text)
        elif (named := labelled(p.text)) and not p.bullet and not self.mixed.open:
            self._leave()
            if named[0] == "bloc":
                draft.open_bloc(None, named[1], p.page)
            else:
                draft.last = [draft.open_competence(None, named[1], p.page)]
            draft.place(p, named[1])
        else:
            return False
        return True

    def _leave(self) -> None:
        self.flush()
        self.section = self.opener = None
        self.listing = False
        self.closed = False
