"""What stands around the criteria of a draft: its title, blocs, competences, épreuves and deliverables."""

from typing import Any

import streamlit as st

from assistant.application.draft_views import MODALITIES, SCALES, DraftView
from assistant.application.people import Actor
from assistant.ui.labels import distinct
from assistant.ui.referentiels.criteria import on_correct, on_do
from assistant.ui.referentiels.window import do_typed, following, write
from assistant.ui.state import application
from assistant.ui.words import plain

TOP = {
    "title": "Titre imprimé",
    "our_title": "Titre de travail, si la source n’en imprime pas",
    "certifier": "Certificateur",
    "audience": "Public",
}


def structure_fields(actor: Actor, draft: DraftView) -> str:
    """Draws it; the words of the chosen bloc, to be boxed in the source."""
    content = draft.content
    key = following(f"id-{draft.id}", content["id"])
    st.text_input("Identifiant", key=key, on_change=on_top, args=(actor, draft, "id", key))
    for field, title in TOP.items():
        key = following(f"top-{field}-{draft.id}", content.get(field) or "")
        st.text_input(plain(title), key=key, on_change=on_top, args=(actor, draft, field, key))
    key = following(f"scale-{draft.id}", content["scale"])
    scales = distinct(SCALES)
    st.selectbox(
        "Échelle",
        list(scales),
        format_func=scales.__getitem__,
        key=key,
        on_change=on_top,
        args=(actor, draft, "scale", key),
    )
    blocs = content.get("blocs", ())
    st.button(
        "Ajouter un bloc", on_click=on_do, args=(actor, draft, {"do": "add", "kind": "bloc", "text": "Nouveau bloc"})
    )
    if not blocs:
        return ""
    names = [one["id"] for one in blocs]
    titles = distinct({one: f"{one} – {_title(blocs, one)}" for one in names})
    name = st.selectbox("Bloc", names, key="chosen-bloc", format_func=titles.__getitem__)
    bloc = next((one for one in blocs if one["id"] == name), blocs[0])
    _line(actor, draft, "bloc", bloc, "title", "Titre du bloc")
    _competences(actor, draft, bloc)
    _modalities(actor, draft, bloc)
    return bloc.get("title") or ""


def _title(blocs: Any, name: str) -> str:
    return next((one.get("title") or "" for one in blocs if one["id"] == name), "")


def on_top(actor: Actor, draft: DraftView, field: str, key: str) -> None:
    """One field of the référentiel itself."""
    value = st.session_state[key].strip()
    if field == "id":
        write(draft, lambda known: application().referentiels.name(actor, draft.id, known, value))
        return
    do_typed(actor, draft, key, lambda: {"do": "correct", "field": field, "value": value or None})


def _line(actor: Actor, draft: DraftView, kind: str, entry: dict[str, Any], field: str, title: str) -> None:
    key = following(f"{kind}-{draft.id}-{entry['id']}-{field}", entry.get(field) or "")
    st.text_area(
        plain(title),
        key=key,
        height=80,
        on_change=on_correct,
        args=(actor, draft, kind, entry["id"], field, key),
    )


def _competences(actor: Actor, draft: DraftView, bloc: dict[str, Any]) -> None:
    with st.expander(f"Compétences ({len(bloc.get('competences', ()))})"):
        for one in bloc.get("competences", ()):
            _line(actor, draft, "competence", one, "text", one["id"])
            add, merge, remove = st.columns(3)
            add.button(
                "Ajouter un critère",
                key=f"add-{one['id']}",
                on_click=on_do,
                args=(actor, draft, {"do": "add", "kind": "criterion", "parent": one["id"]}),
            )
            merge.button(
                "Réunir à la suivante",
                key=f"merge-{one['id']}",
                on_click=on_do,
                args=(actor, draft, {"do": "merge", "kind": "competence", "id": one["id"]}),
            )
            remove.button(
                "Retirer",
                key=f"drop-{one['id']}",
                on_click=on_do,
                args=(actor, draft, {"do": "remove", "kind": "competence", "id": one["id"]}),
            )
        st.button(
            "Ajouter une compétence",
            key=f"new-competence-{bloc['id']}",
            on_click=on_do,
            args=(actor, draft, {"do": "add", "kind": "competence", "parent": bloc["id"]}),
        )


def _modalities(actor: Actor, draft: DraftView, bloc: dict[str, Any]) -> None:
    with st.expander(f"Épreuves ({len(bloc.get('modalities', ()))})"):
        for one in bloc.get("modalities", ()):
            key = following(f"kind-{draft.id}-{one['id']}", one["kind"])
            st.selectbox(
                f"{plain(one['id'])} – nature",
                list(MODALITIES),
                key=key,
                format_func=MODALITIES.__getitem__,
                on_change=on_correct,
                args=(actor, draft, "modality", one["id"], "kind", key),
            )
            _line(actor, draft, "modality", one, "title", "Titre")
            _line(actor, draft, "modality", one, "description", "Description")
            for item in one.get("deliverables", ()):
                _line(actor, draft, "deliverable", item, "text", f"Livrable {item['id']}")
                st.button(
                    "Retirer ce livrable",
                    key=f"drop-{item['id']}",
                    on_click=on_do,
                    args=(actor, draft, {"do": "remove", "kind": "deliverable", "id": item["id"]}),
                )
            st.button(
                "Ajouter un livrable",
                key=f"deliver-{one['id']}",
                on_click=on_do,
                args=(actor, draft, {"do": "add", "kind": "deliverable", "parent": one["id"]}),
            )
        st.button(
            "Ajouter une épreuve",
            key=f"new-modality-{bloc['id']}",
            on_click=on_do,
            args=(actor, draft, {"do": "add", "kind": "modality", "parent": bloc["id"]}),
        )
