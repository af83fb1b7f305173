"""How one dossier is named and disguised in everything that is sent about it, and how that is undone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from assistant.dossier.model import Dossier
from assistant.drafting.windows import Labels, sentence_labels
from assistant.privacy.dossier_mask import mask_of
from assistant.privacy.known import About
from assistant.privacy.mask import Mask, Masked, own_words
from assistant.privacy.sensitive import sensitive_kinds
from assistant.referentiel.model import Criterion

Hiding = Literal["all", "sensitive", "none"]
"""all: personal data becomes placeholders everywhere; sensitive: only in sentences on health, disability, religion or
union, which never leave beside a name; none: nothing leaves this process."""
KEPT = Masked("[phrase gardée sur place]")
"""What stands for a text that does not leave at all."""


@dataclass(frozen=True, slots=True)
class Sending:
    """Labels of the sentences that may be sent, `hide` for what is sent, `show` for what comes back, `seal` for a whole
    prompt; `home`: ids of the sentences that are never sent."""

    sentences: Labels
    hide: Callable[[str], str]
    show: Callable[[str], str]
    seal: Callable[[str], Masked]
    home: tuple[str, ...] = ()


def texts_of(dossier: Dossier) -> list[str]:
    """Every text of a dossier that may be sent, in order: so that placeholders do not depend on who asks first."""
    texts: dict[str, None] = {}
    for sentence in dossier.sentences:
        for text in (sentence.section, sentence.context, sentence.text):
            if text:
                texts.setdefault(text)
    return list(texts)


def asked_words(criteria: Iterable[Criterion]) -> tuple[str, ...]:
    """What the référentiel asks, in its words: they are nobody's names."""
    return tuple(text for one in criteria for text in (one.text, *(requirement.text for requirement in one.asked)))


def mask_for(dossier: Dossier, criteria: Iterable[Criterion], about: About) -> Mask:
    """The mask of a dossier that is read for these criteria. Raises PrivacyUnavailable."""
    return mask_of(
        texts_of(dossier),
        dossier.metadata,
        known=about.known,
        vocabulary=asked_words(criteria),
        corrections=about.corrections,
    )


def sending_of(
    dossier: Dossier, criteria: Iterable[Criterion], about: About, hiding: Hiding, *, keep_home: bool
) -> Sending:
    """How a dossier is sent that is read for these criteria.

    Raises PrivacyUnavailable where names have to be hidden and their recognition is not installed.
    """
    home = kept_home(dossier) if keep_home else ()
    if hiding == "none" and not home:
        return Sending(sentence_labels(dossier), str, str, own_words)
    if hiding == "none":
        return Sending(sentence_labels(dossier, home), _home_kept(str), str, own_words, home)
    mask = mask_for(dossier, criteria, about)
    hide: Callable[[str], str] = mask.hide if hiding == "all" else _only_sensitive(mask)
    seal = mask.seal if hiding == "all" else own_words
    return Sending(sentence_labels(dossier, home), _home_kept(hide) if keep_home else hide, mask.show, seal, home)


def kept_home(dossier: Dossier) -> tuple[str, ...]:
    """Ids of the sentences on health, disability, religion or union."""
    return tuple(sentence.id for sentence in dossier.sentences if sensitive_kinds(sentence.text))


def _home_kept(hide: Callable[[str], str]) -> Callable[[str], str]:
    """Titles, headings of columns and neighbours are held to the same rule as sentences."""
    return lambda text: KEPT if sensitive_kinds(text) else hide(text)


def _only_sensitive(mask: Mask) -> Callable[[str], str]:
    return lambda text: mask.hide(text) if sensitive_kinds(text) else text
