#!/usr/bin/env python3
"""Compare the symbols that truewheel blames for each symbol version with what readelf says.

usage: blame.py --truewheel PATH [--max-mb N] [--objects N] [--readelf PATH]

Takes whole wheels of the corpus until they hold N objects with version needs. Exit status 1 on any mismatch.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import fetch
import report

# What `readelf -W --dyn-syms -V` prints, in the forms of binutils and of LLVM.
SECTION = re.compile(r"^(Symbol table|Version \w+ section) ")
SYMBOL = re.compile(r'^ *(\d+): .* (?:UND|ABS|COM|\d+) ([^\s@]+)')  # `  22: … UND strlen@GLIBC_2.2.5 (5)`
VERSYM_ROW = re.compile(r'^ +([0-9a-f]+): ')               # `  00c:   1 (*global*)  2 (GLIBCXX_3.4)  3h(X)`
VERSYM_ENTRY = re.compile(r'([0-9a-f]+)h? *\([^)]*\)')
VERNEED_FILE = re.compile(r' File: (\S+) +Cnt: ')
VERNEED_VERSION = re.compile(r' Name: (\S+) +Flags: (.*?) +Version: (\d+)')

# Installers put these folders of a wheel in the place of the wheel's root (binary distribution format, "Spreading").
SPREAD_TO_ROOT = re.compile(r'^[^/]+\.data/(?:platlib|purelib)/')


class Need(NamedTuple):
    """What one object needs a version of a library for."""
    weak: bool
    symbols: set


def parse(output):
    """`{(library, version): Need}` of one object, from the output of readelf."""
    names, versions, needs, by_index = {}, {}, {}, {}
    section = library = None
    for line in output.splitlines():
        if heading := SECTION.match(line):
            section = heading[1]
        elif section == 'Symbol table' and (match := SYMBOL.match(line)):
            names[int(match[1])] = match[2]
        elif section == 'Version symbols section' and (match := VERSYM_ROW.match(line)):
            for offset, index in enumerate(VERSYM_ENTRY.findall(line, match.end())):
                versions[int(match[1], 16) + offset] = int(index, 16)
        elif section == 'Version needs section':
            if match := VERNEED_FILE.search(line):
                library = match[1]
            elif match := VERNEED_VERSION.search(line):
                need = needs.setdefault((library, match[1]), Need('WEAK' in match[2], set()))
                by_index[int(match[3])] = need
    for number, name in names.items():
        if need := by_index.get(versions.get(number)):
            need.symbols.add(name)
    return needs


def read_needs(readelf, path):
    environment = dict(os.environ, LC_ALL='C')
    run = subprocess.run([readelf, '-W', '--dyn-syms', '-V', path], capture_output=True, text=True, env=environment)
    if run.returncode:
        sys.exit(f'{readelf} failed on {path}: {run.stderr.strip()}')
    return parse(run.stdout)


def objects_of(wheel, readelf):
    """`{installed path: {(library, version): Need}}` of the ELF objects of a wheel that need versions."""
    objects = {}
    with zipfile.ZipFile(fetch.corpus() / wheel.file) as archive, tempfile.TemporaryDirectory() as folder:
        files = {}
        for number, member in enumerate(archive.infolist()):
            with archive.open(member) as source:
                if source.read(4) != b'\x7fELF':
                    continue
                files[member.filename] = os.path.join(folder, str(number))
                with open(files[member.filename], 'wb') as copy:
                    copy.write(b'\x7fELF')
                    shutil.copyfileobj(source, copy)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for name, needs in zip(files, pool.map(lambda path: read_needs(readelf, path), files.values())):
                if needs:
                    objects[installed(name)] = needs
    return objects


def installed(path):
    return SPREAD_TO_ROOT.sub('', path)


def architecture(wheel):
    match = re.search(r'linux(?:_\d+_\d+|\d+)_(.+)$', wheel.platform)
    return match[1] if match else 'any'


def in_turn(wheels):
    """The wheels for glibc in an order that only their hashes decide, the architectures taking turns."""
    # musl has no symbol versions: what the objects of a musllinux wheel need versions of, the wheel bundles.
    versioned = [wheel for wheel in wheels if not wheel.platform.startswith('musllinux')]
    queues = {}
    for wheel in sorted(versioned, key=lambda wheel: wheel.sha256):
        queues.setdefault(architecture(wheel), []).append(wheel)
    while queues:
        for name in sorted(queues):
            yield queues[name].pop(0)
            if not queues[name]:
                del queues[name]


def sample(wheels, wanted, readelf):
    """`{wheel: objects}` with at least `wanted` objects that need versions, if there are so many."""
    chosen, count = {}, 0
    for wheel in in_turn(wheels):
        if count >= wanted:
            break
        if objects := objects_of(wheel, readelf):
            chosen[wheel] = objects
            count += len(objects)
    return chosen


def mismatches(audited, objects):
    """Sentences on where the report of one wheel and readelf say different things."""
    if audited['status'] == 'unreadable':
        yield 'is unreadable'
        return
    blamed = {}  # (library, version) -> paths
    for requirement in audited['requirements']:
        if requirement['kind'] != 'symbolVersion':
            continue
        key = requirement['library'], requirement['version']
        paths = set(map(installed, requirement['neededBy']))
        blamed.setdefault(key, set()).update(paths)
        needs = [objects.get(path, {}).get(key) for path in paths]
        for path in (path for path, need in zip(paths, needs) if need is None):
            yield f'{key[1]} of {key[0]}: {path} does not need it'
        ours = set(requirement['symbols'])
        theirs = set().union(*(need.symbols for need in needs if need))
        if ours != theirs:
            yield (f"{key[1]} of {key[0]}: missing: {' '.join(sorted(theirs - ours)) or '-'};"
                   f" surplus: {' '.join(sorted(ours - theirs)) or '-'}")

    # The other way round: a version that an object needs of a library of the platform is somebody's requirement.
    foreign = {finding.get('object') for finding in audited['findings'] if finding['rule'] == 'foreign-architecture'}
    for object in audited['objects']:
        platform = {needed['library'] for needed in object['needed'] if needed['resolution'] == 'platform'}
        for key, need in objects.get(installed(object['path']), {}).items():
            judged = key[0] in platform and not need.weak and object['path'] not in foreign
            if judged and installed(object['path']) not in blamed.get(key, ()):
                yield f"{key[1]} of {key[0]}: {object['path']} needs it and is not blamed"


def main():
    parser = argparse.ArgumentParser(description='Compare the symbols that truewheel blames with readelf.')
    parser.add_argument('--truewheel', required=True, help='the built command')
    parser.add_argument('--max-mb', type=float, default=fetch.DEFAULT_MAX_MB,
                        help='leave out larger wheels (%(default)s)')
    parser.add_argument('--objects', type=int, default=200, help='how many objects to cover (%(default)s)')
    parser.add_argument('--readelf', default=shutil.which('readelf') or shutil.which('llvm-readelf'),
                        help='of binutils or LLVM (%(default)s)')
    arguments = parser.parse_args()
    if not arguments.readelf:
        sys.exit('neither readelf nor llvm-readelf is on the PATH: install binutils or name one with --readelf')

    chosen = sample(fetch.fetch_or_exit(arguments.max_mb, fetch.corpus()), arguments.objects, arguments.readelf)
    audited = report.show(arguments.truewheel, [fetch.corpus() / wheel.file for wheel in chosen])
    failures = []
    for wheel, objects in chosen.items():
        if wheel.file not in audited:
            failures.append(f'{wheel.file}: is missing from the report')
        else:
            failures += [f'{wheel.file}: {sentence}' for sentence in mismatches(audited[wheel.file], objects)]
    for failure in failures:
        print(f'FAILURE: {failure}')
    objects = [needs for wheel in chosen.values() for needs in wheel.values()]
    needs = [need for needs in objects for need in needs.values()]
    print(f'{len(chosen)} wheels, {len(objects)} objects, {len(needs)} version needs with'
          f' {sum(len(need.symbols) for need in needs)} symbols, {len(failures)} failures')
    if len(objects) < arguments.objects:
        print(f'{arguments.objects} objects were asked for: raise --max-mb')
    sys.exit(bool(failures) or len(objects) < arguments.objects)


if __name__ == '__main__':
    main()
