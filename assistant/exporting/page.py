"""The pre-read as one HTML page that needs nothing else: to print, to read without the app, to keep."""

from html import escape

from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.referentiel.model import Criterion
from assistant.result import CriterionPart, Evidence, PreRead

NBSP = "\u00a0"
STATE = {
    "found": "Passages repérés",
    "not_found": "Aucun passage repéré",
    "oral_only": "Se montre à l’oral",
    "unread": "Non cherché partout\u00a0: des pages n’ont pas été lues",
}
CSS = """
body { font: 16px/1.5 Georgia, serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; }
h1, h2, h3, .small { font-family: system-ui, sans-serif; }
h2 { border-top: 2px solid #1b1b1b; padding-top: .6rem; margin-top: 2.2rem; }
.small { font-size: .85rem; color: #444; } blockquote { margin: .3rem 0 .3rem 1rem; }
.machine { border-left: 4px solid #6b4fa0; padding-left: .8rem; }
@media print { h2 { break-after: avoid; } section { break-inside: auto; } }
"""


def as_html(preread: PreRead, referentiel: LoadedReferentiel) -> str:
    """The page, in French, with headings in order; every text of the dossier is escaped."""
    asked = {criterion.id: criterion for criterion in referentiel.content.criteria()}
    dossier = preread.dossier
    title = f"Prélecture de {dossier.file}"
    body = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="small">{escape(referentiel.content.title or referentiel.content.id)} – version '
        f"{escape(preread.referentiel.version)}, blocs {escape(', '.join(preread.referentiel.blocs))}. "
        f"{dossier.pages}{NBSP}pages, {dossier.words}{NBSP}mots.</p>",
        "<p>Cette page repère des passages du dossier. Elle ne note pas et ne décide rien\u00a0: la lecture et la "
        "décision appartiennent au jury.</p>",
        *_facts(preread),
        *(_criterion(asked[part.id], part) for part in preread.criteria),
        _deliverables(preread, referentiel),
        f'<p class="small">Produit par {escape(preread.provenance.software)} '
        f"({escape(preread.provenance.drafter)}). Texte rédigé par une machine, à vérifier.</p>",
    ]
    return (
        f'<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="generator" content="{escape(preread.provenance.software)}">'
        f'<meta name="ai-generated" content="true"><style>{CSS}</style></head><body>\n'
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _facts(preread: PreRead) -> list[str]:
    lines = [f"<li>{escape(reason)}</li>" for reason in preread.reasons]
    for notice in preread.dossier.notices:
        place = f"p.{NBSP}{notice.page}{NBSP}: " if notice.page else ""
        detail = f" ({notice.detail})" if notice.detail else ""
        lines.append(f"<li>{place}{escape(notice.text)}{escape(detail)}</li>")
    return ["<h2>Signalements sur le fichier</h2><ul>", *lines, "</ul>"] if lines else []


def _criterion(criterion: Criterion, part: CriterionPart) -> str:
    evidence = {item.id: item for item in part.evidence}
    out = [f"<section><h2>{escape(criterion.id)}</h2><p><strong>{escape(criterion.text)}</strong></p>"]
    out += [f"<p>{escape(part.failure)}</p>"] if part.failure else []
    for requirement in part.requirements:
        out.append(f"<h3>{escape(requirement.text)}</h3><p class='small'>{STATE[requirement.state]}</p>")
        out += [_quote(evidence[sid]) for sid in requirement.evidence if sid in evidence]
    written = [*(s.text for s in part.observation), *(g.text for g in part.gaps), *(q.text for q in part.questions)]
    if written:
        items = "".join(f"<li>{escape(text)}</li>" for text in written)
        out.append(f"<div class='machine'><p class='small'>Rédigé par la machine, à vérifier</p><ul>{items}</ul></div>")
    return "".join([*out, "</section>"])


def _quote(item: Evidence) -> str:
    source = " – lu par OCR" if item.source == "ocr" else ""
    place = f"<span class='small'>p.{NBSP}{item.page}{source}</span>"
    return f"<blockquote>«{NBSP}{escape(item.quote)}{NBSP}» {place}</blockquote>"


def _deliverables(preread: PreRead, referentiel: LoadedReferentiel) -> str:
    if not preread.deliverables:
        return ""
    texts = {deliverable.id: deliverable.text for deliverable in referentiel.content.deliverables()}
    lines = []
    for part in preread.deliverables:
        pages = sorted({item.page for item in part.evidence})
        where = f"p.{NBSP}{', '.join(map(str, pages))}" if pages else STATE[part.state].lower()
        lines.append(f"<li>{escape(texts[part.id])} – {where}</li>")
    return f"<section><h2>Livrables demandés</h2><ul>{''.join(lines)}</ul></section>"
