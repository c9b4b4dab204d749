#!/usr/bin/env python3
"""Sets the laboratory up: the loaders of four Debian releases, each in a root folder of its own.

usage: setup.py [--again] [ARCH…]

For each release and architecture the packages of glibc and musl are unpacked, and what a process under glibc has
besides: libgcc_s, libstdc++, libz. Nothing of them is installed. They lie in RELEASE-ARCH/root of $TRUEWHEEL_LAB, or of
~/.cache/truewheel/lab; what is there is kept. versions.json there says which versions they are, since sid moves.
DEBIAN_MIRROR names another mirror. Exit status 1 where an architecture has no loader of each libc.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'Packaging/static'))
import debian  # noqa: E402
import loaders  # noqa: E402

PACKAGES = ('libc6', 'musl', 'libgcc-s1', 'libstdc++6', 'zlib1g')


def set_up(home, suite, architecture):
    """Makes one folder of the laboratory; gives what could not be had."""
    shutil.rmtree(home / 'root', ignore_errors=True)
    try:
        archive = debian.Archive(home, suite, loaders.ARCHITECTURES[architecture].debian, has_sources=False)
    except debian.AptError:
        shutil.rmtree(home)
        return [f'{suite} for {architecture}']
    missing = []
    (home / 'debs').mkdir(exist_ok=True)
    for old in (home / 'debs').iterdir():
        old.unlink()
    for package in PACKAGES:
        try:
            files = archive.download(package, home / 'download')
        except debian.AptError:
            missing.append(f'{package} of {suite} for {architecture}')
            continue
        for name, path in files.items():
            subprocess.run(['dpkg-deb', '--extract', str(path), str(home / 'root')], check=True)
            path.rename(home / 'debs' / name)
    for part in ('download', 'cache', 'lists'):
        shutil.rmtree(home / part, ignore_errors=True)
    (home / 'done').write_text('')
    return missing


def versions():
    """The versions of the packages by folder of the laboratory."""
    found = {}
    for home in sorted(loaders.LAB.glob('*-*')):
        packages = {}
        for path in sorted((home / 'debs').glob('*.deb')):
            package, version, _ = path.stem.split('_')
            packages[package] = version.replace('%3a', ':')
        if packages:
            found[home.name] = packages
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--again', action='store_true', help='fetch what is there too')
    parser.add_argument('architectures', nargs='*', metavar='ARCH', help=f'default: {" ".join(loaders.ARCHITECTURES)}')
    options = parser.parse_args()
    if not debian.can_be_asked():
        sys.exit('the laboratory is made of Debian\'s packages: apt-get and debian-archive-keyring are missing')
    architectures = options.architectures or list(loaders.ARCHITECTURES)
    todo = [(loaders.LAB / f'{suite}-{architecture}', suite, architecture)
            for architecture in architectures for suite in loaders.SUITES]
    todo = [each for each in todo if options.again or not (each[0] / 'done').exists()]
    with ThreadPoolExecutor(4) as pool:
        for missing in pool.map(lambda each: set_up(*each), todo):
            for what in missing:
                print(f'not to be had: {what}')
    (loaders.LAB / 'versions.json').write_text(json.dumps(versions(), indent=1, sort_keys=True) + '\n')
    there = [loader for loader in loaders.every_loader() if loader.architecture in architectures]
    for loader in there:
        said = loaders.control(loader)
        print(loader if said == loaders.LOADS else f'{loader}: cannot be asked: {said}')
    asked = {(loader.architecture, loader.libc) for loader in there if loaders.control(loader) == loaders.LOADS}
    sys.exit(any((architecture, libc) not in asked for architecture in architectures for libc in ('glibc', 'musl')))


if __name__ == '__main__':
    main()
