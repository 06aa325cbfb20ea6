"""Tell a mail by the lines it begins with."""

from __future__ import annotations

import re

_HEADER = re.compile(rb"([!-9;-~]{1,76}):")
_SPACED = re.compile(rb"\A([!-9;-~]{1,76})[ \t]+:")
"""A header as mail was once allowed to have it: with white space before its colon (RFC 5322, 4.5)."""
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
_ENVELOPE = re.compile(rb">?From [^\r\n]*\d\d:\d\d[^\r\n]*\r?\n")
"""The line before each mail in a mailbox file: sender and moment of delivery."""
_NEXT = re.compile(rb"\r?\n\r?\nFrom [^\r\n]*\d\d:\d\d[^\r\n]*\r?\n[!-9;-~]{1,76}:")
_COUNT = re.compile(rb"\s*\d{1,10}\s*\r?\n")
"""The first line that Apple Mail writes: how many bytes the mail is."""
_FIRST = 65_536
_PROOF = frozenset({b"from", b"received", b"return-path", b"delivered-to"})
_USUAL = _PROOF | {
    b"bcc",
    b"cc",
    b"content-disposition",
    b"content-transfer-encoding",
    b"content-type",
    b"date",
    b"message-id",
    b"mime-version",
    b"reply-to",
    b"sender",
    b"subject",
    b"thread-topic",
    b"to",
}


def is_mail(data: bytes) -> bool:
    """Say whether these are the bytes of one mail, with or without the line that a mailbox puts before it."""
    return is_mail_as_written(bare(data)) and not is_mailbox(data)


def is_mail_as_written(data: bytes) -> bool:
    """Say whether the first lines are the headers of a mail."""
    names = set()
    for line in data[:_FIRST].splitlines():
        header = _HEADER.match(line)
        if header:
            names.add(header[1].lower())
        elif not line.startswith((b" ", b"\t")):
            break
    return bool(names & _PROOF) and len(names & _USUAL) > 1


def is_mailbox(data: bytes) -> bool:
    """Say whether these are several mails one after the other, as a mailbox file keeps them."""
    return _ENVELOPE.match(data) is not None and _NEXT.search(data) is not None


def bare(data: bytes) -> bytes:
    """Give a mail without what a mailbox, Apple Mail or an editor put around it."""
    data = data.lstrip(b"\xef\xbb\xbf\r\n")
    envelope = _ENVELOPE.match(data)
    if envelope:
        return data[envelope.end() :]
    count = _COUNT.match(data)
    if count:
        return data[count.end() : count.end() + int(count[0])]
    return data


def mended(data: bytes) -> bytes:
    """Give a mail, or a part of one, whose headers do not end at a line that is none.

    Such a line above other headers is taken for more of the header before it: some program folded that wrongly.
    """
    end = _EMPTY_LINE.search(data)
    lines = data[: end.start() if end else len(data)].splitlines(keepends=True)
    named = [_HEADER.match(line) or _SPACED.match(line) for line in lines]
    last = max((place for place, name in enumerate(named) if name and name[1].lower() in _USUAL), default=0)
    if not lines or not named[0]:
        return data
    head = [
        b" " + line if name is None and not line.startswith((b" ", b"\t")) else _SPACED.sub(rb"\1:", line, count=1)
        for name, line in zip(named[: last + 1], lines, strict=False)
    ]
    return b"".join(head) + data[sum(map(len, lines[: last + 1])) :]
