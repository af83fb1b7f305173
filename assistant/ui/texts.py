"""A text of the juror's own, saved as typed; an edit made elsewhere is announced, never overwritten; all is restorable."""

from typing import Any

import streamlit as st

from assistant.application.context import Kind, ReviewContext, Written
from assistant.ui.acting import on_act
from assistant.ui.autosave import autosave, draft
from assistant.ui.state import application
from assistant.ui.words import moment


def text_area(context: ReviewContext, criterion: str, kind: Kind, label: str, rows: int = 6, item: str = "") -> None:
    """The text of one kind for a criterion. A locked reading is shown, not edited.

    No fragment: a save that redraws this text alone would swallow a click that follows it at once.
    """
    latest = latest_text(context, criterion, kind, item)
    if not context.may_write:
        st.markdown(f"**{label}**")
        st.text(latest.text or "Rien d’écrit.")
        return
    area = _area(context, criterion, kind, item)
    known: Written = st.session_state.setdefault(f"text-{area}", latest)
    waiting: str | None = st.session_state.get(f"conflict-{area}")
    st.session_state[f"where-{area}"] = (context, criterion, kind, item)
    taken = st.session_state.get(f"take-{area}", 0)
    autosave(area, label, known.text, known.version, waiting is not None, taken, on_text, rows)
    refused = st.session_state.get(f"refused-{area}")
    if refused:
        st.error(refused)
    if waiting is not None:
        _settle(area, waiting, latest)
    # Always there: a button that appears while one types would move the next one from under the finger.
    _history(area)


def latest_text(context: ReviewContext, criterion: str, kind: Kind, item: str = "") -> Written:
    """What stands now."""
    own = context.work.on(criterion)
    version = context.latest(kind, criterion, item)
    if kind == "decision":
        return Written(own.decision.text, version)
    if kind == "draft":
        return own.drafts.get(item, Written("", version))
    return own.note if kind == "note" else own.motivation


def on_put_text(context: ReviewContext, criterion: str, kind: Kind, item: str, text: str) -> None:
    """Replaces a text by a click (a phrase inserted, a draft emptied); the one on screen follows."""
    ack = on_act(context, kind, criterion, item, {"text": text}, context.latest(kind, criterion, item))
    if ack.ok:
        _shown(_area(context, criterion, kind, item), Written(text, ack.version))


def _area(context: ReviewContext, criterion: str, kind: Kind, item: str) -> str:
    return f"{context.review_id[-16:]}-{context.actor.person[:8]}-{criterion}-{kind}-{item}"


def on_text(area: str) -> None:
    """Keeps what the browser sent."""
    sent = draft(area)
    if not sent or sent["id"] != area:
        return
    context, criterion, kind, item = st.session_state[f"where-{area}"]
    known: Written = st.session_state[f"text-{area}"]
    base = int(sent["base"]) if sent["recovered"] else known.version
    text = str(sent["text"])
    ack = on_act(context, kind, criterion, item, {"text": text}, base)
    st.session_state.pop("refused", None)
    st.session_state.pop(f"refused-{area}", None)
    if ack.ok:
        st.session_state[f"text-{area}"] = Written(text, ack.version)
        st.session_state.pop(f"conflict-{area}", None)
    elif ack.current is not None:
        st.session_state[f"conflict-{area}"] = text
    else:
        # Said beside the text, which stays in the browser: the page is there to be used.
        st.session_state[f"refused-{area}"] = ack.message


def _settle(area: str, mine: str, other: Written) -> None:
    """Both texts side by side; the juror says which one stays. The other remains in the history."""
    st.warning("Ce texte a été modifié dans une autre fenêtre. Rien n’a été remplacé : choisissez le texte à garder.")
    here, there = st.columns(2)
    here.text_area("Votre texte ici", mine, disabled=True, key=f"mine-{area}")
    there.text_area("L’autre texte", other.text, disabled=True, key=f"other-{area}")
    here.button("Garder le mien", key=f"keep-{area}", on_click=on_keep, args=(area, mine, other.version))
    there.button("Prendre l’autre", key=f"take-other-{area}", on_click=_shown, args=(area, other))


def on_keep(area: str, text: str, base: int) -> None:
    """Keeps this text as the newest version."""
    context, criterion, kind, item = st.session_state[f"where-{area}"]
    ack = on_act(context, kind, criterion, item, {"text": text}, base)
    if ack.ok:
        _shown(area, Written(text, ack.version))


def _history(area: str) -> None:
    context, criterion, kind, item = st.session_state[f"where-{area}"]
    with st.popover("Versions précédentes"):
        versions: Any = application().reviews.history(context.actor, context.review_id, kind, criterion, item)
        if len(versions) < 2:
            st.caption("Aucune version précédente.")
            return
        latest, *earlier = versions
        for one in earlier[:50]:
            st.caption(f"Version {one.version}, {moment(one.written)}")
            st.text(one.text or "(vide)")
            st.button(
                "Rétablir cette version",
                key=f"restore-{area}-{one.version}",
                on_click=on_keep,
                args=(area, one.text, latest.version),
            )


def _shown(area: str, text: Written) -> None:
    st.session_state[f"text-{area}"] = text
    st.session_state[f"take-{area}"] = st.session_state.get(f"take-{area}", 0) + 1
    st.session_state.pop(f"conflict-{area}", None)
