#!/usr/bin/env python3
"""Look at every error that the command finds in real wheels: does a loader that the claim promises refuse the object?

usage: errors.py --truewheel PATH [--show] [WHEEL…]

Each object with an error is opened, or started if it is a program, by all loaders of the laboratory for its
architecture that the tag promises, in its wheel as pip unpacks it, with a library that defines what the interpreter
would. An error is confirmed where one of them refuses the object and names what the finding names. Every other error has
to stand in errors.tsv with the reason why it is right all the same; every row there has to be needed. Exit status 1
otherwise. How often each rule speaks is printed too.
"""
import argparse
import collections
import fnmatch
import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
from typing import NamedTuple

import imports
import loaders
import wheels

TABLE = pathlib.Path(__file__).resolve().parent / 'errors.tsv'
# What a tag promises beside glibc's own number.
ALIASES = {'manylinux1': (2, 5), 'manylinux2010': (2, 12), 'manylinux2014': (2, 17)}


class Row(NamedTuple):
    """One line of errors.tsv. Wheel and object are patterns."""

    wheel: str
    rule: str
    object: str
    reason: str


class Error(NamedTuple):
    """What one rule finds in one object under one tag: the names in its findings."""

    wheel: str
    object: str | None
    rule: str
    tag: str | None
    names: frozenset
    message: str


def read_table():
    """The rows of errors.tsv, and what is wrong with it."""
    rows, problems = [], []
    for number, line in enumerate(TABLE.read_text().splitlines(), 1):
        if not line or line.startswith('#'):
            continue
        fields = line.split('\t')
        if len(fields) != len(Row._fields) or not all(map(str.strip, fields)):
            problems.append(f'{TABLE.name}:{number}: not {len(Row._fields)} tab-separated fields, all of them filled')
        else:
            rows.append(Row(*fields))
    return rows, problems


def errors_of(report):
    """The errors of one report, those of one rule in one object taken together for each tag."""
    found = collections.defaultdict(list)
    for each in report['findings']:
        if each['severity'] == 'error':
            found[each['object'], each['rule'], each['tag']].append(each)
    for (path, rule, tag), all_ in sorted(found.items(), key=str):
        names = {each[key] for each in all_ for key in ('library', 'version', 'symbol') if each[key]}
        yield Error(report['file'], path, rule, tag, frozenset(names), all_[0]['message'])


def promised(tag):
    """The libc and the version that a platform tag promises, or None."""
    if tag is None:
        return None
    if match := re.match(r'(many|musl)linux_(\d+)_(\d+)_', tag):
        return {'many': 'glibc', 'musl': 'musl'}[match[1]], (int(match[2]), int(match[3]))
    name = tag.split('_')[0]
    return ('glibc', ALIASES[name]) if name in ALIASES else None


def is_program(path):
    """Whether an object has a loader of its own, and is no library that can be started as well."""
    data = path.read_bytes()[:65536]
    if '.so' in path.name or len(data) < 64:
        return False
    wide, order = data[4] == 2, '<' if data[5] == 1 else '>'
    table, = struct.unpack_from(f'{order}Q' if wide else f'{order}I', data, 32 if wide else 28)
    size, count = struct.unpack_from(f'{order}HH', data, 54 if wide else 42)
    places = [table + index * size for index in range(count) if table + (index + 1) * size <= len(data)]
    return any(struct.unpack_from(f'{order}I', data, place)[0] == 3 for place in places)


def interpreter_stub(architecture, paths, folder):
    """A library that defines what objects want of an interpreter."""
    said = subprocess.run(['nm', '--dynamic', '--undefined-only', '--format=just-symbols', *map(str, paths)],
                          capture_output=True, text=True).stdout
    names = sorted({name.partition('@')[0] for name in said.split() if re.match(r'_?Py\w*$', name.partition('@')[0])})
    source, made = folder / f'stub-{architecture}.c', folder / f'stub-{architecture}.so'
    source.write_text('\n'.join(f'char {name}[64];' for name in names) + '\n')
    subprocess.run(['clang', f'--target={loaders.ARCHITECTURES[architecture].target}', '-fuse-ld=lld', '-nostdlib', '-w',
                    '-shared', '-fPIC', str(source), '-o', str(made)], check=True)
    return made


def names_it(error, said):
    """Whether the loader's words are about what the findings are about."""
    if said in (loaders.LOADS, loaders.STARTS):
        return False
    if error.rule in ('external-library', 'platform-library', 'symbol-version', 'missing-version', 'unversioned-symbol',
                      'musl-symbol', 'glibc-symbol', 'restricted-symbol', 'unreachable-library'):
        return any(name in said for name in error.names)
    # Something else is missing, so the loader did not come that far.
    return not re.search(r'cannot open shared object|Error loading shared library|version `|undefined symbol', said)


def ask(errors, path):
    """{error: what the promised loaders say of its object}, by the name of each loader."""
    said = {}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        places = imports.unpack(path, folder / 'wheel', every=True)
        of = collections.defaultdict(list)
        for error in errors:
            said[error] = {}
            if error.object and promised(error.tag) and (place := places.get(error.object)):
                of[loaders.architecture_of(place)].append((error, place))
        for architecture, asked in of.items():
            if architecture is None:
                continue
            stub = interpreter_stub(architecture, {place for _, place in asked}, folder)
            for loader in loaders.loaders(architecture):
                mine = [(error, place) for error, place in asked if promised(error.tag)[0] == loader.libc
                        and promised(error.tag)[1] <= loader.version]
                opened = loader.load(sorted({place for _, place in mine if not is_program(place)}), first=[stub])
                started = loader.start_all(sorted({place for _, place in mine if is_program(place)}))
                for error, place in mine:
                    said[error][str(loader)] = {**opened, **started}[str(place)].replace(f'{folder}/wheel', '')
    return said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--truewheel', required=True, help='the built command')
    parser.add_argument('--show', action='store_true', help='print what the loaders say of each error')
    parser.add_argument('wheels', nargs='*', type=pathlib.Path, help='wheels; those of the laboratory, if not given')
    options = parser.parse_args()
    rows, failures = read_table()
    paths = options.wheels or wheels.everything()
    reports = imports.reports(options.truewheel, paths)
    print_rules(reports.values())
    counts, used = collections.Counter(), set()
    for path in paths:
        errors = list(errors_of(reports[path.name]))
        for error, said in (ask(errors, path) if errors else {}).items():
            confirmed = any(names_it(error, words) for words in said.values())
            fitting = [row for row in rows if row.rule == error.rule and fnmatch.fnmatchcase(error.wheel, row.wheel)
                       and fnmatch.fnmatchcase(error.object or '-', row.object)]
            counts['confirmed' if confirmed else 'explained' if fitting else 'unexplained'] += 1
            if not confirmed:
                used.update(fitting)
            words = '; '.join(f'{loader}: {each}' for loader, each in said.items()) or 'no loader is asked'
            if not confirmed and not fitting:
                failures.append(f'{error.wheel} {error.object} {error.rule} {error.tag}: {error.message}\n      {words}')
            if options.show:
                print(f'{error.wheel}\t{error.object}\t{error.rule}\t{error.tag}\t{confirmed}\t{error.message}\t{words}')
    if not options.wheels:
        failures += [f'{TABLE.name}: no error needs {row.wheel} {row.rule} {row.object}' for row in rows
                     if row not in used]
    for failure in failures:
        print(f'FAILURE: {failure}')
    total = sum(counts.values())
    print(f"{len(paths)} wheels, {total} errors, {counts['confirmed']} confirmed by a loader, {counts['explained']}"
          f" explained, {counts['unexplained']} unexplained, {len(failures)} failures")
    sys.exit(bool(failures) or not paths)


def print_rules(reports):
    """How often each rule speaks, and of how many wheels."""
    counts, of = collections.Counter(), collections.defaultdict(set)
    for report in reports:
        for each in report['findings']:
            key = each['severity'], each['rule']
            counts[key] += 1
            of[key].add(report['file'])
    for key, count in sorted(counts.items()):
        print(f'{count:6} findings of {len(of[key]):3} wheels: {key[0]} {key[1]}')


if __name__ == '__main__':
    main()
