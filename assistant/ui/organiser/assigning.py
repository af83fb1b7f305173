"""Who reads whom, in one table: a proposal that is even, edited by the organiser, and each refusal with its reason."""

import streamlit as st

from assistant.application.independence import broken
from assistant.application.jury_rules import JuryRule
from assistant.application.organising import SessionState
from assistant.application.people import Actor
from assistant.application.seating import Pairing
from assistant.application.session_lists import SessionView
from assistant.ui.acting import attempt
from assistant.ui.labels import distinct
from assistant.ui.state import application
from assistant.ui.tables import in_cell, in_cells
from assistant.ui.words import plain

PARTS = {1: "Premier juré", 2: "Deuxième juré", 3: "Troisième lecteur"}
RULES = (
    "Règles vérifiées à chaque attribution\u00a0: deux jurés différents, jamais le formateur du candidat, jamais un juré "
    "qui a déclaré un lien\u00a0; qui lit un dossier ne l’organise pas\u00a0; les places ne changent plus dès qu’un juré a "
    "écrit."
)
ALONE = (
    "Attribuer des dossiers demande plusieurs personnes. En mode local, vous êtes la seule\u00a0: il faut une installation "
    "où chacun se connecte, que prépare son administrateur (le guide de l’organisateur dit comment)."
)
NO_OTHERS = (
    "Attribuer des dossiers demande des jurés autres que ceux qui organisent la session. Qui s’est connecté une fois reçoit "
    "le rôle de juré dans «\u00a0Personnes et rôles\u00a0», et paraît alors ici."
)


def rule_in_words(rule: JuryRule) -> str:
    """The rule word for word, then which part of it is verified and which the organiser is to check."""
    said = f"Règle du référentiel\u00a0: «\u00a0{rule.text}\u00a0»"
    if not rule.checked:
        return f"{said} À vérifier par vous."
    open_parts = [rule.beyond] if rule.beyond else []
    open_parts += [f"«\u00a0{rule.left}\u00a0»"] if rule.left else []
    left = f" À vérifier par vous\u00a0: {', et '.join(open_parts)}." if open_parts else ""
    return f"{said} Prélecture vérifie {' et '.join(rule.checked)}.{left}"


def assignment(actor: Actor, session: SessionView, state: SessionState) -> None:
    """The table, the proposal, and what was refused."""
    people = application().people.profiles(actor)
    jurors = {one.person: one.name for one in people if one.role == "juror"}
    others = set(jurors) - state.organiser_ids
    if not others - {actor.person}:
        st.info(ALONE if application().settings.sign_in == "local" else NO_OTHERS)
    st.caption(RULES)
    for rule in state.jury_rules:
        st.caption(plain(rule_in_words(rule)))
    if not jurors or not session.candidacies:
        st.info("Il faut au moins un candidat et un juré.")
        return
    if set(jurors) <= {actor.person}:
        return
    independent_jurors(actor, session, jurors)
    labels = {person: in_cell(name) for person, name in distinct(jurors).items()}
    st.button(
        "Proposer une répartition", key=f"propose-{session.id}", disabled=not others, on_click=on_propose,
        args=(actor, session.id),
    )  # fmt: skip
    for line in st.session_state.pop(f"refused-{session.id}", ()):
        st.warning(plain(line))
    proposed: dict[tuple[str, int], str] = st.session_state.get(f"proposed-{session.id}", {})
    rows = []
    for one in session.candidacies:
        here = {seat.part: seat.person for seat in one.seats}
        rows.append({
            "N°": one.number, "Nom": one.name,
            **{words: labels.get(here.get(part) or proposed.get((one.id, part)) or "") for part, words in PARTS.items()},
        })  # fmt: skip
    columns = {
        words: st.column_config.SelectboxColumn(words, options=sorted(labels.values())) for words in PARTS.values()
    }
    table = st.data_editor(
        in_cells(rows), hide_index=True, disabled=["N°", "Nom"], column_config=columns, width="stretch",
        key=f"seats-{session.id}-{st.session_state.get(f'turn-{session.id}', 0)}",
    )  # fmt: skip
    named = {label: person for person, label in labels.items()}
    wanted = tuple(
        Pairing(one.id, part, named.get(row[words] or "", ""))
        for one, row in zip(session.candidacies, table, strict=True)
        for part, words in PARTS.items()
        if named.get(row[words] or "", "") != next((seat.person for seat in one.seats if seat.part == part), "")
    )
    st.button(
        "Enregistrer les attributions", key=f"save-seats-{session.id}", type="primary", disabled=not wanted,
        on_click=on_save, args=(actor, session, wanted),
    )  # fmt: skip
    given = st.session_state.pop(f"given-{session.id}", 0)
    if given:
        st.success("1 dossier attribué." if given == 1 else f"{given:d} dossiers attribués.")


def independent_jurors(actor: Actor, session: SessionView, jurors: dict[str, str]) -> None:
    """Who is independent, where the référentiel wants some to be, and the dossiers whose two jurors are too few of them."""
    rules = application().sessions.rules_of_independence(actor, session.id)
    many, said = application().sessions.independent(actor, session.id)
    if many:
        _who_is(actor, session, jurors, many, said)
    for place, (rule, misread) in enumerate(rules.items()):
        key = f"misread-{session.id}-{place}"
        st.checkbox(
            plain(f"Cette règle ne demande pas de juré indépendant\u00a0: «\u00a0{rule}\u00a0»"), misread, key=key,
            on_change=on_misread, args=(actor, session.id, rule, key),
        )  # fmt: skip


def _who_is(actor: Actor, session: SessionView, jurors: dict[str, str], many: int, said: frozenset[str]) -> None:
    labels = distinct(jurors)
    st.multiselect(
        plain(f"Jurés indépendants ou extérieurs, au sens du référentiel (au moins {many:d} sur 2)"),
        list(labels), [one for one in labels if one in said], format_func=labels.__getitem__,
        key=f"independent-{session.id}", placeholder="Choisir", on_change=on_independent, args=(actor, session.id),
    )  # fmt: skip
    lacking = [
        one.number for one in session.candidacies if broken({seat.part: seat.person for seat in one.seats}, said, many)
    ]
    if lacking:
        st.warning(plain(f"Il manque un juré dit indépendant pour\u00a0: {', '.join(f'n° {one}' for one in lacking)}."))


def on_independent(actor: Actor, session: str) -> None:
    """Keeps who is said to be independent."""
    people = tuple(st.session_state[f"independent-{session}"])
    attempt(lambda: application().sessions.say_independent(actor, session, people))


def on_misread(actor: Actor, session: str, rule: str, key: str) -> None:
    """Keeps, for this session, whether a rule was read wrongly."""

    def keep() -> None:
        sessions = application().sessions
        known = sessions.rules_of_independence(actor, session)
        others = [one for one, misread in known.items() if misread and one != rule]
        sessions.say_misread(actor, session, [*others, rule] if st.session_state[key] else others)

    attempt(keep)


def on_propose(actor: Actor, session: str) -> None:
    """Fills the empty seats of the table; nothing is written."""

    def propose() -> None:
        made = application().sessions.propose(actor, session)
        st.session_state[f"proposed-{session}"] = {(one.candidacy, one.part): one.person for one in made if one.person}
        st.session_state[f"refused-{session}"] = sorted({one.refused for one in made if one.refused})
        st.session_state[f"turn-{session}"] = st.session_state.get(f"turn-{session}", 0) + 1

    attempt(propose)


def on_save(actor: Actor, session: SessionView, wanted: tuple[Pairing, ...]) -> None:
    """Gives the seats that may be given; the others are told with their reason."""

    def save() -> None:
        numbers = {one.id: one.number for one in session.candidacies}
        refused = application().sessions.assign_all(actor, wanted)
        missed = {(one.candidacy, one.part) for one in refused}
        given = {one.candidacy for one in wanted if one.person and (one.candidacy, one.part) not in missed}
        st.session_state[f"given-{session.id}"] = len(given)
        st.session_state[f"refused-{session.id}"] = [
            f"N° {numbers[one.candidacy]}, {PARTS[one.part].lower()}\u00a0: {one.refused}" for one in refused
        ]
        st.session_state.pop(f"proposed-{session.id}", None)
        st.session_state[f"turn-{session.id}"] = st.session_state.get(f"turn-{session.id}", 0) + 1

    attempt(save)
