"""Check that the platform tags of Python wheels tell the truth.

    >>> import truewheel
    >>> audit = truewheel.audit("dist/", targets=["manylinux_2_28"])
    >>> for wheel in audit.wheels:
    ...     print(wheel.file, wheel.status, wheel.minimal_tag)

The judging is done by the program `truewheel`, which came with this package; here it is run, and its report read.
What it finds is returned and never raised: a wheel that breaks its claim has the status `violations`, one that could
not be audited `unreadable`.
"""

from importlib.metadata import version as _version

from truewheel._errors import TruewheelError
from truewheel._find import find_truewheel
from truewheel._report import (
    Audit,
    Claim,
    Distribution,
    ELFObject,
    Finding,
    Libc,
    NeededLibrary,
    Reach,
    Release,
    ReleaseFinding,
    ReleaseFloor,
    Requirement,
    RequirementKind,
    Resolution,
    Rule,
    Severity,
    Status,
    Summary,
    Tool,
    Variant,
    WheelAudit,
)
from truewheel._run import audit, iter_audits

__version__ = _version("truewheel")

__all__ = [
    "Audit",
    "Claim",
    "Distribution",
    "ELFObject",
    "Finding",
    "Libc",
    "NeededLibrary",
    "Reach",
    "Release",
    "ReleaseFinding",
    "ReleaseFloor",
    "Requirement",
    "RequirementKind",
    "Resolution",
    "Rule",
    "Severity",
    "Status",
    "Summary",
    "Tool",
    "TruewheelError",
    "Variant",
    "WheelAudit",
    "__version__",
    "audit",
    "find_truewheel",
    "iter_audits",
]
