"""Signing in with a real provider on this machine, in a real browser: roles, ends of sessions, forgeries, two windows."""

import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import BrowserContext, Page, expect

from assistant.access.actor import OPERATOR
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.places import ROOT
from assistant.settings import Settings
from tests.application.house import PDF
from tests.e2e.conftest import Server

pytestmark = pytest.mark.browser
WAIT = 30_000
SECRETS = """[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "only for tests, and long enough to be one"
[auth.certificateur]
client_id = "prelecture"
client_secret = "secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
client_kwargs = {{ scope = "openid email profile", prompt = "login" }}
[auth.autre]
client_id = "prelecture"
client_secret = "secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""
PEOPLE = {
    "anne": User(sub="anne", claims={"email": "anne@exemple.fr", "email_verified": True, "name": "Anne Arnaud"}),
    "bruno": User(sub="bruno", claims={"email": "bruno@exemple.fr", "email_verified": True, "name": "Bruno Béranger"}),
    "olga": User(sub="olga", claims={"email": "olga@exemple.fr", "email_verified": True, "name": "Olga Renard"}),
    "eve": User(
        sub="eve",
        claims={
            "email": "anne@exemple.fr",
            "email_verified": False,
            "name": "Ève",
            "roles": ["prelecture-administrator"],
        },
    ),
}


class SignedServer(Server):
    """The app as a person starts it, from nothing, with its providers set in the folder it is started from."""

    def __init__(self, data: Path, settings: Mapping[str, str] | None = None, folder: Path = ROOT) -> None:
        super().__init__(data, settings)
        self.folder = folder
        self.started: subprocess.Popen[bytes] | None = None

    def launch(self, environment: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "assistant.cli", "app", "--port", str(self.port), "--no-example"]
        quiet = subprocess.DEVNULL
        self.started = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=quiet, stderr=quiet)

    def kill(self) -> None:
        assert self.started is not None
        self.started.kill()
        self.started.wait(20)


@dataclass
class Signed:
    """The app, the people known to it, and a session of Olga's whose only dossier Anne reads."""

    server: SignedServer
    candidacy: str

    @property
    def application(self) -> Application:
        return Application(Settings(data_dir=self.server.data))

    def sql(self, statement: str) -> None:
        with sqlite3.connect(self.server.data / "prelecture.db", timeout=20) as connection:
            connection.execute(statement)
        connection.close()


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Signed]:
    folder = tmp_path_factory.mktemp("signed")
    with run_server_in_thread(user_claims=tuple(PEOPLE.values())) as provider:
        oidc = {"PRELECTURE_SIGN_IN": "oidc", "PYTHONPATH": str(Path.cwd())}
        made = SignedServer(folder / "data", oidc, folder)
        (folder / ".streamlit").mkdir()
        secrets = SECRETS.format(app=made.url, provider=f"http://localhost:{provider.server_port}")
        (folder / ".streamlit" / "secrets.toml").write_text(secrets, encoding="utf-8")
        application = Application(Settings(data_dir=folder / "data"))
        for name, role in (("anne", "juror"), ("bruno", "juror"), ("olga", "organiser")):
            application.people.invite(OPERATOR, f"{name}@exemple.fr", role)  # type: ignore[arg-type]  # roles
        session = application.sessions.found(OPERATOR, "juin 2026", None, "cycle-client-ia", (), blind_first=False)
        candidacy = application.sessions.add_candidate(OPERATOR, session, "0417", [UploadedFile("d.pdf", PDF)])
        application.engine.dispose()
        made.start()
        yield Signed(made, candidacy)
        made.kill()


def enter(context: BrowserContext, signed: Signed, who: str, name: str = "") -> Page:
    """Signs in, as a person does."""
    page = context.new_page()
    page.goto(f"{signed.server.url}/sessions")
    page.get_by_role("button", name="Se connecter avec certificateur").click(timeout=WAIT)
    page.locator(f"[name=sub][value={who}]").first.click(timeout=WAIT)
    if name:
        expect(page.get_by_text(f"{name} – ")).to_be_visible(timeout=WAIT)
    return page


def signed_out(page: Page) -> None:
    """The provider asks to end its session as well, then leads back."""
    page.get_by_role("button", name="End session").first.click(timeout=WAIT)
    asked_to_sign_in(page)


def asked_to_sign_in(page: Page) -> None:
    expect(page.get_by_role("button", name="Se connecter avec certificateur")).to_be_visible(timeout=WAIT)


@pytest.fixture
def window(known: BrowserContext) -> BrowserContext:
    return known


def test_whoever_was_invited_signs_in_and_has_the_role_that_was_given(signed: Signed, window: BrowserContext) -> None:
    page = window.new_page()
    page.goto(signed.server.url)
    asked_to_sign_in(page)
    expect(page.get_by_role("button", name="Se connecter avec autre")).to_be_visible()
    page = enter(window, signed, "olga", "Olga Renard")
    expect(page.get_by_text("Olga Renard – Organisateur")).to_be_visible()
    members = {one.email: one.role for one in signed.application.people.members(OPERATOR)}
    assert members["olga@exemple.fr"] == "organiser"


def test_one_comes_to_the_page_one_asked_for(signed: Signed, window: BrowserContext) -> None:
    page = window.new_page()
    page.goto(f"{signed.server.url}/sessions?dossier={signed.candidacy}")
    page.get_by_role("button", name="Se connecter avec certificateur").click(timeout=WAIT)
    page.locator("[name=sub][value=bruno]").first.click(timeout=WAIT)
    expect(page.get_by_text("Ce dossier ne vous est pas attribué")).to_be_visible(timeout=WAIT)
    assert page.url == f"{signed.server.url}/sessions?dossier={signed.candidacy}"


def test_a_claim_nobody_set_up_and_an_address_that_is_not_verified_give_no_role(
    signed: Signed, window: BrowserContext
) -> None:
    page = enter(window, signed, "eve")
    expect(page.get_by_text("aucun rôle ne vous a été donné")).to_be_visible(timeout=WAIT)
    roles = {one.name: one.role for one in signed.application.people.members(OPERATOR)}
    assert roles["Ève"] is None


def test_a_cookie_that_was_changed_opens_nothing(signed: Signed, window: BrowserContext) -> None:
    page = enter(window, signed, "anne", "Anne Arnaud")
    cookies = [one for one in window.cookies() if one["name"].startswith("_streamlit_user")]
    assert cookies
    window.clear_cookies()
    for one in cookies:
        one["value"] = one["value"][:-8] + "AAAAAAAA"
        window.add_cookies([one])  # type: ignore[list-item]  # as it came
    page.goto(f"{signed.server.url}/sessions")
    asked_to_sign_in(page)


def test_another_s_address_opens_nothing(signed: Signed, window: BrowserContext) -> None:
    page = enter(window, signed, "bruno", "Bruno Béranger")
    page.goto(f"{signed.server.url}/sessions?dossier={signed.candidacy}&qui=anne")
    expect(page.get_by_text("Ce dossier ne vous est pas attribué")).to_be_visible(timeout=WAIT)
    people = {one.name: one.person for one in signed.application.people.members(OPERATOR)}
    for path in ("desk.json", "page/1.png", "original/0", "files/grid.docx", "harmony.json"):
        answer = page.request.get(f"{signed.server.url}/bureau/{people['Bruno Béranger']}/{signed.candidacy}/{path}")
        assert answer.status in {401, 403}, path


def test_an_idle_sign_in_is_over(signed: Signed, window: BrowserContext) -> None:
    page = enter(window, signed, "anne", "Anne Arnaud")
    signed.sql("UPDATE sign_ins SET seen = '2026-01-01 00:00:00.000000'")
    page.goto(f"{signed.server.url}/sessions")
    signed_out(page)


def test_who_signs_out_in_one_window_is_out_in_the_other(signed: Signed, window: BrowserContext) -> None:
    first = enter(window, signed, "anne", "Anne Arnaud")
    second = window.new_page()
    second.goto(f"{signed.server.url}/sessions")
    expect(second.get_by_text("Anne Arnaud – Juré")).to_be_visible(timeout=WAIT)
    first.get_by_role("button", name="Me déconnecter").click()
    signed_out(first)
    second.get_by_role("button", name="Me déconnecter").click()
    asked_to_sign_in(second)


def test_a_role_that_is_taken_away_closes_the_windows(signed: Signed, window: BrowserContext) -> None:
    page = enter(window, signed, "bruno", "Bruno Béranger")
    application = signed.application
    bruno = next(one.person for one in application.people.members(OPERATOR) if one.name == "Bruno Béranger")
    application.people.grant(OPERATOR, bruno, None)
    page.goto(f"{signed.server.url}/sessions")
    signed_out(page)
    application.people.grant(OPERATOR, bruno, "juror")


def test_pictures_come_from_this_server_alone(signed: Signed, window: BrowserContext) -> None:
    """A picture named elsewhere is refused by the browser itself, before anything is asked for."""
    asked: list[str] = []
    page = window.new_page()
    page.on("request", lambda request: asked.append(request.url))
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text))
    page.goto(signed.server.url)
    asked_to_sign_in(page)
    page.evaluate("() => { const i = new Image(); i.src = 'http://127.0.0.1:9/x.png'; document.body.append(i); }")
    page.wait_for_timeout(300)
    assert any("Content Security Policy" in line and "127.0.0.1:9" in line for line in refused)
    assert not [line for line in refused if "Content Security Policy" in line and "127.0.0.1:9" not in line]
    for path in ("", "sessions", "_stcore/health", "bureau-fichiers/main.js", "nowhere"):
        answer = page.request.get(f"{signed.server.url}/{path}")
        assert "img-src 'self'" in answer.headers.get("content-security-policy", ""), path


def test_local_mode_answers_to_this_machine_s_own_names_alone(tmp_path: Path) -> None:
    server = SignedServer(tmp_path / "data")
    server.start()
    try:
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(
                urllib.request.Request(server.url, headers={"Host": "prelecture.exemple.fr"}), timeout=5
            )
        assert refused.value.code == 403
        with urllib.request.urlopen(server.url, timeout=5) as answer:
            assert answer.status == 200
    finally:
        server.kill()
