#!/usr/bin/env python3
"""Compare truewheel's minimal tags of real wheels with auditwheel's.

usage: conformance.py --truewheel PATH [--max-mb N]

Every difference has to stand in differences.tsv with its reason and the evidence for it; every difference that stands
there has to exist. Exit status 1 otherwise.
"""
import argparse
import pathlib
import re
import sys
from typing import NamedTuple

import fetch
import report

DIFFERENCES = pathlib.Path(__file__).resolve().parent / 'differences.tsv'

# auditwheel does not find the musl series in the wheel: it takes the one of the host, or the newest it knows. The
# number it prints is therefore no verdict on the wheel, and only the rest of a musllinux tag is compared.
MUSL_SERIES = re.compile(r'(?<=^musllinux_)\d+_\d+(?=_)')


class Difference(NamedTuple):
    """One line of differences.tsv."""
    file: str
    auditwheel: str
    truewheel: str
    reason: str
    evidence: str


def read_differences():
    """The listed differences by file name, and what is wrong with the list."""
    listed, problems = {}, []
    for number, line in enumerate(DIFFERENCES.read_text().splitlines(), 1):
        fields = line.split('\t')
        if not line or line.startswith('#'):
            continue
        if len(fields) != len(Difference._fields) or not all(map(str.strip, fields)):
            problems.append(f'{DIFFERENCES.name}:{number}: not five tab-separated fields, all of them filled')
        elif fields[0] in listed:
            problems.append(f'{DIFFERENCES.name}:{number}: {fields[0]} is listed twice')
        else:
            listed[fields[0]] = Difference(*fields)
    return listed, problems


def auditwheel_answer(wheel):
    """auditwheel's tag, or `refused` for `refused: why`."""
    return wheel.overall.partition(':')[0]


def truewheel_answer(audited):
    """truewheel's tag, or its status where it names no tag (`skipped`)."""
    return audited['minimalTag'] or audited['status']


def agree(one, other):
    return MUSL_SERIES.sub('X_Y', one) == MUSL_SERIES.sub('X_Y', other)


def judge(wheel, audited, listed):
    """Returns `(verdict, sentence)` for one wheel; the verdict is `agrees`, `explained` or `fails`."""
    if audited is None:
        return 'fails', 'is missing from the report'
    if audited['status'] == 'unreadable':
        return 'fails', 'is unreadable: ' + '; '.join(finding['message'] for finding in audited['findings'])
    theirs, ours = auditwheel_answer(wheel), truewheel_answer(audited)
    said = f'auditwheel {theirs}, truewheel {ours}'
    if agree(theirs, ours):
        return ('fails', f'agrees, but is listed as a difference: {said}') if listed else ('agrees', said)
    if listed is None:
        return 'fails', f'differs and is not listed: {said}'
    if (listed.auditwheel, listed.truewheel) != (theirs, ours):
        return 'fails', f'{said}, but is listed as auditwheel {listed.auditwheel}, truewheel {listed.truewheel}'
    return 'explained', f'{said}: {listed.reason}'


def main():
    parser = argparse.ArgumentParser(description="Compare truewheel's minimal tags with auditwheel's.")
    parser.add_argument('--truewheel', required=True, help='the built command')
    parser.add_argument('--max-mb', type=float, default=fetch.DEFAULT_MAX_MB,
                        help='leave out larger wheels (%(default)s)')
    arguments = parser.parse_args()

    listed, failures = read_differences()
    known = {wheel.file for wheel in fetch.manifest()}
    failures += [f'{file}: is listed as a difference and not in {fetch.MANIFEST.name}'
                 for file in sorted(set(listed) - known)]

    wheels = fetch.fetch_or_exit(arguments.max_mb, fetch.corpus())
    audited = report.show(arguments.truewheel, [fetch.corpus() / wheel.file for wheel in wheels])
    counts = {'agrees': 0, 'explained': 0}
    for wheel in wheels:
        verdict, sentence = judge(wheel, audited.get(wheel.file), listed.get(wheel.file))
        if verdict == 'fails':
            failures.append(f'{wheel.file}: {sentence}')
        else:
            counts[verdict] += 1
        if verdict == 'explained':
            print(f'difference: {wheel.file}: {sentence}')

    for failure in failures:
        print(f'FAILURE: {failure}')
    musl = sum(bool(MUSL_SERIES.search(wheel.overall)) for wheel in wheels)
    print(f'{musl} musllinux tags were compared without their series number')
    print(f"{len(wheels)} wheels, {counts['agrees']} agree, {counts['explained']} explained differences,"
          f' {len(failures)} failures')
    sys.exit(bool(failures))


if __name__ == '__main__':
    main()
