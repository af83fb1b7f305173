"""How well files are imported: `python -m benchmarks.importing [--texts FOLDER] [--examples FOLDER] [--renderings] [--shapes]
[--office] [-v]`.

`--texts`: a folder with the plain-text sources of the bundled référentiels, named as they are. `--examples`: a folder
of folders, each with a `source.*` and its `gold.yaml`. `--renderings`: the bundled référentiels written in other formats;
`--shapes`: drawn as certifiers publish them; `--fresh`: two made ones in forms that
no other bench draws; `--office`: written in a word processor (LibreOffice) and scanned;
`--unruled`: with tables whose upright rules are hidden; `--unseen`: made ones of three habits, printed by a
browser, in Word, as forms, askew; `--long`: seconds for sixty pages, drawn and scanned. `--keep`: the
folder of what was made; `--only`: files whose name holds this.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from assistant.places import REFERENTIELS
from assistant.referentiel.authoring.importing import import_file
from assistant.referentiel.authoring.sources.reading import read_source
from assistant.referentiel.catalogue import load_file
from benchmarks.importing.gold import Gold, bundled, transcription
from benchmarks.importing.scoring import Score, score

SCANNED = 60
HEADS = ("source", "criteria", "found", "words", "place", "codes", "points", "deliv.", "comp.", "wrong", "lost", "s")


def main() -> None:
    """Prints one line per source."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--examples", type=Path)
    parser.add_argument("--renderings", action="store_true")
    parser.add_argument("--shapes", action="store_true")
    parser.add_argument("--office", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--unruled", action="store_true")
    parser.add_argument("--unseen", action="store_true")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("-v", action="store_true")
    chosen = parser.parse_args()
    if chosen.long:
        print_long()
        return
    print(" ".join(f"{head:>9}" if place else f"{head:40}" for place, head in enumerate(HEADS)))
    for path, gold in _sources(chosen):
        if chosen.only not in f"{gold.name} {path}":
            continue
        _print(measured(path, gold), path, chosen.v)


def print_importing() -> None:
    """For `make bench`: every shape of two référentiels, and how long sixty pages of a table take."""
    from benchmarks.importing.shapes import render_shapes

    print("\nImport of référentiels (rendered from the bundled ones)")
    print(" ".join(f"{head:>9}" if place else f"{head:40}" for place, head in enumerate(HEADS)))
    with tempfile.TemporaryDirectory() as folder:
        for path, gold in render_shapes(Path(folder), ("manager-affaires", "efficacite-tpe-ia")):
            _print(measured(path, gold), path, verbose=False)
    print_long()


def print_long() -> None:
    """How long sixty pages take: a table that runs over them, and the same as a scan."""
    from benchmarks.importing.shapes import landscape

    with tempfile.TemporaryDirectory() as folder:
        long, scan = Path(folder) / "long.pdf", Path(folder) / "scan.pdf"
        once = load_file(REFERENTIELS / "manager-affaires.yaml").content
        landscape(once.model_copy(update={"blocs": once.blocs * 7}), long, repeat=True)
        start = time.perf_counter()
        found = read_source(long)
        pages = max(piece.page for piece in found.pieces)
        print(f"{pages} pages of a table read in {time.perf_counter() - start:.1f} s (target: 20 for 60)")
        _scan(long, scan, SCANNED)
        start = time.perf_counter()
        read_source(scan)
        print(f"{SCANNED} pages of it as a scan read in {time.perf_counter() - start:.1f} s (target: 90)")


def _scan(drawn: Path, scan: Path, pages: int) -> None:
    """The first pages of a PDF as grey pictures of 200 dots an inch."""
    import pypdfium2

    document = pypdfium2.PdfDocument(drawn)
    pictures = [document[place].render(scale=200 / 72).to_pil().convert("L") for place in range(pages)]
    pictures[0].save(scan, "PDF", save_all=True, append_images=pictures[1:], resolution=200)


def measured(path: Path, gold: Gold) -> Score:
    """One file imported and held against its right answer."""
    start = time.perf_counter()
    found = import_file(path)
    return score(gold, found.content, found.account.unaccounted, time.perf_counter() - start)


def _sources(chosen: argparse.Namespace) -> Iterator[tuple[Path, Gold]]:
    if chosen.examples:
        for folder in sorted(path for path in chosen.examples.iterdir() if path.is_dir()):
            for source in sorted(folder.glob("source.*")):
                yield source, transcription(folder / "gold.yaml")
    if chosen.texts:
        for source in sorted(chosen.texts.glob("*.txt")):
            yield source, bundled(REFERENTIELS / f"{source.stem}.yaml")
    if chosen.renderings:
        from benchmarks.importing.renderings import render_all

        with tempfile.TemporaryDirectory() as folder:
            yield from render_all(Path(folder))
    if chosen.shapes:
        from benchmarks.importing.shapes import render_shapes

        with tempfile.TemporaryDirectory() as folder:
            yield from render_shapes(chosen.keep or Path(folder), only=chosen.only)
    if chosen.fresh:
        from benchmarks.importing.fresh import render_fresh

        with tempfile.TemporaryDirectory() as folder:
            yield from render_fresh(chosen.keep or Path(folder), only=chosen.only)
    if chosen.unruled:
        from benchmarks.importing.unruled import render_unruled

        with tempfile.TemporaryDirectory() as folder:
            yield from render_unruled(chosen.keep or Path(folder), only=chosen.only)
    if chosen.unseen:
        from benchmarks.importing.unseen import render_unseen

        with tempfile.TemporaryDirectory() as folder:
            yield from render_unseen(chosen.keep or Path(folder), only=chosen.only)
    if chosen.office:
        from benchmarks.importing.office import render_office

        with tempfile.TemporaryDirectory() as folder:
            yield from render_office(chosen.keep or Path(folder), only=chosen.only)


def _print(one: Score, path: Path, verbose: bool) -> None:
    shares = (f"{one.criteria}", f"{one.found}", _share(one.words, one.criteria), _share(one.places, one.criteria),
              _share(one.codes, one.codes_printed), _share(one.points, one.points_printed),
              _share(one.deliverables_right, one.deliverables), _share(one.competences_right, one.competences),
              f"{one.wrong}", f"{one.unaccounted}", f"{one.seconds:.1f}")  # fmt: skip
    print(
        f"{one.name + path.suffix if path.stem == 'source' else path.name:40}",
        " ".join(f"{share:>9}" for share in shares),
        flush=True,
    )
    if verbose:
        for title, lines in (
            ("missing", one.missing),
            ("strange", one.strange),
            ("misplaced", one.misplaced),
            ("deliverable", one.missing_deliverables),
        ):
            for line in lines:
                print(f"    {title}: {line[:230]}")


def _share(right: int, total: int) -> str:
    return f"{100 * right / total:.0f} %" if total else "-"


if __name__ == "__main__":
    main()
