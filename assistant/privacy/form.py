"""What a form of personal data is, and the pieces that many of them are written with."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

FormKind = Literal[
    "COURRIEL", "LIEN", "IBAN", "NIR", "TÉLÉPHONE", "SIRET", "TVA", "CARTE", "IMMATRICULATION", "NAISSANCE", "ADRESSE",
    "VILLE", "COORDONNÉES", "IDENTIFIANT", "IP", "PERSONNE",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` is personal data of this kind."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Says:
    """Words of which a text holds one, in small letters: far cheaper to look for than a pattern is to try."""

    stems: tuple[str, ...]

    def within(self, small: str) -> bool:
        """Whether one of them is in a text in small letters."""
        for stem in self.stems:  # noqa: SIM110 – a generator would cost more than the search
            if stem in small:
                return True
        return False


FIGURE = re.compile(r"\d")
FOUR_FIGURES = re.compile(r"\d(?:[^\d\n]{0,3}\d){3}")
SIX_FIGURES = re.compile(r"\d(?:[^\d\n]{0,4}\d){5}")
"""What numbers of people, firms and accounts hold, and most sentences with a figure do not."""


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind is written. Group "it", where there is one, is what is hidden; `is_one` refuses look-alikes."""

    kind: FormKind
    pattern: re.Pattern[str]
    is_one: Callable[[str], bool] = lambda _: True
    needs: re.Pattern[str] | Says = FIGURE
    """A text without this cannot hold it, and is passed over."""


SPACE = r"[ \u00a0\u202f]"
GAP = rf"{SPACE}?"
MONTH = r"(?:janvier|janv\.?|février|févr?\.?|mars|avril|avr\.?|mai|juin|juillet|juil\.?|août|septembre|sept\.?|octobre|oct\.?|novembre|nov\.?|décembre|déc\.?)"
DATE = (
    rf"(?:\d{{1,2}}{GAP}[/.\-]{GAP}\d{{1,2}}{GAP}[/.\-]{GAP}(?:19|20)?\d{{2}}"
    rf"|\d{{2}} \d{{2}} (?:19|20)\d{{2}}|(?:1er|\d{{1,2}}){SPACE}{MONTH}{SPACE}(?:19|20)\d{{2}}|(?:19|20)\d{{2}}-\d{{2}}-\d{{2}})"
)
TOWN = r"[A-ZÀ-Ý][\wà-ÿÀ-Ý’'-]{1,30}(?:[ \u00a0-](?:(?:sur|sous|en|les|lès|la|le|du|de|des|aux?|d[’'])[ \u00a0-])?[A-ZÀ-Ý][\wà-ÿÀ-Ý’'-]{1,30}){0,3}(?: cedex(?: \d{1,2})?| CEDEX(?: \d{1,2})?)?"
POSTCODE = rf"(?:F-)?(?:0[1-9]|[1-8]\d|9[0-8])\d{{3}}{SPACE}{TOWN}"


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)
