"""`python -m truewheel`: hands over to the program."""

import os
import sys

from truewheel._errors import TruewheelError
from truewheel._find import find_truewheel


def main() -> None:
    """Become the program, with the same arguments."""
    try:
        program = os.fspath(find_truewheel())
    except TruewheelError as error:
        sys.exit(f"truewheel: {error}")
    os.execv(program, [program, *sys.argv[1:]])


if __name__ == "__main__":
    main()
