#!/usr/bin/env python3
"""Turn tables of measured facts (JSON) into the text files that this folder keeps.

usage: import.py manylinux PROFILES.json
       import.py musl MUSL-SYMBOLS.json GLIBC-SYMBOLS.json
       import.py distributions DISTRIBUTIONS.json
       import.py abi3 STABLE-ABI.json

README.md says what the tables hold and where they come from. Run embed.py afterwards.
"""
import json
import pathlib
import sys
import textwrap
from collections import defaultdict

HERE = pathlib.Path(__file__).resolve().parent

MANYLINUX_HEADER = """\
# What each manylinux profile provides, told from the other side: the oldest profile that provides each thing.
#
# Profiles 2.5 to 2.41: the policy table of auditwheel 6.8.2. Profiles 2.42 to 2.44: pep600_compliance, August 2026.
# First written by import.py. Profiles are named by their glibc version; `none` stands for: no profile provides it.
#
# As of 2026-08.
#
#   profile GLIBC aliases=NAME,… architectures=ARCH,…    a published profile (PEP 600) with its legacy names
#   library PROFILE SONAME [ARCH,…]                      the oldest profile with that library, on these architectures or
#                                                        on all; a SONAME that ends in `*` is all names that begin so
#   loader BEGINNING…                                    names that begin so are the dynamic loader's, always there
#   relative-relocations GLIBC                           the first glibc whose loader reads DT_RELR (its release notes)
#   restricted PROFILE SONAME SYMBOL…                    the oldest profile on which these symbols of a provided
#                                                        library can be relied on
#   versions ARCH PROFILE NAMESPACE VERSION…             the oldest profile with NAMESPACE_VERSION on that architecture
#
# A library, or a version of a namespace that has lines here, that stands nowhere is provided by no profile. A namespace
# that a published profile does not list is not restricted by it.
"""

# What no policy lists: the names of loaders are those of the ABI supplements (glibc's `shlib-versions`) and of musl.
MANYLINUX_FACTS = """\
loader ld-linux ld64.so. ld.so. ld-musl-
relative-relocations 2.36
"""

MUSL_HEADER = """\
# What musl exports, by release, and which names only glibc exports.
#
# musl: libc.so built from each release tag and listed with llvm-nm. The series 1.1 is measured at 1.1.24, the oldest
# release that a musllinux image shipped; the series 1.2 from 1.2.0 on.
# glibc: its own ABI lists, January 2026 (2.43 in development). First written by import.py.
#
#   release VERSION              a measured release, oldest first
#   symbols ARCH RELEASE NAME…   the names whose first release is RELEASE
#   glibc ARCH NAME…             the names that some library of glibc exports and no measured release of musl does
#
# ARCH `*` holds for every architecture that has lines here; the other lines add what only some of them have.
#
"""

DISTRIBUTIONS_HEADER = """\
# Which libc the releases of Linux distributions have, and until when they are supported.
#
# glibc: pep600_compliance, August 2026, first written by import.py. musl: see behind them.
#
# As of 2026-08.
#
#   release END-OF-LIFE NAME RELEASE    a release; END-OF-LIFE is a date, `rolling` or `unknown`; underlines in its name
#                                       and release stand for spaces
#   glibc VERSION ARCH,…                the glibc of the release before, on these architectures
#   musl VERSION ARCH,…                 the musl of the release before, to the patch release
#   missing ARCH VERSION…               symbol versions that the profile of its glibc promises and it lacks
#
# The end of life is that of the last support which everybody gets; where it says `unknown`, nothing is known.
#
"""

STABLE_HEADER = """\
# The symbols of CPython's stable ABI, with the minor version of Python 3 that took each in (PEP 384, PEP 652).
#
# CPython's Misc/stable_abi.toml, as packaged in abi3info 2026.9.25; written by import.py. Left out is what Linux has
# never, or only a Python built for debugging: symbols that depend on MS_WINDOWS, USE_STACKCHECK or Py_REF_DEBUG.
#
# As of 2026-09.
#
#   NAME MINOR                   in the order of their bytes
#
"""

# Features without which a symbol is not there, and which no build for Linux is sure to have.
ABSENT = ('MS_WINDOWS', 'USE_STACKCHECK', 'Py_REF_DEBUG')

# What begins the part of a file that import.py leaves alone.
BY_HAND = '# musl: written by hand.'


def version_key(version):
    """Sorts `2.10` after `2.9`, and names that are no numbers (`TM_1`, `ABI_DT_RELR`) after all numbers."""
    parts = version.split('.')
    return (0, [int(part) for part in parts]) if all(map(str.isdigit, parts)) else (1, [version])


def floor_key(floor):
    """Sorts `None` (no profile) last."""
    return (1, []) if floor is None else version_key(floor)


def by_floor(floors):
    """Groups `{name: floor}` to `[(floor, [name, …])]`, oldest floor first."""
    groups = defaultdict(list)
    for name, floor in floors.items():
        groups[floor].append(name)
    return sorted(groups.items(), key=lambda group: floor_key(group[0]))


def manylinux_lines(table):
    for profile in sorted(table['profiles'], key=lambda profile: version_key(profile['glibc'])):
        assert profile['name'] == 'manylinux_' + profile['glibc'].replace('.', '_'), profile
        yield (f"profile {profile['glibc']} aliases={','.join(profile['aliases'])}"
               f" architectures={','.join(sorted(profile['architectures']))}")
    yield from MANYLINUX_FACTS.splitlines()
    for floor, libraries in by_floor(table['libraries']):
        yield from (f"library {floor or 'none'} {library}" for library in sorted(libraries))
    for library, floors in sorted(table['restrictedSymbols'].items()):
        for floor, symbols in by_floor(floors):
            yield f"restricted {floor or 'none'} {library} {' '.join(sorted(symbols))}"
    for architecture, namespaces in sorted(table['symbolVersions'].items()):
        for namespace, floors in sorted(namespaces.items()):
            for floor, versions in by_floor(floors):
                yield (f"versions {architecture} {floor or 'none'} {namespace}"
                       f" {' '.join(sorted(versions, key=version_key))}")


def factored(sets):
    """`{architecture: set}` as `[(architecture, set)]`, where `*` holds what all have in common."""
    common = set.intersection(*sets.values())
    lines = [('*', common)] + [(name, own - common) for name, own in sorted(sets.items())]
    return [(name, own) for name, own in lines if own]


def musl_lines(musl, glibc):
    exported = {  # architecture -> release -> names
        architecture: {release: set(names.split()) for release, names in releases.items()}
        for architecture, releases in musl['architectures'].items()}
    for architecture, releases in exported.items():
        assert set(releases) <= set(musl['releases']), architecture
        assert sum(map(len, releases.values())) == len(set().union(*releases.values())), architecture

    yield from textwrap.wrap(musl['note'], 120, initial_indent='# ', subsequent_indent='# ')
    yield '#'
    for release in musl['releases']:
        yield f'release {release}'
    for release in musl['releases']:
        new = {architecture: releases.get(release, set()) for architecture, releases in exported.items()}
        yield from (f"symbols {architecture} {release} {' '.join(sorted(own))}" for architecture, own in factored(new))

    only_glibc = {}
    for architecture, releases in exported.items():
        # A placeholder only keeps a version node alive in a library that has become empty; nothing refers to it.
        names = {name for groups in glibc[architecture].values() for names in groups.values() for name in names.split()
                 if not name.endswith('_placeholder')}
        only_glibc[architecture] = names.difference(*releases.values())
    yield from (f"glibc {architecture} {' '.join(sorted(own))}" for architecture, own in factored(only_glibc))


def distribution_lines(table):
    for release in sorted(table['distributions'], key=lambda release: (release['name'], release['release'])):
        # Long-term support is a team's or a foundation's and costs nothing where the data names it.
        ends = [date for date in (release['endOfLife'], release['longTermSupport']) if date]
        yield (f"release {max(ends) if ends else 'unknown'} {release['name'].replace(' ', '_')}"
               f" {release['release'].replace(' ', '_')}")
        versions = defaultdict(list)
        for architecture, facts in release['architectures'].items():
            versions[facts['glibc']].append(architecture)
        for version, architectures in sorted(versions.items(), key=lambda item: version_key(item[0])):
            yield f"glibc {version} {','.join(sorted(architectures))}"
        for architecture, facts in sorted(release['architectures'].items()):
            if facts.get('missing'):
                yield f"missing {architecture} {' '.join(sorted(facts['missing']))}"


def stable_lines(table):
    for name, facts in sorted(table['symbols'].items()):
        major, minor = facts['since'].split('.')
        assert major == '3', name
        if not any(f"'{feature}'" in facts.get('ifdef', '') for feature in ABSENT):
            yield f'{name} {minor}'


def main(arguments):
    kinds = {'manylinux': (1, 'manylinux-profiles.txt', MANYLINUX_HEADER, manylinux_lines),
             'musl': (2, 'musl-symbols.txt', MUSL_HEADER, musl_lines),
             'distributions': (1, 'distributions.txt', DISTRIBUTIONS_HEADER, distribution_lines),
             'abi3': (1, 'stable-abi.txt', STABLE_HEADER, stable_lines)}
    if not arguments or arguments[0] not in kinds or len(arguments) - 1 != kinds[arguments[0]][0]:
        sys.exit(__doc__.strip())
    _, name, header, lines = kinds[arguments[0]]
    tables = [json.loads(pathlib.Path(path).read_text(encoding='utf-8')) for path in arguments[1:]]
    path = HERE / name
    # What is written by hand stands behind what is imported, and stays.
    before = path.read_text(encoding='utf-8') if path.exists() else ''
    _, mark, by_hand = before.partition(BY_HAND)
    path.write_text(header + '\n'.join(lines(*tables)) + '\n' + mark + by_hand, encoding='utf-8')


if __name__ == '__main__':
    main(sys.argv[1:])
