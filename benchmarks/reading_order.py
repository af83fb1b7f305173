"""How much of a page is read in the order a person reads it, on pages whose order is known."""

from assistant.dossier.read import read_dossier
from tests.dossier.ordered_pages import in_order, ordered_pages
from tests.dossier.pages import pdf


def print_reading_order() -> None:
    """The share of neighbouring sentences read one after the other: over all pages, and on the worst."""
    pages = ordered_pages()
    kept = [in_order(page.sentences, read_dossier(pdf(page.draw), "page.pdf").pages[0].text) for page in pages]
    worst = min(range(len(pages)), key=kept.__getitem__)
    print(f"Reading order ({len(pages)} pages): {sum(kept) / len(kept):.1%} of neighbours kept", end="; ")
    print(f"worst: {kept[worst]:.0%}, {pages[worst].name}")
