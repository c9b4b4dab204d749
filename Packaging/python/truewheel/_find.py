"""Where the program lies that came with this package."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

from truewheel._errors import TruewheelError

_NAME = "truewheel"


def find_truewheel() -> Path:
    """Find the program `truewheel` that was installed with this package.

    Returns:
        Its path. PATH does not matter: what is there may have another version.

    Raises:
        TruewheelError: There is none where installers put it; the message names the places.
    """
    places = _places()
    for place in places:
        program = place / _NAME
        if program.is_file():
            return program
    raise TruewheelError(
        f"The program {_NAME} was not found in {', '.join(map(str, places))}. Install the package again, with its "
        f"scripts: python -m pip install --force-reinstall {_NAME}"
    )


def _places() -> list[Path]:
    """Where installers put scripts: first the places that belong to where this package lies, then those of Python."""
    packages = Path(__file__).resolve().parent.parent
    places: list[str | Path] = [
        # pip install --target FOLDER: FOLDER/truewheel and FOLDER/bin
        packages / "bin",
        # Also pip install --prefix FOLDER and --user: FOLDER/lib/python3.X/site-packages/truewheel and FOLDER/bin
        *(folder / "bin" for folder in list(packages.parents)[2:3]),
        sysconfig.get_path("scripts"),
        # Of the Python that a virtual environment was made of, whose packages it may see.
        sysconfig.get_path("scripts", vars={"base": sys.base_prefix, "platbase": sys.base_prefix}),
        sysconfig.get_path("scripts", scheme=_user_scheme()),
    ]
    return list(dict.fromkeys(Path(place) for place in places))


def _user_scheme() -> str:
    """The scheme of `pip install --user`; a function gives it from Python 3.10 on."""
    preferred = getattr(sysconfig, "get_preferred_scheme", None)
    return str(preferred("user")) if preferred else "posix_user"
