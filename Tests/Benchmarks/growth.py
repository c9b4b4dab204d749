#!/usr/bin/env python3
"""Show what the cost of an audit grows with: the bytes of ELF members, and nothing faster than in proportion.

usage: growth.py --truewheel PATH [--runs N]

Each series multiplies one thing and prints the processor time per unit, the start of the program taken off. A series is
flat when a unit of the largest takes at most 1.3 times what a unit of a tenth of it does. Exit status 1 when one is not.
"""
import argparse
import os
import pathlib
import sys
import tempfile
import zipfile

import elf
from measuring import HERE, Runner, build, cpu

sys.path.insert(0, str(HERE.parent / 'Conformance'))
import fetch  # noqa: E402

COPIED = ['markupsafe-3.0.4-cp312-cp312-manylinux2014_aarch64', 'cryptography-50.0.2-cp311-abi3-manylinux_2_34_x86_64',
          'numpy-2.4.6-']
COPIES = [1, 3, 10]
MEMBERS = [10_000, 30_000, 100_000]
SYMBOLS = [1_000, 10_000, 100_000, 1_000_000]
TOLERANCE = 1.3
METADATA = 'Wheel-Version: 1.0\nGenerator: growth\nRoot-Is-Purelib: false\nTag: py3-none-{}\n'


class Growth:
    def __init__(self, truewheel, rounds, folder):
        self.truewheel, self.rounds, self.folder = truewheel, rounds, pathlib.Path(folder)
        self.runner, self.limit = Runner(folder), build('limit', folder, 'isal', 'zip', 'pthread')
        self.nothing = [self.wheel('nothing', {'bench/__init__.py': b''})]
        self.is_flat = True

    def wheel(self, name, members, platform='manylinux_2_17_x86_64'):
        path = self.folder / f'{name}-1-py3-none-{platform}.whl'
        with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for member, content in members.items():
                archive.writestr(member, content)
            archive.writestr(f'{name}-1.dist-info/WHEEL', METADATA.format(platform))
        return path

    def series(self, title, unit, cases):
        """Prints a table; a case is (what it is called, its size, units in all, its wheels, wheels of the same without)."""
        commands = {}
        for name, _, _, wheels, without in cases:
            commands[name] = ([self.truewheel, 'check', '--jobs', '1', *wheels], (0, 1))
            commands[name, 'without'] = ([self.truewheel, 'check', '--jobs', '1', *without], (0, 1))
            commands[name, 'limit'] = ([self.limit, 1, *wheels],)
        results = self.runner.in_turn(commands, self.rounds)
        print(f'\n### {title}\n\n| | CPU, ms | less start, ms | µs per {unit} | limit, ms | peak MB |\n{"|---" * 6}|')
        costs = {}
        for name, size, units, _, _ in cases:
            cost = cpu(results[name]) - cpu(results[name, 'without'])
            costs[size] = cost / units
            print(f"| {name} | {cpu(results[name]) * 1e3:.1f} | {cost * 1e3:.1f} | {costs[size] * 1e6:.3f}"
                  f" | {cpu(results[name, 'limit']) * 1e3:.1f}"
                  f' | {max(run.kilobytes for run in results[name]) / 1024:.0f} |')
        largest, tenth = costs[max(costs)], costs[max(costs) // 10]
        ratio = largest / tenth if tenth > 0 else float('inf')
        self.is_flat &= ratio <= TOLERANCE
        print(f"\n{'flat' if ratio <= TOLERANCE else 'NOT FLAT'}: a unit of the largest takes {ratio:.2f} of what one of a"
              ' tenth of it does', flush=True)

    def copies(self):
        pinned = [wheel for name in COPIED for wheel in fetch.manifest() if wheel.file.startswith(name)]
        for file, problem in fetch.fetch(pinned, fetch.corpus()):
            sys.exit(f'{file}: {problem}')
        links = []
        for number in range(max(COPIES)):
            for wheel in pinned:
                links.append(self.folder / f'copy{number}{wheel.file}')
                links[-1].symlink_to(fetch.corpus() / wheel.file)
        self.series('copies of the same three wheels', 'copy', [
            (f'× {count}', count, count, links[:count * len(pinned)], self.nothing) for count in COPIES])

    def members(self):
        cases = []
        for count in MEMBERS:
            members = {f'bench/part{number // 100:04d}/file{number:06d}.py': b'value = %d\n' % number * 20
                       for number in range(count)}
            cases.append((f'{count:,} members', count, count, [self.wheel(f'members{count}', members)], self.nothing))
        self.series('small members that are not ELF', 'member', cases)

    def symbols(self, libc, platform, **options):
        """As many symbols in all, in fewer and larger objects; without them the same objects are empty."""
        cases = []
        empty = elf.shared_object(2, **options)
        for count in SYMBOLS:
            content = elf.shared_object(count, **options)
            names = [f'bench/unit{number:04d}.so' for number in range(max(SYMBOLS) // count)]
            cases.append((f'{len(names):,} × {count:,} symbols', count, max(SYMBOLS),
                          [self.wheel(f'{libc}{count}', dict.fromkeys(names, content), platform)],
                          [self.wheel(f'{libc}{count}empty', dict.fromkeys(names, empty), platform)]))
        self.series(f'dynamic symbols of {libc} objects', 'symbol', cases)


def main():
    parser = argparse.ArgumentParser(description='Show what the cost of an audit grows with.')
    parser.add_argument('--truewheel', required=True, help='the built command')
    parser.add_argument('--runs', type=int, default=7, help='rounds (%(default)s)')
    arguments = parser.parse_args()
    print(f'load before the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores')
    with tempfile.TemporaryDirectory() as folder:
        growth = Growth(arguments.truewheel, arguments.runs, folder)
        growth.copies()
        growth.members()
        growth.symbols('glibc', 'manylinux_2_17_x86_64')
        growth.symbols('musl', 'musllinux_1_2_x86_64', libc_name='libc.musl-x86_64.so.1', version=None)
    sys.exit(not growth.is_flat)


if __name__ == '__main__':
    main()
