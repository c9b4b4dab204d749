"""The form of an upload, read in the one way in which every server reads it, or refused.

A gate that reads a form otherwise than the server behind it looks at one file and lets another in. Readers of
multipart/form-data (RFC 7578) differ in what they make of a bare line feed before a boundary, of spaces behind it, of
text before the first and after the last, of folded, repeated and unknown headers, of `filename*` and of backslashes. So
what is taken here is the form as uploaders write it: any other is refused, and what is left has one reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Callable

# How much is read at a time.
PIECE = 1 << 18
# More fields than the longest metadata have, and longer heads than any of them takes.
_MAX_PARTS = 4096
_MAX_HEAD = 4096

_CONTENT_TYPE = re.compile(r"multipart/form-data; ?boundary=([0-9A-Za-z_.-]{1,70})")
_DISPOSITION = re.compile(
    r'form-data; name="([0-9A-Za-z_:.-]{1,100})"(?:; filename="([0-9A-Za-z_.+!-]{0,254}[0-9A-Za-z_+!-])")?'
)
_PART_TYPE = re.compile(r"(?!multipart/|message/)[a-z]+/[a-z0-9.+-]+(?:; ?charset=(?:utf-8|us-ascii))?", re.IGNORECASE)
# What a server takes one value of: of two, one reader takes the first and another the last.
_SINGLE = frozenset((":action", "content", "filetype", "name", "sha256_digest", "version"))


class UploadError(Exception):
    """An upload that goes no further.

    Attributes:
        status: The HTTP status that it is answered with.
        sentence: Why, for the person who sent it.
        report: What is told besides, if there is more than a sentence.
        about: What it is about, for the log.
    """

    def __init__(self, status: int, sentence: str, report: str = "", about: str = "") -> None:
        """Say why."""
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.report = report
        self.about = about


@dataclass(frozen=True)
class Part:
    """A field of the form: its name, that of its file if it is one, and where in the body its value lies."""

    name: str
    filename: str | None
    start: int
    end: int

    def pieces(self, body: IO[bytes]) -> Iterator[bytes]:
        """Read the value, some of it at a time."""
        body.seek(self.start)
        left = self.end - self.start
        while left and (piece := body.read(min(PIECE, left))):
            left -= len(piece)
            yield piece

    def text(self, body: IO[bytes], limit: int = 1024) -> str:
        """Read the beginning of the value, which is a word."""
        body.seek(self.start)
        return body.read(min(limit, self.end - self.start)).decode("utf-8", "replace")


def boundary_of(content_type: str) -> bytes:
    """Find what separates the fields.

    Raises:
        UploadError: The header is not as uploaders write it.
    """
    found = _CONTENT_TYPE.fullmatch(content_type)
    if found is None:
        raise _ambiguous("its Content-Type is not multipart/form-data with a plain boundary")
    return b"--" + found[1].encode()


def spool(read: Callable[[int], bytes], length: int, boundary: bytes, body: IO[bytes]) -> list[int]:
    """Write a request's body to a file, and find each place at which the boundary stands in it.

    Args:
        read: Reads up to so many bytes of the request.
        length: How many bytes it has.
        boundary: What separates the fields.
        body: The file.

    Raises:
        UploadError: The body ends before its length, or has more fields than any upload.
    """
    places: list[int] = []
    tail, done = b"", 0
    while done < length:
        piece = read(min(PIECE, length - done))
        if not piece:
            raise UploadError(400, f"The upload broke off after {done} of {length} bytes.")
        body.write(piece)
        window, start = tail + piece, done - len(tail)
        at = window.find(boundary)
        while at >= 0:
            places.append(start + at)
            if len(places) > _MAX_PARTS:
                raise UploadError(400, f"The form has more than {_MAX_PARTS} fields.")
            at = window.find(boundary, at + 1)
        done += len(piece)
        tail = window[1 - len(boundary) :]
    body.flush()
    return places


def parts(body: IO[bytes], length: int, boundary: bytes, places: list[int]) -> list[Part]:
    """Read the form.

    Args:
        body: The whole body.
        length: Its length.
        boundary: What separates the fields.
        places: Where it stands in the body.

    Returns:
        The fields, in their order.

    Raises:
        UploadError: Another reader could see another form.
    """
    if len(places) < 2 or places[0] != 0:
        raise _ambiguous("it does not begin with a field, or has none")
    found = []
    for place, following in zip(places, places[1:]):
        found.append(_part(body, place + len(boundary), following))
    # The last boundary has two hyphens behind it, and nothing after it but the end of its line.
    end = places[-1] + len(boundary)
    body.seek(end)
    if body.read(5) not in (b"--", b"--\r\n"):
        raise _ambiguous("something follows its end, or the boundary stands within a field")
    _require_single(found)
    return found


def _part(body: IO[bytes], start: int, end: int) -> Part:
    """Read one field, from behind the boundary before it to the one after it."""
    if end < start:
        raise _ambiguous("the boundary overlaps with itself")
    body.seek(start)
    head, separator, _ = body.read(min(_MAX_HEAD, end - start)).partition(b"\r\n\r\n")
    value = start + len(head) + len(separator)
    is_whole = separator and head.startswith(b"\r\n") and value <= end - 2
    body.seek(max(start, end - 2))
    if not is_whole or body.read(2) != b"\r\n":
        raise _ambiguous("a field has no head of its own, or the boundary stands within a field")
    headers: dict[str, str] = {}
    for line in head[2:].split(b"\r\n"):
        name, colon, text = line.partition(b": ")
        key = name.decode("latin-1").lower()
        if not colon or key in headers or key not in ("content-disposition", "content-type"):
            raise _ambiguous("a field has other headers than one Content-Disposition and one Content-Type")
        headers[key] = text.decode("latin-1")
    disposition = _DISPOSITION.fullmatch(headers.get("content-disposition", ""))
    if disposition is None:
        raise _ambiguous(
            'a Content-Disposition is not form-data; name="…"; filename="…", with a file name of letters, digits '
            "and . _ + ! - alone"
        )
    if _PART_TYPE.fullmatch(headers.get("content-type", "text/plain")) is None:
        raise _ambiguous("a field has a Content-Type that changes how it is read")
    return Part(disposition[1], disposition[2], value, end - 2)


def _require_single(fields: list[Part]) -> None:
    """Refuse a field that comes twice where one reader takes the first and another the last."""
    seen: set[str] = set()
    files: set[str] = set()
    for field in fields:
        if field.name in seen and (field.name in _SINGLE or field.filename is not None or field.name in files):
            raise _ambiguous(f"the field {field.name} comes twice")
        seen.add(field.name)
        if field.filename is not None:
            files.add(field.name)


def _ambiguous(why: str) -> UploadError:
    return UploadError(400, f"The form of this upload could be read in two ways: {why}.")
