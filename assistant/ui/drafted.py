"""What was drafted for a criterion, item by item, beside its sources: adopted, edited or rejected one at a time."""

from collections.abc import Callable

import streamlit as st

from assistant.result import CriterionPart, Search
from assistant.review.items import Choice, Item, ItemKind, items_of
from assistant.ui.acting import attempt
from assistant.ui.place import Place
from assistant.ui.provenance_view import provenance_view
from assistant.ui.state import office
from assistant.ui.texts import put_text, text_area
from assistant.ui.words import CITATION, SUPPORT, Pages, plain

Show = Callable[[int, tuple[str, ...]], None]
TITLES: dict[ItemKind, str] = {
    "observation": "Constats",
    "gap": "Points non repérés",
    "question": "Questions possibles à l’oral",
}
TAGS: dict[ItemKind, str] = {
    "observation": "brouillon IA",
    "gap": "brouillon IA · manque",
    "question": "brouillon IA · question",
}
CHOSEN = {"adopted": "✔ Repris tel quel", "edited": "✎ Repris et modifié", "rejected": "✖ Écarté"}


def drafted_view(place: Place, part: CriterionPart, show: Show) -> None:
    """The items of a criterion; statements their sources do not confirm stand apart, and say so in words."""
    st.markdown("#### Proposé par l’IA, à vérifier")
    if place.work.ignores_ai:
        st.caption("Vous avez choisi d’ignorer l’IA pour ce dossier.")
        return
    if not place.shows_drafts(part.id):
        _first_read(place, part.id)
        return
    items = items_of(part)
    apart = [item for item in items if item.support == "no"]
    for kind, title in TITLES.items():
        shown = [item for item in items if item.kind == kind and item not in apart]
        if shown:
            st.markdown(f"**{title}**")
        for item in shown:
            _item(place, part, item, show)
    if apart:
        with st.expander(f"Énoncés que les phrases citées ne confirment pas ({len(apart)})"):
            for item in apart:
                _item(place, part, item, show)
    if not items:
        st.caption("Rien n’a été rédigé pour ce critère.")
    if part.withheld:
        st.caption(f"Phrases retenues parce qu’elles contenaient une appréciation : {part.withheld}.")
    provenance_view(place.dossier, items)


def _first_read(place: Place, criterion: str) -> None:
    """Blind-first: what was drafted comes after the juror's own note, or when asked for; the moment is logged."""
    if not place.may_write:
        st.info("Lecture d’abord\u00a0: ce que l’IA a rédigé sur ce critère n’a pas été demandé.")
        return
    st.info(
        "Lecture d’abord\u00a0: ce que l’IA a rédigé apparaîtra quand vous aurez écrit une note sur ce critère. "
        "Vous pouvez aussi le demander maintenant\u00a0; le moment en est enregistré."
    )
    if st.button("Voir ce que l’IA a rédigé", key=f"ask-{criterion}"):
        attempt(lambda: office().ask_for_drafts(place.actor, place.space, criterion))


def _item(place: Place, part: CriterionPart, item: Item, show: Show) -> None:
    choice = place.work.on(part.id).choices.get(item.id)
    with st.container(border=True):
        said = choice.text if choice and choice.verdict == "edited" else item.text
        st.markdown(f":gray-badge[{TAGS[item.kind]}] {plain(said)}")
        if choice and choice.verdict == "edited":
            st.caption(f"Texte de l’IA\u00a0: {plain(item.text)}")
        _sources(part, item, show)
        if choice is not None:
            _chosen(place, part.id, item, choice)
        elif place.may_write:
            _choices(place, part, item, show)


def _sources(part: CriterionPart, item: Item, show: Show) -> None:
    cited = {one.id: one.page for one in part.evidence if one.id in item.citations}
    if item.kind != "gap":
        st.caption(CITATION[item.state] + (f" · {SUPPORT[item.support]}" if item.support in SUPPORT else ""))
    if item.kind == "gap":
        requirement = next(r for r in part.requirements if r.id == item.requirement)
        st.caption(f"Pour l’exigence\u00a0: {plain(requirement.text)}")
    if cited:
        with st.container(horizontal=True, gap="small"):
            for sid, page in cited.items():
                st.button(
                    f"p. {page}",
                    key=f"obs-{part.id}-{item.id}-{sid}",
                    on_click=show,
                    args=(page, (sid,)),
                    width="content",
                )


def _chosen(place: Place, criterion: str, item: Item, choice: Choice) -> None:
    state, undo = st.columns([3, 1], vertical_alignment="center")
    state.markdown(f"**{CHOSEN[choice.verdict]}**")
    if place.may_write and undo.button("Annuler", key=f"undo-{item.id}", width="stretch"):
        attempt(lambda: office().choose(place.actor, place.space, criterion, item.id, None))


def _choices(place: Place, part: CriterionPart, item: Item, show: Show) -> None:
    """Three buttons; a gap shows its search before it can be adopted, an edit opens its text."""
    opened: tuple[str, str] | None = st.session_state.get("at-item")
    with st.container(horizontal=True):
        adopt = st.button("Reprendre", key=f"adopt-{item.id}", width="content")
        edit = st.button("Modifier", key=f"edit-{item.id}", width="content")
        reject = st.button("Écarter", key=f"reject-{item.id}", width="content")
    if reject:
        attempt(lambda: office().choose(place.actor, place.space, part.id, item.id, Choice("rejected")))
    if adopt and item.kind != "gap":
        attempt(lambda: office().choose(place.actor, place.space, part.id, item.id, Choice("adopted")))
    if edit and office().text(place.actor, place.space, f"{part.id}/edit/{item.id}").version == 0:
        put_text(place, f"{part.id}/edit/{item.id}", item.text)
    if adopt or edit:
        st.session_state["at-item"] = opened = (item.id, "edit" if edit else "adopt")
    if opened == (item.id, "edit"):
        _edit(place, part, item, show)
    elif opened == (item.id, "adopt"):
        _confirm(place, part, item, show)
    elif item.kind == "gap" and item.search is not None:
        with st.expander("Comment cela a été cherché"):
            _search(item.search, item.id, show)


def _edit(place: Place, part: CriterionPart, item: Item, show: Show) -> None:
    if item.kind == "gap" and item.search is not None:
        _search(item.search, item.id, show)
    topic = f"{part.id}/edit/{item.id}"
    text_area(place, topic, "Votre version", rows=3)
    if st.button("Reprendre cette version", key=f"keep-{item.id}", type="primary"):
        text = str(office().text(place.actor, place.space, topic).value or "").strip()
        if not text:
            st.error("Écrivez votre version, ou écartez cet élément.")
            return
        verdict = Choice("edited", text) if text != item.text else Choice("adopted")
        st.session_state.pop("at-item", None)
        attempt(lambda: office().choose(place.actor, place.space, part.id, item.id, verdict))


def _confirm(place: Place, part: CriterionPart, item: Item, show: Show) -> None:
    """Before a gap is adopted, how it was searched."""
    if item.search is None:
        return
    st.markdown("**Avant de reprendre ce point non repéré, voyez comment il a été cherché\u00a0:**")
    _search(item.search, item.id, show)
    if st.button("J’ai vérifié, reprendre ce point", key=f"confirm-{item.id}", type="primary"):
        st.session_state.pop("at-item", None)
        attempt(lambda: office().choose(place.actor, place.space, part.id, item.id, Choice("adopted")))


def _search(search: Search, name: str, show: Show) -> None:
    st.write(f"{search.pages_read} pages lues et cherchées en entier.")
    if search.pages_unread:
        st.write(f"Pages non lues\u00a0: {Pages(search.pages_unread)}.")
    if search.looked_for:
        st.write(f"Cherché\u00a0: {plain(', '.join(search.looked_for))}.")
    if search.nearest:
        st.write("Passages les plus proches, jugés trop éloignés pour être cités\u00a0:")
        with st.container(horizontal=True):
            for sid in search.nearest:
                page = int(sid[1:].split("s")[0])
                st.button(f"p. {page}", key=f"near-{name}-{sid}", on_click=show, args=(page, (sid,)), width="content")
