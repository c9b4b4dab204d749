"""A form is read as every server reads it, or refused."""

from __future__ import annotations

import io
import random
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from truewheel._form import Part, UploadError, boundary_of, parts, spool
from uploads import BOUNDARY, CONTENT_TYPE, Field, form

FIELDS: list[Field] = [
    (":action", None, b"file_upload"),
    ("name", None, b"demo"),
    ("classifiers", None, b"One"),
    ("classifiers", None, "Zwölf\r\nLines\n".encode()),
    ("description", None, b""),
    ("content", "demo-1.0-py3-none-any.whl", b"PK\x03\x04\r\n--\r\n\x00\xff\r\n\r\n--boundary\n"),
    ("gpg_signature", "demo-1.0-py3-none-any.whl.asc", b"-----BEGIN\r\n"),
]


def read(body: bytes, content_type: str = CONTENT_TYPE, at_once: int = 1 << 20) -> list[Field]:
    boundary = boundary_of(content_type)
    stream, file = io.BytesIO(body), io.BytesIO()
    places = spool(lambda count: stream.read(min(count, at_once)), len(body), boundary, file)
    assert file.getvalue() == body
    return [
        (part.name, part.filename, b"".join(part.pieces(file))) for part in parts(file, len(body), boundary, places)
    ]


@pytest.mark.parametrize("at_once", [1, 2, 7, 25, 1 << 20])
def test_a_form_is_read_however_its_bytes_arrive(at_once: int) -> None:
    assert read(form(*FIELDS), at_once=at_once) == FIELDS


def test_the_last_line_needs_no_end() -> None:
    assert read(form(*FIELDS)[:-2]) == FIELDS


def test_a_value_is_read_as_far_as_it_goes() -> None:
    body = io.BytesIO(b"name" + b"x" * 5000)
    assert Part("name", None, 0, 4).text(body) == "name"
    assert len(Part("name", None, 0, 5004).text(body)) == 1024


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data; boundary=a; boundary=b",
        "multipart/form-data; boundary=a, multipart/form-data; boundary=b",
        'multipart/form-data; boundary="a"',
        "multipart/form-data; boundary=a; charset=utf-16",
        "multipart/form-data; boundary*=utf-8''a",
        "multipart/form-data; BOUNDARY=a",
        "multipart/form-data;boundary=" + "a" * 71,
        "multipart/form-data; boundary=",
        "multipart/form-data",
        "multipart/mixed; boundary=a",
        "Multipart/Form-Data ; boundary=a",
        "multipart/form-data; boundary=a b",
        "multipart/form-data; boundary=a\n",
    ],
)
def test_an_unusual_content_type_is_refused(content_type: str) -> None:
    with pytest.raises(UploadError, match="multipart/form-data with a plain boundary") as refused:
        boundary_of(content_type)
    assert refused.value.status == 400


DELIMITER = b"--" + BOUNDARY
CONTENT = b'name="content"; filename="demo-1.0-py3-none-any.whl"'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Where a field ends.
        (b"PK\x03", b"PK\n" + DELIMITER + b"\r\n\x03"),
        (b"PK\x03", b"PK\r" + DELIMITER + b"\r\n\x03"),
        (b"PK\x03", b"PK" + DELIMITER + b"\x03"),
        (b"PK\x03", b"PK\r\n" + DELIMITER + b"x\x03"),
        (b"PK\x03", b"PK\r\n" + DELIMITER + b" \r\n\x03"),
        (b"PK\x03", b"PK\r\n" + DELIMITER + b"--\r\n\x03"),
        (b"PK\x03", b"PK\r\n" + DELIMITER + b"\r\n\r\n\x03"),
        (b"\r\n" + DELIMITER + b"--", b"\n" + DELIMITER + b"--"),
        # What comes before the first and after the last.
        (DELIMITER + b'\r\nContent-Disposition: form-data; name=":action"', b"preamble"),
        (DELIMITER + b'\r\nContent-Disposition: form-data; name=":action"', b"\r\n" + DELIMITER),
        (DELIMITER + b"--\r\n", DELIMITER + b"--\r\nepilogue"),
        (DELIMITER + b"--\r\n", DELIMITER + b"--\r\n\r\n"),
        (DELIMITER + b"--\r\n", DELIMITER + b"--" + DELIMITER + b"--\r\n"),
        (DELIMITER + b"--\r\n", DELIMITER + b"\r\n"),
        (DELIMITER + b"--\r\n", b""),
        # The head of a field.
        (b"Content-Type:", b"Content-Transfer-Encoding: base64\r\nContent-Type:"),
        (b"Content-Type:", b"Content-Length: 3\r\nContent-Type:"),
        (b"Content-Type:", b"Content-Type: text/plain\r\nContent-Type:"),
        (b"Content-Type:", b'Content-Disposition: form-data; name="other"\r\nContent-Type:'),
        (b"Content-Type:", b"Content-Type :"),
        (b"Content-Type:", b"\tContent-Type:"),
        (b"Content-Type: application/octet-stream", b"Content-Type: multipart/mixed; boundary=x"),
        (b"Content-Type: application/octet-stream", b"Content-Type: message/rfc822"),
        (b"Content-Type: application/octet-stream", b"Content-Type: text/plain; charset=utf-16"),
        (b"\r\nContent-Type:", b"\nContent-Type:"),
        (b"octet-stream\r\n\r\n", b"octet-stream\n\n"),
        (b"Content-Disposition: form-data; " + CONTENT + b"\r\n", b""),
        # The name of the field and of its file.
        (CONTENT, CONTENT + b'; filename="other.tar.gz"'),
        (CONTENT, CONTENT + b"; filename*=utf-8''other.tar.gz"),
        (CONTENT, CONTENT + b'; name="other"'),
        (CONTENT, CONTENT + b";"),
        (CONTENT, b'name="content";filename="demo-1.0-py3-none-any.whl"'),
        (CONTENT, b"name=content; filename=demo-1.0-py3-none-any.whl"),
        (CONTENT, b'filename="demo-1.0-py3-none-any.whl"; name="content"'),
        (CONTENT, b'name="content"; filename=""'),
        (CONTENT, b'name="content"; filename="demo-1.0-py3-none-any.whl."'),
        (CONTENT, b'name="content"; filename="../demo-1.0-py3-none-any.whl"'),
        (CONTENT, b'name="content"; filename="c:\\demo-1.0-py3-none-any.whl"'),
        (CONTENT, b'name="content"; filename="demo\\"-1.0-py3-none-any.whl"'),
        (CONTENT, b'name="content"; filename="demo%22-1.0-py3-none-any.whl"'),
        (CONTENT, b'name="content"; filename="demo-1.0-py3-none-any.whl\x00.tar.gz"'),
        (CONTENT, 'name="content"; filename="démo-1.0-py3-none-any.whl"'.encode()),
        (CONTENT, b'name="content" ; filename="demo-1.0-py3-none-any.whl"'),
        (CONTENT, b'name="con\ttent"; filename="demo-1.0-py3-none-any.whl"'),
        (b"form-data; " + CONTENT, b"attachment; " + CONTENT),
        # What comes twice.
        (b'name="gpg_signature"; filename="demo-1.0-py3-none-any.whl.asc"', CONTENT),
        (b'name="gpg_signature"; filename="demo-1.0-py3-none-any.whl.asc"', b'name="content"'),
        (b'name="description"', b'name=":action"'),
        (b'name="description"', b'name="name"'),
        (b'name="description"', b'name="gpg_signature"'),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(old: bytes, new: bytes) -> None:
    body = form(*FIELDS)
    assert body.count(old) > 0
    place = body.rindex(old)
    with pytest.raises(UploadError, match="could be read in two ways") as refused:
        read(body[:place] + new + body[place + len(old) :])
    assert refused.value.status == 400


def test_a_boundary_that_overlaps_with_itself_is_refused() -> None:
    with pytest.raises(UploadError, match="could be read in two ways"):
        read(b"--aa--aa--aa--aa\r\n" * 3, "multipart/form-data; boundary=aa--aa")
    with pytest.raises(UploadError, match="could be read in two ways"):
        read(b"-" * 4000, "multipart/form-data; boundary=--")


def test_a_form_of_too_many_fields_is_refused() -> None:
    with pytest.raises(UploadError, match="more than 4096 fields"):
        read(form(*[("classifiers", None, b"x")] * 5000))
    with pytest.raises(UploadError, match="more than 4096 fields"):
        read(b"-" * 5000, "multipart/form-data; boundary=--")


def test_a_body_that_breaks_off_is_refused() -> None:
    body = form(*FIELDS)
    with pytest.raises(UploadError, match=f"after {len(body)} of {len(body) + 1} bytes"):
        spool(io.BytesIO(body).read, len(body) + 1, DELIMITER, io.BytesIO())


# MARK: Other readers


def by_multipart(body: bytes, boundary: str) -> list[Field]:
    from multipart import MultipartParser  # type: ignore[import-untyped]

    return [(part.name, part.filename, part.raw) for part in MultipartParser(io.BytesIO(body), boundary)]


def by_cgi(body: bytes, boundary: str) -> list[Field]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import cgi
    environ = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": f"multipart/form-data; boundary={boundary}"}
    read: Any = cgi.FieldStorage(
        io.BytesIO(body), environ=environ, keep_blank_values=True, errors="surrogateescape", limit=len(body)
    )
    values = [(part, part.file.read()) for part in read.list or []]
    return [
        (part.name, part.filename, value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value)
        for part, value in values
    ]


def by_werkzeug(body: bytes, boundary: str) -> list[Field]:
    from werkzeug.formparser import MultiPartParser

    parser = MultiPartParser()
    values, files = parser.parse(io.BytesIO(body), boundary.encode(), len(body))
    texts: list[Field] = [(name, None, value.encode("utf-8", "replace")) for name, value in values.items(multi=True)]
    uploads = []
    for name, file in files.items(multi=True):
        uploads.append((name or "", file.filename, file.read()))
        file.close()
    return texts + uploads


def by_python_multipart(body: bytes, boundary: str) -> list[Field]:
    from python_multipart import parse_form

    found: list[Field] = []

    def on_file(file: Any) -> None:
        file.file_object.seek(0)
        found.append(((file.field_name or b"").decode(), (file.file_name or b"").decode(), file.file_object.read()))

    headers = {
        "Content-Type": f"multipart/form-data; boundary={boundary}".encode(),
        "Content-Length": str(len(body)).encode(),
    }
    parse_form(
        headers,
        io.BytesIO(body),
        lambda field: found.append(((field.field_name or b"").decode(), None, field.value or b"")),
        on_file,
    )
    return found


Reader = Callable[[bytes, str], "list[Field]"]
READERS: list[Reader] = [by_multipart, by_cgi, by_werkzeug, by_python_multipart]


def comparable(fields: list[Field]) -> list[Field]:
    """Without order, and texts as they are decoded."""
    return sorted(
        [(name, file, value if file else value.decode("utf-8", "replace").encode()) for name, file, value in fields],
        key=repr,
    )


# Some leave a file open where they refuse.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("reader", READERS)
def test_others_read_what_is_taken_as_it_is_read_here(reader: Reader) -> None:
    """What others refuse harms nobody."""
    body, boundary = form(*FIELDS), BOUNDARY.decode()
    assert comparable(reader(body, boundary)) == comparable(FIELDS)
    chance = random.Random(0)
    words = [
        *(b"\r\n", b"\n", b"\r", b" ", b"--", b'"', b";", b"\\", b"\x00", DELIMITER, b"\r\n" + DELIMITER),
        *(b"\n" + DELIMITER + b"\r\n", b"\r\n" + DELIMITER + b"--\r\n", b'; filename="x"', b"Content-Length: 2\r\n"),
    ]
    compared = misled = 0
    for _ in range(2000):
        forged = bytearray(body)
        for _ in range(chance.choice((1, 1, 2))):
            place = chance.randrange(len(forged))
            forged[place : place + chance.choice((0, 0, 1, 2))] = chance.choice(words)
        try:
            there = comparable(reader(bytes(forged), boundary))
        except (ValueError, UnicodeError, LookupError):
            continue
        try:
            here = comparable(read(bytes(forged)))
        except UploadError:
            misled += there != comparable(FIELDS)
            continue
        compared += 1
        assert here == there, bytes(forged)
    # Some were taken, and of those that were not, this reader makes another form of some.
    assert compared > 100
    assert misled > 100
