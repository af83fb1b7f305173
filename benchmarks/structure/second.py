"""A second set, in other layouts, written before the reader was tried on it: `python -m benchmarks.structure.second`.

Needs what `make.py` needs. The right sentences were written with the pages, not taken from what is read.
"""

import json
from html import escape
from pathlib import Path

from benchmarks.structure.content import Said, Writer
from benchmarks.structure.make import BASE, chromium, weasyprint

SECOND = Path(__file__).parent / "second"


def _save(name: str, sentences: list[str]) -> None:
    text = json.dumps(sentences, ensure_ascii=False, indent=0)
    (SECOND / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def _page(body: str, css: str) -> str:
    return f"<!doctype html><html lang=fr><meta charset=utf-8><style>{BASE}{css}</style><body>{body}</body></html>"


def _paragraph(block: Said) -> str:
    return "<p>" + " ".join(escape(text) for text in block.texts) + "</p>"


def _list(block: Said, tag: str = "ul") -> str:
    return f"<{tag}>" + "".join(f"<li>{escape(text)}</li>" for text in block.texts) + f"</{tag}>"


def answers_in_a_table() -> None:
    """A template whose questions stand in a left column and whose long answers in a right one."""
    write, rows, right = Writer(101), "", list[str]()
    for question in ("Contexte", "Actions menées", "Résultats"):
        answer, items = write.prose(6), write.bullets(2)
        rows += f"<tr><td class=q>{question}</td><td>{_paragraph(answer)}{_list(items)}</td></tr>"
        right += [question, *answer.texts, *items.texts]
    css = (
        "table { border-collapse: collapse } td { border: 1px solid #333; padding: 6pt; vertical-align: top }"
        " .q { width: 30mm }"
    )
    chromium(_page(f"<table>{rows}</table>", css), SECOND / "answers-in-a-table.pdf")
    _save("answers-in-a-table", right)


def sidebar() -> None:
    """A narrow coloured column on the left with short facts, the text on the right, as curricula are set."""
    write, right, pages = Writer(102), list[str](), ""
    for _ in range(2):
        facts, first, second = write.bullets(4), write.prose(5), write.prose(4)
        side = "".join(f"<div>{escape(text)}</div>" for text in facts.texts)
        pages += f"<section><aside>{side}</aside><main>{_paragraph(first)}{_paragraph(second)}</main></section>"
        right += [*facts.texts, *first.texts, *second.texts]
    css = (
        "section { display: flex; break-after: page; height: 240mm } aside { width: 45mm; background: #cde; padding: 8pt }"
        " aside div { margin-bottom: 14pt } main { flex: 1; padding-left: 12mm }"
    )
    chromium(_page(pages, css), SECOND / "sidebar.pdf")
    _save("sidebar", right)


def interviews() -> None:
    """Dialogue with dashes and quotation marks, set justified with first lines indented."""
    said = [
        "– Depuis combien de temps travaillez-vous avec ce logiciel ?",
        "– Six ans, répond-elle, et je n’en connais pas la moitié.",
        "« Je n’ai jamais eu de formation », ajoute M. Vidal, qui tient la caisse.",
        "« Est-ce normal ? » demande-t-il en riant.",
        "Son collègue précise : « On apprend en se trompant. »",
        "J’ai noté leurs réponses sur une fiche.",
        "Elle tient en dix lignes, p. 4 de l’annexe.",
    ]
    body = "".join(f"<p>{escape(text)}</p>" for text in said[:2])
    body += f"<p>{escape(' '.join(said[2:5]))}</p><p>{escape(' '.join(said[5:]))}</p>"
    write = Writer(103)
    blocks = [write.prose(6) for _ in range(5)]
    body += "".join(_paragraph(block) for block in blocks)
    css = "p { text-indent: 8mm; margin: 0; text-align: justify; font-family: 'DejaVu Serif'; font-size: 12pt }"
    weasyprint(_page(body, css), SECOND / "interviews.pdf")
    _save("interviews", said + [text for block in blocks for text in block.texts])


def headings_over_rows() -> None:
    """Tables with a heading over two columns, a group row and a total, two of them on a page."""
    css = "table { border-collapse: collapse; margin: 12pt 0 } td, th { border: 1px solid #000; padding: 3pt 7pt }"
    first = (
        "<table><tr><th rowspan=2>Secteur</th><th colspan=2>2024</th></tr><tr><th>Visites</th><th>Ventes</th></tr>"
        "<tr><td>Jardin</td><td>412</td><td>96</td></tr><tr><td>Bricolage</td><td>388</td><td>120</td></tr>"
        "<tr><td>Total</td><td>800</td><td>216</td></tr></table>"
    )
    second = (
        "<table><tr><td>Nom du commerce</td><td>Au fil du bois</td></tr><tr><td>Effectif</td><td>6 salariés</td></tr>"
        "<tr><td>Activité principale</td><td>Menuiserie et agencement</td></tr></table>"
    )
    write = Writer(104)
    before, after, last = write.prose(3), write.prose(3), write.prose(4)
    chromium(_page(_paragraph(before) + first + _paragraph(after) + second + _paragraph(last), css),
             SECOND / "headings-over-rows.pdf")  # fmt: skip
    _save("headings-over-rows", [
        *before.texts, "Secteur | 2024", "Visites | Ventes", "Jardin | 412 | 96", "Bricolage | 388 | 120",
        "Total | 800 | 216",
        *after.texts, "Nom du commerce | Au fil du bois", "Effectif | 6 salariés",
        "Activité principale | Menuiserie et agencement", *last.texts,
    ])  # fmt: skip


def nested_lists() -> None:
    """Lists in lists with letters and dashes, items of several sentences, right to the page's end."""
    write = Writer(105)
    body, right = "", list[str]()
    for _ in range(3):
        lead, outer, inner, more = write.prose(2), write.bullets(2), write.bullets(2), write.prose(3)
        body += _paragraph(lead) + "<ul><li>" + escape(outer.texts[0]) + "<ul class=in>"
        body += "".join(f"<li>{escape(text)}</li>" for text in inner.texts)
        body += "</ul></li><li>" + escape(" ".join(more.texts)) + "</li><li>" + escape(outer.texts[1]) + "</li></ul>"
        right += [*lead.texts, outer.texts[0], *inner.texts, *more.texts, outer.texts[1]]
    css = (
        "ul { list-style: disc } .in { list-style: '– ' } li { margin: 2pt 0 } body { font-family: 'TeX Gyre Termes' }"
    )
    weasyprint(_page(body, css), SECOND / "nested-lists.pdf")
    _save("nested-lists", right)


def magazine() -> None:
    """Three columns under a title over the whole width, with a box across them."""
    write = Writer(106)
    title, blocks, box = write.title(), [write.prose(5) for _ in range(6)], write.prose(2)
    body = f"<h1>{escape(title.texts[0])}</h1><div class=c>" + "".join(_paragraph(block) for block in blocks) + "</div>"
    body += f"<div class=b>{escape(' '.join(box.texts))}</div>"
    css = (
        "h1 { font-size: 26pt } .c { columns: 3; column-gap: 7mm; font-size: 9pt; text-align: justify }"
        " .b { border: 2px solid #b52; padding: 10pt; margin-top: 14pt }"
    )
    chromium(_page(body, css), SECOND / "magazine.pdf")
    _save("magazine", [title.texts[0], *(text for block in blocks for text in block.texts), *box.texts])


def long_contents() -> None:
    """Contents over two pages with wrapped titles and a list of figures, then the text with headers by section."""
    write = Writer(107)
    sections = [(write.title().texts[0], write.prose(4)) for _ in range(8)]
    figures = [
        "Figure 1 – Le parcours d’une demande",
        "Figure 2 – Les appels par heure",
        "Figure 3 – Le tableau de suivi",
    ]
    leader = "<span class=l></span>"
    more = " et ce qu’elle change pour les personnes qui travaillent au comptoir"
    rows = "".join(
        f"<div class=e>{n}. {escape(title)}{more * (n % 3 == 0)}"
        f"{leader}{n + 2}</div><div class=e>{n}.1 Détail du point{leader}{n + 2}</div>" * 2
        for n, (title, _) in enumerate(sections, start=1)
    )
    lists = "".join(f"<div class=e>{figure}{leader}{n + 3}</div>" for n, figure in enumerate(figures))
    body = f"<div class=t><h1>Table des matières</h1>{rows}<h1>Table des illustrations</h1>{lists}</div>"
    body += "".join(f"<h2>{escape(title)}</h2>{_paragraph(block)}" for title, block in sections)
    css = (
        ".e { margin: 8pt 0; width: 150mm; display: flex } .l { flex: 1; border-bottom: 1pt dotted #000; margin: 0 4pt }"
        " .t { break-after: page } h2 { break-before: page; string-set: s content() } "
        "@page { @top-left { content: string(s); font-size: 8pt } @bottom-right { content: counter(page); font-size: 8pt } }"
    )
    weasyprint(_page(body, css), SECOND / "long-contents.pdf")
    _save("long-contents", [text for title, block in sections for text in (title, *block.texts)])


def numbers() -> None:
    """Prose full of figures, units, times, money and abbreviations, in a small sans face with tight leading."""
    said = [
        "Le 1er sept. 2024, la S.A.S. Lenoir a ouvert à 8 h 30 au lieu de 9 h 15.",
        "Le panier moyen est passé de 38,40 € à 41,75 € (+ 8,7 %), soit 3,35 € de plus par client.",
        "Env. 1 200 visiteurs sont venus en déc., dont 35 % le samedi.",
        "M. et Mme Roy habitent au 12 bis, av. de la République, 33000 Bordeaux.",
        "Tél. : 05 56 12 34 56.",
        "Voir l’art. R. 4121-1 du Code du travail, al. 2, et la note n° 7.",
        "Nous visons 15 min. par dossier, contre 22 min. aujourd’hui.",
        "Cf. le tableau 3 ; N.B. : les retours ne sont pas comptés.",
        "Etc.",
        "Le projet a duré du 03/02 au 28/03/2025 (8 semaines).",
        "Vers 17 h, il ne reste plus personne.",
        "L’écart-type vaut 2,4 ; la médiane, 3.",
        "A. Moreau, B. Petit et C. Roy ont répondu.",
        "Le document « v2.1 » remplace le précédent.",
    ]
    said.remove("Etc.")
    write = Writer(108)
    blocks = [write.prose(6) for _ in range(4)]
    body = f"<p>{escape(' '.join(said))}</p>" + "".join(_paragraph(block) for block in blocks)
    chromium(_page(body, "body { font-size: 9pt; line-height: 1.05; width: 120mm } p { margin: 0 0 5pt }"),
             SECOND / "numbers.pdf")  # fmt: skip
    _save("numbers", said + [text for block in blocks for text in block.texts])


def figures_in_boxes() -> None:
    """Large figures with their words below, in boxes side by side; then captions under pictures."""
    boxes = (
        ("34 %", "de réponses en plus depuis avril"),
        ("12 jours", "de délai moyen avant la relance"),
        ("4,6", "sur 5 de note"),
    )
    body = "<div class=r>" + "".join(f"<div class=k><b>{a}</b><br>{b}</div>" for a, b in boxes) + "</div>"
    write = Writer(109)
    blocks = [write.prose(5) for _ in range(4)]
    right = [f"{a} {b}" for a, b in boxes]
    for number, block in enumerate(blocks, start=1):
        body += (
            _paragraph(block) + f"<div class=i></div><div class=c>Figure {number} – Une vue de l’écran de suivi</div>"
        )
        right += [*block.texts, f"Figure {number} – Une vue de l’écran de suivi"]
    css = (
        ".r { display: flex; gap: 8mm } .k { border: 1px solid #999; border-radius: 8pt; padding: 10pt; width: 42mm }"
        " b { font-size: 24pt } .i { height: 40mm; background: linear-gradient(#9bd, #47a) } .c { font-style: italic;"
        " text-align: center; font-size: 9pt; margin-bottom: 10pt }"
    )
    chromium(_page(body, css), SECOND / "figures-in-boxes.pdf")
    _save("figures-in-boxes", right)


def hyphenated() -> None:
    """A narrow hyphenated column with compounds of all sorts."""
    said = [
        "L’expert-comptable et le chef-d’œuvre de sous-traitance ont retenu l’attention du vice-président.",
        "Nous avons organisé des petits-déjeuners d’information et des après-midi de démonstration.",
        "Le savoir-faire des micro-entrepreneurs se transmet par compagnonnage et par accompagnement individualisé.",
        "Peut-être faudra-t-il réexaminer l’approvisionnement, l’entreposage et le conditionnement.",
        "La stratégie go-to-market vise avant tout les collectivités territoriales du Maine-et-Loire.",
        "Celle-ci s’appuie sur un rendez-vous hebdomadaire et sur un tableau récapitulatif.",
    ]
    write = Writer(110)
    blocks = [write.prose(7) for _ in range(5)]
    body = f"<p>{escape(' '.join(said))}</p>" + "".join(_paragraph(block) for block in blocks)
    css = "body { hyphens: auto; width: 58mm; text-align: justify; font-family: 'DejaVu Serif' }"
    weasyprint(_page(body, css), SECOND / "hyphenated.pdf")
    _save("hyphenated", said + [text for block in blocks for text in block.texts])


def main() -> None:
    """Makes every dossier of the second set."""
    SECOND.mkdir(exist_ok=True)
    for make in (
        answers_in_a_table, sidebar, interviews, headings_over_rows, nested_lists, magazine, long_contents, numbers,
        figures_in_boxes, hyphenated,
    ):  # fmt: skip
        make()


if __name__ == "__main__":
    main()
