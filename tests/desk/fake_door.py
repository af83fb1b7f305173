"""The door of the desk's routes, in memory: the same seam as production, for the component alone."""

import json
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.access.actor import Actor
from assistant.access.keys import Grant, signed
from assistant.dossier.pdf.render import page_png
from assistant.errors import AccessDenied
from assistant.ui.desk.routes import Download

SECRET = b"for tests only" * 3
FAR = 4_000_000_000
Slot = tuple[str, str, str]


class FakeDoor:
    """One review of one dossier, whose acts are kept in lists; `silent` makes it fail like a server that is away."""

    def __init__(self, view: Mapping[str, Any], pdf: Path, work_file: Path | None = None) -> None:
        self._view, self._pdf, self._file = dict(view), pdf, work_file
        self._lock = threading.Lock()
        self.seen: dict[str, dict[str, Any]] = {}
        self.slots: dict[Slot, list[dict[str, Any]]] = {}
        self.locked: str | None = None
        if work_file and work_file.exists():
            for event in json.loads(work_file.read_text("utf-8")):
                self._store(event)

    @property
    def person(self) -> str:
        return str(self._view["me"]["person"])

    @property
    def review(self) -> str:
        return str(self._view["review"])

    def key(self) -> str:
        return signed(SECRET, Grant(self.person, self.review, FAR))

    def secret(self) -> bytes:
        return SECRET

    def actor(self, person: str) -> Actor | None:
        return Actor(person, "juror", "Anne")

    def view(self, actor: Actor, review: str) -> str:
        return json.dumps({**self._view, **self.work(actor, review)}, ensure_ascii=False)

    def work(self, actor: Actor, review: str) -> dict[str, Any]:
        made: dict[str, dict[str, Any]] = {}
        ignores = bool(self._view["ignores_drafts"])
        for (criterion, kind, item), versions in self.slots.items():
            now = {"version": len(versions), **(versions[-1]["value"] or {})}
            own = made.setdefault(criterion, _empty()) if criterion else _empty()
            if kind in {"note", "motivation", "decision", "read"}:
                own[kind] = now
            elif kind == "choice":
                own["choices"][item] = {"verdict": None, "text": "", **now}
            elif kind in {"own_text", "own_evidence"} and versions[-1]["value"]:
                own["own_texts" if kind == "own_text" else "own_evidence"].append({"id": item, **now})
            elif kind == "drafts_asked":
                own["drafts_asked"] = versions[-1]["written"]
            elif kind == "drafts_ignored":
                ignores = bool(now["value"])
        writes = bool(self._view["may_write"]) and self.locked is None
        return {"work": made, "locked": self.locked, "may_write": writes, "ignores_drafts": ignores}

    def act(self, actor: Actor, review: str, event: Mapping[str, Any]) -> dict[str, Any]:
        with self._lock:
            if event["id"] in self.seen:
                return self.seen[event["id"]]
            if self.locked:
                raise AccessDenied("Votre lecture est verrouillée\u00a0: elle ne change plus.")
            ack = self._store(event)
            if self._file is not None and ack["ok"]:
                kept = json.loads(self._file.read_text("utf-8")) if self._file.exists() else []
                self._file.write_text(json.dumps([*kept, dict(event)]), "utf-8")
            return ack

    def _store(self, event: Mapping[str, Any]) -> dict[str, Any]:
        written = datetime.now(UTC).isoformat(timespec="seconds")
        if event["kind"] == "lock":
            self.locked = written
            versions: list[dict[str, Any]] = [{}]
        else:
            versions = self.slots.setdefault((event["criterion"], event["kind"], event["item"]), [])
            if event["base"] != len(versions):
                current = {"value": versions[-1]["value"] if versions else None, "version": len(versions)}
                said = "Ce texte a été modifié dans une autre fenêtre."
                return {"id": event["id"], "ok": False, "message": said, "current": current}
            versions.append({"value": event["value"], "written": written})
        self.seen[event["id"]] = {"id": event["id"], "ok": True, "version": len(versions)}
        return self.seen[event["id"]]

    def history(self, actor: Actor, review: str, criterion: str, kind: str, item: str) -> Sequence[Mapping[str, Any]]:
        versions = self.slots.get((criterion, kind, item), [])
        return [{"version": at, **one} for at, one in enumerate(versions, start=1)]

    def harmony(self, actor: Actor, review: str) -> Mapping[str, Any]:
        return dict(self._view.get("harmony", {}))

    def page(self, actor: Actor, review: str, page: int, scale: float) -> bytes:
        return page_png(self._pdf, page, scale)

    def original(self, actor: Actor, review: str, index: int) -> Download:
        return Download(self._pdf.read_bytes(), "dossier.pdf", "application/pdf")

    def file(self, actor: Actor, review: str, what: str, ending: str) -> Download:
        return Download(f"{what}.{ending}".encode(), f"{what}.{ending}", "application/octet-stream")


def _empty() -> dict[str, Any]:
    return {
        "note": {"text": "", "version": 0}, "motivation": {"text": "", "version": 0},
        "decision": {"points": None, "level": None, "text": "", "version": 0}, "read": {"value": False, "version": 0},
        "choices": {}, "own_texts": [], "own_evidence": [], "drafts_asked": None,
    }  # fmt: skip
