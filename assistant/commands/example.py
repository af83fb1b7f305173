"""Pre-reads the bundled example, in a process of its own beside the server: whatever happens here, the app is served."""

import os
import threading
import time

from assistant import logs
from assistant.errors import PrelectureError


def main() -> None:
    """`python -m assistant.commands.example`; ends with the process that started it."""
    from assistant.places import EXAMPLE, EXAMPLE_REFERENTIEL
    from assistant.preread import PreReadRequest
    from assistant.referentiel.catalogue import load
    from assistant.service import Desk
    from assistant.settings import load_settings

    settings = load_settings()
    logs.set_up("example", lambda: logs.Destination(settings.data_dir, stderr=False))
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    try:
        order = PreReadRequest.of(EXAMPLE.read_bytes(), "exemple.pdf", load(EXAMPLE_REFERENTIEL))
        Desk(settings).review(order)
    except (PrelectureError, OSError) as error:
        logs.failure("example", error)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


if __name__ == "__main__":
    main()
