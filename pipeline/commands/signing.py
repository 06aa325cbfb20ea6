"""The verb `sign`: put a signature in a field of an issued paper."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.frame import PREFIX, note, output_option, progress, read_bytes, say, settings, tell_result, verb
from pipeline.commands.trusting import list_option, must_have_pyhanko, roots_option, trusted_files
from pipeline.commands.verifying import papers_in
from pipeline.errors import ExitCode, UsageError
from pipeline.language import _

if TYPE_CHECKING:
    from pipeline.dossier import Issued, Signatory
    from pipeline.register import Entry
    from pipeline.signing import Key, Roots, Verdict

_PASSPHRASE = PREFIX + "PASSPHRASE"


@dataclass(frozen=True, slots=True)
class _How:
    """Where the key is."""

    p12: Path | None
    pkcs11: str
    token: str
    key: str
    passphrase_file: Path | None


@verb(
    short_help=_("Ondertekent een uitgegeven papier met een sleutel."),
    help=_(
        "Zet een handtekening (PAdES) in een veld van een uitgegeven papier, met een PKCS#12-bestand of een token "
        "(PKCS#11). WAT is een pdf, of het nummer van een dossier met daarna het document; dan wordt het exemplaar met "
        "de meeste handtekeningen getekend, en wat eruit komt bij het dossier bewaard. Het wachtwoord of de code komt "
        "uit een bestand, uit {variable}, of wordt gevraagd; nooit van de opdrachtregel."
    ).format(variable=_PASSPHRASE),
)
@click.argument("what", metavar=_("WAT"))
@click.argument("paper", metavar=_("[DOCUMENT]"), required=False, default="")
@click.option("--field", metavar=_("VELD"), default="", help=_("Het veld; niet nodig als er maar één vrij is."))
@click.option("--p12", metavar=_("BESTAND"), type=click.Path(path_type=Path), help=_("Sleutel in een PKCS#12-bestand."))
@click.option("--pkcs11", metavar=_("BIBLIOTHEEK"), default="", help=_("PKCS#11-bibliotheek van het token."))
@click.option("--token", metavar=_("NAAM"), default="", help=_("Naam van het token; niet nodig als er maar één is."))
@click.option("--key", metavar=_("NAAM"), default="", help=_("Naam van de sleutel op het token."))
@click.option(
    "--passphrase-file",
    metavar=_("BESTAND"),
    type=click.Path(path_type=Path),
    help=_("Bestand met wachtwoord of code."),
)
@click.option("--timestamp", "stamper", metavar="URL", default="", help=_("Tijdstempeldienst (RFC 3161); anders geen."))
@click.option(
    "--to", metavar=_("BESTAND"), type=click.Path(path_type=Path), help=_("Waar het ondertekende bestand komt.")
)
@roots_option()
@list_option()
@output_option()
def sign(
    what: str,
    paper: str,
    field: str,
    p12: Path | None,
    pkcs11: str,
    token: str,
    key: str,
    passphrase_file: Path | None,
    stamper: str,
    to: Path | None,
    roots: tuple[Path, ...],
    lists: tuple[Path, ...],
    output: Path,
) -> ExitCode:
    """Sign a paper."""
    must_have_pyhanko()
    from pipeline.signing import read_roots

    how = _How(p12, pkcs11, token, key, passphrase_file)
    trusted = read_roots(trusted_files(roots, lists))
    frozen = None if paper or to else _issued_at(Path(what), output)
    if frozen:
        return _sign_paper(*frozen, field, how, stamper, output, trusted)
    if not paper:
        _sign_file(Path(what), field, how, stamper, to, output, trusted)
        return ExitCode.DONE
    if to:
        raise UsageError(_("Laat --to weg: wat van een dossier ondertekend wordt, komt in zijn map «ondertekend»."))
    return _sign_paper(what, paper, field, how, stamper, output, trusted)


def _sign_file(path: Path, field: str, how: _How, stamper: str, to: Path | None, output: Path, trusted: Roots) -> None:
    """Sign a file; the outcome lies beside it."""
    from pipeline import write
    from pipeline.dossier import ISSUED_FOLDER

    target = to or path.with_name(f"{path.stem} ({_('ondertekend')}).pdf")
    if target.resolve().parent.name == ISSUED_FOLDER:
        raise UsageError(
            _(
                "In «{folder}» komt niets bij wat uitgegeven werd: geef met --to een andere plaats, of noem het "
                "dossier en het document, dan komt het exemplaar bij zijn dossier."
            ).format(folder=target.parent)
        )
    data = read_bytes(path)
    if target.exists():
        raise UsageError(_("«{path}» bestaat al; kies met --to een ander bestand.").format(path=target))
    signed = _signed(data, field, how, stamper, output, trusted)
    write.write(target, signed)
    say(str(target))


def _issued_at(path: Path, output: Path) -> tuple[str, str] | None:
    """Give the dossier and the name of the paper that lies at a path, if that was issued in this output folder."""
    from pipeline import run as batch
    from pipeline.dossier import ISSUED_FOLDER
    from pipeline.register import FILE

    place = path.resolve()
    if place.parent.name != ISSUED_FOLDER or not (output / FILE).is_file():
        return None
    with batch.reading(output) as known:
        keys = [one.key for one in known.entries() if (output / one.folder).resolve() == place.parent.parent]
    return (keys[0], place.stem) if keys else None


def _sign_paper(number: str, paper: str, field: str, how: _How, stamper: str, output: Path, trusted: Roots) -> ExitCode:
    """Sign a paper of a dossier, and keep what comes out of it."""
    from pipeline import language, life, write
    from pipeline import run as batch
    from pipeline.dossier.signing import fullest_copy
    from pipeline.intake import Found, Returned, examine_in
    from pipeline.run.returned import keep
    from pipeline.signing import copy_of

    now = _now()
    with progress() as show, batch.open_desk(output, "", settings(now.date(), show=show)) as desk:
        entry = life.standing_entry(desk.register, number)
        issued = _issued(desk.register.issued().get(entry.key, ()), paper, entry)
        fullest = fullest_copy(issued, desk.register.copies().get(entry.key, ()))
        source = desk.folder(entry) / (fullest.file if fullest else issued.pdf)
        known = fullest.sha256 if fullest else issued.pdf_sha256
        if not source.is_file() or write.sha256_of(source) != known:
            raise UsageError(batch.damage(str(source), copy=fullest is not None))
        signed = _signed(read_bytes(source), field, how, stamper, output, trusted)
        verdict = examine_in(language.current(), signed, papers_in(output), trusted)
        copy = copy_of(verdict, signed, now.date(), source=_("hier ondertekend"))
        keep(desk, Found((Returned(entry.key, copy, signed),)))
        tell_result(batch.renew(desk))
        say(str(desk.folder(entry) / copy.file))
    return ExitCode.DONE


def _signed(data: bytes, field: str, how: _How, stamper: str, output: Path, trusted: Roots) -> bytes:
    """Sign bytes of ours in the field that is meant."""
    from pipeline import language
    from pipeline.intake import examine_in
    from pipeline.signing import Likeness, Wish, likeness, place_to_sign, put_signature

    verdict = examine_in(language.current(), data, papers_in(output), trusted)
    with _opened(how) as key:
        place = place_to_sign(verdict, field, key.names)
        signed = put_signature(data, place, key, Wish(place.field, _now(), stamper=stamper))
        names = key.names
    _tell_uncounted(verdict, place, data, output)
    if likeness(names, place) is not Likeness.SAME:
        note(
            _(
                "Het certificaat noemt «{name}»; het papier noemt daar {who}. De handtekening telt pas als iemand haar "
                "met «assign» toewijst."
            ).format(name=names.common, who=place.who)
        )
    return signed


def _tell_uncounted(verdict: Verdict, place: Signatory, data: bytes, output: Path) -> None:
    """Tell whose signature of an earlier turn does not count yet in the copy that is signed."""
    from pipeline import run as batch
    from pipeline.dossier import Trust, signing_of
    from pipeline.signing import Likeness, copy_of, earlier

    if verdict.paper is None:
        return
    with batch.reading(output) as known:
        acts = known.acts().get(verdict.paper.dossier, ())
    best = signing_of(verdict.paper.issued, [copy_of(verdict, data, _now().date())], acts).best
    for signed in earlier(verdict, place):
        unchecked = signed.trust is Trust.NO_ROOTS and signed.likeness is Likeness.SAME and not signed.reserved
        if not unchecked and (best is None or signed.field not in best.held):
            note(
                _(
                    "Let op: de handtekening van «{signer}» in «{field}», die eerst moest komen, telt nog niet. Kijk "
                    "met «verify» waarom."
                ).format(signer=signed.signer, field=signed.field)
            )


@contextmanager
def _opened(how: _How) -> Iterator[Key]:
    """Give the key that is meant.

    Raises:
        UsageError: none or two are meant, or it does not open.
    """
    from pipeline.signing import key_of_p12, key_of_token

    if bool(how.p12) == bool(how.pkcs11):
        raise UsageError(_("Geef --p12 met een bestand, of --pkcs11 met een bibliotheek en --key."))
    if how.p12:
        content = read_bytes(how.p12)
        yield key_of_p12(content, _passphrase(how, _("Wachtwoord van {what}").format(what=how.p12)))
        return
    if not how.key:
        raise UsageError(_("Zeg met --key welke sleutel op het token."))
    pin = _passphrase(how, _("Code van het token {what}").format(what=how.token).rstrip())
    with key_of_token(how.pkcs11, how.token, how.key, pin) as key:
        yield key


def _passphrase(how: _How, question: str) -> str:
    """Take the passphrase from a file, the environment or the person, in this order."""
    if how.passphrase_file:
        return read_bytes(how.passphrase_file).decode("utf-8", "replace").rstrip("\r\n")
    if _PASSPHRASE in os.environ:
        return os.environ[_PASSPHRASE]
    if not sys.stdin.isatty():
        raise UsageError(
            _("Het wachtwoord ontbreekt: geef --passphrase-file, of zet het in {variable}.").format(
                variable=_PASSPHRASE
            )
        )
    answer: str = click.prompt(question, hide_input=True, err=True)
    return answer


def _issued(papers: tuple[Issued, ...], asked: str, entry: Entry) -> Issued:
    """Give the issued paper that is meant: by its key, or by the name of its file.

    Raises:
        UsageError: it was not issued, or there are several.
    """
    from pipeline.dossier import standing

    known = list(standing(papers).values())
    name = asked.rpartition("/")[2].removesuffix(".pdf")
    meant = [one for one in known if one.name == name] or [one for one in known if one.paper == name]
    if len(meant) == 1:
        return meant[0]
    if meant:
        names = ", ".join(one.name for one in meant)
        raise UsageError(_("Er zijn er meer; zeg welk: {names}.").format(names=names))
    names = ", ".join(one.name for one in known) or _("nog geen enkel")
    raise UsageError(
        _("Van {number} is geen document «{paper}» uitgegeven; wel: {names}. Geef het eerst uit met «issue».").format(
            number=entry.key, paper=asked, names=names
        )
    )


def _now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC)
