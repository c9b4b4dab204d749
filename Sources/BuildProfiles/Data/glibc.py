#!/usr/bin/env python3
"""Make glibc-symbols.txt from glibc's own ABI lists, and compare it with real libraries.

usage: glibc.py write REPOSITORY LIBRARIES
       glibc.py check RELEASE LIBRARIES

REPOSITORY is a clone of glibc with the tags of its releases; the commit that is checked out counts as the release that
its version.h leads to. LIBRARIES is a folder with a folder for each architecture (`x86_64`, `aarch64`, …), somewhere
below which the libraries of one glibc lie: for `write` those of the newest release, for `check` those of RELEASE, such
as Debian's package libc6 unpacked. They are read with llvm-nm and llvm-readelf. Run embed.py afterwards.
"""
import pathlib
import re
import subprocess
import sys
from collections import defaultdict

HERE = pathlib.Path(__file__).resolve().parent
TEXT = HERE / 'glibc-symbols.txt'

HEADER = """\
# Every symbol that the libraries of glibc export, with all versions that it is exported at, and in which releases.
#
# glibc's own ABI lists, 2.17 to {newest}, written by glibc.py, which compares them with libraries of Debian as well.
#
#   LIBRARY VERSION[:SINCE][-UNTIL],… ARCH,… NAME…
#       names that the library exports at exactly these versions on these architectures; SINCE is the first release in
#       which it does so, where that is not the version's own, UNTIL the last, where later ones do not
#   defines LIBRARY VERSION[:SINCE],… ARCH,…
#       versions that the library defines and exports nothing at, besides those of its names. A library goes on defining
#       a version when its names have gone elsewhere
#   hidden LIBRARY ARCH,… NAME…
#       names that the newest release exports for those only who ask for a version of them
#   needs LIBRARY LIBRARY…
#       libraries of glibc that a library of the platform brings with it
#
# Since 2.34 most of libpthread, libdl, librt, libutil and libanl lies in libc.so.6, with the versions it had there.
#
"""

# DT_NEEDED in the packages of Debian 11 to 13: librt and libanl have needed libpthread up to glibc 2.33, and since then
# there is nothing in it.
NEEDS = """\
needs libanl.so.1 libpthread.so.0
needs libmvec.so.1 libm.so.6
needs librt.so.1 libpthread.so.0
needs libstdc++.so.6 libm.so.6
"""

LIBRARIES = {  # how the ABI list is called -> how we call the library
    'ld': 'ld.so', 'libanl': 'libanl.so.1', 'libc': 'libc.so.6', 'libdl': 'libdl.so.2', 'libm': 'libm.so.6',
    'libmvec': 'libmvec.so.1', 'libnsl': 'libnsl.so.1', 'libpthread': 'libpthread.so.0',
    'libresolv': 'libresolv.so.2', 'librt': 'librt.so.1', 'libutil': 'libutil.so.1',
}

# What no list and no version's number tells: Debian's librt of glibc 2.31 does not define it, that of 2.36 does, and in
# between the library became empty.
SINCE = {('librt.so.1', 'i686', '2.3.3'): '2.34'}

LISTS = {  # architecture -> where its ABI lists are and were, the first that has one counts
    'aarch64': ['aarch64', 'aarch64/nptl', '+aarch64/nptl', '+aarch64'],
    'armv7l': ['arm/le', 'arm', 'arm/nptl', '+arm/nptl', '+arm'],
    'i686': ['i386', 'i386/nptl'],
    'loongarch64': ['loongarch/lp64'],
    'ppc64le': ['powerpc/powerpc64/le', 'powerpc/powerpc64'],
    'riscv64': ['riscv/rv64'],
    's390x': ['s390/s390-64', 's390/s390-64/nptl', 's390'],
    'x86_64': ['x86_64/64', 'x86_64/64/nptl', 'x86_64'],
}

# Before, the lists of most architectures are incomplete or missing, and of a symbol that is older its version tells.
# ppc64le has its own lists since 2.19: those before are the big-endian machine's.
OLDEST = defaultdict(lambda: 17, ppc64le=19)


def version_key(version):
    """Sorts `2.10` after `2.9`, and names that are no numbers (`ABI_DT_RELR`) after all numbers."""
    parts = version.split('.')
    return (0, [int(part) for part in parts]) if all(map(str.isdigit, parts)) else (1, [version])


def only_defines(name):
    """A placeholder keeps a version node alive in a library that has become empty; nothing refers to it."""
    return name.endswith('_placeholder') or name == '__placeholder_only_for_empty_version_map'


# MARK: ABI lists


def git(repository, *words):
    return subprocess.run(['git', '-C', repository, *words], check=True, capture_output=True, text=True).stdout


def listed(text):
    """The (name, version) of an ABI list; up to 2.22 a line with the version stands before its names."""
    node = None
    for line in text.splitlines():
        words = line.split()
        if not words or line.startswith('#'):
            continue
        if len(words) == 1:
            node = words[0]
            continue
        version, name, kind = (node, *words[:2]) if line.startswith(' ') else words[:3]
        if version.startswith('GLIBC_') and kind != 'A':
            yield name, version.removeprefix('GLIBC_')


def abi(repository, commit):
    """architecture -> library -> {(name, version)} of one commit."""
    blobs = {}
    for line in git(repository, 'ls-tree', '-r', commit).splitlines():
        facts, path = line.split('\t')
        if path.endswith('.abilist'):
            blobs[path] = facts.split()[2]
    found = {}
    for architecture, places in LISTS.items():
        folders = [f"{'ports/' if place.startswith('+') else ''}sysdeps/unix/sysv/linux/{place.lstrip('+')}"
                   for place in places]
        for stem, library in LIBRARIES.items():
            names = [f'{stem}-le', stem] if architecture == 'ppc64le' else [stem]
            paths = [f'{folder}/{name}.abilist' for folder in folders for name in names]
            path = next((path for path in paths if path in blobs), None)
            if path:
                exported = set(listed(git(repository, 'cat-file', 'blob', blobs[path])))
                found.setdefault(architecture, {})[library] = exported
    return found


def markers(repository, commit):
    """The versions that are no numbers: what stands in them is for linkers, and no ABI list has them."""
    text = git(repository, 'grep', '-h', '-E', r'^\s*GLIBC_[A-Z]+', commit, '--', '*Versions')
    return set(re.findall(r'GLIBC_(ABI_\w+)', text))


def history(repository):
    """The newest release, architecture -> library -> (name, version) -> [first release, last release or None], and the
    first release of each marker."""
    version = re.search(r'VERSION "2\.(\d+)(\.9\d+)?', git(repository, 'show', 'HEAD:version.h'))
    newest = int(version[1]) + bool(version[2])
    spans = defaultdict(lambda: defaultdict(dict))
    marked = {}
    for minor in range(17, newest + 1):
        tag = f'glibc-2.{minor}'
        commit = tag if git(repository, 'tag', '-l', tag) else 'HEAD'
        for marker in markers(repository, commit):
            marked.setdefault(marker, f'2.{minor}')
        for architecture, libraries in abi(repository, commit).items():
            if minor < OLDEST[architecture]:
                continue
            for library, exported in libraries.items():
                for symbol in exported:
                    span = spans[architecture][library].setdefault(symbol, [minor, minor])
                    assert span[1] >= minor - 1, (architecture, library, symbol, span, minor)
                    span[1] = minor
    for architecture, libraries in spans.items():
        first = min(span[0] for span in libraries['libc.so.6'].values())
        for symbols in libraries.values():
            for (_, version), span in symbols.items():
                own = max(first, version_key(version)[1][1])
                span[:] = None if span[0] == own else f'2.{span[0]}', None if span[1] == newest else f'2.{span[1]}'
    return f'2.{newest}', spans, marked


# MARK: Libraries


def library_files(folder):
    """library -> path of each library below a folder that is there."""
    patterns = {library: [library] for library in LIBRARIES.values()}
    patterns['ld.so'] = ['ld-linux*.so.*', 'ld64.so.*', 'ld-2.*.so']
    for library, names in patterns.items():
        path = next((path for name in names for path in sorted(folder.rglob(name)) if path.exists()), None)
        if path:
            yield library, path.resolve()


def tool(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def exported(path):
    """The (name, version) that a library exports, with whether it is the one for those who ask for no version."""
    for line in tool('llvm-nm', '-D', '--defined-only', path).splitlines():
        name, mark, version = line.split()[-1].partition('@')
        if version.lstrip('@').startswith('GLIBC_') and not name.startswith('GLIBC_'):
            yield name, version.lstrip('@').removeprefix('GLIBC_'), version.startswith('@')


def defined(path):
    """The versions that a library defines, in the order of their numbers in it."""
    text = tool('llvm-readelf', '-V', path).partition('Version definition')[2].partition('Version needs')[0]
    names = re.findall(r'Flags: (?!BASE).* Name: (\S+)', text)
    return [name.removeprefix('GLIBC_') if name.startswith('GLIBC_') else None for name in names]


def hidden(path):
    """The names that a library has for those only who ask for a version: none of theirs is a default one or stands in
    the first version that the library defines (`do_lookup_x` and `check_match` in glibc's elf/dl-lookup.c)."""
    first = defined(path)[0]
    seen, names = set(), set()
    for name, version, is_default in exported(path):
        if version != 'PRIVATE':
            names.add(name)
            if is_default or version == first:
                seen.add(name)
    return names - seen


# MARK: Text


def by_architecture(facts):
    """`[(key, architecture, name)]` as `[(key, [architecture, …], [name, …])]`, each name with all its architectures."""
    where = defaultdict(set)
    for key, architecture, name in facts:
        where[key, name].add(architecture)
    lines = defaultdict(list)
    for (key, name), architectures in where.items():
        lines[key, tuple(sorted(architectures))].append(name)
    return [(key, architectures, sorted(names)) for (key, architectures), names in lines.items()]


def spelled(version, span):
    return version + (f':{span[0]}' if span[0] else '') + (f'-{span[1]}' if span[1] else '')


def lines(spans, marked, folders):
    names = []  # ((library, versions), architecture, name)
    empty = []  # (library, architecture, version)
    for architecture, libraries in spans.items():
        files = dict(library_files(folders / architecture))
        for library, symbols in libraries.items():
            versions = defaultdict(list)
            for (name, version), span in symbols.items():
                if not only_defines(name):
                    versions[name].append((version, span))
            for name, own in versions.items():
                own.sort(key=lambda item: version_key(item[0]))
                names.append(((library, ','.join(spelled(*item) for item in own)), architecture, name))
            told = {version for own in versions.values() for version, _ in own}
            nodes = {version: span for (name, version), span in symbols.items() if only_defines(name)}
            if library in files:
                # What the list of no release tells, the newest library does.
                nodes |= {version: [marked.get(version) or SINCE.get((library, architecture, version)), None]
                          for version in defined(files[library])
                          if version and version != 'PRIVATE' and version not in nodes}
            empty += [(library, architecture, spelled(version, span)) for version, span in nodes.items()
                      if version not in told]

    def order(versions):
        return [version_key(re.split('[:-]', version)[0]) for version in versions]

    for (library, versions), architectures, own in sorted(
            by_architecture(names), key=lambda line: (line[0][0], order(line[0][1].split(',')), line[0][1], line[1])):
        yield f"{library} {versions} {','.join(architectures)} {' '.join(own)}"
    for library, architectures, versions in sorted(by_architecture(empty)):
        yield f"defines {library} {','.join(sorted(versions, key=lambda v: order([v])))} {','.join(architectures)}"
    unseen = [(library, architecture, name) for architecture in spans
              for library, path in library_files(folders / architecture) for name in hidden(path)
              if not only_defines(name)]
    for library, architectures, own in sorted(by_architecture(unseen)):
        yield f"hidden {library} {','.join(architectures)} {' '.join(own)}"
    yield from NEEDS.splitlines()


def write(repository, folder):
    newest, spans, marked = history(repository)
    TEXT.write_text(HEADER.format(newest=newest) + '\n'.join(lines(spans, marked, pathlib.Path(folder))) + '\n')


# MARK: Comparison


def is_in(release, version, since, until):
    release, own = version_key(release), version_key(since or version)
    return (own[1][:2] <= release[1]) and (not until or release <= version_key(until))


def check(release, folder):
    """Prints what libraries of a release export or define and the text does not say, or the other way round."""
    said = defaultdict(set)  # (architecture, library) -> (name or None for a definition, version)
    for line in TEXT.read_text().splitlines():
        words = line.split()
        if not words or words[0] in ('#', 'hidden', 'needs') or words[0].startswith('#'):
            continue
        library, versions, architectures, *names = words[1:] if words[0] == 'defines' else words
        for version in versions.split(','):
            version, since, until = re.fullmatch(r'([^:-]+)(?::([\d.]+))?(?:-([\d.]+))?', version).groups()
            for architecture in architectures.split(','):
                facts = said[architecture, library]
                if is_in(release, version, since, None):
                    facts.add((None, version))
                if is_in(release, version, since, until):
                    facts.update((name, version) for name in names)
    different = 0
    for architecture in sorted(LISTS):
        for library, path in library_files(pathlib.Path(folder) / architecture):
            real = {(None, version) for version in defined(path) if version and version != 'PRIVATE'}
            real |= {(name, version) for name, version, _ in exported(path)
                     if version != 'PRIVATE' and not only_defines(name)}
            told = said[architecture, library]
            for what, which in (('is not said', real - told), ('is not there', told - real)):
                for name, version in sorted(which, key=str):
                    print(f'{architecture} {library} {release}: {name or "the version"}@{version} {what}')
                    different += 1
            print(f'{architecture} {library} {release}: {len(real & told)} as said')
    return different


def main(arguments):
    match arguments:
        case ['write', repository, libraries]:
            write(repository, libraries)
        case ['check', release, libraries]:
            sys.exit(bool(check(release, libraries)))
        case _:
            sys.exit(__doc__.strip())


if __name__ == '__main__':
    main(sys.argv[1:])
