#!/usr/bin/env python3
"""The wheels that the laboratory looks at: those of wheels.tsv, and those of conformance.

usage: wheels.py [--dest DIR]

Fetches the wheels of wheels.tsv through pip into $TRUEWHEEL_LAB_WHEELS or ~/.cache/truewheel/lab-wheels and verifies
their hashes; one that is there with the right hash is kept. Exit status 1 if any could not be had.
"""
import argparse
import os
import pathlib
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'Conformance'))
import fetch  # noqa: E402

MANIFEST = HERE / 'wheels.tsv'


class Wheel(NamedTuple):
    """One line of wheels.tsv: a published wheel, and what it was chosen for."""
    file: str
    sha256: str
    bytes: int
    kind: str


def manifest():
    """The wheels of wheels.tsv."""
    lines = [line.split('\t') for line in MANIFEST.read_text().splitlines() if line and not line.startswith('#')]
    return [Wheel(*line)._replace(bytes=int(line[2])) for line in lines]


def folder():
    """Where these wheels lie."""
    return pathlib.Path(os.environ.get('TRUEWHEEL_LAB_WHEELS') or pathlib.Path.home() / '.cache/truewheel/lab-wheels')


def pip_options(file):
    """What pip is to be told so that it chooses this file and no other of its release."""
    name, version, *_, python, abi, platforms = file.removesuffix('.whl').split('-')
    python = python.split('.')[0]
    options = ['--ignore-requires-python', *(f'--platform={platform}' for platform in platforms.split('.'))]
    if python.startswith('py'):
        options += ['--implementation=cp', '--python-version=312']
    else:
        options += [f'--implementation={python[:2]}', f'--python-version={python[2:]}', f'--abi={abi}']
    return [*options, f'{name}=={version}']


def fetched(dest=None):
    """The paths of the wheels of wheels.tsv, all of them on disk; ends the program when one could not be had."""
    dest = dest or folder()
    dest.mkdir(parents=True, exist_ok=True)
    wheels = manifest()
    with ThreadPoolExecutor(4) as pool:
        problems = pool.map(lambda wheel: fetch.fetch_file(wheel, dest, pip_options(wheel.file)), wheels)
        failed = [(wheel.file, problem) for wheel, problem in zip(wheels, problems) if problem]
    for file, problem in failed:
        print(f'{file}: {problem}', file=sys.stderr)
    if failed:
        sys.exit(f'{len(failed)} of {len(wheels)} wheels could not be fetched into {dest}')
    return [dest / wheel.file for wheel in wheels]


def everything():
    """The paths of all wheels of the laboratory, each once: those of wheels.tsv and those of conformance."""
    paths = fetched()
    paths += [fetch.corpus() / wheel.file for wheel in fetch.fetch_or_exit(fetch.DEFAULT_MAX_MB, fetch.corpus())]
    return sorted({path.name: path for path in paths}.values(), key=lambda path: path.name.lower())


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description='Download the wheels of wheels.tsv and verify their hashes.')
    parser.add_argument('--dest', type=pathlib.Path, default=folder(), help='the folder for the wheels (%(default)s)')
    arguments = parser.parse_args()
    print(f'{len(fetched(arguments.dest))} wheels in {arguments.dest}')
