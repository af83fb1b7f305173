"""The pages are in French: Streamlit's own frame says English, and its widgets have words of their own that no setting
changes. What a browser is sent is put into French on its way."""

from collections.abc import Callable, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENGLISH, FRENCH = b'<html lang="en">', b'<html lang="fr">'
SCRIPTS = "/static/js/"
WORDS: Mapping[str, Mapping[str, str]] = {
    "FileUploader": {
        ":`Upload`": ":`Choisir un fichier`",
        "} per file`": "} au plus par fichier`",
        '"aria-label":`Add files`': '"aria-label":`Ajouter des fichiers`',
        "${e.type} files are not allowed.": "Ce genre de fichier n’est pas accepté.",
    },
    "utils": {
        "${e.toFixed(n)}${t.toUpperCase()}": '${e.toFixed(n).replace(".",",")}\u00a0${t.toUpperCase().replace("B","o")}',
        "`File must be ${$(n,`b`)} or smaller.`": "`Le fichier doit faire ${$(n,`b`)} au plus.`",
        "${t.type} files are not allowed.": "Ce genre de fichier n’est pas accepté.",
        "`File size is too small.`": "`Ce fichier est vide.`",
        "`Only one file is allowed.`": "`Un seul fichier à la fois.`",
    },
    "InputInstructions": {
        "`Press ${r()?`⌘`:`Ctrl`}+Enter to ${e}`": "`${r()?`⌘`:`Ctrl`}+Entrée pour valider`",
        "`Press Enter to ${e}`": "`Entrée pour valider`",
    },
    "Selectbox": {
        "children:`No results`": "children:`Aucun résultat`",
        '"aria-label":`Open`': '"aria-label":`Ouvrir la liste`',
        '"aria-label":`Clear value`': '"aria-label":`Effacer le choix`',
    },
    "Multiselect": {
        "label:`Select all`": "label:`Tout choisir`",
        "`Select ${p.length} matches`": "`Choisir les ${p.length} réponses`",
        "`No results`": "`Aucun résultat`",
        "`Remove ${e}`": "`Retirer ${e}`",
        '"aria-label":`Selected values`': '"aria-label":`Choix faits`',
        '"aria-label":`Open`': '"aria-label":`Ouvrir la liste`',
        '"aria-label":`Clear all`': '"aria-label":`Effacer tous les choix`',
    },
    "DateInput": {
        '"aria-label":`Choose date`': '"aria-label":`Choisir la date`',
        '"aria-label":`Clear date`': '"aria-label":`Effacer la date`',
        "`Use arrow keys to navigate dates. Enter to select. Escape to close.`": (
            "`Flèches pour parcourir les dates, Entrée pour choisir, Échap pour fermer.`"
        ),
    },
    "index": {
        "children:`Skip to main content`": "children:`Aller au contenu`",
        '"aria-label":`Running...`': '"aria-label":`En cours…`',
        '"aria-label":`Main menu`': '"aria-label":`Menu principal`',
        '"aria-label":`App pages`': '"aria-label":`Pages`',
        '"aria-label":`Navigate to home page`': '"aria-label":`Accueil`',
    },
}
"""By the first part of a script's name: words as they stand in it, and in French."""
Change = Callable[[bytes], bytes]


class InFrench:
    """Middleware: the frame of every page, asked for by a browser as a page, and the scripts of widgets."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        change = _change(scope)
        if change is None:
            await self._app(scope, receive, send)
            return
        # Unpacked and whole, so that it can be read here.
        left_out = {b"accept-encoding", b"range", b"if-none-match", b"if-modified-since"}
        plain = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in left_out]}
        await self._app(plain, receive, _changed(send, *change))


def in_french(name: str, script: str) -> str:
    """A script of Streamlit with the words of its widgets in French; `name` is the file's."""
    for english, french in WORDS.get(name.partition(".")[0], {}).items():
        script = script.replace(english, french)
    return script


def _change(scope: Scope) -> tuple[bytes, Change] | None:
    """The media type to change and how, for what is asked; None where nothing is changed."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    name = scope["path"].rpartition(SCRIPTS)[2] if SCRIPTS in scope["path"] else ""
    if name.partition(".")[0] in WORDS:
        return b"javascript", lambda body: in_french(name, body.decode()).encode()
    if b"text/html" in dict(scope["headers"]).get(b"accept", b""):
        return b"text/html", lambda body: body.replace(ENGLISH, FRENCH, 1)
    return None


def _changed(send: Send, media_type: bytes, change: Change) -> Send:
    start: Message | None = None
    parts: list[bytes] = []

    async def pass_on(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            if media_type in dict(message["headers"]).get(b"content-type", b""):
                start = message
            else:
                await send(message)
            return
        if start is None:
            await send(message)
            return
        parts.append(message.get("body", b""))
        if message.get("more_body"):
            return
        body = change(b"".join(parts))
        kept = [(name, value) for name, value in start["headers"] if name not in {b"content-length", b"etag"}]
        await send({**start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
        await send({"type": "http.response.body", "body": body})

    return pass_on
