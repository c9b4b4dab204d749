"""What the rows of a batch say of wheels."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from truewheel._errors import TruewheelError

_TEXT = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
_BINARY = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view)


@dataclass(frozen=True)
class Row:
    """A wheel: where it lies, or its bytes. Strings are kept as bytes, since a forged one need not be UTF-8."""

    place: bytes | None
    """Its path or its URL; None where the column has bytes or the row has nothing."""

    content: pa.Buffer | None
    """Its bytes; None where the column has places or the row has nothing."""

    name: bytes | None
    """Its file name; None where no column has it or the row has nothing."""

    @property
    def shown(self) -> str | None:
        """What people call it; None where the row does not say."""
        said = self.name if self.place is None else self.place
        return None if said is None else said.decode(errors="replace")


def rows(batch: pa.RecordBatch, column: str, names: str | None) -> Iterator[Row]:
    """Read the rows of a batch.

    Args:
        batch: The batch.
        column: The column of the wheels: strings or bytes.
        names: The column of their file names; None where there is none.

    Raises:
        TruewheelError: There is no such column, or it holds something else.
    """
    wheels = _column(batch, column)
    is_binary = any(test(wheels.type) for test in _BINARY)
    if not is_binary and not _is_text(wheels):
        raise TruewheelError(
            f"The column {column!r} holds {wheels.type}. Paths and URLs are taken as string, the bytes of wheels as "
            "binary."
        )
    if is_binary and names is None:
        raise TruewheelError("Bytes have no file name, which says what a wheel claims. Give its column: names='name'.")
    named = itertools.repeat(None) if names is None else _strings(_column(batch, names), names)
    for wheel, name in zip(wheels, named):
        yield Row(
            place=None if is_binary else _text(wheel),
            content=wheel.as_buffer() if is_binary and wheel.is_valid else None,
            name=None if name is None else _text(name),
        )


def _column(batch: pa.RecordBatch, name: str) -> pa.Array:
    places = batch.schema.get_all_field_indices(name)
    if len(places) != 1:
        how_many = f"are {len(places)} columns" if places else "is no column"
        raise TruewheelError(
            f"There {how_many} {name!r}. The batch has {', '.join(map(repr, batch.schema.names))}; name one of them."
        )
    array = batch.column(places[0])
    return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array


def _strings(array: pa.Array, name: str) -> pa.Array:
    if not _is_text(array):
        raise TruewheelError(f"The column {name!r} holds {array.type}. File names are taken as string.")
    return array


def _is_text(array: pa.Array) -> bool:
    # A column that has nothing in any row has no other type.
    return pa.types.is_null(array.type) or any(test(array.type) for test in _TEXT)


def _text(scalar: pa.Scalar) -> bytes | None:
    return scalar.as_buffer().to_pybytes() if scalar.is_valid else None
