"""The référentiels one can choose from: their titles and blocs, and what the maintenance of the catalogue needs."""

from dataclasses import dataclass
from pathlib import Path

from assistant.access.actor import Actor
from assistant.access.matrix import allow
from assistant.errors import SettingsError
from assistant.referentiel.catalogue import LoadedReferentiel, available, load, load_file
from assistant.referentiel.model import Referentiel
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Choosable:
    """A référentiel of the catalogue: title and blocs, each with its own title ("" where the source prints none)."""

    id: str
    title: str
    blocs: tuple[tuple[str, str], ...]
    criteria: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of one référentiel found: counts, and the lines at fault under their French headings."""

    id: str
    counts: tuple[int, int, int, int, int]
    """Criteria, criteria with requirements, requirements, those without a label, clues."""
    findings: tuple[tuple[str, tuple[str, ...]], ...]
    wrong: bool


@dataclass(frozen=True, slots=True)
class Drafted:
    """A référentiel completed by the model, for a person to check."""

    content: Referentiel
    drafted: int
    strayed: int
    repeated: int


def choosable(actor: Actor) -> tuple[Choosable, ...]:
    """The catalogue, by id."""
    allow(actor, "read the catalogue")
    return tuple(choosable_of(load(name)) for name in available())


def shown(actor: Actor, referentiel_id: str) -> Referentiel:
    """One référentiel, word for word. Raises ReferentielError."""
    allow(actor, "read the catalogue")
    return load(referentiel_id).content


def checked(actor: Actor, names: tuple[str, ...]) -> tuple[Checked, ...]:
    """Checks these ids and files, or the whole catalogue. Raises ReferentielError for one that does not load."""
    from assistant.matching.embedding import LexicalEmbedder
    from assistant.referentiel.authoring.clue_check import check

    allow(actor, "maintain")
    made = []
    for name in names or available():
        loaded = load_file(Path(name)) if name.endswith((".yaml", ".yml")) else load(name)
        report = check(loaded, LexicalEmbedder())
        findings = (
            ("exigences hors du critère", report.strays),
            ("libellés d’exigences à revoir", report.labels),
            ("indices communs à deux critères", report.shared),
            ("mots du critère sans exigence", report.uncovered),
            ("indices plus proches d’une autre exigence", report.misplaced),
            ("indices proches de textes neutres", report.neutral),
        )
        counts = (report.criteria, report.with_requirements, report.requirements, report.unlabelled, report.clues)
        kept = tuple((title, tuple(lines)) for title, lines in findings)
        made.append(Checked(loaded.content.id, counts, kept, bool(report.wrong)))
    return tuple(made)


def with_clues(actor: Actor, settings: Settings, source: Path) -> Drafted:
    """A copy of a référentiel file with the requirements and clues that the model drafts.

    Raises SettingsError without a model, ReferentielError, and the ModelErrors.
    """
    from assistant.components import calls_of, client_of  # all that a model needs: only where one is asked
    from assistant.referentiel.authoring.clue_drafter import with_clues as drafted

    allow(actor, "maintain")
    if settings.model is None:
        raise SettingsError("Aucun modèle n’est réglé\u00a0: donnez PRELECTURE_MODEL (voir docs/settings.md).")
    made = drafted(load_file(source).content, client_of(settings, calls_of(settings)), settings.model_budget)
    return Drafted(made.referentiel, made.drafted, made.strayed, made.repeated)


def choosable_of(loaded: LoadedReferentiel) -> Choosable:
    """What a list shows of it."""
    content = loaded.content
    blocs = tuple((bloc.id, bloc.title or "") for bloc in content.blocs)
    return Choosable(content.id, content.shown_title, blocs, len(list(content.criteria())))
