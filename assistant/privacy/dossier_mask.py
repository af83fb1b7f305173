"""The mask of a dossier: whoever was given at upload, whoever its sentences and its file's properties name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.privacy.entities import Recogniser, by_model
from assistant.privacy.known import Corrections, KnownIdentity
from assistant.privacy.mask import Mask
from assistant.privacy.organisations import organisations_in
from assistant.privacy.people import people_in
from assistant.privacy.spelled import spelled_in
from assistant.privacy.towns import towns_in
from assistant.text import LEVELS, words


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
    apart = [title for sentence in sentences for title in sentence.split(LEVELS)]
    spelled = spelled_in(apart)
    people = people_in(
        apart,
        recognise,
        own=[name for name in known.people if name.strip()],
        vocabulary=asked,
        author=metadata.get("author", ""),
        spelled=spelled,
    )
    companies = [name for name in known.companies if name.strip()]
    organisations = organisations_in(apart, asked, spelled.firms)
    mask = Mask(people, companies, organisations, towns_in(apart), corrections or Corrections())
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
