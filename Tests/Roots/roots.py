#!/usr/bin/env python3
"""Install the wheel in roots of other systems, and run the program there.

usage: roots.py --wheel WHEEL [--folder FOLDER] [ROOT…]

The roots are made of Debian's packages: bullseye, bookworm, trixie and sid have glibc 2.31, 2.36, 2.41 and what is newest,
with every Python of the release, `musl` has musl and nothing else, `empty` has nothing at all. In those with Python, pip
chooses the wheel from a folder by its tags; in the others the program is put there. Each must say of the same wheels what
it says here, byte for byte. A root needs chroot: this runs as root, or where users may have namespaces of their own.
Exit status 1 when something differed. FOLDER keeps the packages for the next time (default: ~/.cache/truewheel/roots).
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(PROJECT / 'Packaging/static'))
import debian  # noqa: E402

ROOTS = ['bullseye', 'bookworm', 'trixie', 'sid', 'musl', 'empty']
HONEST, OVERCLAIM = (next((PROJECT / 'Fixtures/wheels').glob(f'{name}-*.whl')) for name in ('honest', 'overclaim'))
# What a root is asked, with the status: of a wheel that keeps its claim, of one that breaks it, of wrong arguments.
QUESTIONS = [
    (0, ['check', f'wheels/{HONEST.name}']), (1, ['check', '--jobs', '2', f'wheels/{OVERCLAIM.name}']),
    (0, ['show', '-v', '--format', 'json', f'wheels/{HONEST.name}', f'wheels/{OVERCLAIM.name}']),
    (64, ['check', '--target', 'nonsense', 'wheels']), (2, ['check', 'wheels/missing-1.0-py3-none-any.whl']),
    (0, ['explain', 'memcpy']), (0, ['--version']),
]
ENVIRONMENT = {'PATH': '/usr/local/bin:/usr/bin:/bin', 'HOME': '/root', 'SOURCE_DATE_EPOCH': '1793491200',
               'PIP_BREAK_SYSTEM_PACKAGES': '1', 'PIP_ROOT_USER_ACTION': 'ignore'}
# Debian has split what pip still needs from the Python of bullseye.
ALONGSIDE = {'python3.9': ['python3-distutils']}
API = '''
import sys, truewheel
audit = truewheel.audit("/wheels")
print(*(wheel.status for wheel in audit.wheels), truewheel.__version__)
'''


def run(*command, status=0, **more):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **more)
    if done.returncode != status:
        raise RuntimeError(f'{" ".join(map(str, command))} ended with {done.returncode}: {done.stdout}{done.stderr}')
    return done


def pythons(archive):
    """The packages of a release with an interpreter."""
    names = archive.ask('apt-cache', 'pkgnames', 'python3').split()
    return sorted(name for name in names if re.fullmatch(r'python3\.\d+', name))


def unpack(archive, packages, root):
    """Puts packages, and what they depend on, into a root, without running anything of theirs; gives the versions."""
    files = archive.download_with_dependencies(packages)
    for file in files:
        with subprocess.Popen(['dpkg-deb', '--fsys-tarfile', file], stdout=subprocess.PIPE) as packed:
            run('tar', '-x', '--keep-directory-symlink', '-C', root, stdin=packed.stdout)
    return dict(file.name.split('_')[:2] for file in files)


def new_root(folder):
    shutil.rmtree(folder, ignore_errors=True)
    for part in ('usr/bin', 'usr/lib', 'usr/lib64', 'usr/sbin', 'tmp', 'root', 'dev'):
        (folder / part).mkdir(parents=True)
    # As every release since bookworm has it.
    for part in ('bin', 'lib', 'lib64', 'sbin'):
        (folder / part).symlink_to(f'usr/{part}')
    (folder / 'dev/null').write_text('')
    return folder


def inside(root, *command, status=0):
    """Runs a program in a root, at its top, with nothing of the environment here."""
    chroot = shutil.which('chroot') or '/usr/sbin/chroot'
    change = [chroot] if os.getuid() == 0 else [shutil.which('unshare'), '--map-root-user', chroot]
    return run(*change, root, *command, status=status, stdin=subprocess.DEVNULL, env=ENVIRONMENT)


def answers(ask):
    """What the program says to all questions, on both channels."""
    done = [ask(*words, status=status) for status, words in QUESTIONS]
    return [(each.stdout, each.stderr) for each in done]


def put_wheels(root):
    (root / 'wheels').mkdir()
    for wheel in (HONEST, OVERCLAIM):
        shutil.copy(wheel, root / 'wheels')


def put_program(wheel, root):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith('.data/scripts/truewheel')]
        (root / 'truewheel').write_bytes(archive.read(name))
    (root / 'truewheel').chmod(0o755)


def here(wheel, folder):
    """What the program of the wheel says on this machine."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    put_wheels(folder)
    put_program(wheel, folder)
    return answers(lambda *words, status: run('./truewheel', *words, status=status, cwd=folder, env=ENVIRONMENT,
                                              stdin=subprocess.DEVNULL))


def with_python(archive, name, wheel, expected):
    """Has pip of one Python of a release install the wheel; asks the installed program, the module and the package."""
    root = new_root(archive.folder / 'root')
    versions = unpack(archive, [name, *ALONGSIDE.get(name, [])], root)
    put_wheels(root)
    python = f'/usr/bin/{name}'
    number = inside(root, python, '-c', 'import sys; print("%d.%d" % sys.version_info[:2])').stdout.strip()
    pips = archive.folder / 'pip'
    shutil.rmtree(pips, ignore_errors=True)
    run(sys.executable, '-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--dest', pips,
        '--python-version', number, '--only-binary', ':all:', 'pip')
    (pip,) = pips.glob('pip-*.whl')
    shutil.copy(pip, root)
    (root / 'index').mkdir()
    shutil.copy(wheel, root / 'index')
    inside(root, python, f'/{pip.name}/pip', 'install', '--quiet', '--no-index', '--find-links', '/index', 'truewheel')
    program = inside(root, python, '-c', 'import truewheel; print(truewheel.find_truewheel())').stdout.strip()
    said = answers(lambda *words, status: inside(root, program, *words, status=status))
    by_module = inside(root, python, '-m', 'truewheel', '--version').stdout
    api = inside(root, python, '-c', API).stdout.split()
    version = expected[-1][0]
    agrees = said == expected and by_module == version and api == ['clean', 'violations', version.splitlines()[0]]
    return f'glibc {versions["libc6"]}, Python {number}, {program}', agrees


def without_python(root, wheel, expected):
    """Puts the program into a root, and asks it."""
    put_wheels(root)
    put_program(wheel, root)
    return answers(lambda *words, status: inside(root, '/truewheel', *words, status=status)) == expected


def results(name, wheel, folder, expected):
    """What came of one root: what it is, and whether it says what is said here."""
    if name == 'empty':
        root = folder / 'empty'
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        yield 'nothing but the program', without_python(root, wheel, expected)
    elif name == 'musl':
        root = new_root(folder / 'musl')
        versions = unpack(debian.Archive(folder / 'trixie', 'trixie'), ['musl'], root)
        yield f'musl {versions["musl"]} and nothing else', without_python(root, wheel, expected)
    else:
        archive = debian.Archive(folder / name, name)
        for python in pythons(archive):
            yield with_python(archive, python, wheel, expected)


def main():
    parser = argparse.ArgumentParser(description='Install and run the program in roots of other systems.')
    parser.add_argument('--wheel', required=True, type=pathlib.Path, help='the built wheel')
    parser.add_argument('--folder', type=pathlib.Path, default=pathlib.Path('~/.cache/truewheel/roots').expanduser(),
                        help='where packages and roots are kept (%(default)s)')
    parser.add_argument('roots', nargs='*', metavar='ROOT', default=ROOTS, help=f'of {", ".join(ROOTS)}')
    arguments = parser.parse_args()
    if unknown := set(arguments.roots) - set(ROOTS):
        parser.error(f'there is no root {", ".join(unknown)}: there are {", ".join(ROOTS)}')
    folder, wheel, failures = arguments.folder.resolve(), arguments.wheel.resolve(), 0
    expected = here(wheel, folder / 'here')
    for name in arguments.roots:
        count = 0
        try:
            for what, agrees in results(name, wheel, folder, expected):
                print(f'{name:9} {"same" if agrees else "DIFFERS":8} {what}', flush=True)
                failures += not agrees
                count += 1
        except (RuntimeError, debian.AptError) as error:
            print(f'{name:9} FAILED   {error}', flush=True)
            failures += 1
        failures += count == 0
    sys.exit(failures > 0)


if __name__ == '__main__':
    main()
