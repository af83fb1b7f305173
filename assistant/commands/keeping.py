"""`prelecture audit`, `purge`, `backup`, `restore`, `db`, `files`, `people`: what is done by whoever maintains the server."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from assistant.access.actor import OPERATOR, ROLES
from assistant.application.access_table import ROLE_SAID
from assistant.application.backup import back_up, restore
from assistant.application.case_files import as_html, as_json, index_of
from assistant.application.door import Application
from assistant.application.installation import Installation
from assistant.application.lifecycle import Erased, traces
from assistant.application.moving_files import where
from assistant.commands.shown import counted, plain
from assistant.errors import InvalidInput, StoreError
from assistant.settings import load_settings
from assistant.text import NBSP, fold


def verify() -> None:
    """Says whether the journal and the audit are whole. Raises StoreError when they are not."""
    checked = Application(load_settings()).audit.verify(OPERATOR)
    console = _console()
    for fault in checked.faults:
        console.print(plain(fault))
    if checked.faults:
        raise StoreError(
            f"Le journal ou l’audit a été modifié{NBSP}: {counted(len(checked.faults), 'ligne', 'lignes')} en cause."
        )
    console.print(
        f"Journal et audit entiers. {counted(checked.entries, 'entrée', 'entrées')}, empreinte {checked.head}"
    )


def export(candidacy: str | None, session: str | None, folder: Path) -> None:
    """Writes a case file per candidate, as HTML and JSON."""
    audit = Application(load_settings()).audit
    if (candidacy is None) == (session is None):
        raise InvalidInput(f"Donnez un candidat (--candidate) ou une session (--session){NBSP}: l’un des deux.")
    names = (candidacy,) if candidacy else audit.candidacies(OPERATOR, session or "")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    cases = {name: audit.case_file(OPERATOR, name) for name in names}
    for name, case in cases.items():
        (folder / f"{name}.html").write_text(as_html(case), encoding="utf-8")
        (folder / f"{name}.json").write_text(as_json(case), encoding="utf-8")
    (folder / "index.html").write_text(index_of(cases), encoding="utf-8")
    _console().print(f"{counted(len(names), 'dossier', 'dossiers')} de preuve dans {folder} (ouvrez index.html)")


def purge(candidacy: str | None, session: str | None, expired: bool, prove: bool, also: Sequence[str] = ()) -> None:
    """Erases, and with `prove` looks everywhere for the name, the address, ten sentences and the words of `also`.

    Asked again of a candidate who is gone, it finishes what was left. Raises StoreError if something is found.
    """
    settings = load_settings()
    lifecycle = Application(settings).lifecycle
    if sum((candidacy is not None, session is not None, expired)) != 1:
        raise InvalidInput(f"Dites quoi effacer{NBSP}: --candidate, --session, ou --expired.")
    done: list[Erased] = []
    if candidacy:
        done.append(lifecycle.purge_candidate(OPERATOR, candidacy))
    elif session:
        done.append(lifecycle.purge_session(OPERATOR, session))
    else:
        found = lifecycle.expired(OPERATOR)
        done += [lifecycle.purge_session(OPERATOR, name) for name in found.sessions]
        done += [lifecycle.purge_own(OPERATOR, name) for name in found.prereads]
        lifecycle.tidy(OPERATOR)
    console = _console()
    erased = (
        counted(sum(one.candidates for one in done), "candidat", "candidats"),
        counted(sum(one.dossiers for one in done), "dossier", "dossiers"),
        counted(sum(one.files for one in done), "fichier", "fichiers"),
        counted(sum(one.calls for one in done), "appel au modèle", "appels au modèle"),
    )
    console.print(f"Effacé{NBSP}: {', '.join(erased)}.")
    if not prove:
        return
    known = [word for one in done for word in one.words]
    words = list(dict.fromkeys(word for word in [*known, *also] if len(word) > 2))
    if not words:
        console.print(
            f"Rien à chercher{NBSP}: l’installation ne connaît plus aucun nom de ce qui est effacé. Donnez-les pour que la "
            "preuve les cherche (--word)."
        )
        return
    left = traces(Installation(settings), words)
    for trace in left:
        console.print(plain(f"«{NBSP}{trace.word[:60]}{NBSP}»{NBSP}: {trace.place}"))
    if left:
        raise StoreError(
            f"{counted(len(left), 'trace reste', 'traces restent')}{NBSP}: voir la liste ci-dessus. "
            f"Relancez la même commande avec ces mots (--word «{NBSP}…{NBSP}»), pour finir et chercher de nouveau."
        )
    console.print(
        f"Preuve{NBSP}: {counted(len(words), 'mot ou phrase cherché', 'mots et phrases cherchés')} dans le dossier de "
        "données et la base, 0 trouvé."
    )


def save(target: Path) -> None:
    """A copy of everything, while the app runs."""
    made = back_up(Installation(load_settings()), OPERATOR, target)
    _console().print(
        f"Sauvegarde{NBSP}: {made.rows} lignes, {made.files} fichiers, {made.calls} appels au modèle, dans {target}"
    )


def bring_back(source: Path) -> None:
    """Puts a copy back into an empty place."""
    made = restore(Installation(load_settings()), OPERATOR, source)
    _console().print(
        f"Restauré{NBSP}: {made.rows} lignes, {made.files} fichiers, {made.calls} appels au modèle. "
        "Journal et audit vérifiés."
    )


def copy_database(source: str | None, target: str, files: str | None) -> None:
    """Copies the files first where `files` says to, then the database; what says where they are is then set by hand."""
    from assistant.application.moving import copy_database as copy

    settings = load_settings()
    if files is not None:
        copy_files(files)
    made = copy(OPERATOR, source or settings.database, target)
    console = _console()
    console.print(f"{sum(made.rows.values())} lignes copiées et comparées, {made.chains} chaînes d’empreintes suivies.")
    console.print(
        f"Réglez maintenant PRELECTURE_DATABASE_URL, puis relancez l’application{NBSP}; l’ancienne base est intacte."
    )
    if files is None:
        console.print(
            plain(
                f"Les fichiers déposés n’ont pas été copiés{NBSP}: ils restent dans {where(settings)}. Gardez cet endroit "
                f"sur toutes les machines, ou copiez-les{NBSP}: prelecture files copy --to s3://seau/dossier"
            )
        )


def copy_files(target: str) -> None:
    """Copies them; the place that is set is then to be changed by hand. Raises StoreError where some could not be copied."""
    from assistant.application.moving_files import copy_files as copy

    made = copy(Installation(load_settings()), OPERATOR, target)
    console = _console()
    console.print(
        plain(f"{made.files} fichiers et {made.calls} appels au modèle copiés dans {target}, relus et comparés.")
    )
    for sha256 in made.lost:
        console.print(f"Perdu ou abîmé à l’origine{NBSP}: {sha256}")
    if made.lost:
        lost = counted(len(made.lost), "fichier n’a pas été copié", "fichiers n’ont pas été copiés")
        raise StoreError(f"{lost}{NBSP}: déposez-les de nouveau.")
    console.print(
        f"Réglez maintenant PRELECTURE_FILES_URL, puis relancez l’application{NBSP}; les fichiers d’origine sont intacts."
    )


def grant(email: str, role: str) -> None:
    """Gives a role to an address: this is how the first administrator is made."""
    known = next((one for one in ROLES if fold(role.strip()) in {one, fold(ROLE_SAID[one])}), None)
    if known is None:
        raise InvalidInput(f"Ce rôle n’existe pas{NBSP}: {', '.join(f'{ROLE_SAID[one]} ({one})' for one in ROLES)}.")
    person = Application(load_settings()).people.invite(OPERATOR, email, known)
    when = "dès maintenant" if person else f"à sa première connexion{NBSP}; aucun courriel n’est envoyé"
    _console().print(plain(f"{email}{NBSP}: {ROLE_SAID[known]}, {when}."))


def list_people() -> None:
    """Everyone known or invited, with their role."""
    members = Application(load_settings()).people.members(OPERATOR)
    console = _console()
    for one in members:
        role = ROLE_SAID[one.role] if one.role else "aucun rôle"
        waits = "" if one.person else " (invité, pas encore connecté)"
        console.print(plain(f"{' – '.join(part for part in (one.name, one.email) if part)}{NBSP}: {role}{waits}"))
    console.print(f"{counted(len(members), 'personne', 'personnes')}.")


def _console() -> Console:
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
