"""Every public method of the application says who acts, so that no service can be called by nobody."""

import inspect
from collections.abc import Iterator
from functools import cached_property

import pytest

from assistant.access.actor import Actor
from assistant.application.door import Application
from assistant.settings import Settings

FAMILIES = sorted(name for name, made in vars(Application).items() if isinstance(made, cached_property))
OF_THE_PROCESS = {("jobs", "close"), ("prereads", "get_ready"), ("readiness", "check")}
"""What concerns the process that runs, and nobody's data."""
WHO_IT_IS = {("signing_in", "arrive"), ("signing_in", "alive"), ("signing_in", "only_person"), ("keys", "seconds_left")}
"""What says who acts: there is nobody yet."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    made = Application(Settings(data_dir=tmp_path_factory.mktemp("methods")))
    yield made
    made.engine.dispose()


@pytest.mark.parametrize("family", FAMILIES)
def test_every_public_method_of_the_application_takes_an_actor_first(app: Application, family: str) -> None:
    service = type(getattr(app, family))
    for name, method in inspect.getmembers(service, inspect.isfunction):
        if not name.startswith("_") and (family, name) not in OF_THE_PROCESS | WHO_IT_IS:
            first = list(inspect.signature(method).parameters.values())[1]
            assert (first.name, first.annotation) == ("actor", Actor), f"{family}.{name}"
