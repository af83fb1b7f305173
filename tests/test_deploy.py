"""What deploy/ holds names commands, settings and addresses that exist."""

import configparser
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from assistant.cli import app
from assistant.places import ROOT
from assistant.settings import Settings
from assistant.ui.health import health_routes

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
