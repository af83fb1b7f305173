"""The door of the desk's routes onto the application: one call each, and the shapes that the browser reads."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from assistant.application.context import Decision, Harmony, Kind, ReviewContext, Revoked, items_of
from assistant.application.desk import Event
from assistant.application.door import Application
from assistant.application.exports import FORMATS, FileFormat, GridDocument, NotesFormat, Whose
from assistant.application.people import LOCAL, Actor
from assistant.errors import InvalidInput
from assistant.ui.desk.routes import Download

Json = Mapping[str, Any]
TITLES: Mapping[GridDocument, tuple[str, str]] = {
    "grid": ("Grille", "ce que vous avez repris, écrit et décidé"),
    "annex": ("Annexe", "les passages du dossier, mot pour mot"),
    "oral": ("Fiche d’oral", "vos questions, par thème"),
    "feedback": ("Retour au candidat", "seulement ce que vous avez repris ou écrit, sans décision"),
}
NOTES = "notes"
NOTES_ENDINGS = ("docx", "pdf")
NOTES_FILE: Json = {
    "what": NOTES,
    "title": "Mes notes",
    "about": "vos notes de travail, pour vous seul\u00a0; elles ne figurent dans aucun autre document",
    "endings": list(NOTES_ENDINGS),
}
COLLEGIAL = "collegial-"
OWN = "own-"
"""Before the id of a grid of the certifier's."""


class ApplicationDoor:
    """What `routes` needs, from the application that `application()` gives (opened at the first call)."""

    def __init__(self, application: Callable[[], Application]) -> None:
        self._application = application

    def seconds_left(self, key: str, person: str, review: str) -> int:
        return self._application().keys.seconds_left(key, person, review)

    def actor(self, person: str) -> Actor | None:
        return LOCAL if person == LOCAL.person else self._application().people.enter(LOCAL, person)

    def view(self, actor: Actor, review: str) -> Json:
        """The DeskView, and what the frame around it shows: views, files, the way back."""
        application = self._application()
        shown = application.reviews.desk(actor, review).model_dump(mode="json")
        application.reviews.viewed(actor, review)
        context = application.reviews.context(actor, review)
        return {**shown, **self._frame(actor, context), "unlocked": self._unlocked(actor, review, context)}

    def work(self, actor: Actor, review: str) -> Json:
        application = self._application()
        shown = application.reviews.desk(actor, review)
        kept = shown.model_dump(mode="json", include={"work", "locked", "may_write", "ignores_drafts", "phrases"})
        return {**kept, **self._frame(actor, application.reviews.context(actor, review))}

    def act(self, actor: Actor, review: str, event: Json) -> Json:
        try:
            asked = Event.model_validate(event)
        except ValueError as error:
            raise InvalidInput("Cette saisie n’a pas la forme attendue\u00a0: rechargez la page.") from error
        return self._application().reviews.act(actor, review, asked).model_dump(mode="json")

    def history(self, actor: Actor, review: str, criterion: str, kind: str, item: str) -> Sequence[Json]:
        made = self._application().reviews.history(actor, review, cast(Kind, kind), criterion, item)
        return [
            {"version": one.version, "value": {"text": one.text}, "written": one.written and one.written.isoformat()}
            for one in made
        ]

    def phrases(self, actor: Actor, review: str, asked: Json) -> Sequence[Json]:
        """Keeps or forgets a phrase of one's own; all of them, as they now stand."""
        application = self._application()
        view = application.reviews.context(actor, review)
        referentiel, criterion = view.referentiel.content.id, str(asked.get("criterion", ""))
        if asked.get("keep"):
            application.phrases.keep(actor, referentiel, criterion, str(asked["keep"]))
        if asked.get("forget"):
            application.phrases.forget(actor, referentiel, criterion, str(asked["forget"]))
        return [one.model_dump(mode="json") for one in application.phrases.list(actor, referentiel, criterion)]

    def outside(self, actor: Actor, review: str) -> Json:
        """What this person wrote about the same file outside any session, by criterion."""
        found = self._application().outside.written(actor, review)
        return {name: own.model_dump(mode="json") for name, own in found.items()}

    def origin(self, actor: Actor, review: str, criterion: str) -> Json:
        """Whence the drafted texts of a criterion come."""
        application = self._application()
        context = application.reviews.context(actor, review)
        parts = [part for part in context.dossier.preread.criteria if part.id == criterion]
        prompts = sorted({item.prompt for part in parts for item in items_of(part) if item.prompt})
        made = application.provenance.of(actor, context.dossier.id, prompts)
        return {"drafter": made.drafter, "sent": [{"about": one.about, "text": one.text} for one in made.sent]}

    def again(self, actor: Actor, review: str) -> Json:
        """Asks once more for what failed in the reading; the one shown stays until the new one is there."""
        self._application().jobs.retry(actor, self._preread(actor, review))
        return {"message": "La lecture est redemandée. Rechargez la page dans quelques instants pour voir la nouvelle."}

    def harmony(self, actor: Actor, review: str) -> Json:
        application = self._application()
        return harmony_view(application.reviews.harmony(actor, review), application.reviews.context(actor, review))

    def page(self, actor: Actor, review: str, page: int, scale: float) -> bytes:
        application = self._application()
        return application.prereads.page_png(actor, self._preread(actor, review), page, scale)

    def original(self, actor: Actor, review: str, index: int) -> Download:
        return Download(*self._application().prereads.original(actor, self._preread(actor, review), index))

    def file(self, actor: Actor, review: str, what: str, ending: str) -> Download:
        kind: Whose = "collegial" if what.startswith(COLLEGIAL) else "individual"
        document = what.removeprefix(COLLEGIAL)
        if document.startswith(OWN):
            return self._own_grid(actor, review, kind, document.removeprefix(OWN), ending)
        if what == NOTES and ending in NOTES_ENDINGS:
            own = self._application().exports.notes(actor, review, cast(NotesFormat, ending))
            return Download(own.data, own.name, own.media_type)
        if document not in FORMATS:
            raise InvalidInput("Ce document n’existe pas.")
        made = self._application().exports.file(
            actor, review, kind, cast(GridDocument, document), cast(FileFormat, ending)
        )
        return Download(made.data, made.name, made.media_type)

    def _own_grid(self, actor: Actor, review: str, whose: Whose, name: str, ending: str) -> Download:
        """The certifier's grid filled; as text, what could not be written in it."""
        from assistant.application.own_grids import report

        made = self._application().own_grids.fill(actor, review, whose, name)
        if ending != "txt":
            return Download(made.file.data, made.file.name, made.file.media_type)
        told = report(made.skipped, made.blank)
        return Download(told.encode(), f"{made.file.name}.txt", "text/plain; charset=utf-8")

    def _frame(self, actor: Actor, context: ReviewContext) -> Json:
        made = _frame(context)
        return {**made, "exports": [*made["exports"], *self._own_files(actor, context)]}

    def _own_files(self, actor: Actor, context: ReviewContext) -> list[Json]:
        """The certifier's grids that were mapped for this référentiel."""
        prefixes = ["", *([COLLEGIAL] if context.may("agree") else [])] if context.may("export") else []
        return [
            {
                "what": f"{prefix}{OWN}{one.id}",
                "title": f"Grille du certificateur\u00a0: {one.name}" + (" (jury)" if prefix else ""),
                "about": "TXT\u00a0: ce qui n’a pas pu y être écrit",
                "endings": [one.name.rsplit(".", 1)[-1].lower(), "txt"],
            }
            for prefix in prefixes
            for one in self._application().own_grids.of(actor, context.referentiel.content.id)
        ]

    def _unlocked(self, actor: Actor, review: str, context: ReviewContext) -> Json | None:
        again = self._application().reviews.reopened(actor, review) if context.has_seat else None
        return {"reason": again.text, "at": again.written and again.written.isoformat()} if again else None

    def _preread(self, actor: Actor, review: str) -> str:
        return self._application().reviews.context(actor, review).dossier.id


def _frame(context: ReviewContext) -> Json:
    """Which parts of the work are open to this person, and which files there are to take away."""
    together = context.may("agree")
    exports = context.may("export")
    views = ["read", *(["finish"] if exports or context.has_seat else []), *(["harmonise"] if together else [])]
    back = ("Mes sessions", "sessions") if context.candidacy else ("Dossiers", "")
    return {
        "views": views,
        "locked_all": context.access.all_locked,
        "alone": context.actor.alone,
        "back": {"title": back[0], "address": back[1]},
        "exports": [*([*_files(""), NOTES_FILE] if exports else []), *(_files(COLLEGIAL) if together else [])],
    }


def _files(prefix: str) -> list[Json]:
    named = " collégiale" if prefix else " individuelle"
    return [
        {
            "what": f"{prefix}{document}",
            "title": title + (named if document == "grid" else " (jury)" if prefix else ""),
            "about": "ce que le jury a arrêté" if prefix else about,
            "endings": list(FORMATS[document]),
        }
        for document, (title, about) in TITLES.items()
    ]


def harmony_view(harmony: Harmony, context: ReviewContext) -> Json:
    """The readings side by side. Two decisions that are both still empty are to be made, not « no difference »."""
    from assistant.application.desk_view import work_view

    parts = context.dossier.preread.criteria
    differing = {one.criterion: one for one in harmony.differences}
    criteria = {}
    for part in parts:
        one, agreed = differing[part.id], harmony.agreed.get(part.id)
        empty = any(reading.work.on(part.id).decision.empty for reading in harmony.readings)
        differs = [
            name
            for name, said in (
                ("undecided", empty),
                ("decision", one.decisions),
                ("evidence", one.evidence),
                ("notes", one.notes),
            )
            if said
        ]
        proposed = agreed and {
            "text": agreed.text,
            "decision": _decision(agreed.decision),
            "items": list(agreed.items or ()),
            "by": agreed.by,
            "version": agreed.version,
            "consents": list(agreed.consents),
        }
        criteria[part.id] = {"differs": differs, "agreed": proposed}
    return {
        "jurors": [
            {
                "person": reading.person,
                "name": reading.name,
                "part": reading.part,
                "work": {part.id: work_view(reading.work.on(part.id), part).model_dump(mode="json") for part in parts},
            }
            for reading in harmony.readings
        ],
        "criteria": criteria,
        "may_agree": context.may("agree"),
        "revoked": _revoked(harmony.revoked),
    }


def _revoked(told: Revoked | None) -> Json | None:
    """The moment as the browser says it in its own time."""
    if told is None:
        return None
    return {"by": told.by, "reason": told.reason, "at": told.at.isoformat(), "criteria": sorted(told.criteria)}


def _decision(decision: Decision) -> Json:
    return {"points": decision.points, "level": decision.level, "text": decision.text}
