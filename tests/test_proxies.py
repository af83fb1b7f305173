"""The proxies of deploy/, started for good: a person stays with one server, and goes to the other where that one is away."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.places import ROOT

DEPLOY = ROOT / "deploy"
NAME, COOKIE = "prelecture.exemple.fr", "prelecture_serveur"
PEOPLE, LARGE = 12, 2 * 2**20
"""Persons of a test; bytes of an upload, more than either proxy lets through unless it is told to."""
NGINX = """daemon off;
master_process off;
pid {folder}/pid;
error_log stderr;
events {{}}
http {{
	access_log off;
	client_body_temp_path {folder}/body;
	proxy_temp_path {folder}/proxied;
	fastcgi_temp_path {folder}/fastcgi;
	uwsgi_temp_path {folder}/uwsgi;
	scgi_temp_path {folder}/scgi;
	include {folder}/site.conf;
}}
"""
CADDY = """{{
	admin off
}}
http://127.0.0.1:{port} {{"""


class Answering(BaseHTTPRequestHandler):
    """Stands for an application server: says which one it is, and opens a connection that stays where one is asked for."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.headers.get("Upgrade") == "websocket" and self.headers.get("Connection", "").lower() == "upgrade":
            self.send_response(101)
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "Upgrade")
            self.end_headers()
            self.wfile.write(self.rfile.read(4).upper())
            self.close_connection = True
            return
        assert isinstance(self.server, ThreadingHTTPServer)
        self._say(f"{self.server.server_port} {self.headers.get('X-Forwarded-Proto')}".encode())

    def do_POST(self) -> None:
        self._say(str(len(self.rfile.read(int(self.headers["Content-Length"])))).encode())

    def _say(self, said: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.send_header("Connection", "close")  # so that a server that stops is away at once
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        pass


class App:
    """One application server, which can go away and come back at its address."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass
class Person:
    """One browser at the proxy: it keeps the cookie that it is given."""

    port: int
    secure: bool
    cookie: str = ""
    flags: list[str] = field(default_factory=list)

    def connected(self) -> http.client.HTTPConnection:
        if not self.secure:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=trusting)

    def ask(self, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] | None = None) -> str:
        connection = self.connected()
        known = {"Cookie": f"{COOKIE}={self.cookie}"} if self.cookie else {}
        connection.request(method, "/", body, {**known, **(headers or {})})
        answer = connection.getresponse()
        said = answer.read().decode()
        connection.close()
        assert answer.status == 200, (answer.status, said)
        given = answer.headers.get("Set-Cookie", "")
        if given.startswith(f"{COOKIE}="):
            self.cookie, *self.flags = given.removeprefix(f"{COOKIE}=").split("; ")
        return said

    def server(self) -> int:
        """The port of the one that answers."""
        return int(self.ask().split()[0])

    def shouted(self) -> bytes:
        """What comes back over a connection that stays open."""
        head = f"GET / HTTP/1.1\r\nHost: {NAME}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        head = head.replace(NAME, f"127.0.0.1:{self.port}")
        connection = self.connected()
        connection.connect()
        assert connection.sock is not None
        connection.sock.sendall(head.encode())
        said = b""
        while b"\r\n\r\n" not in said:
            said += connection.sock.recv(4096)
        connection.sock.sendall(b"abcd")
        said = said.partition(b"\r\n\r\n")[2]
        while len(said) < 4 and (more := connection.sock.recv(4096)):
            said += more
        connection.close()
        return said


@dataclass(frozen=True)
class Proxied:
    """A proxy that runs, and the two servers behind it."""

    new: Callable[[], Person]
    apps: tuple[App, App]


@contextmanager
def nginx(folder: Path, port: int, apps: tuple[App, App]) -> "Iterator[subprocess.Popen[bytes]]":
    certificate = ["-subj", f"/CN={NAME}", "-keyout", str(folder / "site.key"), "-out", str(folder / "site.crt")]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run(["openssl", "req", "-x509", *key, *certificate], check=True, capture_output=True)
    site = as_here("nginx.conf", apps).replace("listen 443", f"listen 127.0.0.1:{port}")
    (folder / "site.conf").write_text(site.replace("/etc/nginx/prelecture", str(folder / "site")), encoding="utf-8")
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder), encoding="utf-8")
    yield subprocess.Popen(["nginx", "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")])


@contextmanager
def caddy(folder: Path, port: int, apps: tuple[App, App]) -> "Iterator[subprocess.Popen[bytes]]":
    site = as_here("Caddyfile", apps).replace(f"{NAME} {{", CADDY.format(port=port))
    (folder / "Caddyfile").write_text(site, encoding="utf-8")
    own = {**os.environ, "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    yield subprocess.Popen(command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def as_here(name: str, apps: tuple[App, App]) -> str:
    """A proxy's file whose servers are these."""
    said = (DEPLOY / name).read_text(encoding="utf-8")
    for number, app in enumerate(apps, start=1):
        assert f"app{number}:8501" in said
        said = said.replace(f"app{number}:8501", f"127.0.0.1:{app.port}")
    return said


PROXIES = {"nginx": (nginx, True), "caddy": (caddy, False)}


@pytest.fixture(params=sorted(PROXIES))
def proxied(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Proxied]:
    if shutil.which(request.param) is None or shutil.which("openssl") is None:
        pytest.skip(f"no {request.param} here")
    start, secure = PROXIES[request.param]
    apps = (App(), App())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with start(tmp_path, port, apps) as running:
        end = time.monotonic() + 30
        while not listens(port) and time.monotonic() < end and running.poll() is None:
            time.sleep(0.02)
        try:
            assert running.poll() is None, "the proxy refuses its file"
            yield Proxied(lambda: Person(port, secure), apps)
        finally:
            running.kill()
            running.wait(10)
            for app in apps:
                app.stop()


def listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def test_a_person_stays_with_one_server_and_goes_to_the_other_where_that_one_is_away(proxied: Proxied) -> None:
    people = [proxied.new() for _ in range(PEOPLE)]
    first = [one.server() for one in people]
    assert set(first) == {app.port for app in proxied.apps}
    assert all((one.cookie and "HttpOnly" in one.flags) or not one.secure for one in people)
    assert [one.server() for one in people] == first
    gone, other = proxied.apps
    gone.stop()
    assert {one.server() for one in people} == {other.port}


def test_pages_stay_open_and_large_files_go_through(proxied: Proxied) -> None:
    person = proxied.new()
    assert person.ask("POST", bytes(LARGE)) == str(LARGE)
    assert person.ask().split()[1] == ("https" if person.secure else "http")
    assert person.shouted() == b"ABCD"


@pytest.mark.skipif(shutil.which("caddy") is None, reason="no caddy here")
def test_caddy_takes_its_file_word_for_word(tmp_path: Path) -> None:
    own = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    done = subprocess.run(command, env=own, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
