"""Where wheels lie while they are audited that are no files: what a URL leads to, and bytes."""

from __future__ import annotations

import os
import posixpath
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import fsspec
from fsspec.implementations.local import LocalFileSystem

# A wheel is copied in pieces of this many bytes.
_PIECE = 1 << 20
# The longest name of a file that Linux has (NAME_MAX), in bytes.
_LONGEST_NAME = 255
# As many letters of what a file system says of a failure are told.
_LONGEST_MESSAGE = 500


class NotHadError(Exception):
    """A wheel could not be had; the message says why, in words for the report on it."""


class Staging:
    """A folder in which wheels lie while they are audited, each in a folder of its own under its own name.

    The program reads tags from the name of the file, and a batch may have one name twice. What was staged is removed
    at the end of the `with` block.
    """

    def __init__(self, storage_options: Mapping[str, Any], max_bytes: int) -> None:
        """Make nothing yet: the folder is made when the block is entered.

        Args:
            storage_options: What fsspec is told about every URL.
            max_bytes: The size up to which wheels are fetched.
        """
        self._storage_options = storage_options
        self._max_bytes = max_bytes
        self._folder = tempfile.TemporaryDirectory(prefix="truewheel-")

    def __enter__(self) -> Staging:
        """Give the staging itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the folder and all in it."""
        self._folder.cleanup()

    def fetch(self, url: str, name: str | None, number: int) -> tuple[str, int]:
        """Copy what a URL leads to, unless it leads to a file of this machine.

        Args:
            url: Any URL that fsspec knows.
            name: The file name of the wheel; that of the URL if it is None.
            number: One that no other wheel of the staging has.

        Returns:
            A path for the program, and how many bytes were copied.

        Raises:
            NotHadError: It could not be fetched, is too large, or has no file name of a wheel.
            OSError: The copy could not be written.
        """
        try:
            files, path = fsspec.core.url_to_fs(url, **self._storage_options)
        except Exception as error:
            raise NotHadError(f"cannot fetch the wheel: {_said(error)}") from error
        if isinstance(files, LocalFileSystem):
            return self.find(path, name, number), 0
        target = self._target(_name_of(url, path, files) if name is None else name, number)
        try:
            return os.fspath(target), self._copy(files, path, target)
        except NotHadError:
            target.unlink()
            raise

    def write(self, content: bytes | memoryview, name: str, number: int) -> tuple[str, int]:
        """Write the bytes of a wheel into a file.

        Args:
            content: All of its bytes.
            name: The file name of the wheel.
            number: One that no other wheel of the staging has.

        Returns:
            A path for the program, and how many bytes were written.

        Raises:
            NotHadError: It has no file name of a wheel.
            OSError: The file could not be written.
        """
        target = self._target(name, number)
        target.write_bytes(content)
        return os.fspath(target), len(content)

    def find(self, path: str, name: str | None, number: int) -> str:
        """Give a file of this machine to the program, by another name if it shall have one.

        Args:
            path: The path of the file.
            name: The file name of the wheel; that of the path if it is None.
            number: One that no other wheel of the staging has.

        Returns:
            A path for the program.

        Raises:
            NotHadError: It has no file name of a wheel, or is a folder.
            OSError: The name could not be made.
        """
        _require_wheel(posixpath.basename(path) if name is None else name)
        if "\0" in path:
            raise NotHadError("no path has a byte of value 0")
        if os.path.isdir(path):
            raise NotHadError("it is a folder, and each row names one wheel")
        if name is None:
            return path
        target = self._target(name, number)
        target.symlink_to(os.path.abspath(path))
        return os.fspath(target)

    def _copy(self, files: fsspec.AbstractFileSystem, path: str, target: Path) -> int:
        size = 0
        with target.open("xb") as copy:
            for piece in _pieces(files, path):
                size += len(piece)
                if size > self._max_bytes:
                    raise NotHadError(f"it is longer than max_bytes, {self._max_bytes} bytes")
                copy.write(piece)
        return size

    def _target(self, name: str, number: int) -> Path:
        _require_wheel(name)
        folder = Path(self._folder.name, str(number))
        folder.mkdir()
        return folder / name


def _pieces(files: fsspec.AbstractFileSystem, path: str) -> Iterator[bytes]:
    # A server of files need not know ranges; without blocks it is read from the beginning to the end.
    options = {"block_size": 0} if _is_web(files) else {}
    try:
        with files.open(path, "rb", **options) as source:
            while piece := source.read(_PIECE):
                yield piece
    except Exception as error:
        raise NotHadError(f"cannot fetch the wheel: {_said(error)}") from error


def _name_of(url: str, path: str, files: fsspec.AbstractFileSystem) -> str:
    """The file name in a URL; in one of the web it is written with escapes, and a query may follow."""
    return unquote(posixpath.basename(urlsplit(url).path)) if _is_web(files) else posixpath.basename(path)


def _is_web(files: fsspec.AbstractFileSystem) -> bool:
    protocols = (files.protocol,) if isinstance(files.protocol, str) else files.protocol
    return "http" in protocols


def _require_wheel(name: str) -> None:
    long = len(os.fsencode(name)) > _LONGEST_NAME
    if not name.endswith(".whl") or "/" in name or "\0" in name or long:
        raise NotHadError(f"{name[:_LONGEST_NAME]!r} is no file name of a wheel")


def _said(error: Exception) -> str:
    """What an error says, in a line. Some say a path and nothing else, so what they are called belongs to it."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_MESSAGE]
