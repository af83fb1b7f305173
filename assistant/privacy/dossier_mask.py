"""The mask of a dossier: whoever was given at upload, whoever its sentences and its file's properties name."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from assistant.privacy.entities import Recogniser, by_model
from assistant.privacy.mask import Corrections, Mask
from assistant.privacy.people import people_in
from assistant.text import words


@dataclass(frozen=True, slots=True)
class KnownIdentity:
    """What was given at upload or is known to the session: people's names and companies' as written; empty strings do
    not count."""

    people: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a dossier before anything of it is sent: names given at upload or known to the session, and what
    a person corrected in the preview."""

    known: KnownIdentity = field(default_factory=KnownIdentity)
    corrections: Corrections = field(default_factory=Corrections)

    @property
    def key(self) -> str:
        """A hash of it: other names make other requests."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    def mask(self, texts: Sequence[str], metadata: Mapping[str, str], vocabulary: Iterable[str]) -> Mask:
        """The mask for everything that may be sent; the référentiel's words are nobody's. Raises PrivacyUnavailable."""
        return mask_of(texts, metadata, known=self.known, vocabulary=vocabulary, corrections=self.corrections)


NOTHING_KNOWN = About()


@dataclass(frozen=True, slots=True)
class PreviewPiece:
    """A piece of a sentence as a person checks it: `hidden_as` is its placeholder, or None for what leaves as it
    stands."""

    text: str
    hidden_as: str | None


def mask_of(
    sentences: Sequence[str],
    metadata: Mapping[str, str],
    *,
    known: KnownIdentity | None = None,
    vocabulary: Iterable[str] = (),
    corrections: Corrections | None = None,
    recognise: Recogniser = by_model,
) -> Mask:
    """The mask for these sentences, its placeholders numbered by their first place in the dossier.

    `vocabulary`: the référentiel's texts, whose words are nobody's names. Raises PrivacyUnavailable.
    """
    known = known or KnownIdentity()
    asked = frozenset(word for text in vocabulary for word in words(text))
    people = people_in(
        sentences,
        recognise,
        own=[name for name in known.people if name.strip()],
        vocabulary=asked,
        author=metadata.get("author", ""),
    )
    mask = Mask(people, [name for name in known.companies if name.strip()], corrections or Corrections())
    for sentence in dict.fromkeys(sentences):
        mask.hide(sentence)
    return mask


def preview(mask: Mask, sentence: str) -> tuple[PreviewPiece, ...]:
    """A sentence as it will leave, its hidden pieces marked."""
    pieces, at = [], 0
    for span in mask.spans(sentence):
        if span.start > at:
            pieces.append(PreviewPiece(sentence[at : span.start], None))
        written = sentence[span.start : span.end]
        pieces.append(
            PreviewPiece(written, str(mask.hide(written)) if mask.hide(written) != written else f"[{span.kind}]")
        )
        at = span.end
    if at < len(sentence):
        pieces.append(PreviewPiece(sentence[at:], None))
    return tuple(pieces)
