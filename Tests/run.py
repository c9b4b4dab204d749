#!/usr/bin/env python3
"""Runs the test targets one after the other, and says what each took: usage: run.py [--filter PATTERN] [--skip PATTERN]

Within a target tests run side by side, so that the time of a single one says little. What failed is printed with what
the tests said; .build/tests.xml has the results of all. Exit status 1 when a test failed or a target had none to run.
"""
import argparse
import pathlib
import re
import resource
import subprocess
import sys
import time
import xml.etree.ElementTree as xml

PROJECT = pathlib.Path(__file__).resolve().parent.parent
RESULTS = PROJECT / '.build' / 'tests.xml'
# What the tests say of each start and each pass.
QUIET = re.compile(r'^[◇✔↳]|^Build complete|^\[\d+/\d+\]|^Test Suite|^Building for|started\.$')


def targets():
    """The test targets: in the order of a wheel's way as far as folders can say, the command last."""
    names = [folder.name for folder in sorted((PROJECT / 'Tests').iterdir()) if folder.name.endswith('Tests')]
    return sorted(names, key=lambda name: name == 'CommandTests')


def cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(name, patterns):
    """Runs what matches; gives the test suite of its results, None where there are none, and what it took."""
    results = PROJECT / '.build' / 'tests' / f'{name}.xml'
    results.parent.mkdir(exist_ok=True)
    results.unlink(missing_ok=True)
    start, used = time.monotonic(), cpu()
    process = subprocess.run(['swift', 'test', '--skip-build', '--disable-xctest', '--xunit-output', results, *patterns],
                             cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace')
    took = time.monotonic() - start, cpu() - used
    # What a test failed with may hold characters that XML cannot.
    text = results.read_text(encoding='utf-8', errors='replace') if results.exists() else ''
    text = re.sub('[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]', '?', text)
    suite = xml.fromstring(text.encode()).find('testsuite') if text else None
    if process.returncode != 0 or suite is None:
        print(''.join(line for line in process.stdout.splitlines(True) if not QUIET.search(line)))
    # A process that died had no time to say which test it was.
    failed = process.returncode != 0 and (suite is None or int(suite.get('failures')) + int(suite.get('errors')) == 0)
    return suite, failed, took


def main():
    parser = argparse.ArgumentParser(description='Runs the test targets and says what each took.')
    parser.add_argument('--filter', help='run only the tests that match this pattern')
    parser.add_argument('--skip', help='leave out the tests that match this pattern')
    arguments = parser.parse_args()
    skipped = ['--skip', arguments.skip] if arguments.skip else []
    if subprocess.run(['swift', 'build', '--build-tests'], cwd=PROJECT).returncode != 0:
        sys.exit(1)
    runs = {arguments.filter: ['--filter', arguments.filter]} if arguments.filter else \
        {name: ['--filter', rf'^{name}\.'] for name in targets()}
    merged, is_sound = xml.Element('testsuites'), True
    sums = dict.fromkeys(['tests', 'failures', 'errors', 'skipped'], 0)
    rows = []
    for name, patterns in runs.items():
        file = re.sub(r'\W+', '-', name)
        suite, failed, (seconds, used) = run(file, [*patterns, *skipped])
        if suite is not None:
            suite.set('name', name)
            merged.append(suite)
        counts = {key: int(suite.get(key) or 0) if suite is not None else 0 for key in sums}
        counts['errors'] += failed
        sums = {key: sums[key] + counts[key] for key in sums}
        is_sound &= not failed and counts['tests'] > 0 and counts['failures'] == 0
        rows.append((name, counts['tests'], counts['failures'] + counts['errors'], seconds, used))
        print(f'{name}: {counts["tests"]} tests, {rows[-1][2]} failed, {seconds:.1f} s', flush=True)
    whole = xml.Element('testsuite', name='all', **{key: str(value) for key, value in sums.items()})
    merged.insert(0, whole)
    xml.indent(merged)
    RESULTS.write_bytes(xml.tostring(merged, encoding='utf-8', xml_declaration=True))
    rows.append(('all', *(sum(row[place] for row in rows) for place in range(1, 5))))
    print(f"\n{'target':<20} {'tests':>6} {'failed':>6} {'seconds':>8} {'CPU, s':>8}")
    for name, tests, failed, seconds, used in rows:
        print(f'{name:<20} {tests:6} {failed:6} {seconds:8.1f} {used:8.1f}')
    sys.exit(not is_sound)


if __name__ == '__main__':
    main()
