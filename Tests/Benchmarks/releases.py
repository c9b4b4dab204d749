#!/usr/bin/env python3
"""Measure what the builds of a release cost in one run, in which what they share is read once.

usage: releases.py --truewheel PATH [--runs N]

Four builds for x86_64 of each release are downloaded through pip into ~/.cache/truewheel/releases. All programs run in
turn, round after round. Prints medians of processor time as ratios of the limit program's, which inflates everything
(limit.c): with one job, in one run and each build in a run of its own, with a cache that is empty at first and with one
that is full.
"""
import argparse
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile

from measuring import HERE, Runner, build, cpu

sys.path.insert(0, str(HERE.parent / 'Conformance'))
import fetch  # noqa: E402

RELEASES = ['numpy==2.4.6', 'scipy==1.17.1', 'pillow==13.0.0']
PYTHONS = ['311', '312', '313', '314']
PLATFORMS = ['manylinux_2_27_x86_64', 'manylinux_2_28_x86_64']
HEADERS = ['four builds of', 'ELF MB', 'distinct', 'in one run', 'one by one', 'cold cache', 'warm cache', 'peak MB']


def builds(release, folder):
    """The four wheels of a release, which pip downloads unless they are there."""
    name, version = release.split('==')
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for python in PYTHONS:
        pattern = f'{name}-{version}-cp{python}-*x86_64.whl'
        if not list(folder.glob(pattern)):
            platforms = [word for platform in PLATFORMS for word in ('--platform', platform)]
            subprocess.run(
                [sys.executable, '-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps',
                 '--only-binary=:all:', '--implementation', 'cp', '--python-version', python, *platforms,
                 '--dest', folder, release], check=True)
        found += folder.glob(pattern)
    return sorted(found)


def distinct(wheels):
    """Bytes of the ELF members of some wheels, and the share of them that is distinct."""
    total, seen = 0, {}
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as member:
                    if member.read(4) != b'\x7fELF':
                        continue
                total += entry.file_size
                seen[entry.file_size, entry.compress_size, entry.CRC] = entry.file_size
    return total, sum(seen.values()) / total


def main():
    parser = argparse.ArgumentParser(description='Measure what the builds of a release cost in one run.')
    parser.add_argument('--truewheel', required=True, help='the built command')
    parser.add_argument('--runs', type=int, default=11, help='rounds (%(default)s)')
    arguments = parser.parse_args()
    print(f"| {' | '.join(HEADERS)} |\n{'|---' * len(HEADERS)}|")
    with tempfile.TemporaryDirectory() as folder:
        limit = build('limit', folder, 'isal', 'zip', 'pthread')
        runner = Runner(folder)
        check = [arguments.truewheel, 'check', '--isolated', '--jobs', '1']
        for release in RELEASES:
            wheels = builds(release, fetch.corpus().parent / 'releases')
            cold, warm = pathlib.Path(folder) / 'cold', pathlib.Path(folder) / 'warm'
            runner.run([*check, '--cache', warm, *wheels], (0, 1))
            runs = {'limit': [], 'one run': [], 'one by one': [], 'cold': [], 'warm': []}
            for _ in range(arguments.runs + 1):
                runs['limit'].append(runner.run([limit, 1, *wheels]))
                runs['one run'].append(runner.run([*check, *wheels], (0, 1)))
                alone = [runner.run([*check, wheel], (0, 1)) for wheel in wheels]
                runs['one by one'].append(alone[0]._replace(cpu=sum(run.cpu for run in alone)))
                shutil.rmtree(cold, ignore_errors=True)
                runs['cold'].append(runner.run([*check, '--cache', cold, *wheels], (0, 1)))
                runs['warm'].append(runner.run([*check, '--cache', warm, *wheels], (0, 1)))
            # Of the first round files came from the disk.
            runs = {name: results[1:] for name, results in runs.items()}
            total, share = distinct(wheels)
            ratios = [f'{cpu(results) / cpu(runs["limit"]):.2f}' for name, results in runs.items() if name != 'limit']
            peak = statistics.median(run.kilobytes for run in runs['one run']) / 1024
            print(f"| {release} | {total / 1e6:.1f} | {share:.2f} | {' | '.join(ratios)} | {peak:.0f} |", flush=True)
            shutil.rmtree(warm)


if __name__ == '__main__':
    main()
