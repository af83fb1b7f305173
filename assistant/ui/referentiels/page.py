"""« Référentiels » : what may be chosen, the drafts, and the file a new one is imported from."""

import streamlit as st

from assistant.application.handing_in import UploadedFile
from assistant.application.people import Actor
from assistant.errors import NotFound, PrelectureError
from assistant.ui.acting import attempt, refuse, show_refusal
from assistant.ui.identity import ask_who, present
from assistant.ui.labels import distinct
from assistant.ui.referentiels.editing import edit
from assistant.ui.state import application
from assistant.ui.words import plain

ACCEPTED = [
    "pdf",
    "docx",
    "doc",
    "odt",
    "xlsx",
    "xls",
    "ods",
    "html",
    "htm",
    "txt",
    "png",
    "jpg",
    "jpeg",
    "tif",
    "tiff",
]
YOURS = (
    "Un référentiel importé reste dans cette installation et n’est envoyé nulle part. Reprendre le référentiel d’un autre "
    "organisme dans une demande d’enregistrement est un motif de refus\u00a0: importez le vôtre, ou celui qui vous habilite."
)


def referentiels_page() -> None:
    """The list, or the draft that the address names (`?brouillon=…`)."""
    try:
        actor = present()
        if actor is None:
            ask_who()
            return
        show_refusal()
        if not application().referentiels.may_author(actor):
            st.title("Référentiels")
            st.info("Les organisateurs et l’administrateur importent et modifient les référentiels.")
            _published(actor, may_write=False)
            return
        draft = st.query_params.get("brouillon")
        if draft and _opens(actor, draft):
            return
        _import(actor)
        _drafts(actor)
        _published(actor, may_write=True)
    except PrelectureError as error:
        st.error(plain(error.message))


def _opens(actor: Actor, draft: str) -> bool:
    try:
        application().referentiels.draft(actor, draft)
        edit(draft)
    except NotFound as error:
        st.query_params.pop("brouillon", None)
        st.info(plain(error.message))
        return False
    return True


def _import(actor: Actor) -> None:
    st.title("Référentiels")
    st.caption(YOURS)
    left, right = st.columns(2, gap="large")
    with left:
        file = st.file_uploader(
            "Importer un référentiel (PDF, scan, Word, Excel, HTML, texte)", type=ACCEPTED, key="source"
        )
        st.button("Importer", type="primary", disabled=file is None, on_click=on_import, args=(actor,))
    with right:
        choices = distinct({one.id: one.title for one in application().referentiels.choosable(actor)})
        st.selectbox(
            "Ou partir d’un référentiel existant",
            list(choices),
            index=None,
            key="copied",
            format_func=choices.__getitem__,
            placeholder="Choisir",
        )
        st.button("Ouvrir une copie", on_click=on_copy, args=(actor,))


def on_import(actor: Actor) -> None:
    """Imports the file that was handed in, and opens its draft."""
    file = st.session_state.get("source")
    if file is None:
        refuse("Déposez d’abord un fichier.")
        return
    given = UploadedFile(file.name, file.getvalue())
    attempt(lambda: _open(application().referentiels.import_file(actor, given)))


def on_copy(actor: Actor) -> None:
    """Opens a draft that begins as the chosen référentiel."""
    chosen = st.session_state.get("copied")
    if chosen:
        attempt(lambda: _open(application().referentiels.begin_from(actor, chosen)))


def on_open(draft: str) -> None:
    """Opens a draft."""
    _open(draft)


def _open(draft: str) -> None:
    st.query_params["brouillon"] = draft


def on_discard(actor: Actor, draft: str) -> None:
    """Takes a draft out of the list."""
    attempt(lambda: application().referentiels.discard(actor, draft))


def _drafts(actor: Actor) -> None:
    drafts = application().referentiels.drafts(actor)
    if drafts:
        st.header("Brouillons")
    for one in drafts:
        title, opens, discards = st.columns([6, 1, 1], vertical_alignment="center")
        source = f" · {plain(one.source)}" if one.source else ""
        title.write(
            f"**{plain(one.title)}** – {one.criteria:d} critères · version {plain(str(one.version))} · "
            f"{plain(one.owner)}{source}"
        )
        opens.button("Ouvrir", key=f"open-{one.id}", on_click=on_open, args=(one.id,), width="stretch")
        discards.button("Retirer", key=f"discard-{one.id}", on_click=on_discard, args=(actor, one.id), width="stretch")


def _published(actor: Actor, *, may_write: bool) -> None:
    found = application().referentiels.published(actor)
    if not found:
        return
    st.header("Publiés dans cette installation")
    for one in found:
        title, withdraws = st.columns([7, 1], vertical_alignment="center")
        state = " · retiré du choix" if one.withdrawn else ""
        title.write(f"**{plain(one.title)}** – version {plain(one.version)}, {one.published:%d/%m/%Y}{state}")
        if may_write and not one.withdrawn:
            withdraws.button(
                "Retirer",
                key=f"withdraw-{one.id}-{one.version}",
                on_click=on_withdraw,
                args=(actor, one.id, one.version),
                width="stretch",
            )


def on_withdraw(actor: Actor, name: str, version: str) -> None:
    """Takes a published version out of what may be chosen."""
    attempt(lambda: application().referentiels.withdraw(actor, name, version))
