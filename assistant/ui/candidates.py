"""One candidate's line in a session: own progress, who reads, and what the organiser sets."""

from functools import partial

import streamlit as st

from assistant.access.actor import Actor
from assistant.access.matrix import Seat, Standing, allowed
from assistant.dossier.files.kinds import EXTENSIONS
from assistant.preread import PreReadRequest
from assistant.referentiel.catalogue import load
from assistant.review.sessions import Candidacy, Session
from assistant.review.work import Work
from assistant.ui.acting import attempt
from assistant.ui.state import NotRead, desk, drafted_items, office, runner
from assistant.ui.words import plain

PART_WORDS = {1: "Premier juré", 2: "Deuxième juré", 3: "Troisième lecteur"}
LINK_WORDS = {
    "": "lien non déclaré",
    "none": "sans lien déclaré",
    "trainer": "a formé le candidat",
    "relation": "lien déclaré",
}


def candidate_line(actor: Actor, session: Session, one: Candidacy, only: str) -> None:
    """The line, when the filter lets it through."""
    standing = office().standing(one.id)
    seat = standing.seat(actor.person)
    items = _items(one)
    work = office().work(actor, one.id) if allowed(actor, "read own work", standing) else None
    state = _state(seat, work)
    if only not in {"Tous", state}:
        return
    number, progress, readers, action = st.columns([2, 4, 3, 2], vertical_alignment="center")
    number.markdown(f"**Candidat n° {plain(one.number)}**")
    number.caption(plain(one.file))
    progress.write(_progress(items, work, state, seat) if seat else "Vous organisez cette session.")
    readers.caption(plain(_readers(standing)))
    label = "Lire" if seat is None or not seat.locked else "Relire"
    if action.button(label, key=f"read-{one.id}", width="stretch"):
        st.query_params["dossier"] = one.id
        st.rerun()
    if allowed(actor, "organise", standing):
        with st.expander(f"Organiser le dossier n° {one.number}"):
            _organise(actor, one, standing)


def _state(seat: Seat | None, work: Work | None) -> str:
    if seat and seat.locked:
        return "Verrouillés"
    return "En cours" if work and any(own.opened for own in work.criteria.values()) else "À lire"


def _items(one: Candidacy) -> dict[str, tuple[str, ...]] | None:
    try:
        return drafted_items(one.run_key)
    except NotRead:
        return None


def _progress(drafted: dict[str, tuple[str, ...]] | None, work: Work | None, state: str, seat: Seat) -> str:
    """Criteria read and items still to treat: the juror's own way through, nothing about the dossier."""
    if drafted is None:
        return "Prélecture en cours ou à reprendre."
    if work is None and seat.link in {"trainer", "relation"}:
        return "Vous avez déclaré un lien\u00a0: un autre juré lira ce dossier."
    if work is None:
        return "À commencer\u00a0: déclarez d’abord si vous avez un lien avec ce candidat."
    read = sum(work.on(name).opened for name in drafted)
    left = sum(item not in work.on(name).choices for name, items in drafted.items() for item in items)
    items = "" if work.ignores_ai else f", {left} éléments de l’IA à traiter"
    locked = " Lecture verrouillée." if state == "Verrouillés" else ""
    return f"{read} critères lus sur {len(drafted)}{items}.{locked}"


def _readers(standing: Standing) -> str:
    names = {actor.person: actor.name for actor in office().profiles()}
    said = [
        f"{PART_WORDS[seat.part]}\u00a0: {names.get(seat.person, '?')}"
        f"{', verrouillé' if seat.locked else ''} ({LINK_WORDS[seat.link]})"
        for seat in standing.seats
    ]
    return " · ".join(said) or "Aucun juré attribué."


def _organise(actor: Actor, one: Candidacy, standing: Standing) -> None:
    jurors = {person.person: person.name for person in office().profiles() if person.role == "juror"}
    columns = st.columns(3)
    for part, column in zip(PART_WORDS, columns, strict=True):
        seated = next((seat.person for seat in standing.seats if seat.part == part), None)
        choices = list(jurors)
        chosen = column.selectbox(
            PART_WORDS[part],
            choices,
            index=choices.index(seated) if seated in choices else None,
            format_func=jurors.__getitem__,
            key=f"seat-{one.id}-{part}",
            placeholder="Choisir un juré",
        )
        if chosen and chosen != seated and column.button("Attribuer", key=f"assign-{one.id}-{part}"):
            attempt(partial(office().assign, actor, one.id, chosen, part))
    text = st.text_area("Aménagements du candidat", one.accommodations, key=f"acc-{one.id}", height=80)
    shown = st.checkbox("Les communiquer au jury", one.shown_to_jury, key=f"acc-shown-{one.id}")
    st.caption("Les aménagements ne sont jamais envoyés à un modèle.")
    if st.button("Enregistrer les aménagements", key=f"acc-save-{one.id}"):
        attempt(lambda: office().accommodate(actor, one.id, text, shown=shown))


def add_dossier(actor: Actor, session: Session) -> None:
    """Hands in a candidate's dossier and starts its pre-read, which goes on when the page is closed."""
    left, right = st.columns([1, 2])
    number = left.text_input("Numéro du candidat", key=f"number-{session.id}", max_chars=60)
    people = {person.person: person.name for person in office().profiles() if person.person != actor.person}
    trainer = left.selectbox(
        "Formateur du candidat", list(people), index=None, format_func=people.__getitem__, key=f"trainer-{session.id}",
        placeholder="Inconnu ou absent de la liste",
    )  # fmt: skip
    file = right.file_uploader("Dossier", type=list(EXTENSIONS), key=f"file-{session.id}")
    ready = file is not None and bool(number.strip())
    if (
        st.button("Ajouter ce dossier", type="primary", disabled=not ready, key=f"add-{session.id}")
        and file is not None
    ):
        order = PreReadRequest.of(file.getvalue(), file.name, load(session.referentiel), session.blocs)
        key = runner().key_of(order)
        attempt(lambda: _handed_in(actor, session, number, order, key, trainer or ""))


def _handed_in(actor: Actor, session: Session, number: str, order: PreReadRequest, key: str, trainer: str) -> None:
    office().add_candidate(actor, session, number, key, order.files[0].name, trainer)
    desk().files.put(order.files[0].data)
    runner().submit(order)
