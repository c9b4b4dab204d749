"""Fetches wheels from an index, checks their hashes, and stops where they are larger than is taken."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import requests
from pypi_simple import DistributionPackage, PyPISimple

from truewheel._errors import TruewheelError


class Fetcher:
    """Fetches wheels into a folder, up to so many bytes in all."""

    def __init__(self, client: PyPISimple, folder: Path, timeout: float, max_bytes: int) -> None:
        """Begin with nothing fetched."""
        self._client = client
        self._folder = folder
        self._timeout = timeout
        self._left = max_bytes

    def fetch(self, wheel: DistributionPackage) -> Path:
        """Fetch a wheel, unless the folder has it.

        Returns:
            Where it lies; its bytes have the hashes that the index names.

        Raises:
            TruewheelError: It cannot be had, or is not what the index says.
        """
        target = self._folder / wheel.filename
        if _has(target, wheel.digests):
            return target
        partial = target.with_name(f"{wheel.filename}.part")
        try:
            self._client.download_package(
                wheel,
                partial,
                verify=bool(wheel.digests),
                timeout=self._timeout,
                progress=lambda _: _Allowance(self),
            )
            os.replace(partial, target)
        except (requests.RequestException, OSError, ValueError, _TooMuchError) as error:
            raise TruewheelError(f"{wheel.filename} could not be had: {error}") from error
        return target

    def _take(self, count: int) -> None:
        if count > self._left:
            raise _TooMuchError("the wheels have more bytes than are taken; --max-size MB takes more")
        self._left -= count


class _TooMuchError(Exception):
    """The wheels have more bytes than are taken."""


class _Allowance:
    """What is called for each piece of a download."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def __enter__(self) -> _Allowance:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def update(self, increment: int) -> None:
        self._fetcher._take(increment)


def _has(file: Path, digests: dict[str, str]) -> bool:
    """Whether a file is there, with one hash that is known at all and all of them right."""
    known = {name: digest for name, digest in digests.items() if name in hashlib.algorithms_guaranteed}
    if not known or not file.is_file():
        return False
    made = {name: hashlib.new(name) for name in known}
    for piece in _pieces(file):
        for each in made.values():
            each.update(piece)
    return all(made[name].hexdigest() == digest.lower() for name, digest in known.items())


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while piece := opened.read(1 << 20):
            yield piece
