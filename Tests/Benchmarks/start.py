#!/usr/bin/env python3
"""Measure what it costs to start: usage: start.py --truewheel PATH [--other PATH] [--rounds N]

Runs an empty program, and one or two builds of the command, in turn: the version, the help of everything and of one
command, and `check` of a small wheel. Prints medians of what each takes beyond the empty program, and where valgrind is
there the instructions (callgrind), which do not depend on what else the machine does.
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from measuring import HERE, Runner, median

sys.path.insert(0, str(HERE.parent / 'Conformance'))
import fetch  # noqa: E402

SMALL = 'markupsafe-3.0.4-cp312-cp312-manylinux2014_aarch64'


def instructions(command, folder):
    """Instructions in millions; without debugging information, which callgrind cannot read of a static Swift program."""
    if not shutil.which('valgrind'):
        return ''
    stripped = folder / 'stripped'
    subprocess.run(['strip', '-o', stripped, command[0]], check=True)
    said = subprocess.run(['valgrind', '--tool=callgrind', f'--callgrind-out-file={folder}/callgrind', stripped,
                           *command[1:]], capture_output=True, text=True).stderr
    count = int(re.search(r'Collected : (\d+)', said)[1])
    return f'{count / 1e6:.1f} million instructions'


def main():
    parser = argparse.ArgumentParser(description='Measure what it costs to start.')
    parser.add_argument('--truewheel', required=True, type=pathlib.Path, help='the built command')
    parser.add_argument('--other', type=pathlib.Path, help='another build, to compare with')
    parser.add_argument('--rounds', type=int, default=201, help='rounds (%(default)s)')
    arguments = parser.parse_args()
    (wheel,) = [wheel for wheel in fetch.manifest() if wheel.file.startswith(SMALL)]
    for file, problem in fetch.fetch([wheel], fetch.corpus()):
        sys.exit(f'{file}: {problem}')
    path = fetch.corpus() / wheel.file
    commands = {('empty', '/bin/true'): ['/bin/true']}
    for build in filter(None, (arguments.truewheel, arguments.other)):
        for words in (['--version'], ['--help'], ['check', '--help'], ['check', '--isolated', '--jobs', '1', path]):
            name = ' '.join(str(word) for word in words).replace(str(path), 'WHEEL')
            commands[str(build), name] = [str(build.resolve()), *map(str, words)]
    with tempfile.TemporaryDirectory() as folder:
        runs = Runner(folder).in_turn({name: (command, (0,)) for name, command in commands.items()}, arguments.rounds)
        empty = median(runs['empty', '/bin/true'])
        print(f'empty program: {empty * 1000:.2f} ms')
        for (build, name), command in list(commands.items())[1:]:
            beyond = (median(runs[build, name]) - empty) * 1000
            print(f'{build}  {name:34} +{beyond:.2f} ms  {instructions(command, pathlib.Path(folder))}', flush=True)


if __name__ == '__main__':
    main()
