"""What the command says of the objects in wheels: for each a range of libc versions that load it, and why.

A range is that of an object's own requirements and of those of the wheel's objects that come with it.
"""
import json
import pathlib
import re
import subprocess
import zipfile
from typing import NamedTuple

# So many wheels are asked about in one run.
BATCH = 500
# Requirements of a policy, or of something that is not the libc: a loader may do without.
NOT_OF_THE_LOADER = {'restrictedSymbol', 'instructionSet', 'interpreter'}
# Requirements whose refusal names the object alone.
OF_THE_FILE = {'executableStack', 'loading', 'relativeRelocations', 'instructionSet'}
# Findings that say something about loading, besides requirements.
OF_LOADING = {'not-loadable', 'missing-version', 'unreachable-library', 'undefined-symbol', 'unversioned-symbol',
              'glibc-symbol', 'musl-symbol', 'symbol-version', 'external-library', 'executable-stack', 'python-abi'}
GLIBC_NAMES = ('libc.so.', 'libm.so.', 'libmvec.so.', 'libpthread.so.', 'libdl.so.', 'librt.so.', 'libutil.so.',
               'libresolv.so.', 'libanl.so.', 'libnsl.so.1', 'libcrypt.so.1', 'ld-linux', 'ld64.so.')


class Verdict(NamedTuple):
    """What the command says of one object and of what comes with it."""
    object: str
    architecture: str | None
    libc: str | None
    # It loads from here up; None where it says that it never does.
    floor: tuple | None
    # Below this one it is refused: `floor` also counts what a release of another library has first.
    refused_below: tuple | None
    # The first version that refuses it.
    ceiling: tuple | None
    # What stands behind the range, in words.
    reasons: tuple
    # The libraries, versions and symbols in it; None where a loader's message need not have a name.
    names: frozenset | None
    # What may keep it from loading: of each finding that is no requirement its rule, the names in it, the message.
    doubts: tuple
    # The objects of the wheel that come with it, itself among them.
    closure: tuple

    def promises(self, version):
        """Whether the verdict says that this version loads it, but for its doubts."""
        return self.floor is not None and self.floor <= version and not self.refuses(version)

    def refuses(self, version):
        """Whether the verdict says that this version does not load it."""
        if self.refused_below is None or version < self.refused_below:
            return True
        return self.ceiling is not None and version >= self.ceiling

    def doubted(self, said):
        """The doubt that a loader's message confirms."""
        return next((doubt for doubt in self.doubts if any(is_named(name, said) for name in doubt[1])), None)

    def is_confirmed(self, said):
        """Whether a loader refuses for a reason of the verdict's, as far as its message tells."""
        return self.names is None or said.startswith('killed') or any(is_named(name, said) for name in self.names)

    def __str__(self):
        if self.floor is None:
            span = 'never'
        else:
            span = f'from {text(self.floor) or "the first"}' + (f' below {text(self.ceiling)}' if self.ceiling else '')
        doubts = [f'{rule}: {message}' for rule, _, message in self.doubts]
        return '; '.join([span, *self.reasons, *doubts])


def is_named(name, said):
    """Whether a message has a name, and not a longer one."""
    return re.search(rf'(?<![\w.-]){re.escape(name)}(?![\w-])', said) is not None


def number(version):
    return tuple(map(int, version.split('.'))) if version else ()


def text(version):
    return '.'.join(map(str, version or ()))


def reports(truewheel, wheels):
    """{path: its part of the JSON report} of wheels, in as few runs as it takes."""
    found = {}
    wheels = [str(wheel) for wheel in wheels]
    for first in range(0, len(wheels), BATCH):
        run = subprocess.run([str(truewheel), 'check', '--isolated', '--exit-zero', '--format', 'jsonl',
                              *wheels[first:first + BATCH]], capture_output=True, text=True)
        for line in run.stdout.splitlines():
            wheel = json.loads(line)
            if 'path' in wheel:
                found[wheel['path']] = wheel
    if missing := [wheel for wheel in wheels if wheel not in found]:
        raise RuntimeError(f'{truewheel} says nothing of {missing[0]} and {len(missing) - 1} more: {run.stderr}')
    return found


def closures(report):
    """{object: all objects of the wheel that are loaded with it, itself first}."""
    edges = {each['path']: [needed['path'] for needed in each['needed'] if needed['resolution'] == 'bundled']
             for each in report['objects']}
    found = {}
    for start in edges:
        paths = [start]
        for path in paths:
            paths += [target for target in dict.fromkeys(edges.get(path, ())) if target not in paths]
        found[start] = tuple(paths)
    return found


def verdict(report, path, closure):
    """The verdict on one object of a wheel's report."""
    floor, refused, ceiling, reasons, names, are_named = (), (), None, [], set(), True
    for need in report['requirements']:
        if not set(need['neededBy']) & set(closure):
            continue
        words = ' '.join(filter(None, [need['kind'], need['library'], need['version']]))
        names.update(filter(None, [need['library'], need['version'], *need['symbols']]))
        are_named &= need['kind'] not in OF_THE_FILE
        exact = need['kind'] not in NOT_OF_THE_LOADER
        if need['floor'] is None:
            floor, refused = None, None if exact else refused
            reasons.append(f'{words}: never ({need["reason"]})')
        elif floor is not None:
            # A symbol of musl came with a release, though the tag names a series.
            own = max(number(need['floor']), number(need['version']) if need['kind'] == 'symbol' else ())
            if own > floor:
                floor = own
                reasons.append(f'{words}: from {text(own)}')
            if exact and refused is not None and is_of_libc(need):
                refused = max(refused, own)
        if need['ceiling'] is not None and (ceiling is None or number(need['ceiling']) < ceiling):
            ceiling = number(need['ceiling'])
            reasons.append(f'{words}: below {text(ceiling)}')
    doubts = [(each['rule'], doubted_names(each), each['message'])
              for each in report['findings']
              if each['rule'] in OF_LOADING and each['object'] in closure and each['severity'] != 'note'
              and not is_of_requirement(each)]
    return Verdict(path, report['architecture'], report['libc'], floor, refused, ceiling, tuple(reasons),
                   frozenset(names) if are_named else None, tuple(doubts), closure)


def doubted_names(finding):
    """The library or the symbols that a warning is about; it names some of several symbols."""
    named = finding['message'].partition(' looked for in vain')[0].rpartition(' ')[0]
    symbols = re.split(r', | and ', named) if finding['rule'] == 'undefined-symbol' else [finding['symbol']]
    return tuple(filter(None, (finding['library'], *symbols)))


def is_of_libc(need):
    """Whether a floor is one of the libc itself, and not of a profile that promises another library."""
    if need['kind'] in ('symbolVersion', 'library'):
        return (need['library'] or '').startswith(GLIBC_NAMES) and need['kind'] == 'symbolVersion'
    return True


def is_of_requirement(finding):
    """Whether a finding is an error since a claim is older than a requirement, which says all."""
    return finding['severity'] == 'error' and finding['tag'] is not None


def verdicts(report):
    """{path in the wheel: the verdict} of each object that was judged."""
    return {path: verdict(report, path, closure) for path, closure in closures(report).items()}


def pack(path, members):
    """Writes a wheel of {place in it: path of the file}."""
    name, version, *tags = pathlib.Path(path).stem.split('-')
    with zipfile.ZipFile(path, 'w') as wheel:
        for place, source in members.items():
            wheel.write(source, place)
        lines = ['Wheel-Version: 1.0', 'Root-Is-Purelib: false']
        lines += [f'Tag: {tags[0]}-{tags[1]}-{platform}' for platform in tags[2].split('.')]
        wheel.writestr(f'{name}-{version}.dist-info/WHEEL', '\n'.join(lines) + '\n')
