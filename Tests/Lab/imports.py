#!/usr/bin/env python3
"""Import the modules of real wheels in real Pythons, and compare with what the command promises.

usage: imports.py --truewheel PATH [--architecture ARCH…] [--show] [WHEEL…]

Each wheel is unpacked as pip does, with nothing else on the path, for every Python of the laboratory whose pip would
choose it. Where the verdict promises that this glibc loads a module, a refusal of the loader or a crash is a difference;
where it says that this glibc does not, an import is one. What Python says by itself (another package is missing, an
initialization raises) is no word of the loader's: the file alone is loaded then, and the class is counted. Exit status 1
with differences that differences.tsv does not explain.
"""
import argparse
import collections
import json
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile
from typing import NamedTuple

import interpreters
import wheels

PROBE = pathlib.Path(__file__).resolve().parent / 'probe.py'
# Requirements have ranges; of the other findings these say nothing about loading.
NOT_OF_LOADING = {'purelib-object', 'tag-mismatch', 'tag-improvable', 'linux-tag', 'refused-tag', 'common-soname',
                  'excluded-library', 'weak-version', 'unjudged-object', 'unjudged-tag', 'implausible-tag', 'pure-tag'}
# What CPython says when the loader has loaded a file and it is no module.
NO_MODULE = 'dynamic module does not define'
IMPORTED, RAISED, MISSING, NO_INIT, DIES, REFUSED, CRASHED, SILENT, OTHER = (
    'imported', 'loaded, its code raises', 'loaded, another package is missing', 'loaded, not a module',
    'loaded, its code dies', 'refused', 'crashed', 'no answer', 'not a module of this Python')
LOADED = (IMPORTED, RAISED, MISSING, NO_INIT, DIES)


class Answer(NamedTuple):
    """What one Python made of one file of a wheel."""

    what: str
    # The loader's words, or Python's.
    said: str


def unpack(path, folder, every=False):
    """Puts the members of a wheel where pip puts them; gives {member: place}, of site-packages or of every place."""
    site, places = folder / 'lib/site-packages', {}
    with zipfile.ZipFile(path) as wheel:
        for member in wheel.infolist():
            if member.is_dir():
                continue
            parts = member.filename.split('/')
            target = site / member.filename
            if parts[0].endswith('.data') and len(parts) > 2:
                rest = '/'.join(parts[2:])
                target = {'scripts': folder / 'bin' / rest, 'data': folder / rest}.get(parts[1], site / rest)
            target.parent.mkdir(parents=True, exist_ok=True)
            with wheel.open(member) as source, target.open('wb') as file:
                shutil.copyfileobj(source, file)
            target.chmod(0o755)
            if every or target.is_relative_to(site):
                places[member.filename] = target
    return places


def is_module_file(place):
    with place.open('rb') as file:
        return file.read(4) == b'\x7fELF' and place.name.endswith('.so')


def ask(interpreter, path):
    """{member: Answer} of the extension modules of a wheel in one Python."""
    folder = interpreter.root / 'wheel'
    shutil.rmtree(folder, ignore_errors=True)
    try:
        places = {str(place.relative_to(folder / 'lib/site-packages')): member
                  for member, place in unpack(path, folder).items() if is_module_file(place)}
        site = interpreter.place(folder / 'lib/site-packages')
        environment = {'PATH': '/usr/bin:/bin', 'HOME': '/root', 'TMPDIR': '/tmp', 'LANG': 'C.UTF-8',
                       **{key: value for key, value in os.environ.items() if key.startswith('OPENBLAS_')}}
        run = subprocess.run(
            interpreter.command('-I', '-S', '-B', '-c', PROBE.read_text()),
            input=json.dumps({'site': site, 'files': sorted(places)}), capture_output=True, text=True, env=environment)
        if run.returncode:
            sys.exit(f'{interpreter}: {path.name}: {run.stderr.strip()}')
        answers = {}
        for line in run.stdout.splitlines():
            said = json.loads(line)
            answers[places[said['file']]] = judge(said, f'{site}/{said["file"]}')
        return answers
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
    first, alone = said.get('import', {}), said.get('load', {})
    for answer in (first, alone, said.get('open', {})):
        word = loaders_word(answer)
        if word and (word[0] == place or place in word[1]):
            return Answer(REFUSED, word[1])
    if first.get('done'):
        return Answer(IMPORTED, '') if first['file'] == place else Answer(OTHER, f'{said["name"]} is {first["file"]}')
    if said.get('open', {}).get('done'):
        return Answer(DIES, ' '.join(str(each) for each in (first, alone) if 'status' in each))
    for answer in (alone, first):
        if 'status' in answer:
            number = answer['status'] & 0x7f
            words = ' '.join(answer['printed'].split())[-300:]
            return Answer(SILENT if number == 14 else CRASHED, f'signal {number}: {words}')
    error = (first or alone).get('errors', [['', 'loaded alone', None]])[0]
    words = f'{error[0]}: {error[1]}'
    if NO_MODULE in ' '.join(each[1] for each in alone.get('errors', [])):
        return Answer(NO_INIT, words)
    if not said['name']:
        return Answer(OTHER, words)
    is_missing = any(each[0] == 'ModuleNotFoundError' for each in first['errors'])
    return Answer(MISSING if is_missing else RAISED, words)


class Verdict:
    """What a report says of each object of a wheel."""

    def __init__(self, report):
        self.needed = {each['path']: [need['path'] for need in each['needed'] if need['resolution'] == 'bundled']
                       for each in report['objects']}
        self.requirements, self.findings = report['requirements'], report['findings']

    def closure(self, member):
        found, left = set(), [member]
        while left:
            path = left.pop()
            if path in found or path is None:
                continue
            found.add(path)
            left += self.needed.get(path, [])
        return found

    def of(self, member, glibc):
        """(whether it loads with this glibc: True, False, or None where nothing is promised, why)."""
        if member not in self.needed:
            return None, 'not in the report'
        objects = self.closure(member)
        for each in self.requirements:
            if objects.isdisjoint(each['neededBy']):
                continue
            name = each.get('version') or each.get('library') or each['kind']
            if each['floor'] is None:
                return None, f'{name}: {each["reason"]}'
            if glibc < number(each['floor']):
                return False, f'{name} needs glibc {each["floor"]}'
            if each['ceiling'] is not None and glibc >= number(each['ceiling']):
                return False, f'{name}: refused by glibc {each["ceiling"]}'
        if any(each['object'] == member and each['rule'] == 'python-abi' for each in self.findings):
            return False, 'python-abi'
        for each in self.findings:
            if each['object'] in objects and each['severity'] != 'note' and each['rule'] not in NOT_OF_LOADING \
                    and not self.is_of_requirement(each):
                return None, f'{each["rule"]}: {each["message"]}'
        return True, ''

    def comes_along(self, member):
        """Whether a file is no module and comes with an object that needs it, by way of that object's run path."""
        return any(member in needed for path, needed in self.needed.items() if path != member)

    def is_of_requirement(self, finding):
        """Whether a finding says that a requirement is not met by the claim: its range has been looked at."""
        return any(finding['object'] in each['neededBy'] and finding['version'] == each['version']
                   and finding['library'] == each['library'] for each in self.requirements)


def number(version):
    return tuple(map(int, version.split('.')))


def reports(truewheel, paths):
    """The report of each wheel by its file name."""
    run = subprocess.run([truewheel, 'show', '--isolated', '--format', 'json', *map(str, paths)],
                         stdout=subprocess.PIPE, text=True)
    if run.returncode:
        sys.exit(f'{truewheel} show ended with status {run.returncode}')
    return {os.path.basename(each['file']): each for each in json.loads(run.stdout)['wheels']}


def difference(promised, why, answer):
    """What differs between a verdict and an answer, or None."""
    if promised is True and answer.what in (REFUSED, CRASHED, SILENT):
        return 'promised'
    if promised is False and answer.what in ((IMPORTED,) if why == 'python-abi' else LOADED):
        return 'said to be refused'
    return None


def compare(truewheel, paths, architectures, show=lambda line: None):
    """Imports everything; gives the counts of answers, and the differences: (wheel, object, Python, what, said)."""
    said, counts, found = reports(truewheel, paths), collections.Counter(), []
    asked = set()
    for path in paths:
        tags = path.name.removesuffix('.whl').split('-')[-3:]
        for interpreter in interpreters.interpreters(architectures):
            if not interpreter.takes(tags[0], tags[1]) or 'musllinux' in tags[2] and 'manylinux' not in tags[2] or \
                    not any(tag.endswith(f'_{interpreter.architecture}') for tag in tags[2].split('.')):
                continue
            verdict = Verdict(said[path.name])
            for member, answer in sorted(ask(interpreter, path).items()):
                if answer.what != IMPORTED and verdict.comes_along(member):
                    continue
                promised, why = verdict.of(member, interpreter.glibc)
                word = {True: 'promised', False: 'said to be refused', None: 'nothing promised'}[promised]
                counts[word, answer.what] += 1
                asked.add(path.name)
                show(f'{path.name}\t{member}\t{interpreter}\t{word} ({why})\t{answer.what}\t{answer.said}')
                if kind := difference(promised, why, answer):
                    found.append((path.name, member, str(interpreter), f'{kind} ({why}), {answer.what}', answer.said))
    return asked, counts, found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--truewheel', required=True, help='the built command')
    parser.add_argument('--architecture', nargs='+', default=['x86_64'], choices=interpreters.ARCHITECTURES)
    parser.add_argument('--show', action='store_true', help='print every answer')
    parser.add_argument('wheels', nargs='*', type=pathlib.Path, help='wheels; those of the laboratory, if not given')
    options = parser.parse_args()
    show = (lambda line: print(line, flush=True)) if options.show else (lambda line: None)
    asked, counts, found = compare(options.truewheel, options.wheels or wheels.everything(), options.architecture, show)
    for (word, what), count in sorted(counts.items()):
        print(f'{count:6} {word}: {what}')
    for each in found:
        print('DIFFERS: ' + ' | '.join(each))
    print(f'{sum(counts.values())} files of {len(asked)} wheels, {len(found)} differ')
    sys.exit(bool(found) or not asked)


if __name__ == '__main__':
    main()
