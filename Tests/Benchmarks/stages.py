#!/usr/bin/env python3
"""Show which stages of an audit the instructions go to, and which functions are the dearest.

usage: stages.py --truewheel PATH [--top N] WHEEL…

Counts with callgrind (Debian: valgrind), so two runs give the same numbers whatever else the machine does. It counts
instructions in the program and its libraries, not what the kernel does for them (page faults, reading), and not that
some take longer than others.
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# Each stage is what these functions take, all they call included, less what those after the minus take within them.
STAGES = [
    ('profile tables', ['ProfileTable.init('], []),
    ('platform and its symbols', ['ComparedPlatforms.platform(', 'RequirementFinder.interest(on:'], []),
    ('directory', ['WheelArchive.WheelArchive.init('], []),
    ('WHEEL file', ['WheelArchive.metadata(with:'], []),
    ('sniff', ['MemberStream.beginning()', 'WheelArchive.stream('], []),
    ('inflate and checksum', ['MemberStream.read('], ['MemberStream.beginning()']),
    ('ELF tables', ['ELFStreamReader.finishPass()', 'ELFStreamReader.filled('], []),
    ('graph', ['LibraryGraph.init('], []),
    ('floors', ['RequirementFinder.requirements()', 'Verdict.init('], []),
    ('findings', ['Judgement.findings()'], []),
    ('objects of the report', ['static WheelAudit.ObjectReport.all('], []),
    ('render', ['TextReport.render('], []),
]
LINE = re.compile(r'\s*([\d,]+) \(\s*[\d.]+%\)\s+(.*)')


def demangled(text):
    return subprocess.run(['swift', 'demangle', '--compact'], input=text, check=True, capture_output=True,
                          text=True).stdout


def costs(profile, inclusive):
    """`[(function, instructions)]`, dearest first."""
    text = subprocess.run(['callgrind_annotate', f'--inclusive={inclusive}', '--threshold=100', '--auto=no', profile],
                          check=True, capture_output=True, text=True).stdout
    found = []
    for line in demangled(text).splitlines():
        if match := LINE.match(line):
            name = re.sub(r' \[[^\]]*\]$', '', match[2].removeprefix('???:'))
            found.append((name, int(match[1].replace(',', ''))))
    return found


def profile(program, wheel, folder):
    path = folder / 'callgrind.out'
    run = subprocess.run(['valgrind', '--tool=callgrind', f'--callgrind-out-file={path}', program, 'check', '--jobs',
                          '1', wheel], capture_output=True, text=True)
    if run.returncode not in (0, 1):
        sys.exit(f'{wheel}: exit status {run.returncode}: {run.stderr[-500:]}')
    return path


def stages(inclusive):
    """`[(stage, instructions)]` in the order of the work, what is left over last."""
    total = dict(inclusive)['PROGRAM TOTALS']

    def cost(pattern):
        # The parts of an async function come one inside the other: the dearest holds the others.
        values = [value for name, value in inclusive if pattern in name]
        if not values:
            print(f'no function is called {pattern}…: it is inlined, or has another name', file=sys.stderr)
        return max(values, default=0)

    found = [(stage, sum(map(cost, added)) - sum(map(cost, taken))) for stage, added, taken in STAGES]
    return [*found, ('start, arguments and the rest', total - sum(value for _, value in found))], total


def main():
    parser = argparse.ArgumentParser(description='Show which stages of an audit the instructions go to.')
    parser.add_argument('--truewheel', required=True, help='the built command, not stripped of its symbols')
    parser.add_argument('--top', type=int, default=8, help='functions to list (%(default)s)')
    parser.add_argument('wheels', nargs='+', type=pathlib.Path)
    arguments = parser.parse_args()
    for tool in ('valgrind', 'callgrind_annotate', 'swift', 'strip'):
        if not shutil.which(tool):
            sys.exit(f'{tool} is not installed')
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # Debugging information splits a function into the files it was inlined from.
        program = folder / 'truewheel'
        subprocess.run(['strip', '--strip-debug', '-o', program, arguments.truewheel], check=True)
        for wheel in arguments.wheels:
            path = profile(program, wheel, folder)
            found, total = stages(costs(path, 'yes'))
            print(f'\n### {wheel.name}\n\n| stage | million instructions | % |\n|---|---|---|')
            for stage, cost in found:
                print(f'| {stage} | {cost / 1e6:.1f} | {cost / total * 100:.1f} |')
            print(f'| all | {total / 1e6:.1f} | 100 |\n\nThe dearest functions, without what they call:\n')
            own = [entry for entry in costs(path, 'no') if entry[0] != 'PROGRAM TOTALS']
            for function, cost in own[:arguments.top]:
                print(f'- {cost / total * 100:.1f} % {function}')


if __name__ == '__main__':
    main()
