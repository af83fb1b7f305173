"""The words of an épreuve: its kind, what it says, what is handed in and what is shown at the oral."""

import re
from collections.abc import Sequence

from assistant.referentiel.authoring.draft import Competence, Draft, Modality
from assistant.referentiel.authoring.productions import is_production
from assistant.referentiel.authoring.sources.pieces import Paragraph
from assistant.referentiel.authoring.structure import normal_code, plainly

_CODES = re.compile(r"\bC\s?\.?\s?\d+(?:\.\d+)*")
_TAGGED = re.compile(
    r"^\(?(?P<codes>C\s?\d+(?:\.\d+)*(?:\s*[;,&+/-]\s*C\s?\d+(?:\.\d+)*|\s+et\s+C\s?\d+(?:\.\d+)*)*)\)\s*"
)
_TAG_AFTER = re.compile(
    r"\s*\((?:en lien avec )?C\s?\d+(?:\.\d+)*(?:\s*(?:[;,&+/-]|et)\s*C\s?\d+(?:\.\d+)*)*\)(?=\s*[;.]?\s*$)"
)
_HANDED = re.compile(
    r"\b(livrables?|comprenant|comprend|contenant|remet|remettre|inclure"
    r"|(productions?|documents?|pieces|travaux) (suivante?s?|attendue?s?|demandee?s?|a (remettre|rendre|fournir|deposer))"
    r"|elements suivants|dossier .{0,40}:$|compose (de|par))"
)
_REMARK = re.compile(
    r"^(ce|ces|cette|la demonstration|l'analyse|le livrable) .*(transmis|suivie?|realisee?|fait|prend)"
)
_OPENING = re.compile(
    r"^(dossier|presentation|soutenance|questionnement|entretien|epreuve|mise en situation|etude de cas|cas pratique"
    r"|oral|elaboration|jeu de role|qcm|questionnaire|rapport|projet)\b"
)
_LIVRABLES = re.compile(
    r"^(?:(?:liste\s+des\s+)?livrable(?P<many>s|\(s\))?|productions?\s+(?:attendues?|demandées?))"
    r"(?:\s+(?:attendu(?:s|\(s\))?|demandé(?:s|\(s\))?|à\s+remettre|à\s+rendre))?\s*:\s*(?=\S)",
    re.IGNORECASE,
)
MOST_ITEM = 9
_NUMBERED = re.compile(r"^\(\d\)\s")


_ON_THE_SPOT = (
    r"mise en situation( professionnelle)? pratique|epreuve pratique|travaux pratiques"
    r"|(mise en situation|epreuve|demonstration|realisation)\b.{0,60}\b(en atelier|plateau technique|en laboratoire"
    r"|sur chantier|en cuisine)"
)


def kind_of(text: str) -> str:
    """The épreuve's kind by its words; empty where they do not tell."""
    flat = plainly(text)
    first = " ".join(flat.split()[:14])
    if re.search(r"\bquestionn(ement|e|era|ent)\b|entretien (final|technique|avec le jury)|questions? d[u']", first):
        return "questionnement"
    if re.search(r"sur poste|poste informatique|\bposte\b.*reconstitue", flat):
        return "production_sur_poste"
    if re.search(_ON_THE_SPOT, flat) and not re.search(r"\bdossier\b|memoire|rapport|oral|ecrite?s?\b", first):
        return "production_sur_poste"
    if re.search(r"mise en situation|etude de cas|cas pratique|jeu de role|simul", flat) and not re.search(
        r"\bdossier\b|memoire|rapport", flat
    ):
        oral = bool(re.search(r"\borale?s?\b|oralement|jeu de role|entretien", flat))
        written = bool(re.search(r"ecrite?s?\b|redig|produi|document|questionnaire", flat))
        return (
            "mise_en_situation_orale"
            if oral and not written
            else "mise_en_situation_ecrite"
            if written and not oral
            else ""
        )
    if re.search(r"\b(dossier|memoire|rapport|portfolio|livrable|ecrite?|redige|redaction|elaboration|remet)\b", first):
        return "dossier"
    if re.search(r"\b(orale?|oralement|soutenance|soutenue?|soutient|presentation|presente|expose|entretien)\b", flat):
        return "oral"
    if re.search(r"\b(dossier|memoire|rapport|portfolio|livrable|ecrite?|redige|redaction)\b", flat):
        return "dossier"
    return ""


def of_modality(title: str | None, said: str) -> str:
    """The épreuve's kind: by its title where that tells, else by all that is said of it."""
    return (kind_of(title) if title else "") or kind_of(said)


def handed_in(text: str) -> list[str]:
    """« Livrables : un compte rendu, des photographies et une fiche »: each thing, word for word; [] for other lines."""
    found = _LIVRABLES.match(text)
    if not found:
        return []
    said = text[found.end() :].strip().rstrip(" .;")
    items = [one.strip(" .;") for one in re.split(r"\s*[;,]\s+|\s+et\s+(?!de\s)", said) if one.strip(" .;")]
    short = all(len(one.split()) <= MOST_ITEM for one in items)
    return items if found["many"] and len(items) > 1 and short and "(" not in said else [said]


def read_modality(
    draft: Draft, paragraphs: Sequence[Paragraph], beside: Sequence[Competence], *, deliverables: bool
) -> None:
    """Adds the épreuves that one cell (or section) describes to the bloc in hand."""
    bloc = draft.bloc
    current = bloc.modalities[-1] if bloc.modalities else None
    fresh = True
    for place, p in enumerate(paragraphs):
        draft.place(p, p.text)
        following = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        if deliverables and current is None:
            current = _open(draft, None, p, beside)
            current.kind = "dossier"
        if p.text[:1].islower() and current is not None and not p.bullet:
            _continue(current, p)
            continue
        if things := handed_in(p.text):
            current = current or _open(draft, None, p, beside)
            current.deliverables += [(thing, set()) for thing in things]
            continue
        if p.bullet or deliverables:
            if current is None:
                current = _open(draft, None, p, beside)
            _item(current, p, beside, deliverables)
            continue
        opens = _opens(p, following)
        if current is None or (fresh and not deliverables) or opens:
            title = p.text if opens and not p.text.rstrip().endswith((".", ":")) else None
            current = _open(draft, title, p, beside)
            if title is None:
                current.description.append(p.text)
        elif current.deliverables or current.expected or _REMARK.match(plainly(p.text)):
            current.remark.append(p.text)
        else:
            current.description.append(p.text)
        fresh = False
        current.codes |= {normal_code(code) for code in _CODES.findall(p.text)}


def _opens(p: Paragraph, following: Paragraph | None) -> bool:
    flat = plainly(p.text)
    heads = bool(_OPENING.match(flat)) and len(flat.split()) <= 14 and not flat.endswith((".", ":"))
    return heads and (following is None or not following.text[:1].islower())


def _open(draft: Draft, title: str | None, p: Paragraph, beside: Sequence[Competence]) -> Modality:
    made = Modality(title, competences=list(beside), page=p.page)
    draft.bloc.modalities.append(made)
    return made


def _continue(current: Modality, p: Paragraph) -> None:
    """A line that begins small ends what was left open."""
    for items in (current.expected, current.deliverables):
        if items and items[-1][0].rstrip()[-1:] not in ".;":
            text, codes = items[-1]
            items[-1] = (f"{text} {p.text}", codes)
            return
    parts = current.remark or current.description
    if parts:
        parts[-1] += f" {p.text}"
    else:
        current.description.append(p.text)


def _item(current: Modality, p: Paragraph, beside: Sequence[Competence], deliverables: bool) -> None:
    tagged = _TAGGED.match(p.text)
    text = p.text[tagged.end() :] if tagged else p.text
    text = _TAG_AFTER.sub("", text) or text
    codes = {normal_code(code) for code in _CODES.findall(tagged["codes"] if tagged else p.text)}
    said = plainly(" ".join([current.title or "", *current.description]))
    kind = kind_of(said)
    asked = plainly(current.description[-1]) if current.description else ""
    handed = deliverables or bool(_HANDED.search(asked))
    shown = not deliverables and kind in {"oral", "questionnement", "mise_en_situation_orale"}
    (current.expected if shown and not handed and not is_production(text) else current.deliverables).append(
        (text, codes)
    )
