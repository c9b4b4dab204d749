#!/usr/bin/env python3
"""Make the static libraries that the static binary is linked with.

usage: libraries.py FOLDER [--unpinned]

ISA-L is built from Debian's source package; libelf, Nettle and zlib come out of Debian's development packages, which
have them built. Versions and SHA-256 of all of them stand in sources.json. What Debian has no more, or has with other
bytes, ends the program with a sentence that says so; --unpinned goes on with what Debian has now, checked by the
signature of its archive alone. FOLDER gets include/, lib/ and lib/pkgconfig/, and a file `versions.json` that says
what was taken.

Needs Debian 12 or a system with its apt-get and keyring, make, the clang of the Swift toolchain, and on x86_64 nasm.
"""
import argparse
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys

import debian

HERE = pathlib.Path(__file__).resolve().parent
# What is inflated and checked with; the rest of ISA-L is for storage systems.
ISAL_UNITS = 'igzip crc'
INSTEAD = 'Pin another one in Packaging/static/sources.json, or go on with what Debian has now: make static UNPINNED=1'
PKG_CONFIG = '''prefix={prefix}
Name: {name}
Description: {name}, static
Version: {version}
Libs: -L${{prefix}}/lib {libraries}
Cflags: -I${{prefix}}/include
'''


def run(*command, folder=None):
    """Runs a command; what it says is shown only when it fails, and ends the program."""
    done = subprocess.run([str(word) for word in command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors='replace')
    if done.returncode != 0:
        sys.exit(f'{done.stdout}\n{" ".join(map(str, command))} ended with exit status {done.returncode}')
    return done.stdout


def fetch(archive, library, is_pinned, folder):
    """The files of a library, checked against their SHA-256; with `is_pinned` false what there is, whatever it is."""
    package, pinned = library['package'], f'{library["package"]}={library["version"]}'
    is_source = library['kind'] == 'source'
    try:
        files = archive.download(pinned if is_pinned else package, folder / package, is_source)
    except debian.AptError as failure:
        missing = f'Debian has no {pinned} in {archive.suite} (any more). {INSTEAD}'
        sys.exit(f'{failure}\n{missing}' if is_pinned else str(failure))
    if not is_pinned:
        return files
    taken = {name: path for name, path in files.items() if name in library['sha256']}
    if not taken:
        sys.exit(f'{pinned} came as {", ".join(sorted(files))}, which sources.json has no SHA-256 of. {INSTEAD}')
    for name, path in taken.items():
        actual, expected = hashlib.sha256(path.read_bytes()).hexdigest(), library['sha256'][name]
        if actual != expected:
            sys.exit(f'{name} has the SHA-256 {actual}, not the {expected} of sources.json. {INSTEAD}')
    return taken


def only(paths, what):
    paths = list(paths)
    if len(paths) != 1:
        sys.exit(f'{what}: one was expected, there are {len(paths)}')
    return paths[0]


def build_isal(files, work, prefix):
    """Builds the two units of ISA-L that are used."""
    tarball = only((path for name, path in files.items() if '.orig.tar.' in name), 'the sources of ISA-L')
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    run('tar', '-xf', tarball, '-C', work)
    source = only(work.iterdir(), 'the folder of ISA-L')
    run('make', '-f', 'Makefile.unx', 'CC=clang', f'units={ISAL_UNITS}', 'lib', f'-j{os.cpu_count() or 1}',
        folder=source)
    shutil.copy(source / 'bin/isa-l.a', prefix / 'lib/libisal.a')
    shutil.copytree(source / 'include', prefix / 'include/isa-l', ignore=lambda _, names: [
        name for name in names if not name.endswith('.h')])


def unpack(files, work, prefix, archive, headers):
    """Takes the static library and the headers out of a development package."""
    architecture = run('dpkg', '--print-architecture').strip()
    package = only((path for name, path in files.items() if name.endswith(f'_{architecture}.deb')),
                   f'a package with {archive} for {architecture}')
    shutil.rmtree(work, ignore_errors=True)
    run('dpkg-deb', '-x', package, work)
    shutil.copy(only(work.rglob(archive), archive), prefix / 'lib')
    for header in headers:
        place = prefix / 'include' / header
        place.parent.mkdir(exist_ok=True)
        shutil.copy(only(work.rglob(header), header), place)


def describe(prefix, name, version, libraries):
    text = PKG_CONFIG.format(prefix=prefix, name=name, version=version, libraries=libraries)
    (prefix / 'lib/pkgconfig' / f'{name}.pc').write_text(text)


def version_of(files, library, is_pinned):
    if is_pinned:
        return library['version']
    name = next(name for name in sorted(files) if name.endswith(('.deb', '.dsc')))
    return name.split('_')[1].removesuffix('.dsc').replace('%3a', ':')


def main():
    parser = argparse.ArgumentParser(description='Make the static libraries that the static binary is linked with.')
    parser.add_argument('folder', type=pathlib.Path, help='the folder that they go to')
    parser.add_argument('--unpinned', action='store_true', help='take the versions that Debian has now')
    arguments = parser.parse_args()
    if not debian.can_be_asked():
        sys.exit('The static libraries come from packages of Debian: this needs its apt-get, and its keyring.')
    sources = json.loads((HERE / 'sources.json').read_text())
    prefix = arguments.folder.resolve()
    taken = prefix / 'versions.json'
    # What was made from these sources need not be made again.
    recipe = hashlib.sha256((HERE / 'sources.json').read_bytes() + pathlib.Path(__file__).read_bytes()
                            + (HERE / 'standalone.c').read_bytes()).hexdigest()
    if taken.exists() and json.loads(taken.read_text())['recipe'] == recipe and not arguments.unpinned:
        return
    shutil.rmtree(prefix, ignore_errors=True)
    for part in ('include', 'lib/pkgconfig', 'work/build'):
        (prefix / part).mkdir(parents=True)

    work = prefix / 'work'
    try:
        archive = debian.Archive(work / 'archive', sources['suite'])
    except debian.AptError as error:
        sys.exit(f'{error}\nDebian could not be asked at {debian.MIRROR}; DEBIAN_MIRROR names another mirror.')
    files = {name: fetch(archive, library, not arguments.unpinned, work)
             for name, library in sources['libraries'].items()}
    build_isal(files['isa-l'], work / 'build/isa-l', prefix)
    unpack(files['libelf'], work / 'build/libelf', prefix, 'libelf.a', ['libelf.h', 'gelf.h'])
    unpack(files['nettle'], work / 'build/nettle', prefix, 'libnettle.a',
           ['nettle/sha2.h', 'nettle/nettle-types.h'])
    unpack(files['zlib'], work / 'build/zlib', prefix, 'libz.a', ['zlib.h', 'zconf.h'])
    versions = {name: version_of(files[name], library, not arguments.unpinned)
                for name, library in sources['libraries'].items()}
    describe(prefix, 'libisal', versions['isa-l'], '-lisal')
    describe(prefix, 'libelf', versions['libelf'], '-lelf -lz')
    describe(prefix, 'zlib', versions['zlib'], '-lz')
    describe(prefix, 'nettle', versions['nettle'], '-lnettle')
    run('clang', '-O2', '-c', HERE / 'standalone.c', '-o', prefix / 'lib/standalone.o')
    description = {
        'recipe': '' if arguments.unpinned else recipe,
        'versions': versions,
        'sha256': {name: hashlib.sha256(path.read_bytes()).hexdigest()
                   for each in files.values() for name, path in sorted(each.items())},
    }
    shutil.rmtree(work)
    taken.write_text(json.dumps(description, indent=2) + '\n')
    print('static libraries: ' + ', '.join(f'{name} {version}' for name, version in versions.items()))


if __name__ == '__main__':
    main()
