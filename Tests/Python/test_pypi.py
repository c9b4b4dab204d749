"""What truewheel says of wheels that installers or PyPI refuse, beside what others say of some of them."""

from __future__ import annotations

import os
import sys

from conftest import PROJECT, Run
from truewheel import find_truewheel

TABLE = PROJECT / "Tests/Conformance/pypi.py"
# One of each kind: to ask an installer takes a second for each.
ASKED = ["plain", "no-record", "no-wheel", "no-metadata", "two-dist-infos", "wheel-version-2.0", "record-lists-more"]


def test_the_table_of_wheels_is_true(run: Run) -> None:
    done = run(sys.executable, TABLE, "--truewheel", find_truewheel(), "--programs", "")
    assert " 0 failures" in done.stdout


def test_other_programs_answer_as_the_table_says(run: Run) -> None:
    others = ["--programs", "pip,twine,check-wheel-contents", "--only", ",".join(ASKED)]
    done = run(os.environ["TRUEWHEEL_TOOLS"], TABLE, "--truewheel", find_truewheel(), *others)
    assert f"{len(ASKED)} wheels" in done.stdout
    assert " 0 failures" in done.stdout
