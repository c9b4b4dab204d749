#!/usr/bin/env python3
"""Real Pythons on real releases of glibc, to import the modules of wheels in.

usage: interpreters.py [--architecture ARCH…] [--again]

Debian's Pythons of each suite are unpacked into a root of their own with all that they need, and the libraries that a
profile promises: $TRUEWHEEL_LAB/SUITE-ARCH/python (default: ~/.cache/truewheel/lab). Nothing else of Python is there,
so that a wheel's modules find what the wheel brings. On the architecture of this machine a root is changed to, on
others qemu-user runs its Python. Debian has no Python that musl loads: wheels for musl are not imported.
"""
import argparse
import dataclasses
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent.parent / 'Packaging/static'), str(HERE.parent / 'Roots')]
import debian  # noqa: E402
import loaders  # noqa: E402
import roots  # noqa: E402

# What profiles promise beside what Python needs itself. The GL libraries without the drivers that they depend on.
PLATFORM = ['libgcc-s1', 'libstdc++6', 'zlib1g', 'libexpat1', 'libglib2.0-0', 'libx11-6', 'libxext6', 'libxrender1',
            'libice6', 'libsm6']
ALONE = ['libgl1', 'libglx0', 'libglvnd0']
# Changes to a root, with what the kernel shows of the machine: modules look at their processor there.
CHANGE = 'for part in proc sys dev; do mkdir -p "$0/$part"; mount --rbind "/$part" "$0/$part"; done; ' \
    'exec /usr/sbin/chroot "$0" "$@"'


@dataclasses.dataclass(frozen=True)
class Interpreter:
    """One Python of one suite, and the glibc that loads it."""

    suite: str
    architecture: str
    python: tuple
    glibc: tuple
    root: pathlib.Path

    def __str__(self):
        python, glibc = ('.'.join(map(str, number)) for number in (self.python, self.glibc))
        return f'Python {python}, glibc {glibc}, {self.architecture}'

    @property
    def is_native(self):
        return loaders.emulator(self.architecture) is None

    def takes(self, wheel):
        """Whether pip chooses a wheel of this name for it."""
        pythons, abis, platforms = (tag.split('.') for tag in wheel.removesuffix('.whl').split('-')[-3:])
        version = ''.join(map(str, self.python))
        if not any(platform.startswith(('manylinux', 'linux')) and platform.endswith(f'_{self.architecture}')
                   for platform in platforms):
            return False
        if f'cp{version}' in pythons and {f'cp{version}', 'abi3', 'none'} & set(abis):
            return True
        if 'abi3' in abis and any(tag.startswith('cp3') and int(tag[3:]) <= self.python[1] for tag in pythons):
            return True
        return 'none' in abis and bool({'py3', f'py{version}'} & set(pythons))

    def command(self, *words):
        """The words that run its program with these arguments, at the top of its root."""
        program = f'usr/bin/python{self.python[0]}.{self.python[1]}'
        if self.is_native:
            user = [] if os.getuid() == 0 else ['--map-root-user']
            return ['unshare', '--mount', *user, 'sh', '-ec', CHANGE, str(self.root), f'/{program}', *words]
        qemu = loaders.emulator(self.architecture)
        return [qemu, '-L', str(self.root), str(self.root / program), *words]

    def place(self, path):
        """The name by which its program knows a file below its root."""
        if self.is_native:
            return '/' + str(path.relative_to(self.root))
        return str(path)


def set_up(suite, architecture):
    """Makes the root of one suite; gives what is in it."""
    folder = loaders.LAB / f'{suite}-{architecture}/python'
    archive = debian.Archive(folder, suite, loaders.ARCHITECTURES[architecture].debian)
    names = roots.pythons(archive)
    root = roots.new_root(folder / 'root')
    versions = roots.unpack(archive, [*names, *PLATFORM], root)
    for package in ALONE:
        for file in archive.download(package, folder / 'alone').values():
            subprocess.run(['dpkg-deb', '--extract', file, folder / 'part'], check=True)
            shutil.copytree(folder / 'part', root, symlinks=True, dirs_exist_ok=True,
                            ignore=lambda place, names: {'doc'} & set(names))
            shutil.rmtree(folder / 'part')
    for part in ('alone', 'cache', 'lists'):
        shutil.rmtree(folder / part)
    made = {'packages': versions, 'pythons': names}
    (folder / 'versions.json').write_text(json.dumps(made, indent=1, sort_keys=True) + '\n')
    return made


def interpreters(architectures=('x86_64',), again=False):
    """All Pythons of some architectures; a root that is not there yet, or is to be made again, is made."""
    found = []
    for architecture in architectures:
        for suite in loaders.SUITES:
            folder = loaders.LAB / f'{suite}-{architecture}/python'
            there = folder / 'versions.json'
            if again or not there.exists():
                set_up(suite, architecture)
            made = json.loads(there.read_text())
            glibc = re.match(r'(\d+)\.(\d+)', made['packages']['libc6'])
            for name in made['pythons']:
                number = tuple(map(int, name.removeprefix('python').split('.')))
                found.append(Interpreter(suite, architecture, number, tuple(map(int, glibc.groups())), folder / 'root'))
    return sorted(found, key=lambda each: (each.architecture, each.python, each.glibc))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--architecture', nargs='+', default=['x86_64'], choices=loaders.ARCHITECTURES)
    parser.add_argument('--again', action='store_true', help='make roots that are there anew')
    options = parser.parse_args()
    for interpreter in interpreters(options.architecture, options.again):
        run = subprocess.run(interpreter.command('-I', '-c', 'import sys, ctypes; print(sys.version)'),
                             capture_output=True, text=True)
        print(f'{interpreter}: {(run.stdout or run.stderr).strip()}')


if __name__ == '__main__':
    main()
