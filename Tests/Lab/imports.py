#!/usr/bin/env python3
"""Import the modules of real wheels in real Pythons, and compare with what the command promises.

usage: imports.py --truewheel PATH [--architecture ARCH…] [--show] [WHEEL…]

Each wheel is unpacked as pip does, with nothing else on the path, for every Python of the laboratory whose pip would
choose it. Where the verdict promises that this glibc loads a module, a refusal of the loader or a crash is a
difference; where it says that this glibc does not, an import is one. What Python says by itself (another package is
missing, an initialization raises) is no word of the loader's: the file alone is loaded then, and the class is counted.
Exit status 1 with differences that differences.tsv does not explain.
"""
import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile
from typing import NamedTuple

import differences
import installed
import interpreters
import loaders
import verdicts
import wheels

PROBE = pathlib.Path(__file__).resolve().parent / 'probe.py'
# What CPython says when the loader has loaded a file and it is no module.
NO_MODULE = 'dynamic module does not define'
IMPORTED, RAISED, MISSING, NO_INIT, DIES, REFUSED, CRASHED, SILENT, OTHER = (
    'imported', 'loaded, its code raises', 'loaded, another package is missing', 'loaded, not a module',
    'loaded, its code dies', 'refused', 'crashed', 'no answer', 'not a module of this Python')
LOADED = (IMPORTED, RAISED, MISSING, NO_INIT, DIES)
WORDS = {True: 'promised', False: 'said to be refused', None: 'nothing promised'}
# Warnings that a file cannot be loaded by itself. A library that no profile has may be there all the same.
OF_THE_WHEEL = ('undefined-symbol', 'missing-version')


class Answer(NamedTuple):
    """What one Python made of one file of a wheel."""

    what: str
    # The loader's words, or Python's.
    said: str


def is_module_file(place):
    with place.open('rb') as file:
        return file.read(4) == b'\x7fELF' and place.name.endswith('.so')


def ask(interpreter, path):
    """{member: Answer} of the extension modules of a wheel in one Python."""
    with tempfile.TemporaryDirectory(dir=interpreter.root, prefix='wheel') as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        site = folder / installed.SITE
        files = {str(place.relative_to(site)): member for member, place in installed.install(path, folder).items()
                 if place.is_relative_to(site) and is_module_file(place)}
        place, answers = interpreter.place(site), {}
        for said in probe(interpreter, path, place, sorted(files)):
            answer = judge(said, f'{place}/{said["file"]}')
            answers[files[said['file']]] = answer._replace(said=answer.said.replace(f'{place}/', ''))
        return answers


def probe(interpreter, path, site, files):
    """What the probe says of each file, in one Python."""
    environment = {'PATH': '/usr/bin:/bin', 'HOME': '/root', 'TMPDIR': '/tmp', 'LANG': 'C.UTF-8',
                   **{key: value for key, value in os.environ.items() if key.startswith('OPENBLAS_')}}
    run = subprocess.run(interpreter.command('-I', '-S', '-B', '-c', PROBE.read_text()), capture_output=True, text=True,
                         input=json.dumps({'site': site, 'files': files}), env=environment)
    if run.returncode:
        sys.exit(f'{interpreter}: {path.name}: {run.stderr.strip()}')
    return [json.loads(line) for line in run.stdout.splitlines()]


def loaders_word(answer):
    """What a loader said, of all that led to an error: (path or None, message), or None."""
    for kind, message, path in answer.get('errors', []):
        if kind == 'ImportError' and path and '.so' in path and not message.startswith((NO_MODULE, 'cannot import')):
            return path, message
        # ctypes: an OSError without a number.
        if kind == 'OSError' and ('.so' in message or 'ELF' in message):
            return None, message
    return None


def judge(said, place):
    """The answer for one file, from what the probe says of it."""
    first, alone, opened = (said.get(key, {}) for key in ('import', 'load', 'open'))
    for answer in (first, alone, opened):
        word = loaders_word(answer)
        if word and (word[0] == place or place in word[1]):
            return Answer(REFUSED, word[1])
    if first.get('done'):
        return Answer(IMPORTED, '') if first['file'] == place else Answer(OTHER, f'{said["name"]} is {first["file"]}')
    dead = next((answer for answer in (alone, first) if 'status' in answer), None)
    if dead is not None:
        signal = dead['status'] & 0x7f
        words = f'signal {signal}: ' + ' '.join(dead['printed'].split())[-300:]
        return Answer(DIES if opened.get('done') else SILENT if signal == 14 else CRASHED, words)
    error = (first or alone).get('errors', [['', 'it is loaded alone', None]])[0]
    words = f'{error[0]}: {error[1]}'
    if any(NO_MODULE in each[1] for each in alone.get('errors', [])):
        return Answer(NO_INIT, words)
    if not said['name']:
        return Answer(OTHER, words)
    is_missing = any(each[0] == 'ModuleNotFoundError' for each in first['errors'])
    return Answer(MISSING if is_missing else RAISED, words)


def promise(report, verdict, glibc):
    """(whether the verdict says that this glibc loads an object: True, False, or None for neither, why)."""
    if any(each['object'] == verdict.object and each['rule'] == 'python-abi' and each['symbol'] is None
           for each in report['findings']):
        return False, 'python-abi'
    for rule, _, message in verdict.doubts:
        return (False if rule in OF_THE_WHEEL else None), f'{rule}: {message}'
    if verdict.promises(glibc):
        return True, ''
    # A library that no profile promises may be there all the same.
    return (False if verdict.floor is not None and verdict.refuses(glibc) else None), str(verdict)


def comes_along(member, said):
    """Whether a file comes with another object of the wheel, which has loaded what it needs."""
    return any(member in each.closure[1:] for path, each in said.items() if path != member)


def difference(promised, why, answer):
    """What differs between a verdict and an answer, or None."""
    if promised is True and answer.what in (REFUSED, CRASHED, SILENT):
        return 'promised'
    if promised is False and answer.what in ((IMPORTED,) if why == 'python-abi' else LOADED):
        return 'said to be refused'
    return None


def compare(truewheel, paths, architectures, show):
    """Imports everything; gives the wheels asked about, the counts of answers, and the differences."""
    counts, found, asked = collections.Counter(), [], set()
    reports = {os.path.basename(path): report for path, report in verdicts.reports(truewheel, paths).items()}
    for path in paths:
        said = verdicts.verdicts(reports[path.name])
        for interpreter in interpreters.interpreters(architectures):
            if not interpreter.takes(path.name):
                continue
            for member, answer in sorted(ask(interpreter, path).items()):
                if member not in said or answer.what != IMPORTED and comes_along(member, said):
                    continue
                promised, why = promise(reports[path.name], said[member], interpreter.glibc)
                counts[WORDS[promised], answer.what] += 1
                asked.add(path.name)
                show('\t'.join([path.name, member, str(interpreter), f'{WORDS[promised]} ({why})', *answer]))
                if kind := difference(promised, why, answer):
                    found.append((interpreter, f'{path.name} {member}: {answer.what}: {answer.said} | {kind} {why}'))
    return asked, counts, found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--truewheel', required=True, help='the built command')
    parser.add_argument('--architecture', nargs='+', default=['x86_64'], choices=loaders.ARCHITECTURES)
    parser.add_argument('--show', action='store_true', help='print every answer')
    parser.add_argument('wheels', nargs='*', type=pathlib.Path, help='wheels; those of the laboratory, if not given')
    options = parser.parse_args()
    show = (lambda line: print(line, flush=True)) if options.show else (lambda line: None)
    asked, counts, found = compare(options.truewheel, options.wheels or wheels.everything(), options.architecture, show)
    for (word, what), count in sorted(counts.items()):
        print(f'{count:6} {word}: {what}')
    rows, used, unexplained = differences.rows('imports'), collections.Counter(), 0
    for interpreter, line in found:
        row = next((row for row in rows if row.explains(line, interpreter)), None)
        used[row] += 1
        unexplained += row is None
        print(f'{"UNEXPLAINED" if row is None else "explained"} [{interpreter}] {line}')
    for row in rows:
        print(f'{used[row]:6} explained by {row.row}: {row.reason}')
    total = sum(counts.values())
    print(f'imports: {total} files of {len(asked)} wheels, {len(found)} differ, {unexplained} unexplained')
    sys.exit(bool(unexplained) or not asked)


if __name__ == '__main__':
    main()
