"""Makes what a desk is given from what a review holds: one pass, ids instead of copies of the dossier's text."""

from collections.abc import Iterable, Mapping

from assistant.application import desk as shapes
from assistant.application.context import ReviewContext
from assistant.application.installation import LoadedPreRead, files_of
from assistant.dossier.model import Sentence
from assistant.referentiel.model import Competence, Criterion, Referentiel
from assistant.result import CriterionPart, RequirementPart
from assistant.review.items import Item, items_of
from assistant.review.work import CriterionWork, OwnEvidence, OwnText

IMAGE = "/pages/{preread}/{{page}}.png?scale={{scale}}"
ORIGINAL = "/original/{preread}/{{file}}"
EXTRACTIVE = "extractive"


def desk_view(context: ReviewContext, phrases: Iterable[shapes.PhraseView], model: str | None) -> shapes.DeskView:
    """The whole view. `model` is the model set now: the pre-read names the drafter it was made with."""
    loaded, content = context.dossier, context.referentiel.content
    drafter = loaded.preread.provenance.drafter
    asked = {criterion.id: criterion for criterion in content.criteria()}
    blocs = {criterion.id: bloc.id for bloc in content.blocs for criterion in bloc.criteria}
    competences = {one.id: one for bloc in content.blocs for one in bloc.competences}
    return shapes.DeskView(
        review=context.review_id,
        title=_title(context),
        me=shapes.Person(person=context.actor.person, name=context.actor.name),
        has_work=context.may("read own work"),
        may_write=context.may_write,
        may_agree=context.may("agree"),
        may_decide=context.candidacy is not None and context.has_seat,
        locked=context.work.locked,
        blind_first=bool(context.session and context.session.blind_first),
        ignores_drafts=shapes.FlagWork(
            value=context.work.ignores_drafts, version=context.work.versions.get("drafts_ignored", 0)
        ),
        lock_version=context.work.versions.get("lock", 0),
        in_session=context.session is not None,
        session=context.session.title if context.session else "",
        accommodations=context.candidacy.accommodations if context.candidacy else "",
        referentiel=shapes.ReferentielView(
            id=content.id, title=content.shown_title, version=content.version, newer=context.newer
        ),
        drafter="extractive" if drafter == EXTRACTIVE else "model",
        model_name=None if drafter == EXTRACTIVE else drafter,
        dossier=_dossier(loaded),
        sentences=tuple(_sentence(one) for one in loaded.dossier.sentences),
        criteria=tuple(
            _criterion(asked[part.id], part, content, blocs.get(part.id, ""), competences)
            for part in loaded.preread.criteria
        ),
        deliverables=_deliverables(loaded, content),
        work={part.id: work_view(context.work.on(part.id), part) for part in loaded.preread.criteria},
        phrases=tuple(phrases),
    )


def _title(context: ReviewContext) -> str:
    if context.candidacy and context.session:
        return f"n°\u00a0{context.candidacy.number} · {context.session.title}"
    file = context.dossier.preread.dossier.file
    return f"{context.called} · {file}" if context.called else file


def _dossier(loaded: LoadedPreRead) -> shapes.DossierView:
    about = loaded.preread.dossier
    read = {entry.page: entry for entry in about.ledger}
    return shapes.DossierView(
        preread=loaded.id,
        title=about.file,
        files=tuple(
            shapes.FileView(index=index, name=one.name, kind=one.kind, pages=one.pages, failure=one.failure)
            for index, one in enumerate(files_of(loaded.dossier))
        ),
        pages=tuple(
            shapes.PageView(
                page=page.number,
                label=page.label,
                file=page.file,
                place=loaded.dossier.place(page.number),
                width=page.width,
                height=page.height,
                read=read[page.number].read,
                reason=read[page.number].reason,
            )
            for page in loaded.dossier.pages
        ),
        words=about.words,
        unused_pages=about.unused_pages,
        notices=tuple(
            shapes.NoticeView(kind=one.kind, page=one.page, text=one.text, detail=one.detail) for one in about.notices
        ),
        image=IMAGE.format(preread=loaded.id),
        original=ORIGINAL.format(preread=loaded.id),
        partial=loaded.preread.reasons,
    )


def _sentence(one: Sentence) -> shapes.SentenceView:
    return shapes.SentenceView(
        id=one.id,
        text=one.text,
        pages=one.pages,
        boxes=tuple((page, *box) for page, box in one.page_boxes),
        ocr=one.source == "ocr",
        context=one.context,
        citable=one.role == "body",
    )


def _criterion(
    asked: Criterion, part: CriterionPart, content: Referentiel, bloc: str, competences: Mapping[str, Competence]
) -> shapes.CriterionView:
    known = tuple(
        shapes.CompetenceView(id=name, text=competences[name].text) for name in asked.competences if name in competences
    )
    served = tuple(dict.fromkeys(sid for one in part.requirements for sid in one.evidence))
    return shapes.CriterionView(
        id=part.id,
        text=asked.text,
        lead=asked.lead or "",
        indicators=asked.indicators,
        competence=known[0] if known else None,
        competences=known,
        bloc=bloc,
        assessed_by=part.assessed_by,
        scale=_scale(asked, content),
        requirements=tuple(_requirement(one) for one in part.requirements),
        shown=part.shown or served,
        evidence=tuple(one.id for one in part.evidence),
        items=tuple(_item(one) for one in items_of(part)),
        withheld=part.withheld,
        failure=part.failure,
    )


def _scale(asked: Criterion, content: Referentiel) -> shapes.ScaleView:
    if content.scale == "points" and asked.points is not None:
        return shapes.ScaleView(kind="points", max=asked.points)
    return shapes.ScaleView(kind="acquis" if content.scale == "acquis" else "text")


def _requirement(one: RequirementPart) -> shapes.RequirementView:
    return shapes.RequirementView(
        id=one.id,
        label=one.label or one.text,
        state=one.state,
        evidence=one.evidence,
        nearest=one.search.nearest,
        pages_read=one.search.pages_read,
        pages_unread=one.search.pages_unread,
        pages_partial=one.search.pages_partial,
        looked_for=one.search.looked_for,
    )


def _item(one: Item) -> shapes.ItemView:
    return shapes.ItemView(
        id=one.id,
        kind=one.kind,
        text=one.text,
        citations=one.citations,
        state=one.state,
        support=one.support,
        requirement=one.requirement,
        prompt=one.prompt,
    )


def _deliverables(loaded: LoadedPreRead, content: Referentiel) -> tuple[shapes.DeliverableView, ...]:
    texts = {one.id: one.text for one in content.deliverables()}
    return tuple(
        shapes.DeliverableView(
            id=one.id, text=texts.get(one.id, one.id), state=one.state, evidence=tuple(e.id for e in one.evidence)
        )
        for one in loaded.preread.deliverables
    )


def work_view(own: CriterionWork, part: CriterionPart) -> shapes.CriterionWorkView:
    drafted = {item.id for item in items_of(part)}
    version = own.versions
    return shapes.CriterionWorkView(
        note=shapes.TextWork(text=own.note.text, version=version.get(("note", ""), 0)),
        motivation=shapes.TextWork(text=own.motivation.text, version=version.get(("motivation", ""), 0)),
        decision=shapes.DecisionWork(
            points=own.decision.points,
            level=own.decision.level,
            text=own.decision_typed,
            version=version.get(("decision", ""), 0),
        ),
        read=shapes.FlagWork(value=own.read, version=version.get(("read", ""), 0)),
        choices={
            item: shapes.ChoiceWork(version=latest)
            if (choice := own.choices.get(item)) is None
            else shapes.ChoiceWork(verdict=choice.verdict, text=choice.text, version=latest)
            for (kind, item), latest in version.items()
            if kind == "choice"
        },
        drafts={item: shapes.TextWork(text=one.text, version=one.version) for item, one in own.drafts.items()},
        own_texts=tuple(_own_text(one) for one in own.own),
        own_evidence=tuple(_own_evidence(one) for one in own.evidence),
        taken_over=tuple(
            shapes.TakenOver(
                id=item, kind=choice.of, text=choice.words, pages=choice.pages, version=version.get(("choice", item), 0)
            )
            for item, choice in own.choices.items()
            if item not in drafted and choice.of is not None and choice.verdict != "rejected"
        ),
        drafts_asked=own.drafts_asked,
    )


def _own_text(one: OwnText) -> shapes.OwnTextWork:
    return shapes.OwnTextWork(
        id=one.id, kind=one.kind, text=one.text, pages=one.pages, sentences=one.sentences, version=one.version
    )


def _own_evidence(one: OwnEvidence) -> shapes.OwnEvidenceWork:
    return shapes.OwnEvidenceWork(
        id=one.id, page=one.page, sentences=one.sentences, quote=one.quote, ocr=one.ocr, version=one.version
    )
