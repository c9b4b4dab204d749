#!/usr/bin/env python3
"""Compares what the command says of objects with what real loaders say of them.

usage: check.py --truewheel COMMAND [--only CHECK,…] [--architecture ARCH,…] [--output FILE] [WHEEL…]

The checks: `fixtures`, every object of Fixtures/objects; `wheels`, every object of the wheels that are there, or of
those that are given; `random`, random objects; `imports`, modules imported in real Pythons; `errors`, whether a loader
confirms each error of real wheels. README.md says more.
Exit status 1 with a difference that differences.tsv does not explain.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

import comparison
import elf
import installed
import loaders
import verdicts
import wheels

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = HERE.parents[1] / 'Fixtures/objects'
OTHERS = {'random': 'random_objects.py', 'imports': 'imports.py', 'errors': 'errors.py'}
# The oldest tag of a libc on an architecture.
TAGS = {'glibc': {'riscv64': 'manylinux_2_31', 'i686': 'manylinux_2_5', 'x86_64': 'manylinux_2_5'}, 'musl': {}}


def tag(libc, architecture):
    default = {'glibc': 'manylinux_2_17', 'musl': 'musllinux_1_2'}[libc]
    return f'{TAGS[libc].get(architecture, default)}_{architecture}'


def fixture_wheels(folder, architectures):
    """A wheel for each object of the fixtures that is loaded or started, under each libc that it may be for."""
    for architecture in architectures:
        home = FIXTURES / architecture
        paths = [path for path in sorted(home.rglob('*')) if path.is_file() and loadable(path, architecture)]
        for path in paths:
            image = elf.Image(path)
            for libc in libcs(image):
                label = path.relative_to(home).as_posix().replace('/', '+').replace('-', '_')
                wheel = folder / libc / f'{label.replace("_", ".")}-1.0-cp39-abi3-{tag(libc, architecture)}.whl'
                wheel.parent.mkdir(exist_ok=True)
                verdicts.pack(wheel, fixture_members(path, paths))
                yield wheel


def loadable(path, architecture):
    return loaders.architecture_of(path) == architecture and elf.Image(path).type in (elf.ET_DYN, elf.ET_EXEC)


def libcs(image):
    """The libcs that an object may be for: the one it is tied to, or both."""
    names = [*image.needed, *filter(None, [image.interpreter])]
    if any('musl' in name or name == 'libc.so' for name in names):
        return ['musl']
    if any(name == 'libc.so.6' or 'ld-linux' in name or 'ld64.so' in name for name in names):
        return ['glibc']
    return ['glibc', 'musl']


def fixture_members(path, paths):
    """{place in the wheel: file}: the object, and each fixture that it needs where its run path leads to."""
    members, todo = {f'pkg/{path.name}': path}, [(path, 'pkg', [])]
    for file, folder, inherited in todo:
        image = elf.Image(file)
        folders = [os.path.normpath(each.replace('${ORIGIN}', folder).replace('$ORIGIN', folder))
                   for each in [*image.run_path, *inherited] if each.startswith('$') and each not in ('$LIB',)]
        folders = [each for each in folders if not each.startswith(('..', '/'))]
        for name in image.needed:
            library = next((each for each in paths if each.name == name and 'bundled' not in each.parts), None)
            if library is not None and folders and f'{folders[0]}/{name}' not in members:
                members[f'{folders[0]}/{name}'] = library
                todo.append((library, folders[0], image.run_path))
    return members


def check_fixtures(options, folder):
    """Every object of the fixtures, in a wheel of its own."""
    found = comparison.Comparison('fixtures', options.show)
    made = list(fixture_wheels(folder, options.architectures))
    compare_wheels(found, options.truewheel, made, folder)
    return found


def check_wheels(options, folder):
    """Every object of real wheels."""
    found = comparison.Comparison('wheels', options.show)
    paths = [path for path in options.wheels or wheels.everything()
             if path.stem.endswith(('any', *options.architectures))]
    compare_wheels(found, options.truewheel, paths, folder)
    return found


def compare_wheels(found, truewheel, paths, folder):
    """Asks the command about wheels, unpacks each, and asks the loaders."""
    for path, report in verdicts.reports(truewheel, paths).items():
        if found.show:
            print(path, flush=True)
        if report['status'] in ('unreadable', 'skipped'):
            found.counts[f'wheels {report["status"]}'] += 1
            continue
        found.counts['wheels'] += 1
        with tempfile.TemporaryDirectory(dir=folder) as name:
            places = installed.install(path, pathlib.Path(name))
            comparison.ask(found, report, places, folder)


def run_other(script, *words):
    """Runs a check that is a program of its own; gives whether it found nothing."""
    return subprocess.run([sys.executable, str(HERE / script), *words]).returncode == 0


def print_summary(found, is_whole):
    words = ['asked', *comparison.OUTCOMES]
    print(f'{found.check}: ' + ', '.join(f'{found.counts[word]} {word}' for word in words))
    for name, count in sorted(found.classes.items()):
        print(f'  {count:6} {name}')
    for word, count in sorted(found.counts.items()):
        if word.startswith(('not asked', 'wheels', 'asked with')):
            print(f'  {count:6} {word}')
    for row, count in found.used.items():
        print(f'  {count:6} explained by {row.row}: {row.reason}')
    for row in found.unused if is_whole else ():
        print(f'  a row that explains nothing: {row.pattern.pattern}')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--truewheel', required=True, type=pathlib.Path, help='the built command')
    parser.add_argument('--only', default='fixtures,wheels,random,imports,errors', help='checks, separated by commas')
    parser.add_argument('--architecture', default=','.join(loaders.ARCHITECTURES), help='separated by commas')
    parser.add_argument('--output', type=pathlib.Path, default=pathlib.Path('.build/lab-differences.tsv'))
    parser.add_argument('--show', action='store_true', help='print each wheel, and each difference as it is found')
    parser.add_argument('wheels', nargs='*', type=pathlib.Path)
    options = parser.parse_args()
    options.architectures = options.architecture.split(',')
    if not loaders.loaders():
        sys.exit(f'{loaders.LAB} has no loaders: run make lab')
    fails, lines = False, []
    with tempfile.TemporaryDirectory() as name:
        for check in options.only.split(','):
            if check in OTHERS:
                fails |= not run_other(OTHERS[check], '--truewheel', str(options.truewheel))
                continue
            folder = pathlib.Path(name, check)
            folder.mkdir()
            found = {'fixtures': check_fixtures, 'wheels': check_wheels}[check](options, folder)
            print_summary(found, not options.wheels and options.architectures == list(loaders.ARCHITECTURES))
            lines += map(str, found.differences)
            fails |= bool(found.counts[comparison.UNEXPLAINED]) or not found.counts['asked']
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(''.join(f'{line}\n' for line in lines))
    for line in lines:
        if 'UNEXPLAINED' in line:
            print(line)
    sys.exit(fails)


if __name__ == '__main__':
    main()
