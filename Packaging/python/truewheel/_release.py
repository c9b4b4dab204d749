"""The wheels of one release, as an index has them."""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass

import requests
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import InvalidVersion, Version
from pypi_simple import DistributionPackage, NoSuchProjectError, PyPISimple, UnsupportedRepoVersionError

from truewheel._errors import TruewheelError

_WHEEL = re.compile(r"[0-9A-Za-z_.+!-]{1,250}\.whl")
_SDIST = re.compile(r"[0-9A-Za-z_.+!-]{1,250}\.(tar\.gz|zip)")
_LINUX = re.compile(r"any|(linux|manylinux|musllinux).*")


@dataclass(frozen=True)
class Release:
    """One version of a project.

    Attributes:
        title: Its name and version.
        wheels: Its wheels for Linux and for any system.
        others: How many wheels for other systems there are.
        notes: What is to be known of it: that it was yanked, and why.
        missing: What belongs to it, or may, and cannot be had, each in a sentence.
    """

    title: str
    wheels: tuple[DistributionPackage, ...]
    others: int
    notes: tuple[str, ...]
    missing: tuple[str, ...]


def parse_request(text: str) -> Requirement:
    """Read NAME, NAME==VERSION or another version specifier.

    Raises:
        TruewheelError: It is none.
    """
    try:
        requirement = Requirement(text)
    except InvalidRequirement as error:
        raise TruewheelError(
            f"{text!r} names no release: write NAME or NAME==VERSION, such as numpy==2.1.0."
        ) from error
    if requirement.url or requirement.extras or requirement.marker:
        raise TruewheelError(
            f"{text!r}: a release is named by NAME or NAME==VERSION alone, without extras and markers."
        )
    return requirement


def find_release(client: PyPISimple, requirement: Requirement, timeout: float, only: str) -> Release:
    """Look up the newest version that is asked for.

    As with pip a yanked version is taken only where just that version is asked for (PEP 592), and one before its
    release only where there is no other, or where the specifier names one.

    Args:
        client: The index.
        requirement: What is asked for.
        timeout: How many seconds the index may be silent.
        only: A pattern that the names of wheels must match.

    Raises:
        TruewheelError: The index cannot be asked, or has no such project or version.
    """
    try:
        page = client.get_project_page(requirement.name, timeout=timeout)
    except NoSuchProjectError as error:
        raise TruewheelError(f"The index has no project {requirement.name!r}.") from error
    except (requests.RequestException, ValueError, RecursionError, UnsupportedRepoVersionError) as error:
        raise TruewheelError(f"The index could not be asked for {requirement.name!r}: {error}") from error
    project = canonicalize_name(requirement.name)
    files: dict[Version, list[DistributionPackage]] = {}
    nameless = []
    for file in page.packages:
        named = _named(file)
        if named is None and file.filename.endswith(".whl"):
            nameless.append(f"{file.filename!r} is no name of a wheel: it is left out.")
        elif named is not None and named[0] == project:
            files.setdefault(named[1], []).append(file)
    version = _newest(files, requirement)
    if version is None:
        known = max(files, default=None)
        which = f"the newest that it has is {known}" if known else "it has no files at all"
        raise TruewheelError(
            f"The index has no version of {project} for {str(requirement.specifier) or 'all'!r}; {which}."
        )
    return _release(f"{project} {version}", files[version], only, nameless)


def _newest(files: dict[Version, list[DistributionPackage]], requirement: Requirement) -> Version | None:
    exact = any(each.operator in ("==", "===") and "*" not in each.version for each in requirement.specifier)
    standing = [version for version, its in files.items() if exact or not all(file.is_yanked for file in its)]
    return max(requirement.specifier.filter(standing), default=None)


def _release(title: str, files: list[DistributionPackage], only: str, missing: list[str]) -> Release:
    wheels = [file for file in files if file.filename.endswith(".whl")]
    fitting = [wheel for wheel in wheels if _is_for_linux(wheel)]
    chosen = [wheel for wheel in fitting if fnmatch.fnmatchcase(wheel.filename, only)]
    if not wheels:
        raise TruewheelError(f"{title} has no wheels, only {', '.join(sorted(file.filename for file in files))}.")
    if not fitting:
        raise TruewheelError(f"{title} has no wheels for Linux, only {len(wheels)} for other systems.")
    if not chosen:
        raise TruewheelError(f"{title} has no wheels for Linux whose names match {only!r}, only {len(fitting)} others.")
    notes = []
    yanked = [wheel for wheel in chosen if wheel.is_yanked]
    for reason in sorted({wheel.yanked_reason or "no reason is given" for wheel in yanked}):
        which = "yanked" if len(yanked) == len(chosen) else f"yanked in part ({len(yanked)} of {len(chosen)} wheels)"
        notes.append(f"{title} was {which}: {reason}")
    by_name = sorted(chosen, key=lambda wheel: wheel.filename)
    return Release(title, tuple(by_name), len(wheels) - len(fitting), tuple(notes), tuple(missing))


def _named(file: DistributionPackage) -> tuple[str, Version] | None:
    """The project and the version in a file's name; none if that is no plain name.

    What is like a wheel's name without being one, or follows a draft, is for the program to judge.
    """
    name = file.filename
    try:
        if _SDIST.fullmatch(name):
            return parse_sdist_filename(name)
        if name.endswith(".whl") and not _WHEEL.fullmatch(name):
            return None
        return canonicalize_name(file.project or ""), Version(file.version or "")
    except (InvalidSdistFilename, InvalidVersion):
        return None


def _is_for_linux(wheel: DistributionPackage) -> bool:
    try:
        _, _, _, tags = parse_wheel_filename(wheel.filename)
    except InvalidWheelFilename:
        return True
    return any(_LINUX.fullmatch(tag.platform) for tag in tags)
