#!/usr/bin/env python3
"""Show that no wheel costs much, whatever is in it: the worst of every dimension, grown to five megabytes.

usage: hostile.py --truewheel PATH [--only NAME,…] [--sizes MB,…] [--keep FOLDER]
       hostile.py --list
       hostile.py --make FOLDER [--as archive|elf] [--only NAME,…] [--sizes MB,…]

Each wheel must end in a verdict or a refusal, within two seconds of one core and 300 MB. Where the largest ends in a
verdict, a unit of it must cost at most 1.3 times what a unit of a tenth of it does. Dimensions with many findings are
told in every format as well. A dimension ends with the first wheel that fails. Exit status 1 when one does.
--make writes the wheels, or the largest member of each, and measures nothing.
"""
import argparse
import fnmatch
import io
import os
import pathlib
import re
import sys
import tempfile
import zipfile
from typing import NamedTuple

import worst
from measuring import Runner

SIZES = [0.05, 0.5, 1.5, 5.0]
SECONDS, MEGABYTES, STEEPNESS = 2.0, 300, 1.3
# A curve is not seen in what takes less than this beyond the start of the program.
VISIBLE = 0.2
# The largest member that is written as an input.
LARGEST_INPUT = 4 << 20
# A program that goes on is ended: seconds of a processor, kilobytes of address space, blocks of a report.
ENDED_AFTER, ADDRESS_SPACE, REPORT = 10, 6_000_000, 4_000_000
LIMITED = f'ulimit -t {ENDED_AFTER}; ulimit -v {ADDRESS_SPACE}; ulimit -f {REPORT}; out=$1 err=$2; shift 2; ' \
          'exec "$@" >"$out" 2>"$err"'
SIGNALS = {9: f'ended after {ENDED_AFTER} s'}


class Result(NamedTuple):
    seconds: float
    megabytes: float
    report: int
    status: int
    words: str

    @property
    def is_verdict(self):
        return self.status in (0, 1)

    @property
    def summary(self):
        """A verdict begins with what matters, a refusal ends with it."""
        return self.words[:60] if self.status in (0, 1) else self.words[-60:]

    @property
    def problem(self):
        """Why it fails; empty when it does not."""
        if self.status not in (0, 1, 2):
            return 'NO VERDICT'
        over = ['TIME'] if self.seconds > SECONDS else []
        return ' '.join(over + (['MEMORY'] if self.megabytes > MEGABYTES else []))


def grown(make, first, target):
    """How many units give a wheel of at most `target` bytes, and hardly less; the wheel's name and content."""
    count, best = first, None
    for _ in range(8):
        wheel = make(count)
        content = wheel.content()
        if len(content) <= target and (best is None or len(content) >= len(best[2])):
            best = count, wheel.file, content
        if 0.95 * target <= len(content) <= target:
            break
        # What is not in proportion, such as the ends of the archive, is small.
        following = max(1, int(count * 0.98 * target / len(content)))
        if following == count or best and following < best[0]:
            break
        # A wheel that hardly grows is as large as it may be.
        if best and count > 100 * first and len(content) < target / 100:
            break
        count = following
    return best


class Measurement:
    def __init__(self, truewheel, folder):
        self.truewheel, self.folder, self.runner = truewheel, pathlib.Path(folder), Runner(folder)
        self.out, self.err = self.folder / 'out', self.folder / 'err'

    def once(self, *words):
        run = self.runner.run(['sh', '-c', LIMITED, 'sh', self.out, self.err, self.truewheel, *words], range(256))
        said = self.out if run.status in (0, 1) else self.err
        with open(said, encoding='utf-8', errors='replace') as file:
            line = (file.read(10_000).splitlines() or [''])[0]
        if run.status >= 128:
            line = SIGNALS.get(run.status - 128, f'signal {run.status - 128}')
        line = re.sub(r'^(truewheel: )?\S*\.whl: ', '', line)
        return Result(run.cpu, run.kilobytes / 1024, self.out.stat().st_size, run.status, line)

    def best(self, *words, rounds=1):
        """What it takes at least: another program only ever adds to it."""
        result = self.once(*words)
        if SECONDS * 0.8 < result.seconds < SECONDS * 1.5:
            rounds = max(rounds, 3)
        return min([result, *(self.once(*words) for _ in range(rounds - 1))], key=lambda result: result.seconds)

    def start(self):
        wheel = worst.DIMENSIONS['members-of-nothing'][0](1)
        return self.best('check', self.written(wheel.file, wheel.content()), rounds=5).seconds

    def written(self, file, content):
        path = self.folder / file
        path.write_bytes(content)
        return path

    def row(self, *cells):
        print('| ' + ' | '.join(str(cell).replace('|', '\\|') for cell in cells) + ' |', flush=True)

    def dimension(self, name, sizes):
        """Measures the wheels of a dimension; true when all is well."""
        make, first, formats, amount = worst.DIMENSIONS[name]
        runs, start, path, failures = {}, self.start(), None, 0
        for size in sizes:
            made = grown(make, first, size * 1e6)
            if made is None:
                continue
            first, file, content = made
            if path is not None:
                path.unlink()
            path = self.written(file, content)
            result = self.best('check', '--jobs', '1', path)
            runs[size] = amount(first), path, result
            problem = result.problem
            if not problem and self.is_steep(runs, size, start):
                problem = 'STEEP'
            self.row(name, f'{len(content) / 1e6:.2f}', f'{first:,}', f'{result.status} {result.summary}',
                     f'{result.seconds:.2f}', f'{result.megabytes:.0f}', f'{result.report / 1e6:.1f}', problem)
            failures += bool(problem)
            if problem and problem != 'STEEP':
                return False
        for words in self.reports(formats):
            result = self.best(*words, path)
            self.row(f"{name}, {' '.join(words)}", '', '', result.status, f'{result.seconds:.2f}',
                     f'{result.megabytes:.0f}', f'{result.report / 1e6:.1f}', result.problem)
            failures += bool(result.problem)
        return failures == 0

    def reports(self, formats):
        """The other reports of a wheel: all formats where findings abound, and the tree of it."""
        if not formats:
            return
        yield ['show', '--jobs', '1', '--verbose']
        for format in formats:
            yield ['check', '--jobs', '1', '--format', format]
        yield ['tree']

    def is_steep(self, runs, size, start):
        tenth = next((runs[other] for other in runs if abs(other * 10 - size) < 1e-6), None)
        if tenth is None or not runs[size][2].is_verdict or not tenth[2].is_verdict:
            return False

        def cost(result, count):
            return max(result.seconds - start, 0) / count
        if runs[size][2].seconds - start < VISIBLE:
            return False
        return cost(runs[size][2], runs[size][0]) > STEEPNESS * max(cost(tenth[2], tenth[0]), 1e-12)


def make(folder, names, sizes, form):
    """Writes the wheels of dimensions into a folder, or the largest member of each: inputs for other tools."""
    for name in names:
        make, first, *_ = worst.DIMENSIONS[name]
        for size in sizes:
            _, _, content = grown(make, first, size * 1e6) or (0, '', b'')
            if content and form == 'elf':
                archive = zipfile.ZipFile(io.BytesIO(content))
                largest = max(archive.infolist(), key=lambda member: member.file_size)
                content = archive.read(largest) if largest.file_size <= LARGEST_INPUT else b''
            if content:
                (pathlib.Path(folder) / f'{name}-{size}').write_bytes(content)


def main():
    parser = argparse.ArgumentParser(description='Show that no wheel costs much, whatever is in it.')
    parser.add_argument('--truewheel', help='the built command')
    parser.add_argument('--only', default='*', help='dimensions, with commas between them; may be shell patterns')
    parser.add_argument('--list', action='store_true', help='list the dimensions')
    parser.add_argument('--sizes', default=','.join(map(str, SIZES)), help='megabytes of the wheels (%(default)s)')
    parser.add_argument('--make', help='write the wheels into this folder')
    parser.add_argument('--as', dest='form', choices=['archive', 'elf'], default='archive', help='what of them to write')
    parser.add_argument('--keep', help='leave the last wheel of each dimension in this folder')
    arguments = parser.parse_args()
    names = [name for name in worst.DIMENSIONS
             if any(fnmatch.fnmatch(name, pattern) for pattern in arguments.only.split(','))]
    if not names:
        parser.error(f'no dimension is called {arguments.only}')
    if arguments.list:
        print('\n'.join(names))
        return
    sizes = list(map(float, arguments.sizes.split(',')))
    if arguments.make:
        return make(arguments.make, names, sizes, arguments.form)
    if not arguments.truewheel:
        parser.error('--truewheel is needed')
    print(f'load before the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n')
    print('| dimension | wheel, MB | units | what came of it | CPU, s | peak MB | report, MB | over |\n' + '|---' * 8 + '|')
    failed = []
    for name in names:
        with tempfile.TemporaryDirectory() as temporary:
            folder = temporary
            if arguments.keep:
                folder = pathlib.Path(arguments.keep) / name
                folder.mkdir(parents=True, exist_ok=True)
            if not Measurement(arguments.truewheel, folder).dimension(name, sizes):
                failed.append(name)
    print(f"\n{len(names) - len(failed)} of {len(names)} dimensions are bounded"
          + (f"; over: {', '.join(failed)}" if failed else ''))
    sys.exit(bool(failed))


if __name__ == '__main__':
    main()
