"""One criterion of a draft: its words, where it belongs, by what it is assessed, its requirements and clues."""

import math
from typing import Any

import streamlit as st

from assistant.application.draft_views import MODALITIES, DraftView, decimal
from assistant.application.people import Actor
from assistant.errors import InvalidInput
from assistant.ui.acting import refuse
from assistant.ui.labels import distinct
from assistant.ui.referentiels.folding import folded
from assistant.ui.referentiels.window import as_it_stands, do, do_typed, emptied, following, write
from assistant.ui.state import application
from assistant.ui.words import plain

PLACE = "chosen-criterion-place"
WITHOUT = (
    "Sans indices à vous, environ 68\u00a0% des passages utiles sont montrés dans les 500 premiers mots, grâce aux mots que "
    "prêtent les référentiels fournis\u00a0; avec des indices écrits pour ce référentiel, 87\u00a0%."
)


def criterion_fields(actor: Actor, draft: DraftView) -> str:
    """Draws the chosen criterion; its words, to be boxed in the source."""
    criteria = [(bloc, one) for bloc in draft.content.get("blocs", ()) for one in bloc.get("criteria", ())]
    if not criteria:
        st.info(
            "Aucun critère\u00a0: ajoutez une compétence, puis ses critères, dans «\u00a0Structure et épreuves\u00a0»."
        )
        return ""
    names = [one["id"] for _, one in criteria]
    chosen = st.session_state.get("chosen-criterion")
    # One that is gone leaves its place to what stands there now.
    last = min(int(st.session_state.get(PLACE, 0)), len(names) - 1)
    place = names.index(chosen) if chosen in names else last
    st.session_state["chosen-criterion"], st.session_state[PLACE] = names[place], place
    texts = distinct({str(one["id"]): f"{one['id']} – {one['text'][:90]}" for _, one in criteria})
    st.selectbox("Critère", names, key="chosen-criterion", format_func=texts.__getitem__)
    bloc, criterion = criteria[place]
    _walk(names, place)
    _words(actor, draft, bloc, criterion)
    _worth(bloc)
    _changes(actor, draft, criterion)
    _requirements(actor, draft, criterion)
    return " ".join([criterion["text"], *criterion.get("indicators", ())])


def _walk(names: list[str], place: int) -> None:
    beside = st.container(horizontal=True)
    beside.button(
        "Précédent", disabled=place == 0, on_click=on_choose, args=(names[max(0, place - 1)],), shortcut="Alt+Up"
    )
    beside.button(
        "Suivant",
        disabled=place + 1 >= len(names),
        on_click=on_choose,
        args=(names[min(len(names) - 1, place + 1)],),
        shortcut="Alt+Down",
    )


def on_choose(name: str) -> None:
    """Another criterion."""
    st.session_state["chosen-criterion"] = name


def _words(actor: Actor, draft: DraftView, bloc: dict[str, Any], criterion: dict[str, Any]) -> None:
    name = criterion["id"]

    def field(field: str, value: Any) -> dict[str, Any]:
        key = following(f"{field}-{draft.id}-{name}", value)
        return {"key": key, "on_change": on_correct, "args": (actor, draft, "criterion", name, field, key)}

    st.text_area("Texte, mot pour mot", height=120, **field("text", criterion["text"]))
    st.text_area("Indicateurs, un par ligne", **field("indicators", "\n".join(criterion.get("indicators", ()))))
    code, points, lead = st.columns([1, 1, 2])
    code.text_input(
        "Code imprimé",
        placeholder="aucun",
        help="Le code que la source imprime. Là où elle n’en imprime pas, Prélecture en donne un (K1.1) pour s’y retrouver.",
        **field("source_code", criterion.get("source_code") or ""),
    )
    points.text_input("Points", placeholder="2 ou 1,5", **field("points", written(criterion.get("points"))))
    lead.text_input("Phrase d’introduction", **field("lead", criterion.get("lead") or ""))
    known = [one["id"] for one in bloc.get("competences", ())]
    held = [one for one in criterion.get("competences", ()) if one in known]
    st.multiselect("Compétences", known, placeholder="Choisir", **field("competences", held))
    st.pills(
        "Évalué par",
        list(MODALITIES),
        selection_mode="multi",
        format_func=MODALITIES.__getitem__,
        **field("assessed_by", list(criterion.get("assessed_by", ()))),
    )


def _worth(bloc: dict[str, Any]) -> None:
    """What the whole bloc is worth: where points were moved or forgotten, its sum shows it."""
    points = [one.get("points") for one in bloc.get("criteria", ())]
    held = [one for one in points if one is not None]
    if held:
        without = len(points) - len(held)
        rest = f", {without} critère{'s' if without > 1 else ''} sans points" if without else ""
        total = sum(held)
        unit = "points" if total >= 2 else "point"
        st.caption(f"Bloc {plain(bloc['id'])}\u00a0: {plain(decimal(total))} {unit} en tout{rest}.")


def on_correct(actor: Actor, draft: DraftView, kind: str, name: str, field: str, key: str) -> None:
    """One field as it was typed."""
    value = st.session_state[key]
    do_typed(
        actor,
        draft,
        key,
        lambda: {"do": "correct", "kind": kind, "id": name, "field": field, "value": _kept(field, value)},
    )


def _kept(field: str, value: Any) -> object:
    """What the draft keeps of what was typed. Raises InvalidInput for points that are no number."""
    if field == "points":
        return number_of(value)
    if field in {"indicators", "clues", "counter_clues"}:
        return [line.strip() for line in value.split("\n") if line.strip()]
    if field in {"competences", "assessed_by", "kinds"}:
        return list(value)
    if isinstance(value, str):
        return value.strip() or ("" if field in {"text", "label"} else None)
    kept: object = value
    return kept


def written(points: float | None) -> str:
    """Points as they are written in French: 2, 1,5; "" for none."""
    return "" if points is None else decimal(points)


def number_of(text: str) -> float | None:
    """What was written, with a comma or a point; None for nothing. Raises InvalidInput."""
    if not text.strip():
        return None
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        raise InvalidInput(
            f"«\u00a0{text.strip()}\u00a0» n’est pas un nombre de points\u00a0: écrivez par exemple 2 ou 1,5."
        )
    return number


def _changes(actor: Actor, draft: DraftView, criterion: dict[str, Any]) -> None:
    name = criterion["id"]
    beside = st.container(horizontal=True)
    simple = (
        ("Réunir au suivant", "merge", "Alt+M"),
        ("Indicateur du précédent", "indent", "Alt+I"),
        ("Retirer", "remove", None),
    )
    for label, what, shortcut in simple:
        operation: dict[str, Any] = (
            {"do": what, "id": name} if what == "indent" else {"do": what, "id": name, "kind": "criterion"}
        )
        beside.button(
            plain(label), key=f"{what}-{name}", on_click=on_do, args=(actor, draft, operation), shortcut=shortcut
        )
    cut, do_cut = st.columns([3, 1], vertical_alignment="bottom")
    key = f"cut-{draft.id}-{name}"
    cut.text_input("Couper avant ces mots", key=key, placeholder="les premiers mots du second critère")
    do_cut.button("Couper", on_click=on_split, args=(actor, draft, name, key), width="stretch")
    homes = [
        (one["id"], f"{one['id']} – {one['text'][:60]}")
        for bloc in draft.content["blocs"]
        for one in bloc.get("competences", ())
    ]
    to, do_move = st.columns([3, 1], vertical_alignment="bottom")
    titles = distinct(dict(homes))
    home = to.selectbox(
        "Déplacer sous la compétence",
        [one for one, _ in homes],
        index=None,
        key=f"to-{draft.id}-{name}",
        format_func=titles.__getitem__,
        placeholder="Choisir",
    )
    do_move.button(
        "Déplacer",
        disabled=home is None,
        width="stretch",
        on_click=on_do,
        args=(actor, draft, {"do": "move", "kind": "criterion", "id": name, "parent": home or ""}),
    )


def on_do(actor: Actor, draft: DraftView, operation: dict[str, Any]) -> None:
    """One operation."""
    do(actor, draft, operation)


def on_split(actor: Actor, draft: DraftView, criterion: str, key: str) -> None:
    """Cuts the text where the typed words begin."""
    words = st.session_state[key].strip()
    at = criterion_of(as_it_stands(actor, draft), criterion).get("text", "").find(words) if words else -1
    if at <= 0:
        refuse("Ces mots ne sont pas à l’intérieur du texte\u00a0: recopiez-les tels quels.")
    elif do(actor, draft, {"do": "split", "kind": "criterion", "id": criterion, "at": at}):
        emptied(key)


def criterion_of(draft: DraftView, name: str | None) -> dict[str, Any]:
    """The criterion of that id; {} where it is gone."""
    every = (one for bloc in draft.content.get("blocs", ()) for one in bloc.get("criteria", ()))
    return next((one for one in every if one["id"] == name), {})


def _requirements(actor: Actor, draft: DraftView, criterion: dict[str, Any]) -> None:
    asked = criterion.get("requirements", ())
    part = folded(f"Exigences et indices ({len(asked)})", "requirements")
    if not part.open:
        _proposing(actor, draft)
        return
    with part:
        looked_up = asked and st.toggle("Voir des indices à reprendre", key="lent-clues")
        lent = application().referentiels.proposed_clues(actor, criterion) if looked_up else {}
        for number, one in enumerate(asked, start=1):
            st.write(f"**Exigence {number:d}**")
            for field, title in (("text", "Mots du critère"), ("label", "Libellé")):
                key = following(f"{field}-{draft.id}-{one['id']}", one.get(field, ""))
                st.text_input(
                    plain(title),
                    key=key,
                    on_change=on_correct,
                    args=(actor, draft, "requirement", one["id"], field, key),
                )
            key = following(f"clues-{draft.id}-{one['id']}", "\n".join(one.get("clues", ())))
            st.text_area(
                "Indices, un par ligne",
                key=key,
                on_change=on_correct,
                args=(actor, draft, "requirement", one["id"], "clues", key),
            )
            _lent(actor, draft, one, lent.get(one["id"], ()))
            st.button(
                "Retirer cette exigence",
                key=f"remove-{one['id']}",
                on_click=on_do,
                args=(actor, draft, {"do": "remove", "kind": "requirement", "id": one["id"]}),
            )
        st.button(
            "Ajouter une exigence",
            key=f"require-{criterion['id']}",
            on_click=on_do,
            args=(
                actor,
                draft,
                {"do": "add", "kind": "requirement", "parent": criterion["id"], "text": criterion["text"]},
            ),
        )
    _proposing(actor, draft)


def _proposing(actor: Actor, draft: DraftView) -> None:
    st.button(
        "Proposer exigences et indices pour tout le référentiel", on_click=on_propose, args=(actor, draft), help=WITHOUT
    )
    st.caption(WITHOUT)


def _lent(actor: Actor, draft: DraftView, requirement: dict[str, Any], proposed: tuple[str, ...]) -> None:
    """Clues of others that may be kept for a requirement."""
    if not proposed:
        return
    key = following(f"lent-{draft.id}-{requirement['id']}", None)
    labels = distinct(dict(enumerate(proposed)))
    st.pills(
        "Cliquer pour reprendre un indice",
        range(len(proposed)),
        format_func=labels.__getitem__,
        key=key,
        on_change=on_keep,
        args=(actor, draft, requirement["id"], proposed, key),
    )


def on_keep(actor: Actor, draft: DraftView, requirement: str, proposed: tuple[str, ...], key: str) -> None:
    """One more clue of the requirement's own."""
    chosen = st.session_state[key]
    st.session_state[key] = None
    if chosen is not None:
        own = _requirement_of(as_it_stands(actor, draft), requirement)
        clues = [*own.get("clues", ()), proposed[chosen]]
        do(actor, draft, {"do": "correct", "kind": "requirement", "id": requirement, "field": "clues", "value": clues})


def _requirement_of(draft: DraftView, name: str) -> dict[str, Any]:
    every = (one for bloc in draft.content.get("blocs", ()) for one in bloc.get("criteria", ()))
    return next((one for each in every for one in each.get("requirements", ()) if one["id"] == name), {})


def on_propose(actor: Actor, draft: DraftView) -> None:
    """Requirements by rules and lent clues where there are none."""
    write(draft, lambda known: application().referentiels.propose_clues(actor, draft.id, known))
