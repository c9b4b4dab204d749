#!/usr/bin/env python3
"""Compare what the `exports` lines of manylinux-profiles.txt say with real libraries.

usage: exports.py FOLDER

Looks at every file below FOLDER that is called like a library of such a line, whatever release and architecture it is
of, and names what it exports and the line does not (exit status 1 when there is such a name). Of libc.so.6 those are
meant that glibc's lists leave out. Names are read with llvm-nm.
"""
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def records(file):
    """The words of the lines of a table."""
    text = (HERE / file).read_text(encoding='utf-8')
    return [line.split() for line in text.splitlines() if line and not line.startswith('#')]


def exported(library):
    """The names that a library exports and, but for its own, those of the versions that it defines."""
    command = ['llvm-nm', '--dynamic', '--defined-only', '--extern-only', str(library)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    symbols = [words[-1].partition('@') for words in map(str.split, lines) if words[-2] != 'A']
    return {name for name, _, _ in symbols} | {version.strip('@') for _, _, version in symbols if version}


def is_meant(name, words):
    """Whether one of the words of a line stands for a name."""
    return any(name.startswith(word[:-1]) if word.endswith('*') else name == word for word in words)


def main(folder):
    """The exit status."""
    lines = {words[1]: words[2:] for words in records('manylinux-profiles.txt') if words[0] == 'exports'}
    listed = {name for words in records('glibc-symbols.txt') for name in words[3:]}
    listed |= {f'GLIBC_{item.split(":")[0].split("-")[0]}' for words in records('glibc-symbols.txt')
               for item in ','.join(words[1:3]).split(',')} | {'GLIBC_PRIVATE'}
    libraries = sorted(path for path in pathlib.Path(folder).rglob('lib*.so.*') if path.name in lines)
    missing = 0
    for library in libraries:
        known = listed if library.name == 'libc.so.6' else set()
        for name in sorted(exported(library) - known):
            if not is_meant(name, lines[library.name]):
                print(f'{library}: {name}')
                missing += 1
    print(f'{len(libraries)} libraries, {missing} names that no line has')
    return 0 if libraries and not missing else 1


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
