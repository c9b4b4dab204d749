"""What a row of a result says, and its schema."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from truewheel import __version__
from truewheel._report import WheelAudit

_CLAIM = ("tag", "judged", "satisfied")
_FINDING = ("rule", "severity", "message", "help", "object", "library", "symbol", "version", "tag")
_TEXTS = ("architecture", "libc", "minimal_tag", "libc_floor", "libc_ceiling")

SCHEMA = pa.schema(
    [
        ("path", pa.string()),
        ("file", pa.string()),
        ("size", pa.int64()),
        ("sha256", pa.string()),
        ("status", pa.string()),
        *((name, pa.string()) for name in _TEXTS),
        (
            "claims",
            pa.list_(pa.struct([(name, pa.string() if name == "tag" else pa.bool_()) for name in _CLAIM])),
        ),
        ("findings", pa.list_(pa.struct([(name, pa.string()) for name in _FINDING]))),
        ("tool_version", pa.string()),
    ]
)
"""The columns of a result: `path` is what the input has, what else there is has the meaning that the report gives it.

`status`, `claims`, `findings` and `tool_version` are never null; the lists may be empty.
"""


def answer(shown: str | None, report: WheelAudit) -> dict[str, Any]:
    """Give the row for a report.

    Args:
        shown: What the input calls the wheel.
        report: The report on it.
    """
    return {
        "path": shown,
        "file": report.file,
        "size": report.size,
        "sha256": report.sha256,
        "status": report.status,
        **{name: getattr(report, name) for name in _TEXTS},
        "claims": [{name: getattr(claim, name) for name in _CLAIM} for claim in report.claims],
        "findings": [{name: getattr(finding, name) for name in _FINDING} for finding in report.findings],
        "tool_version": __version__,
    }


def refusal(shown: str | None, reason: str) -> dict[str, Any]:
    """Give the row for a wheel that could not be had.

    Args:
        shown: What the input calls the wheel; None where it says nothing.
        reason: Why, in words.
    """
    return {
        "path": shown,
        "status": "unreadable",
        "claims": [],
        "findings": [{"rule": "unreadable", "severity": "error", "message": reason}],
        "tool_version": __version__,
    }


def ddl(kind: pa.DataType) -> str:
    """Name a type of the schema as Spark's SQL does.

    Args:
        kind: A type that the schema uses.
    """
    if pa.types.is_list(kind):
        return f"array<{ddl(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{','.join(f'{field.name}:{ddl(field.type)}' for field in kind)}>"
    return {pa.string(): "string", pa.int64(): "bigint", pa.bool_(): "boolean"}[kind]
