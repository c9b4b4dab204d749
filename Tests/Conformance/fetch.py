#!/usr/bin/env python3
"""Download the wheels of wheels.tsv through pip and verify their hashes.

usage: fetch.py [--max-mb N] [--dest DIR]

A wheel that is there with the right hash is kept. Exit status 1 if any wheel could not be had.
"""
import argparse
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

MANIFEST = pathlib.Path(__file__).resolve().parent / 'wheels.tsv'
DEFAULT_MAX_MB = 70


class Wheel(NamedTuple):
    """One line of wheels.tsv: a published wheel and what auditwheel says of it."""
    file: str
    sha256: str
    bytes: int
    name: str
    version: str
    platform: str
    python: str
    overall: str
    symbols: str
    external: str


def manifest():
    lines = [line.split('\t') for line in MANIFEST.read_text().splitlines() if line and not line.startswith('#')]
    return [Wheel(*line)._replace(bytes=int(line[2])) for line in lines]


def corpus():
    """The folder that holds the wheels."""
    return pathlib.Path(os.environ.get('TRUEWHEEL_CORPUS') or pathlib.Path.home() / '.cache/truewheel/corpus')


def up_to(max_mb):
    return [wheel for wheel in manifest() if wheel.bytes <= max_mb * 1_000_000]


def is_right(path, wheel):
    if not path.is_file() or path.stat().st_size != wheel.bytes:
        return False
    with path.open('rb') as file:
        return hashlib.file_digest(file, 'sha256').hexdigest() == wheel.sha256


def fetch_one(wheel, dest):
    """Makes sure of one wheel; returns what went wrong, or None."""
    return fetch_file(wheel, dest, ['--implementation', 'cp', '--python-version', wheel.python,
                                    '--platform', wheel.platform, f'{wheel.name}=={wheel.version}'])


def fetch_file(wheel, dest, options):
    """Makes sure of a wheel that pip chooses with these options; returns what went wrong, or None."""
    if is_right(dest / wheel.file, wheel):
        return None
    # Into a folder of its own first, so that a file in `dest` has always been verified.
    with tempfile.TemporaryDirectory(dir=dest, prefix='.') as folder:
        pip = subprocess.run(
            [sys.executable, '-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps',
             '--only-binary=:all:', '--dest', folder, *options],
            capture_output=True, text=True)
        got = pathlib.Path(folder) / wheel.file
        if not got.exists():
            others = ', '.join(sorted(path.name for path in pathlib.Path(folder).iterdir()))
            errors = pip.stderr.strip().splitlines()
            return f'pip chose {others}' if others else errors[-1] if errors else 'pip gave no file'
        if not is_right(got, wheel):
            return 'the downloaded file has another size or sha256'
        got.replace(dest / wheel.file)
    return None


def fetch(wheels, dest):
    """Makes sure of all wheels; returns `(file, what went wrong)` of those that could not be had."""
    dest.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(6) as pool:
        results = pool.map(lambda wheel: (wheel.file, fetch_one(wheel, dest)), wheels)
    return [(file, problem) for file, problem in results if problem]


def fetch_or_exit(max_mb, dest):
    """The wheels up to a size, all of them on disk; ends the program when one could not be had."""
    wheels = up_to(max_mb)
    failed = fetch(wheels, dest)
    for file, problem in failed:
        print(f'{file}: {problem}', file=sys.stderr)
    if failed:
        sys.exit(f'{len(failed)} of {len(wheels)} wheels could not be fetched into {dest}')
    return wheels


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description='Download the wheels of wheels.tsv and verify their hashes.')
    parser.add_argument('--max-mb', type=float, default=DEFAULT_MAX_MB, help='leave out larger wheels (%(default)s)')
    parser.add_argument('--dest', type=pathlib.Path, default=corpus(), help='the folder for the wheels (%(default)s)')
    arguments = parser.parse_args()
    print(f'{len(fetch_or_exit(arguments.max_mb, arguments.dest))} wheels in {arguments.dest}')
