"""A case file as a page a person can read, and as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from html import escape

from assistant.application.audit import FORMAT, CaseFile

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1d2733}"
    "table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #c5ccd4;padding:.3rem .6rem;text-align:left;"
    "vertical-align:top}code{font-size:.8rem;overflow-wrap:anywhere}"
)
WITHHELD = "Les lectures ne figurent pas ici\u00a0: tous les jurés n’ont pas encore verrouillé la leur."


def as_json(case: CaseFile) -> str:
    """The whole case."""
    return json.dumps({"format": FORMAT, **asdict(case)}, ensure_ascii=False, indent=1, default=_plain)


def as_html(case: CaseFile) -> str:
    """One page, without script or picture; every word of people is escaped."""
    parts = [
        f'<!doctype html><html lang="fr"><meta charset="utf-8"><title>Dossier de preuve – candidat n° {escape(case.number)}'
        f"</title><style>{STYLE}</style><h1>Dossier de preuve – candidat n° {escape(case.number)}</h1><dl>"
    ]
    about = (
        ("Candidat", case.candidate or "non indiqué"), ("Entreprise", case.company or "non indiquée"),
        ("Session", case.session), ("Date du jury", case.held or "non indiquée"),
        ("Référentiel (empreinte)", case.referentiel), ("Jury", "\u00a0; ".join(case.jury) or "aucun juré"),
        ("Journal et audit", "entiers, vérifiés à l’instant" if case.whole else "ABÎMÉS\u00a0: voir prelecture audit verify"),
        ("Établi le", f"{case.made:%d/%m/%Y à %H h %M} UTC"),
    )  # fmt: skip
    parts += [f"<dt><strong>{escape(name)}</strong></dt><dd>{escape(said)}</dd>" for name, said in about]
    parts.append("</dl><h2>Ce qui s’est passé</h2>")
    rows = [
        (f"{one.seq}", f"{one.at:%d/%m/%Y %H:%M:%S}", one.who, one.said, _detail(one.detail), one.hash[:16])
        for one in case.lines
    ]
    parts.append(_table(("n°", "quand (UTC)", "qui", "quoi", "précisions", "empreinte"), rows))
    parts.append("<h2>Ce que le jury a écrit, version par version</h2>")
    if case.withheld:
        parts.append(f"<p>{WITHHELD}</p>")
    else:
        written = [
            (f"{one.at:%d/%m/%Y %H:%M:%S}", one.who, one.criterion or "dossier", f"{one.kind} {one.item}".strip(),
             str(one.version), "repris ou effacé" if one.value is None else _said(one.value))
            for one in case.written
        ]  # fmt: skip
        parts.append(_table(("quand (UTC)", "qui", "critère", "quoi", "version", "texte"), written))
    return "".join(parts) + "</html>\n"


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _detail(detail: dict[str, object]) -> str:
    kept = {
        name: value for name, value in detail.items() if name not in {"role", "journal"} and value not in ("", None)
    }
    return "\u00a0; ".join(f"{name}\u00a0: {_short(value)}" for name, value in kept.items())


def _short(value: object) -> str:
    if isinstance(value, list):
        return (
            f"{len(value)} éléments ({', '.join(str(one) for one in value[:3])}…)"
            if len(value) > 3
            else ", ".join(str(one) for one in value)
        )
    return _said(value) if isinstance(value, dict) else str(value)


def _said(value: object) -> str:
    if not isinstance(value, dict):
        return str(value)
    return "\u00a0; ".join(f"{name}\u00a0: {one}" for name, one in value.items() if one not in ("", None, [], ()))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
