"""`truewheel-index NAME[==VERSION]`: fetches the wheels of a release from an index, and audits them together."""

from __future__ import annotations

import argparse
import contextlib
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from truewheel._errors import TruewheelError
from truewheel._find import find_truewheel

if TYPE_CHECKING:
    from truewheel._fetch import Fetcher
    from truewheel._release import Release

# The status when something could not be had or audited, and that of wrong arguments, as the program has them.
_INCOMPLETE = 2
_USAGE = 64
# What a shell adds to the number of the signal that ended a program.
_SIGNALLED = 128


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(_USAGE, f"{self.prog}: {message}\n{self.format_usage()}")


def main() -> None:
    """Run the command."""
    try:
        sys.exit(_main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(_SIGNALLED + signal.SIGINT)


def _main(words: list[str]) -> int:
    own, options = _parser().parse_known_args(words)
    try:
        from pypi_simple import PyPISimple

        from truewheel._fetch import Fetcher
        from truewheel._pip import PipSettings
        from truewheel._release import find_release, parse_request
    except ModuleNotFoundError as error:
        _say(f"{error.name} is missing: python -m pip install 'truewheel[index]'")
        return _INCOMPLETE
    try:
        requirement = parse_request(own.release)
    except TruewheelError as error:
        _say(str(error))
        return _USAGE
    settings = PipSettings.read(own.index_url)
    with contextlib.ExitStack() as open_:
        try:
            client = open_.enter_context(PyPISimple(settings.shown_url, session=settings.session()))
            release = find_release(client, requirement, settings.timeout, own.only)
            program = find_truewheel()
            folder = own.keep or Path(open_.enter_context(tempfile.TemporaryDirectory(prefix="truewheel-index-")))
            fetcher = Fetcher(client, folder, settings.timeout, own.max_size << 20)
            folder.mkdir(parents=True, exist_ok=True)
            files, is_complete = _fetch(release, fetcher, own.max_size)
        except (TruewheelError, OSError) as error:
            _say(str(error))
            return _INCOMPLETE
        if not files:
            return _INCOMPLETE
        done = subprocess.run([program, "check", *options, "--", *files])
    if done.returncode < 0:
        return _SIGNALLED - done.returncode
    # What could not be had counts as what could not be audited; wrong options keep their status.
    return _INCOMPLETE if not is_complete and done.returncode in (0, 1) else done.returncode


def _fetch(release: Release, fetcher: Fetcher, max_size: int) -> tuple[list[Path], bool]:
    """Fetch all that can be had, and say what cannot."""
    size = sum(wheel.size or 0 for wheel in release.wheels) >> 20
    if size > max_size:
        raise TruewheelError(
            f"{release.title} has {len(release.wheels)} wheels for Linux of {size} MB in all: --max-size {size + 1} "
            "takes them, --only '*cp313*' takes some."
        )
    for note in release.notes:
        _say(note)
    missing = list(release.missing)
    files = []
    for number, wheel in enumerate(release.wheels, 1):
        if sys.stderr.isatty():
            _say(f"fetching {number} of {len(release.wheels)}: {wheel.filename}")
        if not wheel.digests:
            _say(f"{wheel.filename}: the index names no hash of it")
        try:
            files.append(fetcher.fetch(wheel))
        except TruewheelError as error:
            missing.append(str(error))
    if release.others:
        _say(f"{release.others} wheels of {release.title} are for other systems and left out")
    for sentence in missing:
        _say(sentence)
    return files, not missing


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="truewheel-index",
        usage="truewheel-index NAME[==VERSION] [options] [options of truewheel check]",
        description="Fetch the wheels of a release from an index, the newest one or that of a version, and audit them "
        "together. The index and how it is reached are pip's settings.",
        epilog="What is no option here is one of truewheel check: --format json, --target manylinux_2_28, -q.",
        allow_abbrev=False,
    )
    parser.add_argument("release", metavar="NAME[==VERSION]", help="the project, and which version of it")
    parser.add_argument("--index-url", metavar="URL", help="the index, if it is not that of pip's settings")
    parser.add_argument("--keep", metavar="FOLDER", type=Path, help="keep the wheels here, and use those that are here")
    parser.add_argument(
        "--only", metavar="PATTERN", default="*", help="take the wheels whose names match, as '*cp313*'"
    )
    parser.add_argument(
        "--max-size", metavar="MB", type=_positive, default=4096, help="fetch up to so much (%(default)s)"
    )
    return parser


def _positive(text: str) -> int:
    value = int(text) if text.isdecimal() and len(text) < 10 else 0
    if value < 1:
        raise argparse.ArgumentTypeError("takes a number of megabytes from 1 on.")
    return value


def _say(sentence: str) -> None:
    """Tell people something; what an index says is shown so that it gives a terminal no command."""
    shown = "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in sentence)
    print(f"truewheel-index: {shown}", file=sys.stderr)


if __name__ == "__main__":
    main()
