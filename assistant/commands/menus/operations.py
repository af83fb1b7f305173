"""`prelecture doctor`, `db …`: what keeps an installation running."""


def doctor() -> None:
    """Examine l’installation : environnement, base, polices, OCR, LibreOffice, modèle, disque, horloge."""
    from assistant.commands.doctor import run

    run()
