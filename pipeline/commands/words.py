"""The words of the command line library itself, in Dutch and from there in the locale spoken."""

from __future__ import annotations

import importlib

from pipeline import language

DUTCH = {
    "Aborted!": "Afgebroken.",
    "deprecated": "verouderd",
    "DEPRECATED": "VEROUDERD",
    "Missing command.": "Er staat geen opdracht.",
    "Options": "Opties",
    "Positional arguments": "Wat u meegeeft",
    "Commands": "Opdrachten",
    "required": "verplicht",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}": (
        "De opdracht {name!r} is verouderd.{extra_message}"
    ),
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}": (
        "{param_type} {name!r} is verouderd.{extra_message}"
    ),
    "Got unexpected extra argument ({args})": "Dit staat er te veel: {args}",
    "Got unexpected extra arguments ({args})": "Dit staat er te veel: {args}",
    "Value must be an iterable.": "De waarde moet een reeks zijn.",
    "env var: {var}": "omgevingsvariabele: {var}",
    "default: {default}": "standaard: {default}",
    "(dynamic)": "(wisselend)",
    "Takes {nargs} values but 1 was given.": "Er horen {nargs} waarden te staan; er staat er 1.",
    "Takes {nargs} values but {len} were given.": "Er horen {nargs} waarden te staan; er staan er {len}.",
    "Do you want to continue?": "Wilt u doorgaan?",
    "Confirm the action without prompting.": "Bevestigt zonder te vragen.",
    "%(prog)s, version %(version)s": "%(prog)s, versie %(version)s",
    "Show the version and exit.": "Toont de versie.",
    "Show this message and exit.": "Toont deze uitleg.",
    "Did you mean {possibility}?": "Bedoelde u {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Bedoelde u een van deze: {possibilities}?)",
    "(Possible options: {possibilities})": "(Bedoelde u een van deze: {possibilities}?)",
    "Missing argument": "Ontbreekt",
    "Missing option": "Ontbreekt: optie",
    "Missing parameter": "Ontbreekt",
    "Missing parameter: {param_name}": "Ontbreekt: {param_name}",
    "Missing {param_type}": "Ontbreekt: {param_type}",
    "unknown error": "onbekende fout",
    "Invalid value for {param_hint}: {message}": "{param_hint} klopt niet: {message}",
    "Invalid value: {message}": "Dit klopt niet: {message}",
    "Could not open file {filename!r}: {message}": "Het bestand {filename!r} kan niet geopend worden: {message}",
    "Error: {message}": "Fout: {message}",
    "Error: invalid input": "Fout: dit klopt niet",
    "Error: The two entered values do not match.": "Fout: beide waarden zijn niet gelijk.",
    "Try '{command} {option}' for help.": "Typ «{command} {option}» voor uitleg.",
    "No such option {name!r}.": "Er is geen optie {name!r}.",
    "No such command {name!r}.": "Er is geen opdracht {name!r}.",
    "Usage:": "Gebruik:",
    "Usage: ": "Gebruik: ",
    "Option {name!r} does not take a value.": "Bij de optie {name!r} hoort geen waarde.",
    "Option {name!r} requires an argument.": "Bij de optie {name!r} hoort een waarde.",
    "Option {name!r} requires {nargs} arguments.": "Bij de optie {name!r} horen {nargs} waarden.",
    "Argument {name!r} takes {nargs} values.": "Bij {name!r} horen {nargs} waarden.",
    "Couldn't detect Bash version, shell completion is not supported.": (
        "De versie van Bash is niet te achterhalen; aanvullen werkt niet."
    ),
    "Shell completion is not supported for Bash versions older than 4.4.": (
        "Aanvullen werkt niet met een Bash die ouder is dan 4.4."
    ),
    "Press any key to continue...": "Druk op een toets om door te gaan …",
    "Repeat for confirmation": "Herhaal ter bevestiging",
    "file": "bestand",
    "directory": "map",
    "path": "pad",
    "File": "Het bestand",
    "Directory": "De map",
    "Path": "Het pad",
    "Choose from:\n\t{choices}": "Kies uit:\n\t{choices}",
    "{value!r} is not {choice}.": "{value!r} is niet {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} is geen van deze: {choices}.",
    "{value!r} does not match the format {format}.": "{value!r} is geen datum zoals 2021-07-19 ({format}).",
    "{value!r} does not match the formats {formats}.": "{value!r} is geen datum zoals 2021-07-19 ({formats}).",
    "{value} is not in the range {range}.": "{value} ligt niet in {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}": "{value!r} is geen ja of nee; wel: {states}",
    "{len_type} values are required, but {len_value} was given.": (
        "Er horen {len_type} waarden te staan; er staat er {len_value}."
    ),
    "{len_type} values are required, but {len_value} were given.": (
        "Er horen {len_type} waarden te staan; er staan er {len_value}."
    ),
    "{value!r} is not a valid {number_type}.": "{value!r} is geen geldig getal.",
    "{value!r} is not a valid UUID.": "{value!r} is geen UUID.",
    "{name} {filename!r} is a file.": "{filename!r} is een bestand.",
    "{name} {filename!r} is a directory.": "{filename!r} is een map.",
    "{name} {filename!r} is not readable.": "{filename!r} kan niet gelezen worden.",
    "{name} {filename!r} is not writable.": "{filename!r} kan niet beschreven worden.",
    "{name} {filename!r} is not executable.": "{filename!r} kan niet uitgevoerd worden.",
    "{name} {filename!r} does not exist.": "{filename!r} bestaat niet.",
    "Unknown standard stream '{name}'": "Onbekende stroom «{name}»",
    "Unknown color {colour!r}": "Onbekende kleur {colour!r}",
    "d": "d",
    "{editor}: Editing failed": "{editor}: bewerken is mislukt",
    "{editor}: Editing failed: {e}": "{editor}: bewerken is mislukt: {e}",
}
"""What the library says → Dutch; the Dutch is what a catalogue translates."""

_ROOMS = ("core", "decorators", "exceptions", "formatting", "parser", "shell_completion", "termui", "types", "utils")


def speak() -> None:
    """Let the library use these words."""
    for name in _ROOMS:
        room = importlib.import_module(f"click.{name}")
        for word, function in (("_", _translate), ("ngettext", _count)):
            if hasattr(room, word):
                setattr(room, word, function)


def _translate(message: str) -> str:
    dutch = DUTCH.get(message)
    return message if dutch is None else language._(dutch)


def _count(one: str, many: str, number: int) -> str:
    return _translate(one if number == 1 else many)
