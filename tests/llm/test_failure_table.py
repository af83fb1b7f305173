"""Each line of the table of failures (docs/pannes-du-modele.md) ends as the table says."""

import json
import re
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ModelError, PrelectureError
from assistant.llm.answers import ReadingAnswer
from assistant.llm.breaker import FAILURES
from assistant.llm.calls import CallStore
from assistant.llm.client import Meter, ModelClient
from assistant.llm.endpoint import Endpoint
from assistant.llm.prompts import Filled
from assistant.llm.stub import Reply, StubModel, completion
from assistant.settings import Method, Settings

TABLE = Path(__file__).parents[2] / "docs" / "pannes-du-modele.md"
LINE = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| `([a-z-]+)` \|$", re.M)
ENDS = {key: end for _, _, end, key in LINE.findall(TABLE.read_text(encoding="utf-8"))}
PROMPT = Filled("reading", "Consigne.", "<extrait>\ns1 : Bonjour.\n</extrait>")
GOOD = json.dumps({"finds": [{"sentence": "s1", "requirement": "R1", "relation": "supports"}]})
FAST = 0.4
"""Seconds a call may take here."""
Answer = Callable[[dict[str, Any]], Reply]


@dataclass(frozen=True)
class Case:
    """A reply sent the first `times` times, then a good answer; how many calls that takes, the way of asking, and the
    seconds a call may take."""

    reply: Answer
    times: int = 100
    calls: int = 1
    method: Method = "json_schema"
    seconds: float = 30.0


def status(code: int, *headers: tuple[str, str], said: str = "no") -> Answer:
    body = json.dumps({"error": {"message": said}}).encode()
    return lambda request: Reply(code, body, (("Content-Type", "application/json"), *headers))


def saying(text: str, finish: str = "stop") -> Answer:
    return lambda request: completion(request, text, finish)


def raw(body: bytes, kind: str = "application/json") -> Answer:
    return lambda request: Reply(200, body, (("Content-Type", kind),))


def cut(request: dict[str, Any]) -> Reply:
    whole = completion(request, GOOD)
    return Reply(body=whole.body, cut=len(whole.body) // 2)


def slow(request: dict[str, Any]) -> Reply:
    return Reply(body=b"{}", hang=FAST + 0.5)


CASES: dict[str, Case] = {
    "silence": Case(slow, calls=5, seconds=FAST),
    "silence-sans-methode": Case(slow, method="auto", calls=2, seconds=FAST),
    "coupure": Case(cut, calls=5),
    "cle-refusee": Case(status(401)),
    "acces-interdit": Case(status(403)),
    "modele-inconnu": Case(status(404)),
    "demande-refusee": Case(status(400)),
    "fenetre-depassee": Case(status(400, said="maximum context length is 4096 tokens")),
    "demande-trop-grosse": Case(status(413)),
    "methode-inconnue": Case(status(422), times=1, method="auto", calls=2),
    "trop-de-demandes": Case(status(429), calls=5),
    "attendez-deux-heures": Case(status(429, ("Retry-After", "7200"))),
    "attendez-une-date": Case(status(503, ("Retry-After", "Wed, 21 Oct 2065 07:28:00 GMT"))),
    "panne-passagere": Case(status(500), times=1, calls=2),
    "panne-durable": Case(status(502), calls=5),
    "renvoi-ailleurs": Case(status(302, ("Location", "http://127.0.0.1:9/"))),
    "page-html": Case(raw(b"<html>Connexion</html>", "text/html"), calls=5),
    "sans-choix": Case(raw(b'{"choices": null}'), calls=5),
    "reponse-vide": Case(saying("")),
    "reponse-coupee": Case(saying(GOOD, "length")),
    "refus-du-modele": Case(saying(GOOD, "content_filter")),
    "reponse-demesuree": Case(saying('{"finds": [' + " " * 500_000 + "]}")),
    "imbrication-sans-fin": Case(saying('{"a":' * 50_000), calls=2),
    "pas-du-json": Case(saying("Voici les phrases."), calls=2),
    "deux-objets": Case(saying(GOOD + GOOD), calls=2),
    "clef-inconnue": Case(saying('{"finds": [], "note_sur_20": 18}'), calls=2),
    "mal-formee-en-auto": Case(saying("Non."), method="auto", calls=3),
    "caractere-isole": Case(saying(GOOD.replace("s1", "\\ud800")), calls=2),
    "caractere-nul": Case(saying(GOOD.replace("s1", "\\u0000")), calls=2),
    "bloc-de-code": Case(saying(f"```json\n{GOOD}\n```")),
    "pensee": Case(saying(f"<think>Je cherche {{}}.</think>{GOOD}")),
    "phrase-avant": Case(saying(f"Voici l’objet demandé :\n{GOOD}")),
}  # fmt: skip


def client(address: str, folder: Path, method: Method = "json_schema", seconds: float = 30.0) -> ModelClient:
    settings = Settings(model="stub", model_base_url=address, model_seconds=seconds)
    return ModelClient(Endpoint(settings), "stub", method, CallStore(folder / "calls"), 300.0, lambda _: None)


def outcome(one: ModelClient, prompt: Filled = PROMPT, meter: Meter | None = None) -> str:
    """The sentence a person reads, or what was found."""
    try:
        answered = one.ask(prompt, ReadingAnswer, meter or Meter(10**6))
    except PrelectureError as error:
        return error.message
    return f"lue : {[pair.sentence for pair in answered.value.finds]}"


def told(key: str, ended: str) -> None:
    """The table's words in quotation marks stand in what a person reads ("…" for what varies); without any, it is read."""
    promised = re.search(r"«\s(.+?)\s»", ENDS[key])
    if promised is None:
        assert ended == "lue : ['s1']", ended
        return
    pattern = ".+".join(re.escape(part) for part in promised.group(1).replace("\u00a0", " ").split("…"))
    assert re.search(pattern, ended.replace("\u00a0", " ")), (promised.group(1), ended)


@pytest.mark.parametrize("key", CASES)
def test_a_reply_ends_as_the_table_says(key: str, tmp_path: Path) -> None:
    case = CASES[key]
    with StubModel(lambda sent, number: case.reply(sent) if number < case.times else completion(sent, GOOD)) as model:
        ended = outcome(client(model.address, tmp_path, case.method, seconds=case.seconds))
        assert len(model.received) == case.calls
    told(key, ended)
    assert "note_sur_20" not in ended
    kept = list((tmp_path / "calls").glob("*.json"))
    assert bool(kept) == ended.startswith("lue")


@contextmanager
def dribbling(head: bytes) -> Iterator[str]:
    """A server that sends `head` at once, then a letter now and then, for ever."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65_536)
            try:
                self.request.sendall(head)
                for _ in range(12_000):
                    self.request.sendall(b"x")
                    time.sleep(0.05)
            except OSError:
                return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
        server.shutdown()


DRIPS = {
    "goutte-a-goutte": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n",
    "en-tetes-goutte-a-goutte": b"HTTP/1.1 200 OK\r\nX-Slow: ",
}


@pytest.mark.parametrize("key", DRIPS)
def test_an_answer_letter_by_letter_is_late_as_a_whole(key: str, tmp_path: Path) -> None:
    with dribbling(DRIPS[key]) as address:
        start = time.monotonic()
        ended = outcome(client(address, tmp_path, seconds=FAST))
        assert time.monotonic() - start < 60, "the letters go on for ten minutes"
    told(key, ended)


def test_nobody_at_the_address(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        told("personne", outcome(client(f"http://127.0.0.1:{free.getsockname()[1]}/v1", tmp_path)))


def test_a_server_without_encryption_where_it_is_expected(tmp_path: Path) -> None:
    with StubModel() as model:
        told("sans-chiffrement", outcome(client(model.address.replace("http:", "https:"), tmp_path)))


def test_a_damaged_kept_call_is_asked_again(tmp_path: Path) -> None:
    with StubModel(lambda request, number: completion(request, GOOD)) as model:
        outcome(client(model.address, tmp_path))
        for file in (tmp_path / "calls").glob("*.json"):
            file.write_text(file.read_text(encoding="utf-8")[:40], encoding="utf-8")
        told("appel-garde-abime", outcome(client(model.address, tmp_path)))
        assert len(model.received) == 2


def test_after_failures_in_a_row_nobody_asks(tmp_path: Path) -> None:
    with StubModel(lambda request, number: status(500)(request)) as model:
        one = client(model.address, tmp_path)
        ends = [outcome(one, Filled("reading", "Consigne.", f"s{turn}")) for turn in range(3)]
        assert len(model.received) == 5 > FAILURES, "the first call's own tries, and nothing after them"
    told("disjoncteur", ends[-1])


def test_time_and_tokens_of_a_dossier(tmp_path: Path) -> None:
    with StubModel() as model:
        one = client(model.address, tmp_path)
        told("temps-ecoule", outcome(one, meter=Meter(10**6, seconds=-1.0)))
        told("jetons-epuises", outcome(one, meter=Meter(3)))
        assert model.received == []


def test_a_stopped_run_asks_no_more(tmp_path: Path) -> None:
    with StubModel() as model:
        one = client(model.address, tmp_path)
        one.stopped.set()
        told("arret", outcome(one))
        assert model.received == []


ELSEWHERE = {
    *DRIPS, "personne", "sans-chiffrement", "appel-garde-abime", "disjoncteur", "temps-ecoule", "jetons-epuises", "arret",
}  # fmt: skip


def test_every_line_of_the_table_is_tried_and_every_failure_stands_in_it() -> None:
    assert set(ENDS) == set(CASES) | ELSEWHERE
    assert len(ENDS) >= 33
    assert issubclass(ModelError, PrelectureError)
