#!/usr/bin/env python3
"""Measure what a run over very many wheels takes: usage: many.py --truewheel PATH [--wheels N] [--jobs N,…] [--keep]

Links the small wheels of the corpus under N names, audits them all in one run with `--format jsonl`, and prints the
resident memory of the program once a second: the curve has to be flat. Then kills a run in the middle, resumes it, and
requires the file to be that of a whole run, byte for byte.
"""
import argparse
import filecmp
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

from measuring import HERE

sys.path.insert(0, str(HERE.parent / 'Conformance'))
import fetch  # noqa: E402

# Bytes in a wheel that is small.
SMALL = 150_000
DATE = '2026-11-01'


def link(folder, count):
    """Links the small wheels of the corpus into a folder under so many names, told apart by build tags (PEP 427)."""
    names = [wheel.file for wheel in fetch.manifest()]
    wheels = [path for path in map(fetch.corpus().joinpath, names) if path.exists() and path.stat().st_size < SMALL]
    if not wheels:
        sys.exit(f'there is no small wheel in {fetch.corpus()}: python3 Tests/Conformance/fetch.py fetches them')
    folder.mkdir(parents=True)
    for number in range(count):
        wheel = wheels[number % len(wheels)]
        name, version, tags = wheel.name.split('-', 2)
        os.link(wheel, folder / f'{name}-{version}-{number}-{tags}')


def command(program, folder, output, jobs, *words):
    return [str(program), 'check', '--isolated', '--fail-on', 'never', '--date', DATE, '--jobs', str(jobs),
            '--format', 'jsonl', '-o', str(output), *words, str(folder)]


def memory(process):
    """Kilobytes that are resident now, and the most that were."""
    try:
        lines = pathlib.Path(f'/proc/{process.pid}/status').read_text().splitlines()
    except OSError:
        return None
    values = {line.split(':')[0]: int(line.split()[1]) for line in lines if line.startswith(('VmRSS', 'VmHWM'))}
    return (values['VmRSS'], values['VmHWM']) if 'VmRSS' in values else None


def watch(words, output, rows=20):
    """Runs a command, and prints its memory: so many rows of all that were taken."""
    process = subprocess.Popen(words)
    start, samples, peak = time.monotonic(), [], 0
    while process.poll() is None:
        if now := memory(process):
            peak = max(peak, now[1])
            size = output.stat().st_size if output.exists() else 0
            samples.append((time.monotonic() - start, size, now[0]))
        time.sleep(1)
    usage = os.times()
    if process.returncode != 0:
        sys.exit(f'exit status {process.returncode} of: {" ".join(words)}')
    print('  seconds  written, MB  resident, MB')
    for seconds, size, kilobytes in samples[::max(len(samples) // rows, 1)]:
        print(f'  {seconds:7.0f}  {size / 1e6:11.1f}  {kilobytes / 1024:12.1f}')
    print(f'  peak {peak / 1024:.1f} MB', flush=True)
    return usage


def resume(program, folder, output, whole, jobs):
    """Kills a run in the middle and goes on with it; prints what that took."""
    half = whole.stat().st_size // 2
    process = subprocess.Popen(command(program, folder, output, jobs))
    while process.poll() is None and (not output.exists() or output.stat().st_size < half):
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    print(f'killed with {output.stat().st_size} of {whole.stat().st_size} bytes written; resumed:')
    watch(command(program, folder, output, jobs, '--resume', str(output)), output)
    if not filecmp.cmp(output, whole, shallow=False):
        sys.exit(f'{output} is not what {whole} is')
    print('the resumed file is that of the whole run, byte for byte')


def main():
    parser = argparse.ArgumentParser(description='Measure what a run over very many wheels takes.')
    parser.add_argument('--truewheel', required=True, type=pathlib.Path, help='the built command')
    parser.add_argument('--wheels', type=int, default=100_000, help='how many (%(default)s)')
    parser.add_argument('--jobs', default='1,2', help='with so many jobs, one run each (%(default)s)')
    parser.add_argument('--keep', action='store_true', help='leave the links and the reports there')
    arguments = parser.parse_args()
    # Beside the corpus, since links do not lead to another file system.
    place = fetch.corpus().parent / f'many-{os.getpid()}'
    program = arguments.truewheel.resolve()
    try:
        link(place / 'links', arguments.wheels)
        outputs = {}
        for jobs in map(int, arguments.jobs.split(',')):
            outputs[jobs] = place / f'jobs-{jobs}.jsonl'
            print(f'{arguments.wheels} wheels, --jobs {jobs}:')
            before = os.times()
            after = watch(command(program, place / 'links', outputs[jobs], jobs), outputs[jobs])
            cpu = after.children_user - before.children_user, after.children_system - before.children_system
            print(f'  {after.elapsed - before.elapsed:.0f} s; {cpu[0]:.0f} s in the program, '
                  f'{cpu[1]:.0f} s in the system', flush=True)
        whole = next(iter(outputs.values()))
        for other in outputs.values():
            if not filecmp.cmp(other, whole, shallow=False):
                sys.exit(f'{other} is not what {whole} is')
        resume(program, place / 'links', place / 'resumed.jsonl', whole, next(iter(outputs)))
    finally:
        if not arguments.keep:
            shutil.rmtree(place, ignore_errors=True)


if __name__ == '__main__':
    main()
