"""One version of a draft: criterion by criterion, what the référentiel asks to hand in, the file, what changed."""

from collections import Counter
from functools import partial

import streamlit as st

from assistant.application.advice import CriterionAdvice, Place
from assistant.application.candidates import REPORT_MEDIA, Draft
from assistant.application.people import Actor
from assistant.application.prereads import ACCEPTED
from assistant.comparison_report import ChangeName
from assistant.ui.acting import attempt, make_sure, uploaded
from assistant.ui.changed import changed_passages
from assistant.ui.labels import distinct
from assistant.ui.page_picture import page_button, show_asked
from assistant.ui.state import application
from assistant.ui.words import plain

SAYS_WHERE = (
    "Elle dit où votre dossier parle de chaque point\u00a0; elle ne note pas et ne prédit pas ce que le jury décidera."
)
WITHOUT_A_MODEL = (
    " Elle est faite sans modèle de langage\u00a0: les passages sont rapprochés des exigences par leurs mots, certains n’en "
    "parlent pas, et ce qui n’est pas repéré peut s’y trouver."
)
STATES = {"not_found": "pas repéré, à vérifier", "unread": "pas cherché partout"}
COMPACT = """<style>
.st-key-draft h2, .st-key-beside h2 { font-size: 1.02rem; padding: .1rem 0 .5rem; }
.st-key-draft hr { margin: .35rem 0; }
.st-key-draft [data-testid="stText"], .st-key-beside [data-testid="stText"] { font-size: .92rem; }
.st-key-draft button[kind="tertiary"], .st-key-beside button[kind="tertiary"] {
  min-height: 1.6rem; padding: 0 .1rem; text-decoration: underline;
}
</style>"""
CHANGES: dict[ChangeName, tuple[str, str]] = {
    "added": ("phrase ajoutée", "phrases ajoutées"), "removed": ("phrase supprimée", "phrases supprimées"),
    "reworded": ("phrase reformulée", "phrases reformulées"), "moved": ("phrase déplacée", "phrases déplacées"),
    "figure_changed": ("phrase dont un chiffre a changé", "phrases dont un chiffre a changé"),
}  # fmt: skip


def show_draft(actor: Actor, preread: str) -> None:
    """Draws the draft. Raises NotFound and AccessDenied."""
    draft = application().candidates.draft(actor, preread)
    _head(actor, draft)
    st.html(COMPACT)
    left, right = st.columns([5, 2], gap="large")
    with left, st.container(key="draft", gap="xsmall"):
        st.title("Ce que votre dossier montre, critère par critère")
        st.caption(plain(f"{seen_by(draft)} {SAYS_WHERE}{'' if draft.by_model else WITHOUT_A_MODEL}"))
        for one in draft.criteria:
            _criterion(draft, one)
    with right, st.container(key="beside", gap="small"):
        _since(draft)
        _deliverables(draft)
        _file(draft)
        _sharing(actor, draft)
    show_asked(actor)


def seen_by(draft: Draft) -> str:
    """Who sees this page, in one sentence."""
    if not draft.shown_to:
        return "Personne d’autre que vous ne voit cette page."
    return f"Vous, et {', '.join(draft.shown_to)} à qui vous l’avez partagée, voyez cette page\u00a0; aucun jury ne la voit."


def _head(actor: Actor, draft: Draft) -> None:
    title, version, report, other = st.columns([5, 3, 2, 2], vertical_alignment="center")
    title.text(draft.title)
    title.caption(plain(draft.referentiel))
    version.caption(f"version {draft.version:d}, lue le {draft.deposited.astimezone():%d/%m/%Y}")
    with report.popover("Mon compte rendu", width="stretch"):
        for form, label in (("docx", "Word (DOCX)"), ("pdf", "PDF")):
            # Made when it is asked for: that it left is written down then.
            st.download_button(
                plain(label), partial(_report, actor, draft.preread, form), key=f"report-{form}", on_click="ignore",
                file_name=f"mon-dossier-version-{draft.version}.{form}", mime=REPORT_MEDIA[form],
            )  # fmt: skip
    with other.popover("Nouvelle version", width="stretch"):
        files = st.file_uploader(
            "Ma nouvelle version, puis ses annexes",
            type=list(ACCEPTED),
            accept_multiple_files=True,
            key="version-files",
        )
        st.button(
            "Lire cette version", type="primary", disabled=not files, on_click=on_version, args=(actor, draft.preread)
        )


def _report(actor: Actor, preread: str, form: str) -> bytes:
    make_sure()
    return application().candidates.report(actor, preread, "docx" if form == "docx" else "pdf").data


def on_version(actor: Actor, preread: str) -> None:
    """Puts the new files in the place of the old ones and starts their reading."""
    files = uploaded(st.session_state.get("version-files"))

    def add() -> None:
        made = application().candidates.new_version(actor, preread, files)
        application().jobs.start(actor, made)
        st.query_params["brouillon"] = made

    attempt(add)


def _criterion(draft: Draft, one: CriterionAdvice) -> None:
    st.divider()
    st.header(plain(f"{one.id} – {one.text}"))
    if one.oral:
        st.text("Ce critère se montre à la soutenance.")
    if one.places:
        what, said = st.columns([1, 6])
        what.caption("Vous en parlez" if draft.by_model else "Passages à vérifier")
        with said.container(gap="xsmall"):
            for place in one.places:
                _place(draft, one.id, place)
    if one.advice:
        what, said = st.columns([1, 6])
        what.caption("Pas repéré")
        with said.container(gap="xsmall"):
            for point in one.advice:
                st.text(f"{point.text} {point.question}")
    if one.questions:
        with st.expander("Questions pour vous préparer"):
            for question in one.questions:
                st.text(question)


def _place(draft: Draft, criterion: str, place: Place) -> None:
    # Beside its page, however long the quote is.
    page, quote = st.columns([1, 11], gap="small")
    with page:
        page_button(draft.preread, place.page, f"{criterion}-{place.sentence}", sentence=place.sentence)
    with quote:
        st.text(f"«\u00a0{place.quote}\u00a0»")
        if place.added:
            st.badge("ajouté depuis la version d’avant", color="gray")


def _deliverables(draft: Draft) -> None:
    if not draft.deliverables:
        return
    with st.container(border=True):
        st.header("Ce que le référentiel demande de remettre")
        for place, one in enumerate(draft.deliverables):
            state = "" if one.pages else STATES.get(one.state, "")
            st.text(f"{one.text.rstrip('.;, ')}\u00a0: {state}" if state else one.text)
            if not one.pages:
                continue
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                st.caption("En parle\u00a0:" if draft.by_model else "À vérifier\u00a0:")
                for page in one.pages:
                    page_button(draft.preread, page, f"deliverable-{place}-{page}")


def _file(draft: Draft) -> None:
    with st.container(border=True):
        st.header("Le fichier")
        by_ocr = f", dont {draft.pages_by_ocr} par reconnaissance de caractères" if draft.pages_by_ocr else ""
        read = "page lue" if draft.pages_read == 1 else "pages lues"
        st.text(f"{draft.pages_read} {read} sur {draft.pages}{by_ocr}.")
        for point in draft.formal:
            st.text(f"{point.text} {point.advice}")


def _since(draft: Draft) -> None:
    if draft.changed is None:
        return
    with st.container(border=True):
        st.header("Depuis la version d’avant")
        sentences = draft.changed.report.sentences
        counts = Counter(one.change for one in sentences)
        for kind, words in CHANGES.items():
            if counts[kind]:
                st.text(f"{counts[kind]} {words[counts[kind] > 1]}")
        if sentences:
            st.caption("Par critère, les passages à relire\u00a0:")
            changed_passages(draft.changed.passages)
        else:
            st.text("Aucune phrase n’a changé.")
            return
        with st.expander(f"Phrase par phrase ({len(sentences)})"):
            for one in sentences:
                st.caption(CHANGES[one.change][0])
                if one.before is not None:
                    st.text(f"avant, p.\u00a0{one.before.page}\u00a0: {one.before.text}")
                if one.after is not None:
                    st.text(f"maintenant, p.\u00a0{one.after.page}\u00a0: {one.after.text}")


def _sharing(actor: Actor, draft: Draft) -> None:
    if not draft.owned:
        return
    with st.container(border=True):
        st.header("Partage")
        for one in application().candidates.shared_with(actor, draft.preread):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(one.name)
                st.button(
                    "Ne plus partager", key=f"unshare-{one.person}", on_click=on_unshare,
                    args=(actor, draft.preread, one.person),
                )  # fmt: skip
        trainers = distinct({one.person: one.name for one in application().candidates.trainers(actor)})
        if not trainers:
            st.caption(
                "Aucun formateur n’est inscrit sur cette installation\u00a0; l’administrateur peut en inscrire un. En mode "
                "local, vous êtes seul à vous en servir\u00a0: remettez votre compte rendu à votre formateur."
            )
            return
        st.selectbox(
            "Formateur", list(trainers), index=None, format_func=trainers.__getitem__, key="share-with",
            placeholder="Choisir",
        )  # fmt: skip
        st.button("Partager avec ce formateur", key="share", on_click=on_share, args=(actor, draft.preread))


def on_share(actor: Actor, preread: str) -> None:
    """Shows the draft to the trainer chosen."""
    trainer = st.session_state.get("share-with")
    if trainer:
        attempt(lambda: application().candidates.share(actor, preread, trainer))


def on_unshare(actor: Actor, preread: str, trainer: str) -> None:
    """Shows it to them no more."""
    attempt(lambda: application().candidates.unshare(actor, preread, trainer))
