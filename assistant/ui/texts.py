"""A text of the juror's own, saved as typed; an edit made elsewhere is announced, never overwritten; all is restorable."""

import streamlit as st

from assistant.errors import AccessDenied, EditConflict
from assistant.review.ledger import Entry
from assistant.review.work import DECISION_TEXT
from assistant.ui.autosave import autosave, draft
from assistant.ui.place import Place
from assistant.ui.state import office
from assistant.ui.words import moment


def text_area(place: Place, topic: str, label: str, rows: int = 6) -> None:
    """The text of one topic ("Cr1.1/note"). A locked reading is shown, not edited.

    No fragment: a save that redraws this text alone would swallow a click that follows it at once.
    """
    if not place.may_write:
        st.markdown(f"**{label}**")
        st.text(str(office().text(place.actor, place.space, topic).value or "Rien d’écrit."))
        return
    area = _area(place, topic)
    latest = office().text(place.actor, place.space, topic)
    known: Entry = st.session_state.setdefault(f"text-{area}", latest)
    waiting: str | None = st.session_state.get(f"conflict-{area}")
    st.session_state[f"where-{area}"] = (place, topic)
    taken = st.session_state.get(f"take-{area}", 0)
    autosave(area, label, str(known.value or ""), known.version, waiting is not None, taken, _save, rows)
    if waiting is not None:
        _settle(area, waiting)
    # Always there: a button that appears while one types would move the next one from under the finger.
    _history(area)


def put_text(place: Place, topic: str, text: str) -> None:
    """Replaces a text by a click (a phrase inserted, a draft emptied); the one on screen follows."""
    entry = office().replace_text(place.actor, place.space, topic, text)
    area = _area(place, topic)
    st.session_state[f"text-{area}"] = entry
    st.session_state[f"take-{area}"] = st.session_state.get(f"take-{area}", 0) + 1


def _area(place: Place, topic: str) -> str:
    return f"{place.space[:16]}-{place.actor.person[:8]}-{topic}"


def _save(area: str) -> None:
    sent = draft(area)
    if not sent or sent["id"] != area:
        return
    place, topic = st.session_state[f"where-{area}"]
    known: Entry = st.session_state[f"text-{area}"]
    base = int(sent["base"]) if sent["recovered"] else known.version
    text = str(sent["text"])
    try:
        st.session_state[f"text-{area}"] = _written(place, topic, text, base)
        st.session_state.pop(f"conflict-{area}", None)
    except EditConflict:
        st.session_state[f"conflict-{area}"] = text
    except AccessDenied as error:
        st.toast(error.message)


def _written(place: Place, topic: str, text: str, base: int) -> Entry:
    name, _, last = topic.partition("/")
    if last != DECISION_TEXT:
        return office().write_text(place.actor, place.space, topic, text, base)
    content = place.referentiel.content
    criterion = next(criterion for criterion in content.criteria() if criterion.id == name)
    return office().decide_in_words(place.actor, place.space, criterion, content.scale, text, base)


def _settle(area: str, mine: str) -> None:
    """Both texts side by side; the juror says which one stays. The other remains in the history."""
    place, topic = st.session_state[f"where-{area}"]
    other = office().text(place.actor, place.space, topic)
    st.warning("Ce texte a été modifié dans une autre fenêtre. Rien n’a été remplacé : choisissez le texte à garder.")
    here, there = st.columns(2)
    here.text_area("Votre texte ici", mine, disabled=True, key=f"mine-{area}")
    there.text_area("L’autre texte", str(other.value or ""), disabled=True, key=f"other-{area}")
    if here.button("Garder le mien", key=f"keep-{area}"):
        _take(area, _written(place, topic, mine, other.version))
    if there.button("Prendre l’autre", key=f"take-other-{area}"):
        _take(area, other)


def _history(area: str) -> None:
    place, topic = st.session_state[f"where-{area}"]
    with st.popover("Versions précédentes"):
        latest, *earlier = office().history(place.actor, place.space, topic) or (Entry(topic),)
        if not earlier:
            st.caption("Aucune version précédente.")
        for entry in earlier[:50]:
            st.caption(f"Version {entry.version}, {moment(entry.written)}")
            st.text(str(entry.value or "(vide)"))
            if st.button("Rétablir cette version", key=f"restore-{area}-{entry.version}"):
                _take(area, _written(place, topic, str(entry.value or ""), latest.version))


def _take(area: str, entry: Entry) -> None:
    st.session_state[f"text-{area}"] = entry
    st.session_state[f"take-{area}"] = st.session_state.get(f"take-{area}", 0) + 1
    st.session_state.pop(f"conflict-{area}", None)
    st.rerun()
