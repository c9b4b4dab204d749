"""What a report says, as values; generated from docs/report.schema.json by generate.py.

Attributes are the keys of the JSON report, in snake_case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Libc = Literal[
    "glibc",
    "musl",
]
RequirementKind = Literal[
    "library",
    "symbolVersion",
    "symbol",
    "restrictedSymbol",
    "instructionSet",
    "pythonABI",
    "relativeRelocations",
    "executableStack",
    "loading",
    "unreachableLibrary",
    "interpreter",
    "unversionedSymbol",
]
Resolution = Literal[
    "platform",
    "bundled",
    "unreachable",
    "external",
    "mismatched",
    "notLoadable",
    "excluded",
]
Rule = Literal[
    "symbol-version",
    "platform-library",
    "external-library",
    "restricted-symbol",
    "unversioned-symbol",
    "undefined-symbol",
    "musl-symbol",
    "glibc-symbol",
    "instruction-set",
    "python-abi",
    "libpython",
    "relative-relocations",
    "mixed-libc",
    "foreign-architecture",
    "executable-stack",
    "not-loadable",
    "interpreter",
    "text-relocations",
    "writable-code",
    "unsafe-run-path",
    "implausible-tag",
    "pure-tag",
    "purelib-object",
    "tag-mismatch",
    "tag-improvable",
    "linux-tag",
    "refused-tag",
    "unreachable-library",
    "missing-version",
    "common-soname",
    "excluded-library",
    "weak-version",
    "unjudged-object",
    "unjudged-tag",
    "variant-metadata",
    "variant",
    "not-installable",
    "record-missing",
    "record-mismatch",
    "pypi-archive",
    "pypi-limit",
    "pypi-name",
    "pypi-tag",
    "pypi-metadata",
    "license-file",
    "record-hash",
    "merged-names",
    "release-floor",
    "release-architecture-floor",
    "release-object",
    "release-coverage",
    "unreadable",
]
Severity = Literal[
    "error",
    "warning",
    "note",
]
Status = Literal[
    "clean",
    "violations",
    "unreadable",
    "skipped",
]


@dataclass(frozen=True)
class Tool:
    """The program that wrote a report."""

    name: Literal["truewheel"]
    """The name of the program."""

    version: str
    """The version of the program."""

    data: str
    """The version of what it knows of profiles, symbols and distributions: another as soon as any of that is."""

    @classmethod
    def _read(cls, value: Mapping[str, Any]) -> Tool:
        return cls(
            name=value["name"],
            version=value["version"],
            data=value["data"],
        )


@dataclass(frozen=True)
class Distribution:
    """A release of a Linux distribution."""

    name: str
    """The name of the distribution."""

    release: str
    """The name of the release."""

    libc_version: str | None
    """The version of its C library on the architecture of the wheel; None when it is not known."""

    until: str | None
    """The last day on which it is supported; None where there is no such day."""

    @classmethod
    def _read(cls, value: Mapping[str, Any]) -> Distribution:
        return cls(
            name=value["name"],
            release=value["release"],
            libc_version=value["libcVersion"],
            until=value["until"],
        )


@dataclass(frozen=True)
class Reach:
    """On which releases of Linux distributions a wheel runs."""

    date: str
    """The day on which the releases are supported: today, or that of --date."""

    runs: tuple[Distribution, ...]
    """The supported releases that the wheel runs on."""

    leaves_out: tuple[Distribution, ...]
    """The supported releases that are too old or too new for it, or lack a symbol version."""

    @classmethod
    def _read(cls, value: Mapping[str, Any]) -> Reach:
        return cls(
            date=value["date"],
            runs=tuple(Distribution._read(each) for each in value["runs"]),
            leaves_out=tuple(Distribution._read(each) for each in value["leavesOut"]),
        )


@dataclass(frozen=True)
class Claim:
    """A platform tag, and whether the wheel does what it promises."""

    judged: bool
    """False for a tag of a system that is not Linux, of which nothing is known."""

    tag: str
    """The platform tag as it was written."""

    satisfied: bool
    """True when nothing is known that breaks the promise; that it is kept cannot be proved (PEP 600)."""

    @classmethod
    def _read(cls, value: Mapping[str, Any]) -> Claim:
        return cls(
            judged=value["judged"],
            tag=value["tag"],
            satisfied=value["satisfied"],
        )


@dataclass(frozen=True)
class Requirement:
    """Something that the wheel needs of a system.

    And from which release of the C library up to which systems have it.
    """

    kind: RequirementKind
    """'library': a shared library.

    'symbolVersion': a version of a library's symbols. 'symbol': symbols that only some releases of musl have.
    'restrictedSymbol': a symbol that some profiles withhold although they have its library. 'instructionSet':
    instructions beyond the architecture's baseline. 'pythonABI': a build of Python that no tag promises, or
    libpython. 'relativeRelocations': a loader that knows DT_RELR. 'executableStack': a stack whose contents can be
    executed. 'loading': how the object is made, which some loader refuses; 'version' says what.
    'unreachableLibrary': a library of the wheel that a program needs and its loader does not find. 'interpreter':
    the loader at the path that a program names. 'unversionedSymbol': symbols of glibc that are needed without a
    version.
    """

    library: str | None
    """The soname of the library that must provide it; None where none must."""

    version: str | None
    """The symbol version as objects name it.

    For 'symbol' the release of musl that first has the symbols, for 'instructionSet' the level, for 'pythonABI' the
    kind of build; None where there is none.
    """

    symbols: tuple[str, ...]
    """The symbols that are asked for, sorted; empty where none is."""

    needed_by: tuple[str, ...]
    """The paths in the wheel of the objects that need it."""

    floor: str | None
    """The oldest release of the C library on which it can be relied on; None when no profile provides it."""

    ceiling: str | None
    """The first release of the C library that refuses it; None when none is known to."""

    profile: str | None
    """The oldest published profile that provides it, without an architecture; None when none does."""

    reason: str | None
    """Why no profile provides it, or what else to know of the floor and the ceiling; None where they say all."""

    @classmethod
    def _read(cls, value: Mapping[str, Any]) -> Requirement:
        return cls(
            kind=value["kind"],
            library=value["library"],
            version=value["version"],
            symbols=tuple(value["symbols"]),
            needed_by=tuple(value["neededBy"]),
            floor=value["floor"],
            ceiling=value["ceiling"],
            profile=value["profile"],
            reason=value["reason"],
        )


@dataclass(frozen=True)
class NeededLibrary:
    """A library that an object needs, and where it comes from."""

    library: str
    """The name that is looked for."""

    resolution: Resolution
    """'platform': the systems behind the tag have it.

    'bundled': the loader finds it in the wheel. 'unreachable': it lies in the wheel where the loader does not look.
    'external': neither the wheel nor the platform has it. 'mismatched': nor has any; what lies where the loader
    looks is for another architecture, and it passes over that. 'notLoadable': the search ends at a file that the
    loader cannot load. 'excluded': the user said that it is provided otherwise.
    """

    path: str | None
    """The path in the wheel of what is bundled, unreachable, mismatched or not loadable.

    None for anything else.
    """

    @classmethod
    def _read(cls, value: Mapping[str, Any]) -> NeededLibrary:
        return cls(
            library=value["library"],
            resolution=value["resolution"],
            path=value["path"],
        )


@dataclass(frozen=True)
class ELFObject:
    """A judged ELF object."""

    path: str
    """The path in the wheel."""

    soname: str | None
    """The name that the object gives itself (DT_SONAME); None when it gives none."""

    python_extension: bool
    """True for an extension module of Python."""

    needed: tuple[NeededLibrary, ...]
    """The libraries it needs (DT_NEEDED), in the order of the loader."""

    @classmethod
    def _read(cls, value: Mapping[str, Any]) -> ELFObject:
        return cls(
            path=value["path"],
            soname=value["soname"],
            python_extension=value["pythonExtension"],
            needed=tuple(NeededLibrary._read(each) for each in value["needed"]),
        )


@dataclass(frozen=True)
class Finding:
    """One thing worth saying about a wheel."""

    rule: Rule
    """The id of the rule, which --ignore takes too."""

    severity: Severity
    """'error': breaks a claim. 'warning': may break on some systems, or will one day. 'note': good to know."""

    message: str
    """What is the case, in one sentence."""

    help: str | None
    """What can be done, in one sentence; None where there is nothing to do."""

    object: str | None
    """The path in the wheel of the file that it is about; None when it is about none."""

    library: str | None
    """The library that it is about; None when it is about none."""

    symbol: str | None
    """The symbol that it is about; None when it is about none."""

    version: str | None
    """The symbol version that it is about, or what stands for one in the requirement.

    None when it is about none.
    """

    tag: str | None
    """The platform tag that it breaks or concerns; None when it concerns all."""

    url: str
    """The address of the page that explains the rule."""

    baseline: bool
    """True when the baseline of the run has it, so that it fails no check."""

    @classmethod
    def _read(cls, value: Mapping[str, Any]) -> Finding:
        return cls(
            rule=value["rule"],
            severity=value["severity"],
            message=value["message"],
            help=value["help"],
            object=value["object"],
            library=value["library"],
            symbol=value["symbol"],
            version=value["version"],
            tag=value["tag"],
            url=value["url"],
            baseline=value["baseline"],
        )


@dataclass(frozen=True)
class Variant:
    """A variant, by the draft PEP 825."""

    label: str
    """What the file name calls it."""

    properties: tuple[str, ...]
    """What a system must have for it, such as 'x86_64 :: level :: v3', of a feature with several values one.

    Empty where that is nothing, and where variant.json does not say.
    """

    @classmethod
    def _read(cls, value: Mapping[str, Any]) -> Variant:
        return cls(
            label=value["label"],
            properties=tuple(value["properties"]),
        )


@dataclass(frozen=True)
class WheelAudit:
    """The audit of one wheel."""

    file: str
    """The name of the wheel without its folder."""

    path: str
    """The path of the wheel as it was given, or as it was found in a folder that was given."""

    size: int | None
    """The bytes of the file; None where there is no file that could be opened."""

    sha256: str | None
    """The SHA-256 of the file that was audited, in hexadecimal digits.

    None in '--format json', which does not read all of it, and where the file could not be read.
    """

    status: Status
    """'clean': no known violation of a claim.

    'violations': at least one claim is broken. 'unreadable': the wheel could not be audited. 'skipped': it has no
    object that could be judged.
    """

    architecture: str | None
    """The architecture that the wheel was judged for, as platform tags name it; None when it was not judged."""

    libc: Libc | None
    """The C library whose releases the requirements were compared with; None when the wheel was not judged."""

    minimal_tag: str | None
    """The tag of the oldest published profile that has all the wheel requires.

    Or linux_ARCHITECTURE when none has, or when a newer one refuses something; None when the wheel was not judged,
    or is for no one architecture.
    """

    minimal_tag_alias: str | None
    """The legacy name of the minimal tag (manylinux1, manylinux2010, manylinux2014), with its architecture.

    None when it has none.
    """

    libc_floor: str | None
    """The oldest release of the C library with all that some profile has.

    Exact even where no profile has that number; None when the wheel needs nothing of a C library or was not judged.
    """

    libc_ceiling: str | None
    """The first release of the C library that refuses something of the wheel, which loads on older ones only.

    None when none is known to or the wheel was not judged.
    """

    reach: Reach | None
    """On which distribution releases the wheel runs, among those that are supported on a day.

    None where that cannot be said.
    """

    claims: tuple[Claim, ...]
    """The platform tags of the file name in their order, then those that --target asked about.

    Empty when the wheel was not judged.
    """

    requirements: tuple[Requirement, ...]
    """What the wheel needs of the systems it runs on, the most demanding first; empty when it was not judged."""

    objects: tuple[ELFObject, ...]
    """The judged ELF objects by path; empty when the wheel was not judged."""

    findings: tuple[Finding, ...]
    """What is worth saying about the wheel: errors first, then warnings, then notes."""

    ignored_rules: tuple[Rule, ...]
    """The rules that --ignore took out of the verdict and that did find something."""

    variant: Variant | None
    """The variant that the wheel is (PEP 825, a draft); None for a wheel that is none or was unreadable."""

    @classmethod
    def _read(cls, value: Mapping[str, Any]) -> WheelAudit:
        return cls(
            file=value["file"],
            path=value["path"],
            size=value["size"],
            sha256=value["sha256"],
            status=value["status"],
            architecture=value["architecture"],
            libc=value["libc"],
            minimal_tag=value["minimalTag"],
            minimal_tag_alias=value["minimalTagAlias"],
            libc_floor=value["libcFloor"],
            libc_ceiling=value["libcCeiling"],
            reach=None if value["reach"] is None else Reach._read(value["reach"]),
            claims=tuple(Claim._read(each) for each in value["claims"]),
            requirements=tuple(Requirement._read(each) for each in value["requirements"]),
            objects=tuple(ELFObject._read(each) for each in value["objects"]),
            findings=tuple(Finding._read(each) for each in value["findings"]),
            ignored_rules=tuple(value["ignoredRules"]),
            variant=None if value["variant"] is None else Variant._read(value["variant"]),
        )


@dataclass(frozen=True)
class ReleaseFloor:
    """The version of the C library that builds of a release need."""

    interpreter: str | None
    """The Python and ABI tags of the build; None for all builds for the architecture."""

    architecture: str
    """The architecture of the build."""

    version: str
    """The oldest release of the C library that has all that is needed."""

    @classmethod
    def _read(cls, value: Mapping[str, Any]) -> ReleaseFloor:
        return cls(
            interpreter=value["interpreter"],
            architecture=value["architecture"],
            version=value["version"],
        )


@dataclass(frozen=True)
class ReleaseFinding:
    """One thing that only the wheels of a release together show."""

    rule: Rule
    """The id of the rule, which --ignore takes too."""

    severity: Severity
    """How bad it is; only --fail-on warning lets it fail a check."""

    message: str
    """What is the case, in one sentence."""

    object: str | None
    """What the object that it is about is called in every build; None when it is about none."""

    libc: Libc
    """The C library of the builds that are compared."""

    architectures: tuple[str, ...]
    """The architectures that are compared, or that are missing."""

    interpreters: tuple[str, ...]
    """The Python and ABI tags of the builds that it tells apart; empty when it tells none apart."""

    floors: tuple[ReleaseFloor, ...]
    """The versions of the C library that builds need; empty when it is not about these."""

    libraries: tuple[str, ...]
    """The libraries that only one of two builds needs, as they are called in every build."""

    wheels: tuple[str, ...]
    """The paths of the wheels that it is about, as they were given."""

    baseline: bool
    """True when the baseline of the run has it, so that it fails no check."""

    @classmethod
    def _read(cls, value: Mapping[str, Any]) -> ReleaseFinding:
        return cls(
            rule=value["rule"],
            severity=value["severity"],
            message=value["message"],
            object=value["object"],
            libc=value["libc"],
            architectures=tuple(value["architectures"]),
            interpreters=tuple(value["interpreters"]),
            floors=tuple(ReleaseFloor._read(each) for each in value["floors"]),
            libraries=tuple(value["libraries"]),
            wheels=tuple(value["wheels"]),
            baseline=value["baseline"],
        )


@dataclass(frozen=True)
class Release:
    """The wheels of one version of a package."""

    name: str
    """The name of the package, as its first wheel has it."""

    version: str
    """The version of the package."""

    wheels: tuple[str, ...]
    """The paths of its wheels, as they were given."""

    findings: tuple[ReleaseFinding, ...]
    """What the wheels show together; none of it breaks a claim."""

    warnings: tuple[str, ...]
    """The messages of these findings."""

    @classmethod
    def _read(cls, value: Mapping[str, Any]) -> Release:
        return cls(
            name=value["name"],
            version=value["version"],
            wheels=tuple(value["wheels"]),
            findings=tuple(ReleaseFinding._read(each) for each in value["findings"]),
            warnings=tuple(value["warnings"]),
        )


@dataclass(frozen=True)
class Summary:
    """How many wheels have each status."""

    wheels: int
    """The number of all wheels."""

    clean: int
    """The number of wheels that are not known to break a claim."""

    violations: int
    """The number of wheels that break a claim."""

    unreadable: int
    """The number of wheels that could not be audited."""

    skipped: int
    """The number of wheels in which there was nothing to judge."""

    @classmethod
    def _read(cls, value: Mapping[str, Any]) -> Summary:
        return cls(
            wheels=value["wheels"],
            clean=value["clean"],
            violations=value["violations"],
            unreadable=value["unreadable"],
            skipped=value["skipped"],
        )


@dataclass(frozen=True)
class Audit:
    """What 'truewheel check --format json' and 'truewheel show --format json' print.

    Keys are never removed or given another meaning within a version.
    """

    schema_version: Literal[1]
    """The version of this schema."""

    tool: Tool
    """The program that wrote the report."""

    wheels: tuple[WheelAudit, ...]
    """The audited wheels in the order of the arguments, those of a folder by name."""

    releases: tuple[Release, ...]
    """The wheels by package and version, and what only the wheels of a release together show."""

    summary: Summary
    """How many wheels have each status."""

    @classmethod
    def _read(cls, value: Mapping[str, Any]) -> Audit:
        return cls(
            schema_version=value["schemaVersion"],
            tool=Tool._read(value["tool"]),
            wheels=tuple(WheelAudit._read(each) for each in value["wheels"]),
            releases=tuple(Release._read(each) for each in value["releases"]),
            summary=Summary._read(value["summary"]),
        )
