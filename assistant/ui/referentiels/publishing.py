"""A draft's checks, its publication, its workbook out and in, and the certifier's own grid."""

from functools import partial

import streamlit as st

from assistant.application.draft_views import DraftView
from assistant.application.people import Actor
from assistant.application.referentiels import Hindrance
from assistant.errors import PrelectureError, WorkbookFaults
from assistant.ui.acting import attempt, make_sure, refuse
from assistant.ui.referentiels.doubts import left
from assistant.ui.referentiels.own_grid import own_grid
from assistant.ui.referentiels.places import on_criterion
from assistant.ui.referentiels.window import base, following, told, written
from assistant.ui.state import application
from assistant.ui.words import plain

PUBLISHED = "published-draft"
READ = "workbook-read"
"""What was said of the workbook that was read last, by draft: a sentence, and its faults."""
MOST, MOST_FAULTS = 30, 200


def publishing(actor: Actor, draft: DraftView) -> None:
    """Draws it."""
    found = application().referentiels.hindrances(actor, draft.id)
    waiting = len(left(draft))
    _ready(found, waiting)
    _forgotten(application().referentiels.remarks(actor, draft.id))
    if st.session_state.pop(PUBLISHED, None) == draft.id:
        st.info(
            "Cette version est publiée\u00a0: elle se choisit partout où l’on dépose un dossier, "
            "et à la création d’une session ou d’une promotion."
        )
    st.text_input("Numéro de version", key=following(f"version-{draft.id}", str(draft.content.get("version", "1"))))
    st.caption(
        "Une version publiée ne change plus\u00a0: tout changement en demande une nouvelle. Les sessions gardent la leur."
    )
    st.button("Publier cette version", type="primary", disabled=bool(found), on_click=on_publish, args=(actor, draft))
    st.divider()
    st.download_button(
        "Emporter le classeur Excel",
        partial(_workbook, actor, draft.id),
        file_name=f"{draft.content['id']}.xlsx",
        on_click="ignore",
    )
    _read_back(actor, draft)
    own_grid(actor, draft)


def _ready(found: tuple[Hindrance, ...], waiting: int) -> None:
    """Whether it may be published, and what nobody has looked at yet."""
    if found:
        st.warning("À corriger avant de publier\u00a0:")
        _lines(found, "hinders")
    unseen = (
        "1 point de l’import n’a pas été vérifié"
        if waiting == 1
        else (f"{waiting:d} points de l’import n’ont pas été vérifiés")
    )
    if waiting:
        open_ = "" if found else "La publication est possible, mais "
        st.warning(
            f"{open_}{unseen}\u00a0: ils sont dans la liste à gauche, sous la page de la source. "
            "Ce que personne n’a regardé serait publié tel quel."
        )
    elif not found:
        st.success("Rien ne s’oppose à la publication.")


def _forgotten(found: tuple[Hindrance, ...]) -> None:
    if found:
        st.info("Cela n’empêche pas de publier, mais regardez si c’est voulu\u00a0:")
        _lines(found, "remarks")


def _lines(found: tuple[Hindrance, ...], key: str) -> None:
    """Each with the way to where it is put right."""
    for number, one in enumerate(found[:MOST]):
        said, there = st.columns([5, 1], vertical_alignment="center")
        said.write(f"• {plain(one.said)}")
        if one.criterion:
            there.button("Y aller", key=f"{key}-{number}", on_click=on_criterion, args=(one.criterion,))
    if len(found) > MOST:
        st.caption(f"{len(found) - MOST:d} autres après ceux-ci.")


def _read_back(actor: Actor, draft: DraftView) -> None:
    """A workbook in: what is wrong with it stands beside its button, in the order of its sheets and rows."""
    st.file_uploader(
        "Relire un classeur modifié",
        type=["xlsx"],
        key=f"workbook-{draft.id}",
        on_change=on_other_workbook,
        args=(draft.id,),
    )
    st.button(
        "Relire",
        disabled=st.session_state.get(f"workbook-{draft.id}") is None,
        on_click=on_workbook,
        args=(actor, draft),
    )
    said, faults = st.session_state.get(f"{READ}-{draft.id}", ("", ()))
    if faults:
        st.error(plain(said))
        for line in faults[:MOST_FAULTS]:
            st.write(f"• {plain(line)}.")
        if len(faults) > MOST_FAULTS:
            st.caption(f"{len(faults) - MOST_FAULTS:d} autres après celles-ci.")
    elif said:
        st.success(plain(said))


def on_other_workbook(draft: str) -> None:
    """What was said of the one before is gone with it."""
    st.session_state.pop(f"{READ}-{draft}", None)


def _workbook(actor: Actor, draft: str) -> bytes:
    make_sure()
    return application().referentiels.workbook(actor, draft)


def on_publish(actor: Actor, draft: DraftView) -> None:
    """Freezes the version that is shown."""
    version = st.session_state[f"version-{draft.id}"]
    if attempt(lambda: application().referentiels.publish(actor, draft.id, base(draft), version)):
        st.session_state[PUBLISHED] = draft.id


def on_workbook(actor: Actor, draft: DraftView) -> None:
    """The workbook as a new version of the draft; or each fault of it, with its place."""
    file = st.session_state.get(f"workbook-{draft.id}")
    if file is None:
        return
    try:
        make_sure()
        written(draft, lambda known: application().referentiels.read_workbook(actor, draft.id, known, file.getvalue()))
    except WorkbookFaults as error:
        st.session_state[f"{READ}-{draft.id}"] = (error.message, error.faults)
    except PrelectureError as error:
        refuse(error.message)
    else:
        state = f"Classeur relu\u00a0: il fait l’état n°\u00a0{base(draft):d} du brouillon. {told(draft)}"
        st.session_state[f"{READ}-{draft.id}"] = (state.strip(), ())
