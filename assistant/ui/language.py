"""The pages are in French: Streamlit's own frame says English, and its widgets have words of their own that no setting
changes. What a browser is sent is put into French on its way."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

FRAME = {
    b'<html lang="en">': b'<html lang="fr">',
    b"<title>Streamlit</title>": "<title>Prélecture</title>".encode(),
    b"<head>": b'<head><script type="module" src="./bureau-fichiers/frame.js?besides=%s"></script>',
}
"""What the frame of every page says, and says here; `%s` is the script that draws a component."""
SCRIPTS = "/static/js/"
COMPONENT = "BidiComponent.*.js"
WORDS: Mapping[str, Mapping[str, str]] = {
    "FileUploader": {
        ":`Upload`": ":`Choisir un fichier`",
        "} per file`": "} au plus par fichier`",
        "{kind:h.SECONDARY,disabled:s,size:m.MEDIUM,": (
            '{kind:h.SECONDARY,disabled:s,size:m.MEDIUM,"aria-label":c?`Choisir un fichier : ${c}`:void 0,'
        ),
        '"aria-label":`Add files`': '"aria-label":`Ajouter des fichiers`',
        "${e.type} files are not allowed.": "Ce genre de fichier n’est pas accepté.",
    },
    "utils": {
        "${e.toFixed(n)}${t.toUpperCase()}": '${e.toFixed(n).replace(".",",")}\u00a0${t.toUpperCase().replace("B","o")}',
        "`File must be ${$(n,`b`)} or smaller.`": "`Le fichier doit faire ${$(n,`b`)} au plus.`",
        "${t.type} files are not allowed.": "Ce genre de fichier n’est pas accepté.",
        "`File size is too small.`": "`Ce fichier est vide.`",
        "`Only one file is allowed.`": "`Un seul fichier à la fois.`",
        "`Choose an option`": "`Choisir`",
        "`Choose options`": "`Choisir`",
        "`No options to select`": "`Rien à choisir`",
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
    "DateField": {
        "en:{year:`yyyy`,month:`mm`,day:`dd`}": "en:{year:`aaaa`,month:`mm`,day:`jj`}",
    },
    "ReorderedSegments": {
        '"aria-label":`Previous month`': '"aria-label":`Mois précédent`',
        '"aria-label":`Next month`': '"aria-label":`Mois suivant`',
    },
    "NumberInput": {
        '"aria-label":`Increment`': '"aria-label":`Augmenter`',
        '"aria-label":`Decrement`': '"aria-label":`Diminuer`',
        '"aria-label":`Clear value`': '"aria-label":`Effacer le nombre`',
    },
    "TextInput": {
        '"aria-label":`Clear entry`': '"aria-label":`Effacer le texte`',
    },
    "Toolbar": {
        "label:`Fullscreen`": "label:`Plein écran`",
        "label:`Close fullscreen`": "label:`Quitter le plein écran`",
    },
    "DataFrame": {
        "O_=`None`": "O_=`–`",
        "label:`Search`": "label:`Chercher`",
        "label:`Download as CSV`": "label:`Télécharger en CSV`",
        "label:`Show/hide columns`": "label:`Colonnes affichées`",
        "label:`Select all`": "label:`Toutes les colonnes`",
        "label:`Clear selection`": "label:`Effacer la sélection`",
        "label:`Add row`": "label:`Ajouter une ligne`",
        "label:`Delete row(s)`": "label:`Supprimer les lignes`",
        "`Type to search`": "`Tapez pour chercher`",
        '"aria-label":`Previous Result`': '"aria-label":`Résultat précédent`',
        '"aria-label":`Next Result`': '"aria-label":`Résultat suivant`',
        '"aria-label":`Close Search`': '"aria-label":`Fermer la recherche`',
        "`over 1000`": "`plus de 1\u202f000 résultats`",
        "${v.results} result$": "${v.results} résultat$",
        "${v.selectedIndex+1} of ${e}": "${v.selectedIndex+1} sur ${e}",
        '"aria-label":`Dataframe column menu`': '"aria-label":`Menu de la colonne`',
        '"aria-label":`Copy column name`': '"aria-label":`Copier le nom de la colonne`',
        "title:`Copy column name`": "title:`Copier le nom de la colonne`",
        "}),`Sort ascending`]": "}),`Trier en montant`]",
        "}),`Sort descending`]": "}),`Trier en descendant`]",
        "}),`Statistics`]": "}),`Chiffres de la colonne`]",
        "}),`Format`]": "}),`Présentation`]",
        "}),`Autosize`]": "}),`Ajuster la largeur`]",
        "}),`Pin column`]": "}),`Figer la colonne`]",
        "}),`Unpin column`]": "}),`Libérer la colonne`]",
        "}),`Hide column`]": "}),`Masquer la colonne`]",
        "children:`No data`": "children:`Rien`",
        "children:`Based on sample`": "children:`Sur une partie des lignes`",
        "label:`Distinct`": "label:`Valeurs différentes`",
        "label:`Empty`": "label:`Vides`",
        "label:`Values`": "label:`Valeurs`",
        "label:`Minimum length`": "label:`Longueur la plus petite`",
        "label:`Maximum length`": "label:`Longueur la plus grande`",
        "label:`Average length`": "label:`Longueur moyenne`",
        "label:`Average`": "label:`Moyenne`",
        "label:`Median`": "label:`Médiane`",
        "label:`Range`": "label:`Étendue`",
        "label:`Sum`": "label:`Somme`",
        "label:`Standard deviation`": "label:`Écart type`",
        "label:`25th percentile`": "label:`1er quartile`",
        "label:`75th percentile`": "label:`3e quartile`",
    },
    "ArrowVegaLiteChart": {
        "label:`Download as PNG`": "label:`Télécharger l’image`",
        "label:`Show chart`": "label:`Voir le graphique`",
        "label:`Show data`": "label:`Voir les nombres`",
    },
    "index": {
        "Streamlit server is not responding. Are you connected to the internet?": (
            "Prélecture ne répond pas. Êtes-vous toujours connecté\u00a0?"
        ),
        "`Connection error`": "`La connexion est coupée`",
        "`Connecting to Streamlit server`": "`Connexion à Prélecture`",
        "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": (
            "Prélecture ne répond plus. Si elle a été arrêtée, relancez-la\u00a0:"
        ),
        "codeBlock:`streamlit run yourscript.py`": "codeBlock:`make run`",
        '{"aria-label":`Close`,type:`button`': '{"aria-label":`Fermer`,type:`button`',
        'slot:`close`,"aria-label":`Close`': 'slot:`close`,"aria-label":`Fermer`',
        "kind:V.SECONDARY,onClick:e.onClose,children:`Close`": "kind:V.SECONDARY,onClick:e.onClose,children:`Fermer`",
        "title:e?`Stopping...`:`Stop`": "title:e?`Arrêt…`:`Arrêter`",
        '"aria-label":`Shortcut ${l}`': '"aria-label":`Raccourci ${l}`',
        "label:`Rerun`": "label:`Recharger`",
        "label:`Print`": "label:`Imprimer`",
        '"aria-label":`Scroll tabs left`': '"aria-label":`Onglets précédents`',
        '"aria-label":`Scroll tabs right`': '"aria-label":`Onglets suivants`',
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
        return b"text/html", framed
    return None


def framed(body: bytes) -> bytes:
    """The frame of a page in French, with what is loaded beside it."""
    for english, french in FRAME.items():
        body = body.replace(english, french.replace(b"%s", _component().encode()), 1)
    return body


@cache
def _component() -> str:
    """The name of Streamlit's script that draws a component; "" where it has another than it had."""
    found = find_spec("streamlit")
    scripts = Path(found.origin).parent / "static" / "static" / "js" if found and found.origin else None
    return next((one.name for one in scripts.glob(COMPONENT)), "") if scripts else ""


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
