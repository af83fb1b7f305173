"""What was drafted for a criterion, item by item, beside its sources: adopted, edited or rejected one at a time."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from assistant.application.context import Choice, Item, ItemKind, ReviewContext, items_of
from assistant.result import CriterionPart, Search
from assistant.ui.acting import on_event, refuse
from assistant.ui.provenance_view import provenance_view
from assistant.ui.state import application
from assistant.ui.texts import latest_text, on_put_text, text_area
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
ADOPTED: dict[str, Any] = {"verdict": "adopted"}
REJECTED: dict[str, Any] = {"verdict": "rejected"}


def drafted_view(context: ReviewContext, part: CriterionPart, show: Show) -> None:
    """The items of a criterion; statements their sources do not confirm stand apart, and say so in words."""
    st.markdown("#### Proposé par l’IA, à vérifier")
    if context.work.ignores_drafts:
        st.caption("Vous avez choisi d’ignorer l’IA pour ce dossier.")
        return
    if not context.shows_drafts(part.id):
        _first_read(context, part.id)
        return
    items = items_of(part)
    apart = [item for item in items if item.support == "no"]
    for kind, title in TITLES.items():
        shown = [item for item in items if item.kind == kind and item not in apart]
        if shown:
            st.markdown(f"**{title}**")
        for item in shown:
            _item(context, part, item, show)
    if apart:
        with st.expander(f"Énoncés que les phrases citées ne confirment pas ({len(apart)})"):
            for item in apart:
                _item(context, part, item, show)
    if not items:
        st.caption("Rien n’a été rédigé pour ce critère.")
    if part.withheld:
        st.caption(f"Phrases retenues parce qu’elles contenaient une appréciation : {part.withheld}.")
    _taken_over(context, part, {item.id for item in items})
    provenance_view(context, items)


def _taken_over(context: ReviewContext, part: CriterionPart, drafted: set[str]) -> None:
    """What was taken over from a reading that a later one replaced: it stays in the juror's work."""
    kept = [
        (name, choice)
        for name, choice in context.work.on(part.id).choices.items()
        if name not in drafted and choice.of is not None and choice.verdict != "rejected"
    ]
    if kept:
        st.markdown("**Repris d’une lecture précédente de ce dossier**")
    for name, choice in kept:
        with st.container(border=True):
            pages = f" (p. {Pages(choice.pages)})" if choice.pages else ""
            st.markdown(f"{plain(choice.words)}{pages}")
            _chosen(context, part.id, name, choice)


def _first_read(context: ReviewContext, criterion: str) -> None:
    """Blind-first: what was drafted comes after the juror's own note, or when asked for; the moment is logged."""
    if not context.may_write:
        st.info("Lecture d’abord\u00a0: ce que l’IA a rédigé sur ce critère n’a pas été demandé.")
        return
    st.info(
        "Lecture d’abord\u00a0: ce que l’IA a rédigé apparaîtra quand vous aurez écrit une note sur ce critère. "
        "Vous pouvez aussi le demander maintenant\u00a0; le moment en est enregistré."
    )
    st.button(
        "Voir ce que l’IA a rédigé",
        key=f"ask-{criterion}",
        on_click=on_event,
        args=(context, "drafts_asked", criterion, "", {"value": True}, context.latest("drafts_asked", criterion)),
    )


def _item(context: ReviewContext, part: CriterionPart, item: Item, show: Show) -> None:
    choice = context.work.on(part.id).choices.get(item.id)
    with st.container(border=True):
        said = choice.text if choice and choice.verdict == "edited" else item.text
        st.markdown(f":gray-badge[{TAGS[item.kind]}] {plain(said)}")
        if choice and choice.verdict == "edited":
            st.caption(f"Texte de l’IA\u00a0: {plain(item.text)}")
        _sources(part, item, show)
        if choice is not None:
            _chosen(context, part.id, item.id, choice)
        elif context.may_write:
            _choices(context, part, item, show)


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


def _chosen(context: ReviewContext, criterion: str, item: str, choice: Choice) -> None:
    state, undo = st.columns([3, 1], vertical_alignment="center")
    state.markdown(f"**{CHOSEN[choice.verdict]}**")
    if context.may_write:
        undo.button(
            "Annuler", key=f"undo-{item}", width="stretch", on_click=on_choose, args=(context, criterion, item, None)
        )


def on_choose(context: ReviewContext, criterion: str, item: str, value: dict[str, Any] | None) -> None:
    """Adopts, edits or rejects one item, or takes the choice back, drawn from the version on screen."""
    on_event(context, "choice", criterion, item, value, context.latest("choice", criterion, item))
    st.session_state.pop("at-item", None)


def on_at_item(item: str, doing: str) -> None:
    """Opens an item: to edit it, or to see how a gap was searched before it is adopted."""
    st.session_state["at-item"] = (item, doing)


def on_edit(context: ReviewContext, criterion: str, item: Item) -> None:
    """Opens an item's text, which begins as it was drafted."""
    if context.latest("draft", criterion, item.id) == 0:
        on_put_text(context, criterion, "draft", item.id, item.text)
    on_at_item(item.id, "edit")


def _choices(context: ReviewContext, part: CriterionPart, item: Item, show: Show) -> None:
    """Three buttons; a gap shows its search before it can be adopted, an edit opens its text."""
    opened: tuple[str, str] | None = st.session_state.get("at-item")
    with st.container(horizontal=True):
        adopting: tuple[Any, tuple[Any, ...]] = (
            (on_at_item, (item.id, "adopt"))
            if item.kind == "gap"
            else (on_choose, (context, part.id, item.id, ADOPTED))
        )
        st.button("Reprendre", key=f"adopt-{item.id}", width="content", on_click=adopting[0], args=adopting[1])
        st.button("Modifier", key=f"edit-{item.id}", width="content", on_click=on_edit, args=(context, part.id, item))
        st.button(
            "Écarter",
            key=f"reject-{item.id}",
            width="content",
            on_click=on_choose,
            args=(context, part.id, item.id, REJECTED),
        )
    if opened == (item.id, "edit"):
        _edit(context, part, item, show)
    elif opened == (item.id, "adopt"):
        _confirm(context, part, item, show)
    elif item.kind == "gap" and item.search is not None:
        with st.expander("Comment cela a été cherché"):
            _search(item.search, item.id, show)


def _edit(context: ReviewContext, part: CriterionPart, item: Item, show: Show) -> None:
    if item.kind == "gap" and item.search is not None:
        _search(item.search, item.id, show)
    text_area(context, part.id, "draft", "Votre version", rows=3, item=item.id)
    st.button(
        "Reprendre cette version", key=f"keep-{item.id}", type="primary", on_click=on_keep_edit,
        args=(context, part.id, item),
    )  # fmt: skip


def on_keep_edit(context: ReviewContext, criterion: str, item: Item) -> None:
    """Adopts the edited text as it is kept now, which the browser saved before this click."""
    now = application().reviews.context(context.actor, context.review_id)
    text = latest_text(now, criterion, "draft", item.id).text.strip()
    if not text:
        refuse("Écrivez votre version, ou écartez cet élément.")
        return
    on_choose(context, criterion, item.id, ADOPTED if text == item.text else {"verdict": "edited", "text": text})


def _confirm(context: ReviewContext, part: CriterionPart, item: Item, show: Show) -> None:
    """Before a gap is adopted, how it was searched."""
    if item.search is None:
        return
    st.markdown("**Avant de reprendre ce point non repéré, voyez comment il a été cherché\u00a0:**")
    _search(item.search, item.id, show)
    st.button(
        "J’ai vérifié, reprendre ce point", key=f"confirm-{item.id}", type="primary", on_click=on_choose,
        args=(context, part.id, item.id, ADOPTED),
    )  # fmt: skip


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
