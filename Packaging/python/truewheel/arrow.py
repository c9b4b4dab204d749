"""Audit the wheels that tables of Apache Arrow name: what engines hand to a function, and take back from it.

    >>> import pyarrow, truewheel.arrow
    >>> wheels = pyarrow.record_batch({"path": ["dist/a-1.0-cp314-cp314-manylinux_2_28_x86_64.whl"]})
    >>> truewheel.arrow.audit(wheels).column("status")

A row of the result stands for the row of the input at the same place. Spark takes `audit_batches` for `mapInArrow`, Ray
Data takes `audit` for `map_batches`, Dask calls it as any other function. It comes with the extra `truewheel[arrow]`.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import pyarrow as pa

from truewheel._answers import SCHEMA, answer, ddl, refusal
from truewheel._errors import ProgramEndedError, TruewheelError
from truewheel._report import WheelAudit
from truewheel._rows import Row, rows
from truewheel._run import StrPath, iter_audits
from truewheel._staging import NotHadError, Staging

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["MAX_BYTES", "SCHEMA", "SPARK_SCHEMA", "Options", "audit", "audit_batches"]

SPARK_SCHEMA = ", ".join(f"{field.name} {ddl(field.type)}" for field in SCHEMA)
"""The schema as Spark takes it."""

Rows = TypeVar("Rows", pa.RecordBatch, pa.Table)

MAX_BYTES = 1 << 32
"""The size up to which a wheel is fetched if nothing else is said."""

# As many wheels are fetched at a time: servers let one wait.
_FETCHED_AT_ONCE = 8
# A run of the program is given so many wheels, fewer when so many bytes had to be staged for them.
_WHEELS = 512
_BYTES = 1 << 28


class Options(TypedDict, total=False):
    """The options of `truewheel.audit`, which judge all wheels alike."""

    targets: Iterable[str]
    exclude: Mapping[str, str] | Iterable[str]
    ignore: Iterable[str]
    select: Iterable[str]
    extend_select: Iterable[str]
    strict: bool
    config: StrPath | None
    date: datetime.date | None
    jobs: int | None
    timeout: float | None
    limits: Mapping[str, int | str] | None
    cache: StrPath | None


def audit(
    batch: Rows,
    column: str = "path",
    *,
    names: str | None = None,
    storage_options: Mapping[str, Any] | None = None,
    max_bytes: int = MAX_BYTES,
    **options: Unpack[Options],
) -> Rows:
    """Audit the wheels that the rows of a batch name.

    Args:
        batch: A batch or a table. Columns that are not named here are not looked at.
        column: The column of the wheels: paths, and URLs that fsspec knows (with `://`), as strings; or the bytes of
            wheels, as binary.
        names: The column of the file names of the wheels, which say what they claim. Bytes need one; paths and URLs end
            in the name if no column is given.
        storage_options: What fsspec is told about every URL.
        max_bytes: The size up to which a wheel is fetched.
        **options: Those of `truewheel.audit`; only `jobs` is 1 if it is not given, since an engine runs a task for each
            core.

    Returns:
        As many rows in the same order, with the columns of `SCHEMA`. What cannot be had or read has the status
        `unreadable` and a finding that says why.

    Raises:
        TruewheelError: An argument is wrong, or the program is missing or has another version.
        OSError: There is no room for what is fetched.
    """
    if isinstance(batch, pa.Table):
        each = functools.partial(
            audit, column=column, names=names, storage_options=storage_options, max_bytes=max_bytes, **options
        )
        return pa.Table.from_batches(map(each, batch.to_batches()), SCHEMA)
    options.setdefault("jobs", 1)
    wheels = rows(batch, column, names)
    answers: list[dict[str, Any]] = []
    with ThreadPoolExecutor(_FETCHED_AT_ONCE) as pool:
        while True:
            with Staging(storage_options or {}, max_bytes) as staging:
                staged = _staged(wheels, staging, pool)
                if not staged:
                    return pa.RecordBatch.from_pylist(answers, SCHEMA)
                reports = _reports([path for _, path in staged if isinstance(path, str)], options)
                for row, path in staged:
                    report = next(reports) if isinstance(path, str) else path
                    if isinstance(report, WheelAudit):
                        answers.append(answer(row.shown, report))
                    else:
                        answers.append(refusal(row.shown, str(report)))
                if next(reports, None) is not None:
                    raise TruewheelError("The program was given a folder that was a file before. Audit it again.")


def audit_batches(
    batches: Iterable[pa.RecordBatch],
    column: str = "path",
    *,
    names: str | None = None,
    storage_options: Mapping[str, Any] | None = None,
    max_bytes: int = MAX_BYTES,
    **options: Unpack[Options],
) -> Iterator[pa.RecordBatch]:
    """Audit batches one after the other: what `mapInArrow` of Spark takes.

    Args:
        batches: The batches.
        column: The column of the wheels, as for `audit`.
        names: The column of their file names, as for `audit`.
        storage_options: What fsspec is told about every URL.
        max_bytes: The size up to which a wheel is fetched.
        **options: Those of `audit`.

    Returns:
        An iterator over the results of `audit`, one for each batch.
    """
    for batch in batches:
        yield audit(batch, column, names=names, storage_options=storage_options, max_bytes=max_bytes, **options)


def _staged(wheels: Iterator[Row], staging: Staging, pool: Executor) -> list[tuple[Row, str | NotHadError]]:
    """The next wheels, each with a path for the program or the reason why it has none; none at the end."""
    staged: list[tuple[Row, str | NotHadError]] = []
    size = 0
    while len(staged) < _WHEELS and size < _BYTES:
        some = list(itertools.islice(wheels, _FETCHED_AT_ONCE))
        if not some:
            break
        place = functools.partial(_place, staging)
        for row, (path, copied) in zip(some, pool.map(place, some, itertools.count(len(staged)))):
            staged.append((row, path))
            size += copied
    return staged


def _place(staging: Staging, row: Row, number: int) -> tuple[str | NotHadError, int]:
    """A path for the program, and how many bytes were copied for it."""
    name = None if row.name is None else os.fsdecode(row.name)
    try:
        if row.content is not None:
            if name is None:
                raise NotHadError("the row has no file name, which says what the wheel claims")
            return staging.write(memoryview(row.content), name, number)
        if row.place is None:
            raise NotHadError("the row names no wheel")
        place = os.fsdecode(row.place)
        if "://" in place:
            return staging.fetch(place, name, number)
        return staging.find(place, name, number), 0
    except NotHadError as reason:
        return reason, 0


def _reports(paths: list[str], options: Options) -> Iterator[WheelAudit | ProgramEndedError]:
    """A report on each path; where the program was ended, what it said of that."""
    done = 0
    try:
        for report in iter_audits(paths, **options):
            done += 1
            yield report
    except ProgramEndedError:
        # Which wheel was too much for it is not known: each of the rest gets a run of its own.
        for path in paths[done:]:
            try:
                yield from iter_audits([path], **options)
            except ProgramEndedError as error:
                yield error
