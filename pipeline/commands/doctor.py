"""The verb `doctor`: what is installed, what is missing, and the line to type."""

from __future__ import annotations

import platform
from dataclasses import dataclass

import click

from pipeline.commands.frame import json_option, print_json, verb
from pipeline.errors import ExitCode
from pipeline.language import _

LIBRARIES = (
    "babel",
    "click",
    "docxtpl",
    "jinja2",
    "lxml",
    "openpyxl",
    "pdfplumber",
    "pebble",
    "pikepdf",
    "pypdfium2",
    "python-docx",
    "rapidfuzz",
    "rich",
    "sqlalchemy",
    "xlsxwriter",
)


@dataclass(frozen=True, slots=True)
class _Part:
    """Something that the program uses."""

    name: str
    version: str
    """Empty when it is missing."""
    needed: bool
    use: str
    remedy: str


@verb(
    short_help=_("Toont wat er is, wat ontbreekt en wat u moet typen."),
    help=_("Toont wat geïnstalleerd is en wat ontbreekt, met de regel die u moet typen."),
)
@json_option()
def doctor(as_json: bool) -> ExitCode:
    """Look what is there."""
    parts = [
        _python(),
        *(_library(name) for name in LIBRARIES),
        *_office(),
        *_fonts(),
        *_ocr(),
        *_signing(),
        *_definitions(),
    ]
    if as_json:
        print_json(
            {
                "parts": [
                    {
                        "name": part.name,
                        "version": part.version or None,
                        "needed": part.needed,
                        "use": part.use,
                        "remedy": "" if part.version else part.remedy,
                    }
                    for part in parts
                ]
            }
        )
    else:
        for part in parts:
            if part.version:
                click.echo(f"✓ {part.name} {part.version}")
            else:
                word = _("ontbreekt en is nodig") if part.needed else _("ontbreekt")
                click.echo(f"✗ {part.name}: {word} ({part.use}). {part.remedy}")
    return ExitCode.UNEXPECTED if any(part.needed and not part.version for part in parts) else ExitCode.DONE


def _python() -> _Part:
    return _Part("Python", platform.python_version(), needed=True, use="", remedy="")


def _library(name: str) -> _Part:
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version(name)
    except PackageNotFoundError:
        found = ""
    remedy = _("Typ: python3 cli.py doctor (in de broncode), of: pip install {name}").format(name=name)
    return _Part(name, found, needed=True, use=_("bibliotheek"), remedy=remedy)


def _office() -> list[_Part]:
    from pipeline import office

    remedy = _("Typ: {line}")
    program = _Part(
        "LibreOffice",
        office.available() or "",
        needed=False,
        use=_("pdf maken, .doc en .rtf lezen"),
        remedy=remedy.format(line=office.INSTALL),
    )
    uno = _Part(
        "python3-uno",
        _("aanwezig") if office.find_python() else "",
        needed=False,
        use=_("LibreOffice besturen om pdf te maken"),
        remedy=remedy.format(line=office.INSTALL_UNO),
    )
    verapdf = _Part(
        "veraPDF",
        _("aanwezig") if office.find_verapdf() else "",
        needed=False,
        use=_("pdf's door een ander programma laten nakijken"),
        remedy=_("Haal het op https://verapdf.org en zet het op het PATH."),
    )
    return [program, uno, verapdf]


def _ocr() -> list[_Part]:
    from importlib.metadata import PackageNotFoundError, version

    from pipeline import ocr

    use = _("scans lezen")
    parts = [_Part(_("Tesseract met Nederlands"), ocr.available() or "", needed=False, use=use, remedy=ocr.missing())]
    letters = _("letters, accenten en tekens die het Nederlands niet kent, zoals «ć» en «_», op scans lezen")
    remedy = _("Typ: {line}").format(line=ocr.INSTALL)
    parts.append(_Part(_("Tesseract met alle Latijnse letters"), ocr.latin(), needed=False, use=letters, remedy=remedy))
    for name in ("numpy", "opencv-python-headless", "tesserocr"):
        try:
            found = version(name)
        except PackageNotFoundError:
            found = ""
        remedy = _("Typ: {line}").format(line=ocr.LIBRARIES)
        parts.append(_Part(name, found, needed=False, use=use, remedy=remedy))
    return parts


def _signing() -> list[_Part]:
    import shutil
    from importlib.metadata import PackageNotFoundError, version

    parts = []
    uses = {"pyhanko": _("ondertekenen en handtekeningen nagaan"), "python-pkcs11": _("ondertekenen met een token")}
    for name, use in uses.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            found = ""
        remedy = _("Typ: {line}").format(line="pip install 'wijkcontract[sign]'")
        parts.append(_Part(name, found, needed=False, use=use, remedy=remedy))
    found = _("aanwezig") if shutil.which("softhsm2-util") else ""
    remedy = _("Typ: {line}").format(line="sudo apt-get install --no-install-recommends softhsm2")
    parts.append(_Part("SoftHSM2", found, needed=False, use=_("alleen tests van ondertekenen"), remedy=remedy))
    return parts


def _fonts() -> list[_Part]:
    import shutil
    import subprocess

    program = shutil.which("fc-list")
    if program is None:
        return []
    listed = subprocess.run([program, ":", "family"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    fonts = {
        "Liberation Sans": "fonts-liberation",
        "Carlito": "fonts-crosextra-carlito",
        "Caladea": "fonts-crosextra-caladea",
    }
    return [
        _Part(
            name,
            _("aanwezig") if name in listed else "",
            needed=False,
            use=_("lettertype van de pdf's"),
            remedy=_("Typ: {line}").format(line=f"sudo apt-get install --no-install-recommends {package}"),
        )
        for name, package in fonts.items()
    ]


def _definitions() -> list[_Part]:
    from pipeline.errors import DefinitionError
    from pipeline.library import calls, load

    parts = []
    for name in calls():
        try:
            call = load(name)
        except DefinitionError as wrong:
            faults = _("{number} fouten").format(number=len(wrong.faults))
            parts.append(_Part(name, "", needed=True, use=faults, remedy=_("Typ: lint {call}").format(call=name)))
        else:
            words = _("oproep met {rules} regels en {papers} documenten").format(
                rules=len(call.rules), papers=len(call.papers)
            )
            parts.append(_Part(name, words, needed=True, use="", remedy=""))
    return parts
