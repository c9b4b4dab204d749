#!/usr/bin/env python3
"""Look at every error that the command finds in real wheels: does a loader that the claim promises refuse the object?

usage: errors.py --truewheel PATH [--show] [WHEEL…]

Each object with an error is opened, or started if it is a program, by all loaders of the laboratory for its
architecture that the tag promises, in its wheel as pip unpacks it, with a library that defines what the interpreter
would. An error is confirmed where one of them refuses the object and names what the finding names. Every other error
has to stand in errors.tsv with the reason why it is right all the same; every row there has to be needed. Exit status 1
otherwise. How often each rule speaks is printed too.
"""
import argparse
import collections
import fnmatch
import functools
import pathlib
import re
import sys
import tempfile
from typing import NamedTuple

import comparison
import installed
import loaders
import stubs
import verdicts
import wheels

TABLE = pathlib.Path(__file__).resolve().parent / 'errors.tsv'
# The glibc that a legacy tag promises.
ALIASES = {'manylinux1': (2, 5), 'manylinux2010': (2, 12), 'manylinux2014': (2, 17)}
# Rules of which a loader names the library, the version or the symbol.
NAMING = ('external-library', 'platform-library', 'symbol-version', 'missing-version', 'unversioned-symbol',
          'musl-symbol', 'glibc-symbol', 'restricted-symbol', 'unreachable-library', 'undefined-symbol')


class Row(NamedTuple):
    """One line of errors.tsv. Wheel and object are patterns."""

    wheel: str
    rule: str
    object: str
    reason: str

    def explains(self, error):
        return self.rule == error.rule and fnmatch.fnmatchcase(error.wheel, self.wheel) \
            and fnmatch.fnmatchcase(error.object or '-', self.object)


class Error(NamedTuple):
    """What one rule finds in one object under one tag: the names in its findings, and the first one's message."""

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
    for (path, rule, tag), every in sorted(found.items(), key=str):
        names = {each[key] for each in every for key in ('library', 'version', 'symbol') if each[key]}
        yield Error(report['file'], path, rule, tag, frozenset(names), every[0]['message'])


def promised(tag):
    """The libc and the version that a platform tag promises, or None."""
    if match := re.match(r'(many|musl)linux_(\d+)_(\d+)_', tag or ''):
        return {'many': 'glibc', 'musl': 'musl'}[match[1]], (int(match[2]), int(match[3]))
    name = (tag or '').partition('_')[0]
    return ('glibc', ALIASES[name]) if name in ALIASES else None


def confirms(said, error):
    """Whether a loader refuses the object, and for what the findings are about."""
    if said in (loaders.LOADS, loaders.STARTS):
        return False
    if error.rule in NAMING:
        return any(name in said for name in error.names)
    # Where something else is missing the loader did not come that far.
    return not re.search(r'cannot open shared object|Error loading shared library|version `|undefined symbol', said)


def ask(errors, report, path, folder):
    """{error: what the promised loaders say of its object}, by the name of each loader."""
    said = {error: {} for error in errors}
    with tempfile.TemporaryDirectory(dir=folder) as name:
        places = installed.install(path, pathlib.Path(name))
        images = comparison.images_of(report, places)
        names = stubs.interpreter_names(images.values())
        interpreter = functools.cache(lambda loader: stubs.interpreter(loader, names, folder))
        beside = functools.cache(lambda loader: stubs.beside(loader, report, images, folder))
        for error in errors:
            if error.object not in images or promised(error.tag) is None:
                continue
            place, (libc, version) = places[error.object], promised(error.tag)
            for loader in loaders.loaders(loaders.architecture_of(place), libc):
                if loader.version < version:
                    continue
                if images[error.object].is_program:
                    words = loader.start(place, beside=beside(loader))
                else:
                    words = loader.load([place], first=[interpreter(loader)], beside=beside(loader))[str(place)]
                said[error][str(loader)] = ' '.join(words.replace(name, '').split())
    return said


def answers(reports):
    """Each error of the reports, with what loaders say of its object."""
    with tempfile.TemporaryDirectory() as name:
        for path, report in reports.items():
            if errors := list(errors_of(report)):
                yield from ask(errors, report, pathlib.Path(path), pathlib.Path(name)).items()


def print_rules(reports):
    """How often each rule speaks, and of how many wheels."""
    counts, of = collections.Counter(), collections.defaultdict(set)
    for report in reports:
        for each in report['findings']:
            counts[each['severity'], each['rule']] += 1
            of[each['severity'], each['rule']].add(report['file'])
    for key, count in sorted(counts.items()):
        print(f'{count:6} findings of {len(of[key]):3} wheels: {key[0]} {key[1]}')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--truewheel', required=True, help='the built command')
    parser.add_argument('--show', action='store_true', help='print what the loaders say of each error')
    parser.add_argument('wheels', nargs='*', type=pathlib.Path, help='wheels; those of the laboratory, if not given')
    options = parser.parse_args()
    rows, failures = read_table()
    reports = verdicts.reports(options.truewheel, options.wheels or wheels.everything())
    print_rules(reports.values())
    counts, used = collections.Counter(), set()
    for error, said in answers(reports):
        fitting = [row for row in rows if row.explains(error)]
        how = 'explained' if fitting else 'UNEXPLAINED'
        if any(confirms(words, error) for words in said.values()):
            how = 'confirmed'
        else:
            used.update(fitting)
        counts[how] += 1
        words = '; '.join(f'{loader}: {each}' for loader, each in said.items()) or 'no loader is asked'
        if how == 'UNEXPLAINED' or options.show:
            print(how, *error[:4], error.message, words, sep='\t', flush=True)
    if not options.wheels:
        failures += [f'{TABLE.name}: no error needs {row.wheel} {row.rule} {row.object}' for row in rows
                     if row not in used]
    for failure in failures:
        print(f'FAILURE: {failure}')
    print(f"errors: {sum(counts.values())} errors of {len(reports)} wheels, {counts['confirmed']} confirmed by a"
          f" loader, {counts['explained']} explained, {counts['UNEXPLAINED']} unexplained")
    sys.exit(bool(failures) or bool(counts['UNEXPLAINED']) or not reports)


if __name__ == '__main__':
    main()
