"""A case file as a page a person can read, and as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from html import escape
from urllib.parse import quote

from assistant.application.audit import FORMAT, CaseFile
from assistant.application.case_words import detail_in_words, kind_in_words, value_in_words, who_in_words
from assistant.exporting.document import storable

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1d2733}"
    "table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{border-bottom:1px solid #c5ccd4;padding:.3rem .6rem;"
    "text-align:left;vertical-align:top;overflow-wrap:break-word}td:nth-child(n+5){overflow-wrap:anywhere}"
    "caption{text-align:left;color:#4a5764}@media print{tr{break-inside:avoid}body{font-size:10pt;margin:0}}"
)
WITHHELD = "Les lectures ne figurent pas ici\u00a0: tous les jurés n’ont pas encore verrouillé la leur."


def as_json(case: CaseFile) -> str:
    """The whole case."""
    return json.dumps({"format": FORMAT, **asdict(case)}, ensure_ascii=False, indent=1, default=_plain)


def as_html(case: CaseFile) -> str:
    """One page, without script or picture; every word of people is escaped."""
    parts = [
        f'<!doctype html><html lang="fr"><meta charset="utf-8"><title>Dossier de preuve – candidat n° {_text(case.number)}'
        f"</title><style>{STYLE}</style><h1>Dossier de preuve – candidat n° {_text(case.number)}</h1><dl>"
    ]
    about = (
        ("Candidat", case.candidate or "non indiqué"), ("Entreprise", case.company or "non indiquée"),
        ("Session", case.session), ("Date du jury", _day(case.held)),
        ("Référentiel", f"{case.referentiel_title}, version {case.referentiel_version} (empreinte {case.referentiel})"),
        ("Jury", "\u00a0; ".join(case.jury) or "aucun juré"),
        ("Journal et audit", "entiers, vérifiés à l’instant" if case.whole else "ABÎMÉS\u00a0: voir prelecture audit verify"),
        ("Établi le", f"{_moment(case.made)} UTC"),
    )  # fmt: skip
    parts += [f"<dt><strong>{_text(name)}</strong></dt><dd>{_text(said)}</dd>" for name, said in about]
    parts.append("</dl><h2>Ce qui s’est passé</h2>")
    rows = [
        (f"{one.seq}", _moment(one.at), who_in_words(one.who), one.said,
         detail_in_words(one.detail, case.people), one.hash[:16])
        for one in case.lines
    ]  # fmt: skip
    parts.append(_table("Audit", ("n°", "quand (UTC)", "qui", "quoi", "précisions", "empreinte"), rows))
    parts.append("<h2>Ce que le jury a écrit, version par version</h2>")
    if case.withheld:
        parts.append(f"<p>{WITHHELD}</p>")
    else:
        written = [
            (_moment(one.at), who_in_words(one.who), one.criterion or "tout le dossier",
             kind_in_words(one.kind), str(one.version), value_in_words(one.kind, one.item, one.value, case.people))
            for one in sorted(case.written, key=lambda each: each.at)
        ]  # fmt: skip
        parts.append(_table("Journal", ("quand (UTC)", "qui", "critère", "quoi", "version", "contenu"), written))
    return "".join(parts) + "</html>\n"


def index_of(cases: Mapping[str, CaseFile]) -> str:
    """A page that names each candidate and leads to their case files; `cases`: by the files' name without its ending."""
    title = f"Dossiers de preuve\u00a0: {len(cases)} {'candidat' if len(cases) < 2 else 'candidats'}"
    rows = "".join(
        f"<tr><td>{_text(case.number)}</td><td>{_text(case.candidate or 'non indiqué')}</td><td>{_text(case.session)}</td>"
        f'<td><a href="{escape(quote(name))}.html">à lire</a>, <a href="{escape(quote(name))}.json">données</a></td></tr>'
        for name, case in cases.items()
    )
    head = "".join(f'<th scope="col">{one}</th>' for one in ("n°", "candidat", "session", "dossier de preuve"))
    return (
        f'<!doctype html><html lang="fr"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
        f"<h1>{title}</h1><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></html>\n"
    )


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else "non indiquée"


def _moment(at: datetime) -> str:
    return f"{at:%d/%m/%Y à %H:%M:%S}"


def _table(name: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    head = "".join(f'<th scope="col">{_text(one)}</th>' for one in heads)
    body = "".join("<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{name}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _text(said: str) -> str:
    """Letters and nothing else: no markup, and nothing that turns the direction of what follows."""
    return escape(storable(said)).replace("\n", "<br>")


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
