"""Runs the program on one wheel, for a time that is limited, and says what came of it."""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from truewheel._errors import TruewheelError
from truewheel._run import StrPath, _environment, _failure, _program

Refuse = Literal["error", "warning", "never"]
Outcome = Literal["kept", "broken", "unreadable", "failed"]

_OUTCOMES: dict[int, Outcome] = {0: "kept", 1: "broken", 2: "unreadable"}
# What the program may write, and what is read of it: a report is for people.
_MAX_WRITTEN = 1 << 26
_MAX_READ = 1 << 16


@dataclass(frozen=True)
class Verdict:
    """What an audit came to.

    Attributes:
        outcome: Whether the wheel keeps its claims, breaks one or cannot be read, or the audit itself failed.
        reason: That in a line.
        report: The whole report, for people.
    """

    outcome: Outcome
    reason: str
    report: str


class Auditor:
    """Audits wheels, some at a time."""

    def __init__(
        self,
        options: Sequence[str],
        refuse: Refuse,
        timeout: float,
        at_once: int,
        box: Sequence[str],
        folder: StrPath | None,
    ) -> None:
        """Find the program, and have it look at the options.

        Raises:
            TruewheelError: The program is missing or has another version, or an option is wrong.
        """
        self._timeout = timeout
        self._at_once = threading.BoundedSemaphore(at_once)
        self._box = box
        self._program = [
            *(_program(), "check", "--jobs=1", "--color=never", "--format=concise", f"--fail-on={refuse}"),
            *options,
        ]
        with tempfile.TemporaryDirectory(prefix="truewheel-", dir=folder) as nothing:
            try:
                tried = subprocess.run(
                    [*self._command(Path(nothing)), "--", "nothing-1-py3-none-any.whl"],
                    cwd=nothing,
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    timeout=timeout,
                    env=_environment(),
                )
            except (OSError, subprocess.TimeoutExpired) as error:
                raise TruewheelError(f"{[*box, *self._program][0]} could not be run: {error}") from error
        # That there is no such wheel is all that can be wrong.
        if tried.returncode != 2:
            raise _failure(tried.returncode, tried.stderr)

    def _command(self, folder: Path) -> list[str]:
        return [*(word.replace("{folder}", str(folder)) for word in self._box), *self._program]

    def audit(self, folder: Path, name: str) -> Verdict:
        """Audit the wheel of that name, in a folder in which the report is written too."""
        if not self._at_once.acquire(timeout=self._timeout):
            return _failed("too many audits are under way")
        try:
            return self._audit(folder, name)
        finally:
            self._at_once.release()

    def _audit(self, folder: Path, name: str) -> Verdict:
        report, lines, errors = (folder / file for file in ("report", "lines", "errors"))
        with contextlib.ExitStack() as open_:
            # Whoever has the other end of the pipe runs: its end is seen at once.
            end, held = os.pipe()
            open_.callback(os.close, end)
            try:
                process = subprocess.Popen(
                    [*self._command(folder), f"--output=text={report.name}", "--", name],
                    cwd=folder,
                    stdin=subprocess.DEVNULL,
                    stdout=open_.enter_context(lines.open("wb")),
                    stderr=open_.enter_context(errors.open("wb")),
                    env=_environment(),
                    start_new_session=True,
                    pass_fds=(held,),
                )
            except OSError as error:
                return _failed(f"the auditor could not be started: {error.strerror}")
            finally:
                os.close(held)
            status = self._wait(process, end)
        if status is None:
            return _failed(f"the auditor took more than {self._timeout:g} seconds")
        # A box may end with the same statuses before it runs anything.
        if status not in _OUTCOMES or not report.is_file():
            ending = f"was ended by signal {-status}" if status < 0 else f"ended with the status {status}"
            return _failed(f"the auditor {ending}: {_first(errors) or 'it said nothing'}")
        return Verdict(_OUTCOMES[status], _worst(lines, name), _text(report))

    def _wait(self, process: subprocess.Popen[bytes], end: int) -> int | None:
        """Wait until the program ends; gives its status, or None if it took too long and was killed."""
        deadline = time.monotonic() + self._timeout
        try:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (_MAX_WRITTEN, _MAX_WRITTEN))
                resource.prlimit(process.pid, resource.RLIMIT_CORE, (0, 0))
            ended = select.poll()
            ended.register(end)
            ended.poll(self._timeout * 1000)
            return process.wait(max(0, deadline - time.monotonic()))
        except BaseException as error:
            # Whatever the box has started goes too.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if isinstance(error, subprocess.TimeoutExpired):
                return None
            raise


def _failed(why: str) -> Verdict:
    return Verdict("failed", why, "")


def _text(file: Path) -> str:
    """The beginning of a report, which is all of nearly every one."""
    with file.open("rb") as opened:
        text = opened.read(_MAX_READ).decode("utf-8", "replace")
        return f"{text}\n… the rest is left out.\n" if opened.read(1) else text


def _first(file: Path) -> str:
    lines = _text(file).splitlines()
    return lines[0] if lines else ""


def _worst(file: Path, name: str) -> str:
    """The first finding that is an error, else the first; each has a line, which begins with the name of the wheel."""
    lines = [line.removeprefix(f"{name}:").strip() for line in _text(file).splitlines()]
    return next((line for line in lines if "error[" in line), lines[0] if lines else "")
