"""The doubts of an import, worked off one by one: seen in the source, put right in the fields, marked as looked at."""

from collections import Counter

import streamlit as st

from assistant.application.draft_views import DraftDoubt, DraftView, WordCount
from assistant.application.people import Actor
from assistant.ui.acting import attempt
from assistant.ui.labels import distinct
from assistant.ui.referentiels.folding import folded
from assistant.ui.state import application
from assistant.ui.words import plain

KINDS = {
    "unplaced": "texte laissé hors du référentiel",
    "furniture": "haut et bas de page",
    "stripped": "ôté du texte",
    "lost": "mots perdus à la lecture",
    "used_twice": "texte employé deux fois",
    "code_jumps": "numéros sautés",
    "code_repeats": "code répété",
    "no_competence": "critère sans compétence",
    "no_criteria": "sans critère",
    "points": "points manquants",
    "ocr": "lecture à vérifier",
    "cut": "texte coupé",
    "modality": "épreuve à préciser",
    "unfaithful": "texte absent de la source",
    "unread_page": "page non lue",
    "levels": "niveaux",
    "shared_out": "rattachement proposé",
    "long": "texte long",
    "guessed": "critères à séparer ou à recomposer",
    "limits": "début ou fin à vérifier",
    "headings": "titres de tableaux et de parties",
}
TOLD_APART = frozenset({"furniture", "stripped"})
"""What every import leaves out, and no person has to look at: it stands in the list that the command writes."""
SHOWN = 12
"""How many doubts are drawn at once: each has two buttons, and a button takes two milliseconds."""
EVERY = "tous"


def left(draft: DraftView) -> tuple[DraftDoubt, ...]:
    """What nobody has looked at yet."""
    return tuple(one for one in draft.doubts if one.kind not in TOLD_APART and not one.settled and not one.gone)


def doubts_left(actor: Actor, draft: DraftView) -> None:
    """Draws those left, by kind or page if wanted; nothing is drawn while they are folded."""
    _accounted(draft)
    _nothing_asked(draft)
    every = [one for one in draft.doubts if one.kind not in TOLD_APART and not one.gone]
    if not every:
        return
    waiting = left(draft)
    part = folded(f"À vérifier ({len(waiting)} sur {len(every)})", "doubts")
    if not part.open:
        return
    with part:
        again = st.toggle("Revoir ce qui est déjà vu", key="doubts-again")
        chosen = _chosen(draft, [one for one in every if one.settled] if again else list(waiting))
        if not chosen:
            st.caption("Plus rien à vérifier ici.")
            return
        for number, one in enumerate(chosen[:SHOWN]):
            _line(actor, draft, one, first=not number)
        if len(chosen) > SHOWN:
            st.caption(f"{len(chosen) - SHOWN} autres après ceux-ci.")
        places = tuple(one.place for one in chosen)
        st.button(
            f"Remettre les {len(places)} à vérifier" if again else f"Marquer les {len(places)} comme vus",
            key="settle-all",
            on_click=on_settle,
            args=(actor, draft, places, not again),
        )


def without_place(words: WordCount) -> str:
    """« chaque mot est placé ou listé », or how many are neither."""
    if not words.unaccounted:
        return "chaque mot est placé ou listé"
    many = "s" if words.unaccounted > 1 else ""
    return f"{words.unaccounted:d} mot{many} ni placé{many} ni listé{many}"


def _accounted(draft: DraftView) -> None:
    """What became of each word of the source."""
    words = draft.words
    if words is None:
        return
    st.caption(
        f"À l’import\u00a0: {words.placed:d} mots de la source sont dans le référentiel, {words.listed:d} sont restés dehors "
        "et sont dans la liste à vérifier ou ôtés (hauts et bas de page, codes, sommes)\u00a0: "
        f"**{plain(without_place(words))}**."
    )


def _nothing_asked(draft: DraftView) -> None:
    """Said before all else where a file holds no criterion, until one is added."""
    told = next((one.text for one in draft.doubts if one.kind == "no_criteria"), None)
    if told is not None and not any(bloc.get("criteria") for bloc in draft.content.get("blocs", ())):
        st.info(plain(told))


def _chosen(draft: DraftView, doubts: list[DraftDoubt]) -> list[DraftDoubt]:
    counts = Counter(one.kind for one in doubts)
    labels = distinct(
        {EVERY: f"Tous ({len(doubts)})", **{kind: f"{KINDS.get(kind, kind)} ({n})" for kind, n in counts.most_common()}}
    )
    if st.session_state.get("doubts-kind") not in labels:
        st.session_state["doubts-kind"] = EVERY
    kind = st.selectbox("Sorte", list(labels), key="doubts-kind", format_func=labels.__getitem__)
    if has_no_pages(draft.source):
        return [one for one in doubts if kind in {EVERY, one.kind}]
    page = st.session_state.get(f"page-{draft.id}", 1)
    here = st.toggle(f"Ceux de la page affichée ({page:d})", key="doubts-here")
    return [one for one in doubts if kind in {EVERY, one.kind} and (not here or one.page == page)]


def _line(actor: Actor, draft: DraftView, one: DraftDoubt, *, first: bool) -> None:
    said, look, done = st.columns([5, 2, 2], vertical_alignment="center")
    kind = KINDS.get(one.kind, one.kind)
    where = "" if has_no_pages(draft.source) else f", p.\u00a0{one.page:d}"
    said.write(f"*{plain(kind)}*{plain(where)}\u00a0: {plain(_said(one)[:400])}")
    look.button("Voir", key=f"doubt-{one.place}", on_click=on_look, args=(actor, draft.id, one.page, one.text))
    done.button(
        "À revoir" if one.settled else "Vu",
        key=f"settle-{one.place}",
        shortcut="Alt+V" if first and not one.settled else None,
        on_click=on_settle,
        args=(actor, draft, (one.place,), not one.settled),
    )


def _said(one: DraftDoubt) -> str:
    """Headings are said once each, however often the document prints them."""
    if one.kind != "headings":
        return one.text
    return "\u00a0; ".join(dict.fromkeys(one.text.split("\n")))


def has_no_pages(source: str) -> bool:
    """Office files know no pages: those of their picture are found by the words."""
    return not source.lower().endswith((".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"))


def on_look(actor: Actor, draft_id: str, page: int, text: str) -> None:
    """The page of the source that it speaks of; where the format knows no pages, the one on which its words stand."""
    if has_no_pages(application().referentiels.draft(actor, draft_id).source):
        words = text.partition(" : ")[2] or text
        page = application().source_pages.page_of(actor, draft_id, words.split("\n")[0]) or page
    st.session_state[f"page-{draft_id}"] = page


def on_settle(actor: Actor, draft: DraftView, places: tuple[int, ...], settled: bool) -> None:
    """Marked as looked at, or to be looked at again."""
    attempt(lambda: application().referentiels.settle(actor, draft.id, places, settled=settled))
