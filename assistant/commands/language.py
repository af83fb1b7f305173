"""The frame of the command line in French: headings of the help, and what is said of a command that was mistyped.

Typer's own words are English and follow no setting: the titles of its panels are its documented constants, its sentences
are told by their shape.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar, cast

import typer
from typer.core import TyperCommand, TyperGroup

UsageError = cast("type[Exception]", typer.BadParameter.__mro__[1])
"""What every mistyped command raises."""
Command = TypeVar("Command", bound=Callable[..., Any])
HELP = "Montre cette aide."
_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), french)
    for pattern, french in (
        (r"^No such command ('.*?')\.", r"La commande \1 n’existe pas."),
        (r"^Missing command\.", "Il manque une commande."),
        (r"^Missing argument\.", "Il manque un argument."),
        (r"^Missing argument\s*('.*?')\.", r"Il manque l’argument \1."),
        (r"^Missing option\.", "Il manque une option."),
        (r"^Missing option\s*('.*?')\.", r"Il manque l’option \1."),
        (r"^Missing parameter:?\s*(.*?)\.?$", r"Il manque \1."),
        (r"^No such option: (\S+)", r"L’option \1 n’existe pas."),
        (r"^Option ('.*?') requires an argument\.", r"L’option \1 demande une valeur."),
        (r"^Option ('.*?') requires (\d+) arguments\.", r"L’option \1 demande \2 valeurs."),
        (r"^Option ('.*?') does not take a value\.", r"L’option \1 ne prend pas de valeur."),
        (r"^Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"Il y a des arguments de trop : \1"),
        (r"^Invalid value for (.*?): ", r"Valeur refusée pour \1 : "),
        (r"^Invalid value: ", "Valeur refusée : "),
        (r"(?:Value )?('.*?') is not one of (.*)\.$", r"\1 n’est pas parmi \2."),
        (r"Value error, ", ""),
        (r"Input should be a valid (?:integer|number).*$", "un nombre est attendu."),
        (r"Input should be a valid boolean.*$", "oui ou non est attendu."),
        (r"Input should be (?:greater|less) than (?:or equal to )?(\S+)$", r"ce nombre passe la limite (\1)."),
        (r"Value ('.*?') is not a valid (?:int|integer|float|number)\.", r"\1 n’est pas un nombre."),
        (r"(?:Value )?('.*?') is not a valid \S+\.", r"\1 n’est pas une valeur possible."),
        (r"(?:File|Directory|Path|file|directory|path) ('.*?') does not exist\.", r"\1 n’existe pas."),
        (r"(?:File|Directory|Path|file|directory|path) ('.*?') is a file\.", r"\1 est un fichier."),
        (r"(?:File|Directory|Path|file|directory|path) ('.*?') is a directory\.", r"\1 est un dossier."),
        (r"(?:File|Directory|Path|file|directory|path) ('.*?') is not readable\.", r"\1 ne peut pas être lu."),
        (r"\s*Did you mean (.*)\?$", r" Vouliez-vous dire \1 ?"),
        (r"\s*\(Possible options: (.*)\)$", r" Options proches : \1"),
    )
)


def in_french(said: str) -> str:
    """Typer's sentence in French; what it quotes stays as it was typed."""
    for pattern, french in _SAID:
        said = pattern.sub(french, said)
    said = re.sub(r"(?<![\w’])'(.*?)'(?!\w)", "«\u00a0\\1\u00a0»", said)
    return re.sub(r" (?=[:?])", "\u00a0", said)


class FrenchCommand(TyperCommand):
    """A command whose help and refusals are in French."""

    def make_context(self, *args: Any, **options: Any) -> Any:
        return _said_in_french(super().make_context, *args, **options)

    def get_help_option(self, ctx: Any) -> Any:
        return _helps(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _panels()
        super().format_help(ctx, formatter)


class FrenchGroup(TyperGroup):
    """A group of commands whose help and refusals are in French."""

    def make_context(self, *args: Any, **options: Any) -> Any:
        return _said_in_french(super().make_context, *args, **options)

    def resolve_command(self, *args: Any, **options: Any) -> Any:
        return _said_in_french(super().resolve_command, *args, **options)

    def get_help_option(self, ctx: Any) -> Any:
        return _helps(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _panels()
        super().format_help(ctx, formatter)


class FrenchTyper(typer.Typer):
    """A Typer whose commands are all of these."""

    def __init__(self, **options: Any) -> None:
        super().__init__(cls=FrenchGroup, subcommand_metavar="COMMANDE [ARGUMENTS]…", no_args_is_help=True, **options)

    def command(self, name: str | None = None, **options: Any) -> Callable[[Command], Command]:
        return super().command(name, cls=FrenchCommand, **options)


def _said_in_french(act: Any, *args: Any, **options: Any) -> Any:
    try:
        return act(*args, **options)
    except UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            raise
        _panels()
        wrong: Any = error
        raise UsageError(in_french(wrong.format_message()), wrong.ctx) from error


def _helps(option: Any) -> Any:
    if option is not None:
        option.help = HELP
    return option


def _panels() -> None:
    """The constants by which Typer lets its panels be named."""
    from typer import rich_utils

    rich_utils.COMMANDS_PANEL_TITLE = "Commandes"
    rich_utils.ERRORS_PANEL_TITLE = "Erreur"
    rich_utils.DEFAULT_STRING = "[par défaut\u00a0: {}]"
    rich_utils.REQUIRED_LONG_STRING = "[obligatoire]"
    rich_utils.DEPRECATED_STRING = "(abandonné) "
    rich_utils.ABORTED_TEXT = "Interrompu."
    rich_utils.RICH_HELP = "Aide\u00a0: [blue]{command_path} {help_option}[/]"
