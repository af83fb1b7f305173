"""The words of one cell of a table -> a bloc, activities with their tasks, competences."""

from collections.abc import Iterable

from assistant.referentiel.authoring.criteria import inline_parts, is_verdict
from assistant.referentiel.authoring.draft import Competence, Draft
from assistant.referentiel.authoring.sources.lines import HANGING
from assistant.referentiel.authoring.sources.pieces import Cell, Paragraph
from assistant.referentiel.authoring.structure import (
    activity_code,
    begins_with_verb,
    bloc_code,
    competence_code,
    generic_code,
    plainly,
)


def _mostly(said: Iterable[bool], least: int = 2) -> bool:
    answers = list(said)
    return sum(answers) >= max(least, 0.8 * len(answers))


class CellReader:
    """Reads cells into the draft; `going_on` where the table goes on from the page before."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.going_on = False

    def bloc(self, cell: Cell) -> None:
        text = " ".join(p.text for p in cell.paragraphs)
        bloc = bloc_code(text)
        cut = bloc if bloc.code else generic_code(text)
        self.draft.open_bloc(cut.code, cut.text or None, cell.paragraphs[0].page)
        self.placed(cell, cut.code, cut.text)

    def activity(self, cell: Cell) -> None:
        """Activities with their tasks; a bloc's heading may stand in the same cell."""
        draft = self.draft
        opened = False
        for p in cell.paragraphs:
            bloc, activity = bloc_code(p.text), activity_code(p.text)
            if bloc.code:
                draft.open_bloc(bloc.code, bloc.text or None, p.page)
                draft.place(p, bloc.code, bloc.text)
                opened = False
            elif competence_code(p.text).code:
                self.competences([p])
            elif activity.code:
                draft.open_activity(activity.code, activity.text)
                draft.place(p, activity.code, activity.text)
                opened = True
            elif draft.activity is not None and (p.bullet or (opened and not p.bold)):
                draft.activity.tasks.append(p.text)
                draft.place(p, p.text)
            elif p.text[:1].islower() and draft.activity is not None:
                if draft.activity.tasks:
                    draft.activity.tasks[-1] += f" {p.text}"
                else:
                    draft.activity.title += f" {p.text}"
                draft.place(p, p.text)
            elif draft.has_bloc and draft.bloc.title is None:
                draft.bloc.title = p.text
                draft.place(p, p.text)
            else:
                draft.open_activity(None, p.text)
                draft.place(p, p.text)

    def competence(self, cell: Cell) -> list[Competence]:
        draft = self.draft
        if all(is_verdict(p.text) for p in cell.paragraphs):
            return []
        rest: list[Paragraph] = []
        for p in cell.paragraphs:
            bloc, activity = bloc_code(p.text), activity_code(p.text)
            if bloc.code and not rest:
                draft.open_bloc(bloc.code, bloc.text or None, p.page)
                draft.place(p, bloc.code, bloc.text)
            elif activity.code and not rest:
                draft.open_activity(activity.code, activity.text)
                draft.place(p, activity.code, activity.text)
            else:
                rest.append(p)
        return self.competences(rest)

    def competences(self, paragraphs: list[Paragraph]) -> list[Competence]:
        """One competence for each code; without codes, one for each line that begins with a verb."""
        draft = self.draft
        made: list[Competence] = []
        codes = [competence_code(p.text).code or generic_code(p.text).code for p in paragraphs]
        cut_first = bool(paragraphs) and self._cut_above(paragraphs[0])
        several = (
            not any(codes)
            and len(paragraphs) > 1
            and _mostly((begins_with_verb(p.text) and not p.bullet for p in paragraphs[cut_first:]), 2 - cut_first)
        )
        for place, p in enumerate(paragraphs):
            parts = inline_parts(p.text)
            for part in parts:
                cut = competence_code(part)
                if not cut.code:
                    cut = generic_code(part) if not p.bullet else cut
                goes_on = cut_first and not place
                if cut.code or (several and not goes_on and begins_with_verb(part)) or (not made and not goes_on):
                    made.append(draft.open_competence(cut.code, cut.text, p.page))
                else:
                    owner = made[-1] if made else draft.last[-1]
                    if not plainly(owner.text).endswith(plainly(part)):
                        owner.text += f" {part}"
                    made = made or [owner]
                draft.place(p, cut.code, cut.text)
        return made

    def _cut_above(self, p: Paragraph) -> bool:
        """A first line that begins small, or has no code where the one above has, ends the competence a page has cut."""
        if not self.draft.last:
            return False
        above = self.draft.last[-1]
        if p.text[:1].islower() or not self.going_on:
            return p.text[:1].islower()
        said = above.text.rstrip()
        open_end = bool(HANGING.search(said)) or said.count("(") > said.count(")")
        return open_end or (bool(above.code) and said[-1:] not in ".;:")

    def placed(self, cell: Cell, *texts: str | None) -> None:
        for paragraph in cell.paragraphs:
            self.draft.place(paragraph, *texts)
