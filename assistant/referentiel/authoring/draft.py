"""What an import finds, while it is being put together; every paragraph that finds a place is written down."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from assistant.referentiel.authoring.sources.pieces import Paragraph
from assistant.referentiel.authoring.structure import digits, normal_code, plainly

Aside = Literal["headings", "stripped"]
ALIKE = 0.6
SAME = 0.9


@dataclass(slots=True, eq=False)
class Activity:
    code: str | None
    title: str
    tasks: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Competence:
    code: str | None
    text: str
    bloc: "Bloc"
    activity: Activity | None = None
    boxes: list[str] = field(default_factory=list)
    page: int = 1
    id: str = ""


@dataclass(slots=True, eq=False)
class Criterion:
    code: str | None
    text: str
    competences: list[Competence]
    bloc: "Bloc"
    page: int = 1
    lead: str | None = None
    indicators: list[str] = field(default_factory=list)
    points: float | None = None
    shared: bool = False
    bulleted: bool = False
    x0: float = 0.0
    item_x0: float = 0.0
    """Where its first line and its first sub-bullet begin, in points; 0 where the format knows no places."""
    assessed_by: list[str] = field(default_factory=list)
    id: str = ""
    ocr: bool = False
    guessed: bool = False
    unsure: bool = False
    """Where it begins or ends is a guess."""


@dataclass(slots=True, eq=False)
class Modality:
    title: str | None
    description: list[str] = field(default_factory=list)
    competences: list[Competence] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    deliverables: list[tuple[str, set[str]]] = field(default_factory=list)
    expected: list[tuple[str, set[str]]] = field(default_factory=list)
    remark: list[str] = field(default_factory=list)
    kind: str = ""
    page: int = 1


@dataclass(slots=True, eq=False)
class Bloc:
    code: str | None
    title: str | None
    page: int = 1
    id: str = ""
    activities: list[Activity] = field(default_factory=list)
    competences: list[Competence] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)
    modalities: list[Modality] = field(default_factory=list)
    description: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Doubt:
    """Something a person should look at. `kind` is one of doubts.KINDS; `page` from 1."""

    kind: str
    text: str
    page: int


class Draft:
    """The document so far: blocs in order, what stands under which, and which paragraph went where."""

    def __init__(self) -> None:
        self.blocs: list[Bloc] = []
        self.title: str | None = None
        self.certifier: str | None = None
        self.meta: dict[str, list[str]] = {}
        self.general: list[Modality] = []
        self.doubts: list[Doubt] = []
        self.used: dict[int, list[str]] = {}
        self.asides: dict[int, Aside] = {}
        """Paragraphs that stand around what is asked: what heads a table or a part, what adds points up."""
        self.sums: list[tuple[Bloc, str, float, int]] = []
        """Printed sums: of which bloc, in what words, how many points, on which page."""
        self.acquis = False
        self._bloc: Bloc | None = None
        self.last: list[Competence] = []
        self.activity: Activity | None = None
        self.announced: dict[str, Bloc] = {}
        """The competences that a bloc's own list names, in plain letters, before any of them is described."""

    def place(self, paragraph: Paragraph, *texts: str | None) -> None:
        """Writes down that the words of `paragraph` stand in these fields."""
        self.used.setdefault(id(paragraph), []).extend(text for text in texts if text)

    def lay_aside(self, paragraphs: Iterable[Paragraph], why: Aside) -> None:
        for paragraph in paragraphs:
            self.asides[id(paragraph)] = why

    def doubt(self, kind: str, text: str, page: int) -> None:
        self.doubts.append(Doubt(kind, text, page))

    @property
    def bloc(self) -> Bloc:
        """The bloc in hand; one without a name where the source names none."""
        if self._bloc is None:
            self._bloc = Bloc(None, None)
            self.blocs.append(self._bloc)
        return self._bloc

    @property
    def has_bloc(self) -> bool:
        return self._bloc is not None

    def open_bloc(self, code: str | None, title: str | None, page: int) -> Bloc:
        """A new bloc, or the one that bears this code (or, without one, this title) already."""
        for known in self.blocs:
            same = code is not None and known.code is not None and _same_code(known.code, code)
            titled = bool(title and known.title and plainly(known.title) == plainly(title))
            if (same and (titled or not title or not known.title or not known.criteria)) or (
                titled and (same or code is None)
            ):
                if title and not known.title:
                    known.title = title
                if self._bloc is not known:
                    self.last, self.activity = [], None
                self._bloc = known
                return known
        self._bloc = Bloc(code, title or None, page)
        self.blocs.append(self._bloc)
        self.last, self.activity = [], None
        return self._bloc

    def start_bloc(self, page: int) -> None:
        """A bloc whose title is still to come."""
        self._bloc = Bloc(None, None, page)
        self.blocs.append(self._bloc)
        self.last, self.activity = [], None

    def name_bloc(self, title: str, page: int) -> None:
        """Gives the bloc in hand its title; the one that bears it already is opened again instead."""
        fresh = self.bloc
        if fresh.code is None and any(b.title and plainly(b.title) == plainly(title) for b in self.blocs):
            self.blocs.remove(fresh)
            self.open_bloc(None, title, page)
        else:
            fresh.title = title

    def enter_announced(self, competence: str) -> None:
        """Goes back to the bloc whose list names this competence, if one does."""
        flat = plainly(competence)
        home = self.announced.get(flat)
        if home is None:
            near = [name for name in self.announced if _alike_enough(name, flat)]
            home = self.announced[near[0]] if len(near) == 1 else None
        if home is not None and home in self.blocs and home is not self._bloc:
            self._bloc, self.activity = home, None

    def open_activity(self, code: str | None, title: str) -> Activity:
        known = next((a for a in self.bloc.activities if (a.code, plainly(a.title)) == (code, plainly(title))), None)
        if known is None:
            known = Activity(code, title)
            self.bloc.activities.append(known)
        self.activity = known
        return known

    def open_competence(self, code: str | None, text: str, page: int) -> Competence:
        """A new competence of the bloc in hand, or the one that it names again."""
        for known in self.bloc.competences:
            if (code and known.code and normal_code(known.code) == normal_code(code) and _alike(known.text, text)) or (
                plainly(known.text) == plainly(text) and not (code and known.code)
            ):
                if code and len(text) > len(known.text) and plainly(text).startswith(plainly(known.text)):
                    known.text = text
                return known
        made = Competence(code, text, self.bloc, self.activity, page=page)
        self.bloc.competences.append(made)
        return made

    def add_criterion(self, code: str | None, text: str, competences: Iterable[Competence], page: int) -> Criterion:
        made = Criterion(code, text, list(dict.fromkeys(competences)), self.bloc, page)
        if made.competences:
            made.bloc = made.competences[0].bloc
        made.bloc.criteria.append(made)
        return made

    def criteria(self) -> list[Criterion]:
        return [criterion for bloc in self.blocs for criterion in bloc.criteria]


def _alike(one: str, other: str) -> bool:
    """Whether a code said again names the same thing: one text goes on with the other, or most of their words are one."""
    first, second = plainly(one), plainly(other)
    if not first or not second or first.startswith(second) or second.startswith(first):
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() > ALIKE


def _alike_enough(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() > SAME


def _same_code(one: str, other: str) -> bool:
    return digits(one) == digits(other) != () or plainly(one) == plainly(other)
