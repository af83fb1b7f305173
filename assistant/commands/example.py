"""Pre-reads the bundled example, in a process of its own beside the server: whatever happens here, the app is served."""

import os
import threading
import time

from assistant import logs
from assistant.errors import PrelectureError


def main() -> None:
    """`python -m assistant.commands.example`; ends with the process that started it."""
    from assistant.access.actor import LOCAL
    from assistant.application.door import Application
    from assistant.application.handing_in import InputFile
    from assistant.places import EXAMPLE, EXAMPLE_REFERENTIEL
    from assistant.progress import silent
    from assistant.settings import load_settings

    settings = load_settings()
    logs.set_up("example", lambda: logs.Destination(settings.data_dir, stderr=False))
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    try:
        application, file = Application(settings), InputFile("exemple.pdf", EXAMPLE.read_bytes())
        preread = application.prereads.add(LOCAL, [file], EXAMPLE_REFERENTIEL)
        application.jobs.run(LOCAL, preread, silent)
    except (PrelectureError, OSError) as error:
        logs.failure("example", error)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


if __name__ == "__main__":
    main()
