#!/usr/bin/env python3
"""Write python-symbols.txt: which Pythons export the names that CPython's stable ABI does not have, or not yet.

usage: python.py PROGRAM…

PROGRAM is an interpreter, or its shared library where the program has no names of its own, called like its version
(python3.9, libpython3.9.so.1.0): those that `Tests/Lab/interpreters.py` unpacks. Names are read with llvm-nm.
"""
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent

HEADER = """\
# Which Pythons export the names of the C API that the stable ABI does not have, or did not have yet.
#
# Read by python.py from Debian's interpreters for x86_64: 3.9.2, 3.11.2, 3.13.5, 3.14.10 and 3.15.2, with a lock.
#
# As of 2026-10.
#
#   NAME MINOR…                  the minor versions of Python 3 that export it, in the order of the names' bytes
#
# The name Py is no symbol: its line says which versions were looked at.
#
"""


def stable():
    """{name: the minor version that took it in} of the stable ABI."""
    text = (HERE / 'stable-abi.txt').read_text(encoding='utf-8')
    lines = [line.split() for line in text.splitlines() if line and not line.startswith('#')]
    return {name: int(minor) for name, minor in lines}


def exported(program):
    """The names of the C API that a program exports."""
    run = subprocess.run(['llvm-nm', '-D', '--defined-only', '--format=just-symbols', program], check=True,
                         capture_output=True, text=True)
    names = (line.partition('@')[0] for line in run.stdout.splitlines())
    return {name for name in names if name.startswith(('Py', '_Py'))}


def main(programs):
    if not programs:
        sys.exit(__doc__.strip())
    taken, found = stable(), {}
    for program in programs:
        match = re.search(r'python3\.(\d+)', pathlib.Path(program).name)
        if not match:
            sys.exit(f'{program}: a file is called like its version, python3.9')
        minor = int(match[1])
        found.setdefault('Py', set()).add(minor)
        for name in exported(program):
            if minor < taken.get(name, sys.maxsize):
                found.setdefault(name, set()).add(minor)
    lines = [' '.join([name, *map(str, sorted(found[name]))]) for name in sorted(found)]
    (HERE / 'python-symbols.txt').write_text(HEADER + '\n'.join(lines) + '\n', encoding='utf-8')


if __name__ == '__main__':
    main(sys.argv[1:])
