"""A gate before an index: what is uploaded is audited, and a wheel that breaks its claims goes no further.

    >>> from truewheel.gate import Gate
    >>> application = Gate(application, config="/etc/truewheel.toml")

`application` is any WSGI application (PEP 3333) that speaks the legacy upload API of PyPI: a form, multipart/form-data,
with the file in the field `content`. What the gate lets pass reaches it as it was sent, byte for byte.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import IO, TYPE_CHECKING, Callable

from truewheel._auditor import Auditor, Refuse
from truewheel._errors import TruewheelError
from truewheel._form import PIECE, Part, UploadError, boundary_of, parts, spool

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["Gate"]

_log = logging.getLogger("truewheel.gate")
# A status line is one line, of a length that every client takes.
_MAX_REASON = 300


class Gate:
    """WSGI middleware that audits each wheel before the application gets it.

    A wheel that breaks a claim, or cannot be read, is answered with 400: the reason stands in the status line, the
    report in the body. Where the audit fails (the program is killed, or takes too long) the answer is 503 and nothing
    is stored, so that the client can try again. A form that two readers could read in two ways is refused with 400.
    Whatever is no form, and forms without a wheel, are passed on. Each decision is logged, by the logger
    `truewheel.gate`.
    """

    def __init__(
        self,
        application: WSGIApplication,
        *,
        config: str | os.PathLike[str] | None = None,
        refuse: Refuse = "error",
        options: Sequence[str] = (),
        fail_open: bool = False,
        timeout: float = 60,
        max_size: int = 1 << 30,
        at_once: int | None = None,
        folder: str | os.PathLike[str] | None = None,
        box: Sequence[str] = (),
    ) -> None:
        """Stand before an application.

        Args:
            application: What the index is.
            config: A settings file: targets, exceptions with reasons, for all wheels or for those of a name. No other
                one is read.
            refuse: The mildest findings for which a wheel is refused; with "never" they are told in the log only, and
                so is a wheel that cannot be read.
            options: Further options of `truewheel check`, such as `--strict`.
            fail_open: Pass on what could not be audited because the audit failed.
            timeout: How many seconds an audit may take, and how many one may wait for its turn.
            max_size: The largest body that is taken, in bytes; it lies on disk twice while it is audited.
            at_once: How many audits may run at a time; as many as there are cores, if not given.
            folder: Where uploads lie while they are audited; the system's folder for temporary files, if not given.
            box: A command that the auditor is run by, such as `prlimit` or `bwrap` with their options; `{folder}` in
                them stands for where the wheel lies, and its report is written.

        Raises:
            TruewheelError: The program is missing or has another version, or an option is wrong.
        """
        if isinstance(options, str) or isinstance(box, str):
            raise TruewheelError("options and box take several words: write ['--strict'].")
        settings = "--isolated" if config is None else f"--config={Path(config).absolute()}"
        self._application = application
        self._refuse = refuse
        self._fail_open = fail_open
        self._max_size = max_size
        self._folder = folder
        at_once = at_once or os.cpu_count() or 1
        try:
            self._auditor = Auditor([settings, *options], refuse, timeout, at_once, box, folder)
        except OSError as error:
            raise TruewheelError(f"Uploads cannot be kept in {folder}: {error.strerror}") from error

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or have the application answer it."""
        # The method does not matter: that may be overridden behind the gate.
        if "multipart" not in environ.get("CONTENT_TYPE", "").lower():
            return self._application(environ, start_response)
        with contextlib.ExitStack() as kept:
            try:
                body = kept.enter_context(tempfile.TemporaryFile(dir=self._folder))
                self._admit(environ, body)
            except UploadError as refusal:
                return _refuse(refusal, environ, start_response)
            except OSError as error:
                sentence = f"The upload could not be kept for its audit: {error.strerror}. Try again."
                return _refuse(UploadError(503, sentence), environ, start_response)
            body.seek(0)
            environ["wsgi.input"] = body
            return _Answer(self._application(environ, start_response), kept.pop_all())

    def _admit(self, environ: WSGIEnvironment, body: IO[bytes]) -> None:
        """Read the form into a file, and audit the wheel in it, if it has one.

        Raises:
            UploadError: It goes no further.
        """
        read: Callable[[int], bytes] = environ["wsgi.input"].read
        length = self._length(environ, read)
        try:
            boundary = boundary_of(environ["CONTENT_TYPE"])
            if environ.get("HTTP_CONTENT_ENCODING", "identity") != "identity":
                raise UploadError(415, "The body of an upload may not be compressed.")
        except UploadError:
            _drain(read, length)
            raise
        places = spool(read, length, boundary, body)
        fields = parts(body, length, boundary, places)
        wheel = _wheel(fields, body)
        if wheel is not None and wheel.filename is not None:
            self._audit(wheel, wheel.filename, fields, body, environ)

    def _length(self, environ: WSGIEnvironment, read: Callable[[int], bytes]) -> int:
        text = environ.get("CONTENT_LENGTH") or ""
        if not re.fullmatch(r"[0-9]{1,18}", text):
            raise UploadError(411, "An upload must say how long it is, by a Content-Length.")
        if "HTTP_TRANSFER_ENCODING" in environ:
            raise UploadError(400, "An upload has a Content-Length or a Transfer-Encoding, not both.")
        length = int(text)
        if length > self._max_size:
            # Who is still sending reads no answer.
            _drain(read, min(length, self._max_size))
            raise UploadError(413, f"The upload has {length} bytes; this index takes up to {self._max_size}.")
        return length

    def _audit(self, wheel: Part, name: str, fields: list[Part], body: IO[bytes], environ: WSGIEnvironment) -> None:
        size = wheel.end - wheel.start
        with tempfile.TemporaryDirectory(prefix="truewheel-", dir=self._folder) as folder:
            digest = hashlib.sha256()
            with open(Path(folder) / name, "xb") as file:
                for piece in wheel.pieces(body):
                    digest.update(piece)
                    file.write(piece)
            said = _value("sha256_digest", fields, body)
            if said and said.lower() != digest.hexdigest():
                raise UploadError(400, f"{name} has another SHA-256 than the form says: {digest.hexdigest()}.")
            verdict = self._auditor.audit(Path(folder), name)
        what = f"{name} ({size} bytes, sha256 {digest.hexdigest()}, from {environ.get('REMOTE_ADDR') or 'unknown'})"
        if verdict.outcome == "failed" and not self._fail_open:
            sentence = f"{name} could not be audited, since {verdict.reason}. Nothing was stored; try again."
            raise UploadError(503, sentence, about=what)
        if verdict.outcome == "failed":
            _log.error("passed without an audit: %s: %s", what, verdict.reason)
        elif verdict.outcome == "kept" or self._refuse == "never":
            _log.info("passed: %s: %s", what, verdict.reason or "nothing was found")
        else:
            verb = "breaks its claims" if verdict.outcome == "broken" else "cannot be audited"
            raise UploadError(400, f"{name} {verb}: {verdict.reason}", verdict.report, about=what)


def _wheel(fields: list[Part], body: IO[bytes]) -> Part | None:
    """The field with the wheel, if the form has one.

    Raises:
        UploadError: There are several, or the fields do not agree on what it is.
    """
    wheels = []
    for field in fields:
        name = field.filename
        if field.name == "content" and name is None:
            raise UploadError(400, "The field content has no file name.")
        if name is not None and name.lower().endswith(".whl"):
            if not name.endswith(".whl"):
                raise UploadError(400, f"{name}: the name of a wheel ends in .whl, in small letters.")
            wheels.append(field)
    kind = _value("filetype", fields, body)
    if len(wheels) > 1:
        raise UploadError(400, "The form has several wheels: upload each by itself.")
    if not wheels:
        if kind == "bdist_wheel":
            raise UploadError(400, "The form says bdist_wheel, and has no file whose name ends in .whl.")
        return None
    wheel = wheels[0]
    if wheel.name != "content":
        raise UploadError(400, f"{wheel.filename} is in the field {wheel.name}: a wheel belongs into content.")
    if kind is not None and kind != "bdist_wheel":
        raise UploadError(400, f"{wheel.filename} is a wheel, whose filetype is bdist_wheel, not {kind[:40]!r}.")
    project = _value("name", fields, body)
    if project is not None and _normal(project) != _normal((wheel.filename or "").partition("-")[0]):
        raise UploadError(
            400, f"{wheel.filename} is uploaded as {project[:100]!r}, of which it does not have the name."
        )
    return wheel


def _value(name: str, fields: list[Part], body: IO[bytes]) -> str | None:
    return next((field.text(body) for field in fields if field.name == name), None)


def _normal(name: str) -> str:
    """The name of a project as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def _drain(read: Callable[[int], bytes], length: int) -> None:
    while length > 0 and (piece := read(min(PIECE, length))):
        length -= len(piece)


def _refuse(refusal: UploadError, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Say why: twine shows the status line, and the body when it is asked for details; uv shows the body."""
    about = refusal.about or f"a form from {environ.get('REMOTE_ADDR') or 'unknown'}"
    level = logging.ERROR if refusal.status == HTTPStatus.SERVICE_UNAVAILABLE else logging.WARNING
    _log.log(level, "refused with %d: %s: %s", refusal.status, about, refusal.sentence)
    reason = re.sub(r"[^ -~]+", "?", refusal.sentence)
    if len(reason) > _MAX_REASON:
        reason = f"{reason[: _MAX_REASON - 3]}..."
    text = (refusal.report or f"{refusal.sentence}\n").encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(text))),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if refusal.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append(("Retry-After", "5"))
    start_response(f"{refusal.status} {reason}", headers)
    return [text]


class _Answer:
    """The answer of the application, until whose end the body of the request is kept."""

    def __init__(self, answer: Iterable[bytes], kept: contextlib.ExitStack) -> None:
        self._answer = answer
        self._kept = kept

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answer)

    def close(self) -> None:
        with self._kept:
            close = getattr(self._answer, "close", None)
            if close is not None:
                close()
