#!/usr/bin/env python3
"""Compare what truewheel says of a table of wheels with PyPI's own code and with installers.

usage: pypi.py --truewheel PATH [--warehouse CHECKOUT] [--programs pip,uv,installer,twine,check-wheel-contents]
               [--only WHEEL,…] [--write]

Each wheel has one property that is not that of a plain one (pypi/wheels.py). What every program answers stands in
pypi.tsv, and why, where truewheel answers otherwise than PyPI or than the installers; --write writes what they answer
now and leaves the reasons. The programs are those of the Python that runs this; pypi/warehouse.py says what Warehouse
needs besides. Exit status 1 where the table is not true, or a difference has no reason.
"""

import argparse
import contextlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent / "pypi"
sys.path.insert(0, str(HERE))

from wheels import WHEELS  # noqa: E402

TABLE = HERE.parent / "pypi.tsv"
INSTALLERS = ["pip", "uv", "installer"]
LINTERS = ["twine", "check-wheel-contents"]
COLUMNS = ["wheel", "warehouse", *INSTALLERS, *LINTERS, "truewheel", "truewheel-pypi", "why"]
# They stop at a wheel for another platform before they look into it.
OTHER_PLATFORM = ["is not a supported wheel on this platform", "incompatible with the current platform"]


def command(program: str, wheel: Path, folder: str) -> list[str]:
    python = [sys.executable, "-m"]
    quiet = ["--quiet", "--no-deps"]
    return {
        "pip": [*python, "pip", "install", *quiet, "--no-index", "--no-cache-dir", "--disable-pip-version-check"]
        + ["--target", folder, str(wheel)],
        "uv": [*python, "uv", "pip", "install", *quiet, "--offline", "--no-cache", "--python", sys.executable]
        + ["--target", folder, str(wheel)],
        "installer": [*python, "installer", "--destdir", folder, str(wheel)],
        "twine": [*python, "twine", "check", str(wheel)],
        "check-wheel-contents": [*python, "check_wheel_contents", "--no-config", str(wheel)],
    }[program]


def answer(program: str, wheel: Path) -> str:
    """`accepted`, `refused`, or `platform` where the wheel is for another one."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(command(program, wheel, folder), capture_output=True, text=True)
    if done.returncode == 0:
        return "accepted"
    said = " ".join((done.stdout + done.stderr).split())
    return "platform" if any(words in said for words in OTHER_PLATFORM) else "refused"


def own_answers(truewheel: str, folder: Path, options: list[str]) -> dict[str, str]:
    """What truewheel says of the wheels below a folder, by the folders they lie in, and the rules that say so."""
    run = [truewheel, "check", "--isolated", "--format", "json", *options, str(folder)]
    report = json.loads(subprocess.run(run, capture_output=True, text=True).stdout)
    answers = {}
    for wheel in report["wheels"]:
        rules = sorted({f["rule"] for f in wheel["findings"] if f["severity"] == "error"})
        warnings = sorted({f["rule"] for f in wheel["findings"] if f["severity"] == "warning"})
        said = [f"refused ({', '.join(rules)})"] if rules else ["accepted"]
        answers[Path(wheel["path"]).parent.name] = "; ".join(said + [f"warns ({', '.join(warnings)})"] * bool(warnings))
    return answers


def differences(row: dict[str, str]) -> list[str]:
    """Where truewheel answers otherwise than those it is to agree with."""
    found = []
    refuses = [program for program in INSTALLERS if row[program] == "refused"]
    own, upload = (row[column].startswith("refused") for column in ("truewheel", "truewheel-pypi"))
    if own != bool(refuses):
        found.append("installers")
    if upload != (row["warehouse"] == "refused" or own):
        found.append("warehouse")
    if own and row["warehouse"] != "refused":
        found.append("warehouse takes it")
    return found


def read_table() -> dict[str, dict[str, str]]:
    lines = TABLE.read_text().splitlines() if TABLE.exists() else []
    rows = [dict(zip(COLUMNS, line.split("\t"))) for line in lines if line and not line.startswith("#")]
    return {row["wheel"]: row for row in rows if row["wheel"] != "wheel"}


def write_table(rows: dict[str, dict[str, str]], versions: str):
    head = f"# What programs answer of the wheels of pypi/wheels.py, by pypi.py --write: {versions}.\n"
    lines = ["\t".join(row[column] for column in COLUMNS) for row in rows.values()]
    lines.insert(0, "\t".join(COLUMNS))
    TABLE.write_text(head + "\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--truewheel", required=True, help="the built command")
    parser.add_argument("--warehouse", type=Path, help="a checkout of PyPI's sources, to ask it too")
    parser.add_argument("--programs", default=",".join(INSTALLERS + LINTERS), help="those to ask (%(default)s)")
    parser.add_argument("--only", help="these wheels alone")
    parser.add_argument("--write", action="store_true", help="write the table")
    parser.add_argument("--versions", default="", help="what --write says of the versions")
    arguments = parser.parse_args()

    only = arguments.only.split(",") if arguments.only else list(WHEELS)
    programs = [program for program in arguments.programs.split(",") if program]
    warehouse = None
    if arguments.warehouse:
        from warehouse import Warehouse

        warehouse = Warehouse(arguments.warehouse)
    table, failures = read_table(), []
    rows = {}
    with tempfile.TemporaryDirectory() as top:
        for name in only:
            wheel = WHEELS[name]()
            path = Path(top) / name / wheel.name
            path.parent.mkdir()
            path.write_bytes(wheel.bytes())
            row = rows[name] = {column: "-" for column in COLUMNS} | table.get(name, {}) | {"wheel": name}
            for program in programs:
                row[program] = answer(program, path)
            if warehouse:
                with contextlib.redirect_stderr(None):
                    row["warehouse"] = warehouse.answer(path)[0]
        for column, options in (("truewheel", []), ("truewheel-pypi", ["--extend-select", "pypi"])):
            for name, said in own_answers(arguments.truewheel, Path(top), options).items():
                rows[name][column] = said
    for name, row in rows.items():
        found, why = differences(row), row["why"]
        if found and why == "-":
            failures.append(f"{name}: differs ({', '.join(found)}) without a reason: {row}")
        if not found and why != "-":
            failures.append(f"{name}: has a reason, and no difference")
        if not arguments.write and row != table.get(name):
            stated = table.get(name, {})
            changed = [f"{c} says {row[c]}, not {stated.get(c)}" for c in COLUMNS if row[c] != stated.get(c)]
            failures.append(f"{name}: {'; '.join(changed)}")
    if arguments.write:
        write_table(rows, arguments.versions)
    for failure in failures:
        print(f"FAILURE: {failure}")
    explained = sum(row["why"] != "-" for row in rows.values())
    print(f"{len(rows)} wheels, {explained} explained differences, {len(failures)} failures")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
