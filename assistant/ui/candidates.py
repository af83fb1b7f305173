"""One candidate's line in a session: own progress, who reads, and what the organiser sets."""

import streamlit as st

from assistant.application.handing_in import UploadedFile
from assistant.application.people import Actor
from assistant.application.prereads import ACCEPTED
from assistant.application.session_lists import CandidacyView, SeatView, SessionView, stage_of
from assistant.text import NBSP
from assistant.ui.acting import attempt, uploaded
from assistant.ui.labels import distinct
from assistant.ui.sending import corrections, forget_corrections, session_preview
from assistant.ui.state import application
from assistant.ui.telling import tell
from assistant.ui.watching import AGAIN, AGAIN_HELP, on_retry
from assistant.ui.words import plain

PART_WORDS = {1: "Premier juré", 2: "Deuxième juré", 3: "Troisième lecteur"}
LINK_WORDS = {
    "": "lien non déclaré",
    "none": "sans lien déclaré",
    "trainer": "a formé le candidat",
    "relation": "lien déclaré",
}


def candidate_line(actor: Actor, one: CandidacyView, profiles: tuple[Actor, ...], only: str) -> None:
    """The line, when the filter lets it through."""
    if only not in {"Tous", stage_of(one)}:
        return
    number, progress, readers, action = st.columns([2, 4, 3, 2], vertical_alignment="center")
    number.markdown(f"**Candidat n° {plain(one.number)}**")
    if one.file:
        number.caption(plain(one.file))
    progress.write(_progress(one))
    readers.caption(plain(_readers(one)))
    label = "Relire" if one.seat and one.seat.locked else "Lire"
    action.button(
        f"{label} le n°\u00a0{plain(one.number)}",
        key=f"read-{one.id}",
        width="stretch",
        disabled=not _readable(one),
        on_click=on_read,
        args=(one.id,),
    )
    if one.status == "partial" and one.preread and (one.organises or one.progress):
        progress.button(
            AGAIN, key=f"again-{one.id}", help=AGAIN_HELP, type="tertiary", on_click=on_again, args=(actor, one)
        )
    if one.organises:
        with st.expander(f"Organiser le dossier n° {plain(one.number)}", key=f"organise-{one.id}"):
            _organise(actor, one, profiles)


def on_again(actor: Actor, one: CandidacyView) -> None:
    """Asks again for what failed, and turns to the dossier to watch it."""
    if one.preread:
        on_retry(actor, one.preread)
        st.query_params["dossier"] = one.id


def on_read(candidacy: str) -> None:
    """Turns to a dossier."""
    st.query_params["dossier"] = candidacy


def _progress(one: CandidacyView) -> str:
    """Criteria read and items still to treat: the juror's own way through, nothing about the dossier."""
    if one.status == "failed":
        return (
            "Le fichier n’a pas pu être lu\u00a0: remplacez-le, ou retirez ce dossier."
            if one.organises
            else "Le fichier n’a pas pu être lu\u00a0: l’organisateur en remet un autre. Vous n’avez rien à faire."
        )
    if one.complete == "incomplete" and not (one.seat and one.seat.locked):
        return f"Dossier incomplet\u00a0: {plain(ended(one.complete_note))} Sa lecture attend."
    if one.presence:
        said = "absent" if one.presence == "absent" else "excusé"
        return f"Candidat {said}\u00a0: le jury ne décide rien, et ce n’est pas un échec."
    if one.preread is None:
        return f"Aucun fichier remis{NBSP}: {'remettez-le' if one.organises else 'l’organisateur le remettra'}."
    if one.seat is None:
        return "Vous organisez cette session."
    if one.status == "stopped":
        return "Prélecture arrêtée, à reprendre."
    if one.status not in {"complete", "partial"}:
        return "Prélecture en cours."
    if one.progress is None and one.seat.link in {"trainer", "relation"}:
        return "Vous avez déclaré un lien\u00a0: un autre juré lira ce dossier."
    if one.progress is None:
        return "À commencer\u00a0: déclarez d’abord si vous avez un lien avec ce candidat."
    left = one.progress.left
    items = (
        f", {left} {'élément repéré' if left == 1 else 'éléments repérés'} par le programme à traiter" if left else ""
    )
    locked = " Lecture verrouillée." if one.progress.locked else ""
    read = "critère lu par vous" if one.progress.read < 2 else "critères lus par vous"
    return f"{one.progress.read} {read}, sur {one.progress.criteria}{items}.{locked}"


def _readable(one: CandidacyView) -> bool:
    """Whether there is anything behind « Lire »; the organiser opens what was not read to see why."""
    if one.seat and one.seat.locked:
        return True
    if one.complete == "incomplete" or one.preread is None:
        return False
    return one.status != "failed" or one.organises


def ended(sentence: str) -> str:
    """What a person typed, closed like a sentence, so that another may follow it."""
    said = sentence.strip()
    return f"{said}." if said and not said.endswith((".", "!", "?", "…")) else said


def _readers(one: CandidacyView) -> str:
    said = [
        f"{PART_WORDS[seat.part]}\u00a0: {seat.name}{', verrouillé' if seat.locked else ''} ({LINK_WORDS[seat.link]})"
        for seat in one.seats
    ]
    return " · ".join(said) or "Aucun juré attribué."


def _organise(actor: Actor, one: CandidacyView, profiles: tuple[Actor, ...]) -> None:
    jurors = distinct({person.person: person.name for person in profiles if person.role == "juror"})
    columns = st.columns(3)
    for part, column in zip(PART_WORDS, columns, strict=True):
        seated = next((seat.person for seat in one.seats if seat.part == part), None)
        choices = list(jurors)
        chosen = column.selectbox(
            PART_WORDS[part],
            choices,
            index=choices.index(seated) if seated in choices else None,
            format_func=jurors.__getitem__,
            key=f"seat-{one.id}-{part}",
            placeholder="Choisir un juré",
        )
        if chosen and chosen != seated:
            column.button(
                "Attribuer", key=f"assign-{one.id}-{part}", on_click=on_assign, args=(actor, one.id, chosen, part)
            )
    for seat in one.seats:
        if seat.locked:
            _reopen(actor, one, seat)
    st.text_area("Aménagements du candidat", one.accommodations, key=f"acc-{one.id}", height=80)
    st.checkbox("Les communiquer au jury", one.shown_to_jury, key=f"acc-shown-{one.id}")
    st.caption("Les aménagements ne sont jamais envoyés à un modèle.")
    st.button("Enregistrer les aménagements", key=f"acc-save-{one.id}", on_click=on_accommodate, args=(actor, one.id))
    file = st.file_uploader("Remplacer le fichier", type=list(ACCEPTED), key=f"other-file-{one.id}")
    with st.container(horizontal=True):
        st.button(
            "Remplacer", key=f"replace-{one.id}", disabled=file is None, on_click=on_replace, args=(actor, one.id)
        )
        sure = st.checkbox("Retirer ce dossier de la session", key=f"sure-withdraw-{one.id}")
        st.button("Retirer", key=f"withdraw-{one.id}", disabled=not sure, on_click=on_withdraw, args=(actor, one.id))


def _reopen(actor: Actor, one: CandidacyView, seat: SeatView) -> None:
    """A locked reading, opened again by the organiser; the reason is kept in the log."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = f"reopen-{one.id}-{seat.person}"
        reason = st.text_input(f"Rouvrir la lecture de {plain(seat.name)}\u00a0: pour quelle raison\u00a0?", key=key)
        st.button(
            f"Rouvrir la lecture de {plain(seat.name)}", key=f"{key}-do", disabled=not reason.strip(), on_click=on_reopen,
            args=(actor, one.id, seat.person),
        )  # fmt: skip


def on_reopen(actor: Actor, candidacy: str, person: str) -> None:
    """Opens it again, with the reason that was written."""
    reason = str(st.session_state[f"reopen-{candidacy}-{person}"])
    if attempt(lambda: application().reviews.unlock(actor, candidacy, person, reason)):
        tell("La lecture est rouverte\u00a0; la raison est conservée.")


def on_assign(actor: Actor, candidacy: str, person: str, part: int) -> None:
    """Gives the dossier to the juror chosen."""
    if attempt(lambda: application().sessions.assign(actor, candidacy, person, part)):
        tell(f"Le dossier est attribué\u00a0({PART_WORDS[part].lower()}).")


def on_accommodate(actor: Actor, candidacy: str) -> None:
    """Keeps the accommodations as filled in."""
    text, shown = st.session_state[f"acc-{candidacy}"], st.session_state[f"acc-shown-{candidacy}"]
    if attempt(lambda: application().sessions.accommodate(actor, candidacy, text, shown=shown)):
        told = "communiqués au jury" if shown else "non communiqués au jury"
        tell(f"Les aménagements sont enregistrés, {told}.")


def on_replace(actor: Actor, candidacy: str) -> None:
    """Puts the file chosen in the place of the candidate's, and has it read."""
    file = st.session_state.get(f"other-file-{candidacy}")
    if file is None:
        return
    other = UploadedFile(file.name, file.getvalue())

    def replace() -> None:
        application().jobs.start(actor, application().sessions.replace_file(actor, candidacy, other))

    if attempt(replace):
        tell(f"Le fichier est remplacé par «\u00a0{other.name}\u00a0»\u00a0: le programme le lit.")


def on_withdraw(actor: Actor, candidacy: str) -> None:
    """Takes the dossier out of the session."""
    if attempt(lambda: application().sessions.withdraw(actor, candidacy)):
        tell("Le dossier est retiré de la session.")


def add_dossier(actor: Actor, session: SessionView, profiles: tuple[Actor, ...]) -> None:
    """Hands in a candidate's dossier and starts its pre-read, which goes on when the page is closed."""
    left, right = st.columns([1, 2])
    number = left.text_input("Numéro du candidat", key=f"number-{session.id}", max_chars=60)
    people = distinct({person.person: person.name for person in profiles if person.person != actor.person})
    left.selectbox(
        "Formateur du candidat", list(people), index=None, format_func=people.__getitem__, key=f"trainer-{session.id}",
        placeholder="Inconnu ou absent de la liste",
    )  # fmt: skip
    files = right.file_uploader(
        "Dossier, puis ses annexes", type=list(ACCEPTED), accept_multiple_files=True, key=f"file-{session.id}"
    )
    if files:
        session_preview(actor, uploaded(files), session.id)
    ready = bool(files) and bool(number.strip())
    st.button(
        "Ajouter ce dossier", type="primary", disabled=not ready, key=f"add-{session.id}", on_click=on_add,
        args=(actor, session.id),
    )  # fmt: skip


def on_add(actor: Actor, session: str) -> None:
    """The candidate with the file, in one, or nothing; then the file is read."""
    files = uploaded(st.session_state.get(f"file-{session}"))
    number, trainer = st.session_state[f"number-{session}"], st.session_state[f"trainer-{session}"] or ""
    if not files:
        return

    def add() -> None:
        candidacy = application().sessions.add_candidate(
            actor, session, number, files, trainer=trainer, corrections=corrections()
        )
        forget_corrections()
        preread = application().sessions.candidacy(actor, candidacy).preread
        if preread is not None:
            application().jobs.start(actor, preread)

    if attempt(add):
        tell(f"Le dossier n°\u00a0{number.strip()} est ajouté\u00a0: le programme le lit.")
