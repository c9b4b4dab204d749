#!/usr/bin/env python3
"""Measure what a small wheel costs among many: usage: small.py --truewheel PATH [--other PATH] [--wheels N] [--rounds N]

Makes folders of N and 2N hard links to the small wheels of the corpus. Prints what one more wheel costs one or two builds
of the command, in instructions where valgrind is there (callgrind; they do not depend on what else the machine does) and
in time of the processor, and how many times as fast two jobs are as one, which wants a machine that does nothing else.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from measuring import HERE, Runner, cpu, median

sys.path.insert(0, str(HERE.parent / 'Conformance'))
import fetch  # noqa: E402

SMALL = ('markupsafe-', 'orjson-')
# Wheels that callgrind follows: it takes some fifty times as long.
FOLLOWED = 120


def links(wheels, folder, count):
    """A folder with so many hard links to wheels, each as often as the others."""
    for number in range(count):
        wheel = wheels[number % len(wheels)]
        place = folder / f'{number // len(wheels):06}'
        place.mkdir(parents=True, exist_ok=True)
        os.link(wheel, place / wheel.name)
    return folder


def instructions(command, folder):
    """Instructions of a run; debugging information goes first, which callgrind cannot read of a static Swift program."""
    stripped = folder / 'stripped'
    subprocess.run(['strip', '-o', stripped, command[0]], check=True)
    said = subprocess.run(['valgrind', '--tool=callgrind', f'--callgrind-out-file={folder}/callgrind', stripped,
                           *command[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True).stderr
    return int(re.search(r'Collected : (\d+)', said)[1])


def main():
    parser = argparse.ArgumentParser(description='Measure what a small wheel costs among many.')
    parser.add_argument('--truewheel', required=True, type=pathlib.Path, help='the built command')
    parser.add_argument('--other', type=pathlib.Path, help='another build, to compare with')
    parser.add_argument('--wheels', type=int, default=3000, help='wheels of the shorter run (%(default)s)')
    parser.add_argument('--rounds', type=int, default=9, help='rounds (%(default)s)')
    arguments = parser.parse_args()
    wanted = [wheel for wheel in fetch.manifest() if wheel.file.startswith(SMALL)]
    for file, problem in fetch.fetch(wanted, fetch.corpus()):
        sys.exit(f'{file}: {problem}')
    wheels = [fetch.corpus() / wheel.file for wheel in wanted]
    builds = [build.resolve() for build in (arguments.truewheel, arguments.other) if build]
    # Beside the wheels, since a hard link does not leave the file system.
    with tempfile.TemporaryDirectory(dir=fetch.corpus().parent) as folder:
        folder = pathlib.Path(folder)
        lists = {count: links(wheels, folder / str(count), count)
                 for count in (FOLLOWED, 2 * FOLLOWED, arguments.wheels, 2 * arguments.wheels)}

        def command(build, jobs, count):
            return [build, 'check', '--isolated', '--format', 'jsonl', '--jobs', str(jobs), lists[count]]

        for build in builds if shutil.which('valgrind') else []:
            few, many = (instructions(command(build, 1, count), folder) for count in (FOLLOWED, 2 * FOLLOWED))
            print(f'{build}: {(many - few) / FOLLOWED / 1e6:.2f} million instructions a wheel', flush=True)
        runs = Runner(folder).in_turn(
            {(build, jobs, count): (command(build, jobs, count), (0, 1))
             for build in builds for jobs in (1, 2) for count in (arguments.wheels, 2 * arguments.wheels)},
            arguments.rounds)
        for build in builds:
            def more(jobs, value):
                """What the wheels cost by which the longer run is longer: without the start."""
                return value(runs[build, jobs, 2 * arguments.wheels]) - value(runs[build, jobs, arguments.wheels])

            for jobs in (1, 2):
                print(f'{build}: {jobs} job(s): {arguments.wheels / more(jobs, median):.0f} wheels a second, '
                      f'{more(jobs, cpu) / arguments.wheels * 1e3:.2f} ms of the processor for each')
            print(f'{build}: two jobs are {more(1, median) / more(2, median):.2f} times as fast as one')


if __name__ == '__main__':
    main()
