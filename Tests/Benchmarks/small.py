#!/usr/bin/env python3
"""Measure what a small wheel costs among many: usage: small.py --truewheel PATH [--other PATH] [--wheels N] [--rounds N]

Makes folders of N and 2N small wheels, those of the corpus again and again, each time with other bytes in their objects,
so that none is the same as one before. Prints what one more wheel costs one or two builds of the command, in instructions
where valgrind is there (callgrind; they do not depend on what else the machine does, and do not count what the system
does for the program) and in time of the processor, beside the program that only inflates; and how many times as fast two
jobs are as one, which wants a machine that does nothing else.
"""
import argparse
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

from measuring import HERE, Runner, build, cpu, median

sys.path.insert(0, str(HERE.parent / 'Conformance'))
import fetch  # noqa: E402

SMALL = ('markupsafe-', 'orjson-')
# What compilers write before their version into each object.
COMPILER = b'GCC: ('
# Wheels that callgrind follows: it takes some fifty times as long.
FOLLOWED = 120


def numbered(wheel, number):
    """The bytes of a wheel in whose objects the name of the compiler has this number."""
    made = io.BytesIO()
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(made, 'w', zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if content.startswith(b'\x7fELF'):
                at = content.rindex(COMPILER) + len(COMPILER)
                content = content[:at] + b'%06d' % number + content[at + 6:]
            new.writestr(entry, content)
    return made.getvalue()


def folders(wheels, folder, counts):
    """Folders with so many wheels, those of the first ones in the others too."""
    places = [folder / str(count) for count in counts]
    for number in range(max(counts)):
        wheel, copy = wheels[number % len(wheels)], number // len(wheels)
        first = None
        for place, count in zip(places, counts):
            if number < count:
                file = place / f'{copy:06}' / wheel.name
                file.parent.mkdir(parents=True, exist_ok=True)
                if first:
                    os.link(first, file)
                else:
                    first = file
                    file.write_bytes(numbered(wheel, copy))
    return dict(zip(counts, places))


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
    parser.add_argument('--wheels', type=int, default=1500, help='wheels of the shorter run (%(default)s)')
    parser.add_argument('--rounds', type=int, default=9, help='rounds (%(default)s)')
    arguments = parser.parse_args()
    wanted = [wheel for wheel in fetch.manifest() if wheel.file.startswith(SMALL)]
    for file, problem in fetch.fetch(wanted, fetch.corpus()):
        sys.exit(f'{file}: {problem}')
    wheels = [fetch.corpus() / wheel.file for wheel in wanted]
    builds = [program.resolve() for program in (arguments.truewheel, arguments.other) if program]
    with tempfile.TemporaryDirectory(dir=fetch.corpus().parent) as folder:
        folder = pathlib.Path(folder)
        short, long = arguments.wheels, 2 * arguments.wheels
        places = folders(wheels, folder, (FOLLOWED, 2 * FOLLOWED, short, long))
        inflating = build('limit', folder, 'isal', 'zip')

        def command(program, jobs, count):
            if program == inflating:
                return [program, str(jobs), *sorted(places[count].rglob('*.whl'))]
            return [program, 'check', '--isolated', '--format', 'jsonl', '--jobs', str(jobs), places[count]]

        for program in builds if shutil.which('valgrind') else []:
            few, many = (instructions(command(program, 1, count), folder) for count in (FOLLOWED, 2 * FOLLOWED))
            print(f'{program}: {(many - few) / FOLLOWED / 1e6:.2f} million instructions a wheel', flush=True)
        runs = Runner(folder).in_turn(
            {(program, jobs, count): (command(program, jobs, count), (0, 1))
             for program in [*builds, inflating] for jobs in (1, 2) for count in (short, long)}, arguments.rounds)

        def more(program, jobs, value):
            """What a wheel costs of those by which the longer run is longer: without the start."""
            return (value(runs[program, jobs, long]) - value(runs[program, jobs, short])) / (long - short)

        least = more(inflating, 1, cpu)
        print(f'inflating alone: {least * 1e3:.3f} ms of the processor a wheel')
        for program in builds:
            for jobs in (1, 2):
                took = more(program, jobs, cpu)
                print(f'{program}: {jobs} job(s): {1 / more(program, jobs, median):.0f} wheels a second, {took * 1e3:.3f} ms '
                      f'of the processor a wheel, {(took - least) * 1e3:.3f} beyond inflating')
            print(f'{program}: two jobs are {more(program, 1, median) / more(program, 2, median):.2f} times as fast as one')


if __name__ == '__main__':
    main()
