"""What deploy/ holds names commands, settings and addresses that exist."""

import configparser
import getpass
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import typer.main
import yaml
from sqlalchemy import make_url, text

from assistant.cli import app
from assistant.places import ROOT
from assistant.settings import Settings
from assistant.ui.health import health_routes
from tests.store.conftest import open_engine

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))


def accepts(arguments: list[str]) -> None:
    """Raises when the command line does not know these words."""
    group = typer.main.get_command(app)
    command = group.commands[arguments[0]]  # type: ignore[attr-defined]
    command.make_context(arguments[0], arguments[1:])


def service(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    found: dict[str, Any] = loaded["services"][name]
    return found


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_a_command_that_exists(unit: Path) -> None:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[method-assign,assignment]
    read.read(unit, encoding="utf-8")
    program, *arguments = shlex.split(read["Service"]["ExecStart"])
    assert program.endswith("/prelecture")
    accepts(arguments)
    assert read["Service"]["Restart"] == "always"


def test_the_services_of_the_compose_file_start_commands_that_exist() -> None:
    image = re.search(r"^CMD (\[.*\])$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.M)
    assert image
    for command in (yaml.safe_load(image[1]), service("worker")["command"]):
        assert command[0] == "prelecture"
        accepts(command[1:])
    assert len([name for name in ("app1", "app2") if service(name)["env_file"]]) == 2


def test_the_settings_that_deploy_gives_exist_and_ask_for_a_shared_queue() -> None:
    lines = (DEPLOY / "prelecture.env.example").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert {name.removeprefix("PRELECTURE_").lower() for name in given} <= set(Settings.model_fields)
    assert given["PRELECTURE_QUEUE"] == "postgresql"


def test_the_proxy_keeps_a_person_with_one_server_and_asks_an_address_that_exists() -> None:
    proxy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    asked = re.search(r"health_uri (\S+)", proxy)
    assert asked
    assert asked[1] in {getattr(route, "path", "") for route in health_routes(lambda: None)}  # type: ignore[arg-type,return-value]
    assert "lb_policy cookie" in proxy
    assert set(re.findall(r"app\d", proxy)) == {"app1", "app2"}


def test_the_other_proxy_keeps_a_person_with_one_server_by_the_same_cookie_and_lets_pages_stay_open() -> None:
    proxy = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert re.search(r"hash \$person consistent;(\s+server app\d:8501 [^;]+;){2}", proxy)
    assert "$cookie_prelecture_serveur $person" in proxy
    assert 'add_header Set-Cookie "prelecture_serveur=$person;' in proxy
    assert 'proxy_set_header Connection "upgrade";' not in proxy  # said to every request, it would open none
    assert "proxy_set_header Upgrade $http_upgrade;" in proxy
    assert proxy.count("{") == proxy.count("}")


KNOWN = {
    "build", "image", "env_file", "volumes", "depends_on", "restart", "environment", "secrets", "healthcheck", "command",
    "stop_grace_period", "deploy", "ports", "cpu_shares",
}  # fmt: skip
"""Keys of a service that the compose specification knows, of those we use."""


def as_installed(unit: Path, folder: Path) -> Path:
    """A unit as it would be on this machine: its program, folders and user are there."""
    program = folder / "prelecture"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o700)
    (folder / "prelecture.env").touch()
    said = unit.read_text(encoding="utf-8")
    for there, here in (
        ("/opt/prelecture/.venv/bin/prelecture", str(program)), ("/opt/prelecture", str(folder)),
        ("/etc/prelecture/prelecture.env", str(folder / "prelecture.env")), ("/var/lib/prelecture", str(folder)),
        ("User=prelecture", f"User={getpass.getuser()}"),
    ):  # fmt: skip
        assert there in said
        said = said.replace(there, here)
    made = folder / unit.name.replace("@", "@1")
    made.write_text(said, encoding="utf-8")
    return made


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_has_nothing_to_say_against_a_unit(unit: Path, tmp_path: Path) -> None:
    command = ["systemd-analyze", "verify", "--man=no", str(as_installed(unit, tmp_path))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_all_that_the_compose_file_names_exists() -> None:
    loaded = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    assert set(loaded) == {"name", "x-prelecture", "services", "secrets", "volumes"}
    for one in loaded["services"].values():
        assert set(one) <= KNOWN
        assert "build" not in one or (DEPLOY / one["build"]["context"] / one["build"]["dockerfile"]).is_file()
        depends = one.get("depends_on", [])
        assert set(depends) <= set(loaded["services"])
        assert set(one.get("secrets", [])) <= set(loaded["secrets"])
        for volume in one.get("volumes", []):
            source = volume.split(":")[0]
            assert source in loaded["volumes"] or source == "./streamlit" or (DEPLOY / source).exists()
    for needed in re.findall(
        r"^(?:COPY|RUN) .*?(tools/\S+)", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.M
    ):
        assert (ROOT / needed).is_file()


def test_an_image_takes_the_program_alone_and_no_password_of_who_builds_it() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    taken = [line.removeprefix("!") for line in rules if line.startswith("!")]
    assert rules[0] == "*"
    assert all(list(ROOT.glob(name)) for name in taken)
    assert {"assistant", "prompts", "referentiels", "tools/install"} <= set(taken)
    assert not {name.split("/")[0] for name in taken} & {"deploy", ".git", ".env", ".venv", ".prelecture", ".streamlit"}


def listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def started(unit: str, port: int, folder: Path, settings: Mapping[str, str]) -> "subprocess.Popen[str]":
    """What the unit starts, started here: its own arguments, the port aside."""
    line = re.search(r"^ExecStart=\S+ (.*)$", (DEPLOY / unit).read_text(encoding="utf-8"), re.M)
    assert line
    arguments = [str(port) if one == "8501" else one for one in shlex.split(line[1])]
    environment = {**os.environ, "PRELECTURE_DATA_DIR": str(folder), "PRELECTURE_LOG_STDERR": "on", **settings}
    return subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", *arguments], cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_the_application_s_unit_serves_and_the_compose_file_s_health_check_finds_it_ready(tmp_path: Path) -> None:
    """The two together, for a server takes seconds to start. What it logs is JSON, a line each."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    check = [one.replace("8501", str(port)) for one in service("app1")["healthcheck"]["test"][1:]]
    assert check[0] == "python"
    with started("prelecture-app.service", port, tmp_path, {}) as server:
        end = time.monotonic() + 60
        while not listens(port) and time.monotonic() < end and server.poll() is None:
            time.sleep(0.1)
        ready = subprocess.run([sys.executable, *check[1:]], stderr=subprocess.DEVNULL, check=False).returncode
        server.terminate()
        _, errors = server.communicate(timeout=30)
    assert ready == 0, errors
    assert all(json.loads(line)["program"] == "app" for line in errors.splitlines() if line.startswith("{"))


def test_the_worker_s_unit_starts_a_worker_that_ends_when_systemd_asks(
    shared_settings: Mapping[str, str], tmp_path: Path
) -> None:
    with started("prelecture-worker@.service", 0, tmp_path, shared_settings) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline().startswith("Prêt à lire, ")
        worker.terminate()  # what systemd sends first
        assert worker.wait(30) == 0
        assert worker.stderr is not None
        logged = worker.stderr.read().splitlines()
    assert all(json.loads(line)["program"] == "worker" for line in logged if line.startswith("{"))


@pytest.fixture
def shared_settings(postgres: str) -> Mapping[str, str]:
    name = f"deploy_{uuid4().hex[:8]}"
    engine = open_engine(postgres)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    url = make_url(postgres).set(database=name).render_as_string(hide_password=False)
    return {"PRELECTURE_DATABASE_URL": url, "PRELECTURE_QUEUE": "postgresql"}
