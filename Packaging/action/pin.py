#!/usr/bin/env python3
"""Write into requirements.txt which wheels the action installs: usage: pin.py WHEEL…

The wheels are those of one version, one for each architecture. The release workflow runs this before it makes the tag:
the action is not in the wheels, so their SHA-256 are known by then.
"""
import hashlib
import pathlib
import sys

REQUIREMENTS = pathlib.Path(__file__).resolve().parent / 'requirements.txt'
HEAD = '# What the action installs; pin.py writes it when a release is made.\n'


def main():
    wheels = sorted(map(pathlib.Path, sys.argv[1:]))
    versions = {wheel.name.split('-')[1] for wheel in wheels}
    if len(versions) != 1 or not all(wheel.name.startswith('truewheel-') for wheel in wheels):
        sys.exit(__doc__)
    hashes = [hashlib.sha256(wheel.read_bytes()).hexdigest() for wheel in wheels]
    lines = [f'truewheel=={versions.pop()}', *(f'    --hash=sha256:{digest}' for digest in hashes)]
    REQUIREMENTS.write_text(HEAD + ' \\\n'.join(lines) + '\n')


if __name__ == '__main__':
    main()
