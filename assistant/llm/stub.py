"""A chat endpoint on loopback with no model behind it, for trying the app and for tests: the same path, real HTTP.

It pairs sentences and requirements that share words, and writes drafts that only quote. `script` puts faults in its
place."""

import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.settings import FAKE
from assistant.text import content_words, stem

SHARED = 2
CHOSEN = 4
_SENTENCE = re.compile(r"^\s*(s\d+)(?: \(.*?\))? : (.+)$", re.M)
_REQUIREMENT = re.compile(r"^\s*(R\d+) : (.+)$", re.M)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server sends: a status, headers and a body; `hang` seconds before, and `cut` bytes of the body only."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
    hang: float = 0.0
    cut: int | None = None


Script = Callable[[dict[str, Any], int], Reply | None]
"""Given a request and how many came before it: what to send instead of an answer, or None."""


@dataclass(slots=True)
class StubModel:
    """A server in a thread; `received` holds every request body. `seconds` is how long an answer takes."""

    script: Script = lambda request, number: None
    seconds: float = 0.0
    received: list[dict[str, Any]] = field(default_factory=list)
    _server: ThreadingHTTPServer | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def address(self) -> str:
        """Base URL for an OpenAI client."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> "StubModel":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def start(self) -> None:
        """Listens on a free port."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True, name="stub-model").start()

    def reply(self, request: dict[str, Any]) -> Reply:
        """The scripted reply to a request, or an answer made from its words."""
        with self._lock:
            number = len(self.received)
            self.received.append(request)
        time.sleep(self.seconds)
        return self.script(request, number) or completion(request, json.dumps(answer_to(request), ensure_ascii=False))


def completion(request: dict[str, Any], text: str, finish: str = "stop") -> Reply:
    """A chat completion that carries `text`, as content or as the arguments of the tool that was asked for."""
    message: dict[str, Any] = {"role": "assistant", "content": text}
    if request.get("tools"):
        call = {"name": request["tools"][0]["function"]["name"], "arguments": text}
        message = {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "c1", "type": "function", "function": call}],
        }
    sent = sum(len(str(one["content"])) for one in request["messages"])
    usage = {"prompt_tokens": sent // 4, "completion_tokens": len(text) // 4, "total_tokens": (sent + len(text)) // 4}
    body = {
        "id": "stub", "object": "chat.completion", "created": 0, "model": request.get("model", FAKE), "usage": usage,
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
    }  # fmt: skip
    return Reply(body=json.dumps(body, ensure_ascii=False).encode())


def answer_to(request: dict[str, Any]) -> dict[str, Any]:
    """An answer to one of our prompts, told apart by their words."""
    system, user = (str(one["content"]) for one in request["messages"][:2])
    if "<extrait>" in user:
        return {"finds": _pairs(user, system)}
    if "Énoncé 1 (" in user:
        numbers = re.findall(r"^Énoncé (\d+) \(", user, re.M)
        return {"statements": [{"statement": int(number), "supported": "yes"} for number in numbers]}
    if "En cause\u00a0:" in user:
        numbers = re.findall(r"^(\d+)\. ", user, re.M)
        return {"statements": [{"statement": int(number), "text": ""} for number in numbers]}
    if "Donnez les exigences" in user:
        return {"requirements": [{"requirement": user.splitlines()[0], "clues": _clues(user)}]}
    parts = re.split(r"^(?=Critère C\d+ : )", user, flags=re.M)[1:]
    if "Choisissez pour chacun" in user:
        return {"criteria": [_choice(part) for part in parts]}
    return {"criteria": [_draft(part) for part in parts]}


def _pairs(user: str, system: str) -> list[dict[str, str]]:
    asked = {label: _stems(text) for label, text in _REQUIREMENT.findall(system)}
    return [
        {"sentence": sentence, "requirement": requirement, "relation": "supports"}
        for sentence, text in _SENTENCE.findall(user)
        for requirement, words in asked.items()
        if len(words & _stems(text)) >= SHARED
    ]


def _clues(asked: str) -> list[str]:
    """Six clues that differ, and belong to this criterion alone."""
    words = " ".join(asked.split()[:4])
    return [f"exemple {number} noté sur le terrain : {words}" for number in range(1, 7)]


def _stems(text: str) -> set[str]:
    return {stem(word) for word in content_words(text)}


def _choice(part: str) -> dict[str, Any]:
    name = re.match(r"Critère (C\d+)", part)
    labels = [label for label, _ in _SENTENCE.findall(part)]
    return {
        "criterion": name.group(1) if name else "C1",
        "sentences": labels[:CHOSEN],
        "contradictions": [{"first": labels[0], "second": labels[-1]}] if len(labels) > 1 else [],
    }


def _draft(part: str) -> dict[str, Any]:
    name = re.match(r"Critère (C\d+)", part)
    sentences = _SENTENCE.findall(part)
    missing = re.findall(r"(R\d+) : [^\n]* — aucune phrase (?:repérée|n’y répond)", part)
    chosen = [pair for pair in sentences if re.search(rf"^ *{pair[0]} \(.*retenue", part, re.M)] or sentences
    said = [{"text": f"Le dossier écrit : « {' '.join(t.split()[:8])} »", "citations": [s]} for s, t in chosen[:2]]
    return {
        "criterion": name.group(1) if name else "C1",
        "observation": said,
        "gaps": [
            {"requirement": label, "text": f"Aucune phrase du dossier ne parle du point {label}.", "citations": []}
            for label in missing
        ],
        "questions": [{"text": "Pouvez-vous décrire une journée où cela s’est passé ?", "citations": []}],
    }


def _handler(model: StubModel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            reply = model.reply(json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0)))))
            time.sleep(reply.hang)
            try:
                self.send_response(reply.status)
                for name, value in (*reply.headers, ("Content-Length", str(len(reply.body)))):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body if reply.cut is None else reply.body[: reply.cut])
            except ConnectionError:
                return
            if reply.cut is not None:
                self.close_connection = True
                self.connection.close()

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@cache
def fake_address() -> str:
    """The address of this process's own stub, started when first asked for."""
    model = StubModel()
    model.start()
    return model.address
