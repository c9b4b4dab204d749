#!/usr/bin/env python3
"""Compare what truewheel and abi3audit say of the stable ABI in real wheels.

usage: abi3.py --truewheel PATH --abi3audit PATH [--max-mb N]

Takes the wheels of abi3.tsv: those of abi3audit's own tests and of its documentation, and others of many makers.
Every symbol of an object that only one of the two names has to stand in abi3-differences.tsv with the reason, and with
all wheels every row there has to be met. Exit status 1 otherwise.
"""
import argparse
import collections
import fnmatch
import json
import pathlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import fetch
import report

HERE = pathlib.Path(__file__).resolve().parent
MANIFEST, DIFFERENCES = HERE / 'abi3.tsv', HERE / 'abi3-differences.tsv'
DEFAULT_MAX_MB = 20


class Wheel(NamedTuple):
    """One line of abi3.tsv."""
    file: str
    sha256: str
    bytes: int


class Row(NamedTuple):
    """One line of abi3-differences.tsv; all but the reason are patterns or words."""
    wheel: str
    object: str
    symbol: str
    tool: str
    reason: str

    def explains(self, wheel, name, symbol, tool):
        return self.tool == tool and all(fnmatch.fnmatchcase(said, pattern) for said, pattern in (
            (wheel, self.wheel), (name, self.object), (symbol, self.symbol)))


def rows(path, kind):
    return [kind(*line.split('\t')) for line in path.read_text().splitlines() if line and not line.startswith('#')]


def manifest():
    return [wheel._replace(bytes=int(wheel.bytes)) for wheel in rows(MANIFEST, Wheel)]


def fetch_one(wheel):
    """Makes sure of one wheel; returns what went wrong, or None."""
    parts = wheel.file.removesuffix('.whl').split('-')
    python, abi, platforms = (tag.split('.') for tag in parts[-3:])
    version = re.search(r'\d+', python[-1])[0]
    return fetch.fetch_file(wheel, fetch.corpus(), [
        '--implementation', 'cp', '--python-version', f'{version[0]}.{version[1:] or 9}', '--abi', abi[0],
        *(word for platform in platforms for word in ('--platform', platform)), f'{parts[0]}=={parts[1]}'])


def theirs(abi3audit, path):
    """({(object, symbol)} that abi3audit names, the objects that it looked at, those that it could not judge)."""
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder) / 'report.json'
        run = subprocess.run([abi3audit, '--report', '--output', place, path], capture_output=True, text=True)
        said = json.loads(place.read_text())
    objects = [each for spec in said['specs'].values() for each in spec.get('wheel', [])]
    named = {(each['name'], symbol) for each in objects
             for symbol in [*each['result']['non_abi3_symbols'], *each['result']['future_abi3_objects']]}
    if run.returncode not in (0, 1) or bool(run.returncode) != bool(named):
        sys.exit(f'{abi3audit} ended with status {run.returncode} on {path}: {run.stderr}')
    return named, len(objects), run.stderr.count('auditing error') + run.stdout.count('auditing error')


def ours(audited):
    """{(object, symbol): the worst severity} of what truewheel says of symbols, and the objects that it judged."""
    order = ['note', 'warning', 'error']
    named = {}
    for finding in audited['findings']:
        if finding['rule'] == 'python-abi' and finding.get('symbol'):
            key = pathlib.PurePath(finding['object']).name, finding['symbol']
            named[key] = max(finding['severity'], named.get(key, 'note'), key=order.index)
    return named, len(audited['objects'])


def compare(wheel, audited, said, listed, used):
    """Yields what is wrong with one wheel; counts in `used` what explains differences."""
    own = ours(audited)[0]
    blamed = {key for key, severity in own.items() if severity != 'note'}
    for tool, keys in (('abi3audit', said - blamed), ('truewheel', blamed - said)):
        for name, symbol in sorted(keys):
            row = next((row for row in listed if row.explains(wheel.file, name, symbol, tool)), None)
            used[row] += 1
            if row is None:
                yield f'only {tool} names {symbol} of {name}'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--truewheel', required=True, help='the built command')
    parser.add_argument('--abi3audit', required=True, help='the other, 0.0.26 or later')
    parser.add_argument('--max-mb', type=float, default=DEFAULT_MAX_MB, help='leave out larger wheels (%(default)s)')
    parser.add_argument('--show', action='store_true', help='print a line for each wheel that either names a symbol of')
    options = parser.parse_args()
    everything = manifest()
    wheels = [wheel for wheel in everything if wheel.bytes <= options.max_mb * 1_000_000]
    fetch.corpus().mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(4) as pool:
        failed = [f'{wheel.file}: {problem}' for wheel, problem in zip(wheels, pool.map(fetch_one, wheels)) if problem]
    if failed:
        sys.exit('\n'.join(failed))
    audited = report.show(options.truewheel, [fetch.corpus() / wheel.file for wheel in wheels])
    listed, used, failures = rows(DIFFERENCES, Row), collections.Counter(), []
    counts, severities = collections.Counter(), collections.Counter()
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda wheel: theirs(options.abi3audit, fetch.corpus() / wheel.file), wheels))
    for wheel, (said, looked, refused) in zip(wheels, answers):
        own, judged = ours(audited[wheel.file])
        counts.update(theirs=len(said), ours=len(own), both=len(said & set(own)), looked=looked, judged=judged,
                      refused=refused)
        severities.update(own.values())
        failures += [f'{wheel.file}: {sentence}'
                     for sentence in compare(wheel, audited[wheel.file], said, listed, used)]
        if options.show and (said or own):
            print(wheel.file, *sorted(f'{name} {symbol} abi3audit:{"yes" if (name, symbol) in said else "no"} '
                                      f'truewheel:{own.get((name, symbol), "no")}' for name, symbol in said | set(own)),
                  sep='\n  ')
    for row in listed:
        if used[row]:
            print(f'{used[row]:4} explained: {row.wheel} {row.symbol}, only {row.tool}: {row.reason}')
        elif len(wheels) == len(everything):
            failures.append(f'{DIFFERENCES.name}: nothing meets the row {row.wheel} {row.object} {row.symbol}')
    for failure in failures:
        print(f'FAILURE: {failure}')
    print(f"objects: abi3audit looked at {counts['looked']} and could not judge {counts['refused']}, "
          f"truewheel judged {counts['judged']}")
    print(f"symbols: abi3audit names {counts['theirs']}, truewheel {counts['ours']} ("
          + ', '.join(f'{count} {severity}s' for severity, count in sorted(severities.items()))
          + f"), both {counts['both']}")
    print(f'{len(wheels)} wheels, {sum(used.values()) - used[None]} explained differences, {len(failures)} failures')
    sys.exit(bool(failures) or not wheels)


if __name__ == '__main__':
    main()
