"""Pages set by Typst as LaTeX sets them: hyphenated, justified, with an outline, footnotes and columns."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.structure.content import Made, Said, Writer, usual

HEAD = """
#set page(paper: "a4", numbering: "1", columns: {columns})
#set text(lang: "fr", size: 10.5pt, font: "{font}", hyphenate: true)
#set par(justify: true, first-line-indent: {indent})
#set heading(numbering: "1.1")
"""


def _escaped(text: str) -> str:
    for sign in "\\#$*_`<>@[]":
        text = text.replace(sign, f"\\{sign}")
    return text


def _block(block: Said) -> str:
    if block.kind == "title":
        return f"\n= {_escaped(block.texts[0])}\n"
    if block.kind == "bullets":
        return "\n" + "\n".join(f"- {_escaped(text)}" for text in block.texts) + "\n"
    if block.kind == "numbers":
        return "\n" + "\n".join(f"+ {_escaped(text)}" for text in block.texts) + "\n"
    if block.kind == "table":
        cells = ", ".join(f"[{_escaped(cell)}]" for row in block.rows for cell in row)
        return f"\n#table(columns: {len(block.rows[0])}, {cells})\n"
    return "\n" + " ".join(_escaped(text) for text in block.texts) + "\n"


def _made(name: str, blocks: Sequence[Said]) -> Made:
    """The same with the numbers that Typst puts before the titles."""
    count = 0
    numbered = []
    for block in blocks:
        if block.kind == "title":
            count += 1
            block = Said("title", (f"{count} {block.texts[0]}",))
        numbered.append(block)
    return Made(name, tuple(numbered))


def typst_layouts(folder: Path, notes: Sequence[str]) -> Iterator[Made]:
    """Makes each and gives what it says."""
    import typst

    for name, seed, columns, font, indent in (
        ("latex-article", 71, 1, "TeX Gyre Termes", "1.2em"),
        ("latex-two-columns", 72, 2, "DejaVu Serif", "0pt"),
    ):
        made = usual(name, seed)
        head = HEAD.format(columns=columns, font=font, indent=indent)
        outline = '#outline(title: "Table des matières")\n#pagebreak()\n' if columns == 1 else ""
        source = head + outline + "".join(_block(block) for block in made.blocks)
        (folder / f"{name}.typ").write_text(source, encoding="utf-8")
        typst.compile(str(folder / f"{name}.typ"), output=str(folder / f"{name}.pdf"))
        (folder / f"{name}.typ").unlink()
        yield _made(name, made.blocks)
    yield _footnoted(folder, notes)


def _footnoted(folder: Path, notes: Sequence[str]) -> Made:
    """Pages with two footnotes, one called in the middle of a sentence."""
    import typst

    write, name = Writer(73), "latex-footnotes"
    blocks: list[Said] = []
    source = HEAD.format(columns=1, font="DejaVu Serif", indent="0pt")
    for number, note in enumerate(notes, start=1):
        title, first, second = write.title(), write.prose(3), write.prose(5)
        words = first.texts[0].split(" ")
        place = len(words) // 2
        called = " ".join(words[:place]) + "⁰¹²³"[number] + " " + " ".join(words[place:])
        said = _escaped(" ".join(words[:place])) + f"#footnote[{_escaped(note)}] " + _escaped(" ".join(words[place:]))
        source += f"\n= {title.texts[0]}\n{said} " + " ".join(_escaped(text) for text in first.texts[1:]) + "\n"
        source += _block(second) + "\n#pagebreak(weak: true)\n"
        blocks += [title, Said("prose", (called, *first.texts[1:])), second, Said("note", (f"{number} {note}",))]
    (folder / f"{name}.typ").write_text(source, encoding="utf-8")
    typst.compile(str(folder / f"{name}.typ"), output=str(folder / f"{name}.pdf"))
    (folder / f"{name}.typ").unlink()
    made = _made(name, blocks)
    return Made(name, tuple(_raised(block) for block in made.blocks))


def _raised(block: Said) -> Said:
    """A note begins with the raised number of its call."""
    if block.kind != "note":
        return block
    number, rest = block.texts[0].split(" ", 1)
    return Said("note", (f"{'⁰¹²³'[int(number)]} {rest}",))
