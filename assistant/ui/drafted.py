"""What was drafted for a criterion: statements beside their sources, gaps with their search, questions, and whence."""

from collections.abc import Callable, Mapping

import streamlit as st

from assistant.errors import PromptError
from assistant.llm.prompts import load_prompt
from assistant.result import CriterionPart, Evidence, RequirementPart, Statement
from assistant.service import Opened, calls_of
from assistant.ui.state import desk
from assistant.ui.words import SUPPORT, Pages, plain

Show = Callable[[int, tuple[str, ...]], None]


def drafted_view(dossier: Opened, part: CriterionPart, evidence: Mapping[str, Evidence], show: Show) -> None:
    """Statements their sources do not confirm stand apart, and say so in words."""
    st.markdown("#### Rédigé par la machine, à vérifier")
    apart = [s for s in part.observation if s.support == "no"]
    for number, statement in enumerate(part.observation):
        if statement.support != "no":
            _statement(part.id, number, statement, evidence, show)
    if apart:
        with st.expander(f"Énoncés que les phrases citées ne confirment pas ({len(apart)})"):
            for number, statement in enumerate(apart, start=len(part.observation)):
                _statement(part.id, number, statement, evidence, show)
    requirements = {requirement.id: requirement for requirement in part.requirements}
    if part.gaps:
        st.markdown("**Points non repérés**")
    for gap in part.gaps:
        st.markdown(f"- {plain(gap.text)}")
        if gap.prompt:
            st.caption(f"Pour l’exigence : {requirements[gap.requirement].text}")
        with st.expander("Comment cela a été cherché"):
            _search(requirements[gap.requirement], show)
    if part.questions:
        st.markdown("**Questions possibles à l’oral**")
    for number, question in enumerate(part.questions):
        _statement(f"{part.id}-q", number, question, evidence, show, asks=True)
    if part.withheld:
        st.caption(f"Phrases retenues parce qu’elles contenaient une appréciation : {part.withheld}.")
    _whence(dossier, part)


def _statement(
    name: str, number: int, statement: Statement, evidence: Mapping[str, Evidence], show: Show, *, asks: bool = False
) -> None:
    st.markdown(f"- {plain(statement.text)}")
    cited = [evidence[sid] for sid in statement.citations if sid in evidence]
    said = SUPPORT.get(statement.support, "")
    if not cited and not asks:
        said = "∅ Sans source : aucune phrase du dossier n’est citée."
    if said:
        st.caption(said)
    if cited:
        columns = st.columns([1] * len(cited) + [max(1, 8 - len(cited))])
        for column, item in zip(columns, cited, strict=False):
            column.button(
                f"p. {item.page}", key=f"obs-{name}-{number}-{item.id}", on_click=show, args=(item.page, (item.id,))
            )


def _search(requirement: RequirementPart, show: Show) -> None:
    search = requirement.search
    st.write(f"{search.pages_read} pages lues et cherchées en entier.")
    if search.pages_unread:
        st.write(f"Pages non lues : {Pages(search.pages_unread)}.")
    if search.looked_for:
        st.write(f"Cherché : {', '.join(search.looked_for)}.")
    if search.nearest:
        st.write("Passages les plus proches, jugés trop éloignés pour être cités :")
        for sid in search.nearest:
            page = int(sid[1:].split("s")[0])
            st.button(f"p. {page}", key=f"near-{requirement.id}-{sid}", on_click=show, args=(page, (sid,)))


def _whence(dossier: Opened, part: CriterionPart) -> None:
    """The model and the exact prompt behind the items of a criterion."""
    said = [statement.prompt for statement in (*part.observation, *part.questions)] + [gap.prompt for gap in part.gaps]
    prompts = {one for one in said if one}
    if not prompts:
        return
    about = dossier.preread.provenance
    with st.expander("D’où vient ce texte ?"):
        checked = "vérifiés un à un" if about.support_check else "non vérifiés par un second appel"
        st.write(f"Rédigé par le modèle « {about.drafter} » ; énoncés {checked}. {about.calls} appels pour ce dossier.")
        for name, reference, call in (_parts(one) for one in sorted(prompts)):
            sent = calls_of(desk().settings).request(call)
            if sent is not None:
                st.write(f"Ce qui a été envoyé, mot pour mot (prompt « {name} », appel {call}) :")
                st.code(f"{sent.system}\n\n{sent.user}", language=None, wrap_lines=True)
                continue
            try:
                prompt = load_prompt(name)
            except PromptError as error:
                st.write(error.message)
                continue
            if prompt.reference != reference:
                st.write(f"Le prompt « {name} » a changé depuis (alors {reference}, aujourd’hui {prompt.reference}).")
            st.code(prompt.text, language=None, wrap_lines=True)


def _parts(prompt: str) -> tuple[str, str, str]:
    """Name, reference and call of an item's prompt."""
    name, reference, *call = prompt.split(" ")
    return name, reference, call[0] if call else ""
