"""Runs the program and reads its report."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import json
import os
import selectors
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Union

from truewheel._errors import ProgramEndedError, TruewheelError
from truewheel._find import find_truewheel
from truewheel._report import Audit, WheelAudit

if TYPE_CHECKING:
    import datetime

StrPath = Union[str, "os.PathLike[str]"]

# What the program ends with when every wheel was audited, and when one could not be: both have a report.
_WITH_REPORT = (0, 2)
# Linux (fcntl.h); known to the module fcntl since Python 3.10.
_F_SETPIPE_SZ = 1031
_PIPE_SIZE = 4096


def audit(
    *paths: StrPath,
    targets: Iterable[str] = (),
    exclude: Mapping[str, str] | Iterable[str] = (),
    ignore: Iterable[str] = (),
    select: Iterable[str] = (),
    extend_select: Iterable[str] = (),
    strict: bool = False,
    config: StrPath | None = None,
    date: datetime.date | None = None,
    jobs: int | None = None,
    timeout: float | None = None,
    limits: Mapping[str, int | str] | None = None,
    cache: StrPath | None = None,
) -> Audit:
    """Audit wheels, and what they show together.

    Args:
        *paths: Wheels, and folders of wheels.
        targets: Platform tags to judge besides those of the wheels; without an architecture the wheel's own is meant.
        exclude: Patterns of libraries that something else provides, each with the reason if it is a mapping.
        ignore: Rules that are taken out of the verdict.
        select: The rules that count alone, if there are any.
        extend_select: Rules, or groups of them, that count too: `pypi`.
        strict: Warnings break claims too.
        config: A settings file. No other one is read, wherever the caller is.
        date: The day for which reports say where wheels run; today, if not given.
        jobs: How many members to read at a time; as many as there are cores, if not given.
        timeout: The seconds that one wheel may take; without it no clock is looked at.
        limits: Limits on what is read and found, by their names: `{"member-size": "1GiB"}`.
        cache: A folder that keeps what is read of objects for the next time.

    Returns:
        The report on all of them. What is wrong with a wheel stands in it, also that it could not be read.

    Raises:
        TruewheelError: An argument is wrong, or the program is missing or has another version.
    """
    options = _options(
        targets, exclude, ignore, select, extend_select, strict, config, date, jobs, timeout, limits, cache
    )
    if not paths:
        raise TruewheelError("Name at least one wheel or a folder of wheels.")
    command = _command("json", options, paths)
    done = _ran(command)
    if done.returncode not in _WITH_REPORT or not done.stdout:
        raise _failure(done.returncode, done.stderr)
    report = Audit._read(json.loads(done.stdout))
    if done.returncode != 0 and report.summary.unreadable == 0:
        raise _failure(done.returncode, done.stderr)
    return report


def iter_audits(
    paths: Iterable[StrPath],
    *,
    targets: Iterable[str] = (),
    exclude: Mapping[str, str] | Iterable[str] = (),
    ignore: Iterable[str] = (),
    select: Iterable[str] = (),
    extend_select: Iterable[str] = (),
    strict: bool = False,
    config: StrPath | None = None,
    date: datetime.date | None = None,
    jobs: int | None = None,
    timeout: float | None = None,
    limits: Mapping[str, int | str] | None = None,
    cache: StrPath | None = None,
) -> Iterator[WheelAudit]:
    """Audit wheels one after the other, however many there are, in little memory.

    Args:
        paths: Wheels, and folders of wheels; taken from the iterable as the program comes to them.
        targets: Platform tags to judge besides those of the wheels; without an architecture the wheel's own is meant.
        exclude: Patterns of libraries that something else provides, each with the reason if it is a mapping.
        ignore: Rules that are taken out of the verdict.
        select: The rules that count alone, if there are any.
        extend_select: Rules, or groups of them, that count too: `pypi`.
        strict: Warnings break claims too.
        config: A settings file. No other one is read, wherever the caller is.
        date: The day for which reports say where wheels run; today, if not given.
        jobs: How many members to read at a time; as many as there are cores, if not given.
        timeout: The seconds that one wheel may take; without it no clock is looked at.
        limits: Limits on what is read and found, by their names: `{"member-size": "1GiB"}`.
        cache: A folder that keeps what is read of objects for the next time.

    Returns:
        An iterator over the reports on single wheels, in the order of the paths. Arguments are looked at when this
        function is called, paths when the iterator comes to them.

    Raises:
        TruewheelError: An argument is wrong, or the program is missing or has another version.
    """
    options = _options(
        targets, exclude, ignore, select, extend_select, strict, config, date, jobs, timeout, limits, cache
    )
    if isinstance(paths, (str, os.PathLike)):
        raise TruewheelError(f"paths takes several paths: write [{os.fspath(paths)!r}].")
    return _stream(iter(paths), options)


def _stream(paths: Iterator[StrPath], options: list[str]) -> Iterator[WheelAudit]:
    feed = _Feed(paths)
    if feed.is_over:
        feed.check()
        return
    command = [_program(), "show", "--format=jsonl", *options, "--files-from=-", "--null"]
    unreadable = 0
    # A file takes whatever the program has to say, so that it never waits for somebody to read that.
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=_environment(), bufsize=0
            )
        except OSError as error:
            raise _not_started(command[0], error) from error
        with process:
            try:
                for line in _lines(process, feed):
                    report = WheelAudit._read(json.loads(line))
                    unreadable += report.status == "unreadable"
                    yield report
            except BaseException:
                # Nobody reads on.
                process.kill()
                raise
        if process.returncode not in _WITH_REPORT or (process.returncode != 0 and unreadable == 0):
            errors.seek(0)
            raise _failure(process.returncode, errors.read())
    feed.check()


class _Feed:
    """The paths as the program reads them, taken from the iterable as it does."""

    def __init__(self, paths: Iterator[StrPath]) -> None:
        self._paths = paths
        self._error: TruewheelError | None = None
        self.is_over = False
        self.left = b""
        self.fill()

    def fill(self) -> None:
        """Take the next path, if there is one."""
        path = next(self._paths, None)
        if path is None:
            self.is_over = True
            return
        word = os.fspath(path)
        try:
            _require_wheels(word)
        except TruewheelError as error:
            # What was asked before is answered first.
            self._error, self.is_over = error, True
            return
        self.left = os.fsencode(word) + b"\0"

    def write(self, pipe: int) -> None:
        """Write what the pipe takes."""
        try:
            self.left = self.left[os.write(pipe, self.left) :]
        except BlockingIOError:
            return
        except BrokenPipeError:
            # The program has come to its end; its status says how.
            self.left, self.is_over = b"", True
            return
        if not self.left:
            self.fill()

    def check(self) -> None:
        """Raise what was wrong with the path that ended it."""
        if self._error is not None:
            raise self._error


def _lines(process: subprocess.Popen[bytes], feed: _Feed) -> Iterator[bytes]:
    """Yield the whole lines that the program prints, and give it paths meanwhile: neither waits for the other."""
    assert process.stdin is not None
    assert process.stdout is not None
    (to, out) = (process.stdin.fileno(), process.stdout.fileno())
    os.set_blocking(to, False)
    # Paths are taken as they are needed: a pipe would hold hundreds.
    with contextlib.suppress(OSError):
        fcntl.fcntl(to, _F_SETPIPE_SZ, _PIPE_SIZE)
    received = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(out, selectors.EVENT_READ)
        selector.register(to, selectors.EVENT_WRITE)
        while True:
            ready = {key.fd for key, _ in selector.select()}
            if out in ready:
                piece = os.read(out, 1 << 16)
                if not piece:
                    # Half a line: the program came to its end in it.
                    return
                begin = len(received)
                received += piece
                if (end := received.rfind(b"\n", begin)) >= 0:
                    lines = bytes(received[: end + 1])
                    del received[: end + 1]
                    yield from lines.splitlines()
            elif to in ready:
                feed.write(to)
                if feed.is_over and not feed.left:
                    selector.unregister(to)
                    process.stdin.close()


def _options(
    targets: Iterable[str],
    exclude: Mapping[str, str] | Iterable[str],
    ignore: Iterable[str],
    select: Iterable[str],
    extend_select: Iterable[str],
    strict: bool,
    config: StrPath | None,
    date: datetime.date | None,
    jobs: int | None,
    timeout: float | None,
    limits: Mapping[str, int | str] | None,
    cache: StrPath | None,
) -> list[str]:
    """The arguments of the program that stand for those of a call."""
    if isinstance(exclude, Mapping):
        exclude = [f"{pattern}={reason}" for pattern, reason in exclude.items()]
    options = []
    lists: dict[str, Iterable[str]] = {
        "target": targets,
        "exclude": exclude,
        "ignore": ignore,
        "select": select,
        "extend-select": extend_select,
    }
    for name, values in lists.items():
        if isinstance(values, str):
            argument = "targets" if name == "target" else name.replace("-", "_")
            raise TruewheelError(f"{argument} takes several values: write [{values!r}].")
        options += [f"--{name}={value}" for value in values]
    if strict:
        options.append("--strict")
    options.append("--isolated" if config is None else f"--config={os.fspath(config)}")
    if date is not None:
        options.append(f"--date={date:%Y-%m-%d}")
    if jobs is not None:
        options.append(f"--jobs={jobs}")
    if timeout is not None:
        options.append(f"--timeout={timeout}")
    options += [f"--limit={name}={value}" for name, value in (limits or {}).items()]
    if cache is not None:
        options.append(f"--cache={os.fspath(cache)}")
    return options


def _command(form: str, options: list[str], paths: Iterable[StrPath]) -> list[str]:
    words = [os.fspath(path) for path in paths]
    for word in words:
        _require_wheels(word)
    return [_program(), "show", f"--format={form}", *options, "--", *words]


def _require_wheels(path: str) -> None:
    """Refuse a path that stands for no wheel; what is called like one gets a report, whatever is there."""
    if "\0" in path:
        raise TruewheelError(f"{path!r} has a NUL in it, which no path has.")
    try:
        if path.endswith(".whl") or _holds_wheel(path):
            return
    except NotADirectoryError:
        return
    except OSError as error:
        raise TruewheelError(f"{path}: {error.strerror}") from error
    raise TruewheelError(f"{path}: there is no wheel (*.whl) in this folder")


def _holds_wheel(folder: str) -> bool:
    """Whether there is a wheel where the program looks: in a folder and below it, links and hidden folders left out."""
    with os.scandir(folder) as entries:
        found = list(entries)
    return any(entry.name.endswith(".whl") for entry in found) or any(
        _holds_wheel(entry.path)
        for entry in found
        if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
    )


@functools.lru_cache(maxsize=1)
def _program() -> str:
    """The program, once it is known to have the version of this package."""
    program = os.fspath(find_truewheel())
    own = version("truewheel")
    said = _ran([program, "--version"])
    # Further lines say what it knows.
    other = said.stdout.decode(errors="replace").partition("\n")[0].strip()
    if said.returncode != 0 or other != own:
        raise TruewheelError(
            f"{program} says that it is truewheel {other or '(nothing)'}, and this package is {own}. Install both "
            f"together: python -m pip install --force-reinstall truewheel=={own}"
        )
    return program


def _ran(command: list[str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, env=_environment())
    except OSError as error:
        raise _not_started(command[0], error) from error


def _environment() -> dict[str, str]:
    """The environment without the variables that stand for options: those of a call are its arguments."""
    return {name: value for name, value in os.environ.items() if not name.startswith("TRUEWHEEL_")}


def _not_started(program: str, error: OSError) -> TruewheelError:
    return TruewheelError(f"{program} could not be started: {error.strerror}")


def _failure(status: int, errors: bytes) -> TruewheelError:
    """What the program said when it gave no report; how its arguments are written is no help to a caller."""
    lines = errors.decode(errors="replace").splitlines()
    said = " ".join(line for line in lines if not line.startswith(("Usage:", "  See ", "Help:"))).strip()
    said = said.removeprefix("Error: ").removeprefix("truewheel: ")
    error = ProgramEndedError if status < 0 else TruewheelError
    return error(said or f"truewheel ended with the status {status} and said nothing.")
