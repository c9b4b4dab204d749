#!/usr/bin/env python3
"""Compare what an engine says of many wheels with what the command says, and what each costs.

usage: engines.py (spark | ray | dask) FOLDER [--kill COUNT] [--jobs N]

Runs the example of the engine over FOLDER, once undisturbed and, with --kill, once while COUNT of its workers are
killed in the middle of an audit. Every result must have the rows of the command's report. Run it with a Python that has the
engine and truewheel[arrow]: for Spark pyspark[sql], for Ray ray[data], for Dask dask[dataframe,distributed].
"""
import argparse
import ctypes
import json
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time

import pyarrow.parquet

import truewheel
import truewheel.arrow

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent.parent / 'examples' / 'engines'
# Spark starts workers with what is named here; alone on a machine it tries a task again only if it is told to.
ENVIRONMENT = {**os.environ, 'PYSPARK_PYTHON': sys.executable, 'PYTHONWARNINGS': 'ignore'}
PR_SET_CHILD_SUBREAPER = 36


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('engine', choices=['spark', 'ray', 'dask'])
    parser.add_argument('folder', type=pathlib.Path)
    parser.add_argument('--kill', type=int, default=0, metavar='COUNT', help='workers to kill in a second run')
    parser.add_argument('--jobs', type=int, default=os.cpu_count(), help='cores for the command and the engine')
    arguments = parser.parse_args()
    # Engines leave daemons behind; their time is counted here when they end.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    paths = sorted(map(str, arguments.folder.rglob('*.whl')))
    size = sum(os.path.getsize(path) for path in paths)
    print(f'{len(paths)} wheels, {size / 1e6:.0f} MB')

    command = [truewheel.find_truewheel(), 'show', '--isolated', '--format', 'jsonl', '--jobs', str(arguments.jobs)]
    with tempfile.TemporaryFile() as lines:
        tell('command', paths, size, *measured(lambda: subprocess.run([*command, arguments.folder], stdout=lines)))
        lines.seek(0)
        expected = {report['path']: row(report) for report in map(json.loads, lines)}
    if sorted(expected) != paths:
        sys.exit('the command has not reported on every wheel once')
    for deaths in sorted({0, arguments.kill}):
        name = arguments.engine + (f', {deaths} worker{"s" * (deaths > 1)} killed' if deaths else '')
        with tempfile.TemporaryDirectory() as folder:
            result = pathlib.Path(folder, 'result')
            tell(name, paths, size, *measured(lambda: run(arguments, result, deaths)))
            rows = pyarrow.parquet.read_table(result).to_pylist()
        got = {each['path']: {key: each[key] for key in expected[each['path']]} for each in rows}
        wrong = [path for path in paths if got.get(path) != expected[path]]
        if wrong or len(rows) != len(paths):
            sys.exit(f'{len(rows)} rows for {len(paths)} wheels, of which {len(wrong)} differ: {wrong[:3]}')
        print(f'  {len(rows)} rows are those of the command')


def row(report):
    """What a report says, by the columns of a result."""
    words = {'minimal_tag': 'minimalTag', 'libc_floor': 'libcFloor', 'libc_ceiling': 'libcCeiling'}
    finding = [field.name for field in truewheel.arrow.SCHEMA.field('findings').type.value_type]
    plain = ('path', 'file', 'status', 'architecture', 'libc', *words)
    return {**{name: report[words.get(name, name)] for name in plain},
            'claims': report['claims'],
            'findings': [{name: each[name] for name in finding} for each in report['findings']]}


def run(arguments, result, deaths):
    """Run the example; in the meantime kill workers that wait for an audit."""
    example = [sys.executable, EXAMPLES / f'{arguments.engine}_audit.py', arguments.folder, result]
    environment = {**ENVIRONMENT, 'PYSPARK_SUBMIT_ARGS': f'--master local[{arguments.jobs},4] pyspark-shell'}
    killed = set()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(example, env=environment, stdout=log, stderr=log)
        while process.poll() is None:
            time.sleep(0.02)
            for worker in workers() if len(killed) < deaths else ():
                if worker not in killed and len(killed) < deaths:
                    os.kill(worker, signal.SIGKILL)
                    killed.add(worker)
                    time.sleep(1)
        if process.returncode != 0 or len(killed) < deaths:
            log.seek(0)
            sys.stderr.buffer.write(log.read())
            sys.exit(f'{example[1].name} ended with {process.returncode}; {len(killed)} workers were killed')


def workers():
    """The processes below this one that have the program as a child: those of the engine, and of nobody else."""
    parents, names = {}, {}
    for status in pathlib.Path('/proc').glob('[0-9]*/stat'):
        try:
            name, _, rest = status.read_text().partition('(')[2].rpartition(')')
        except OSError:
            continue
        parents[int(status.parent.name)], names[int(status.parent.name)] = int(rest.split()[1]), name

    def is_below(process):
        while process := parents.get(process):
            if process == os.getpid():
                return True
        return False

    # The engine's own process is below this one too, and starts no audit itself.
    return {parents[process] for process, name in names.items() if name == 'truewheel' and is_below(parents[process])}


def measured(action):
    """Seconds of wall clock and of processors, those of everything that was started."""
    def used():
        times = resource.getrusage(resource.RUSAGE_CHILDREN)
        return times.ru_utime + times.ru_stime

    wall, processors = time.monotonic(), used()
    action()
    wall = time.monotonic() - wall
    # Daemons that were left behind end by themselves.
    try:
        while True:
            os.wait()
    except ChildProcessError:
        return wall, used() - processors


def tell(name, paths, size, wall, processors):
    print(f'{name}: {wall:.1f} s, {processors:.1f} s of processors; '
          f'{len(paths) / wall:.0f} wheels and {size / wall / 1e6:.1f} MB a second')


if __name__ == '__main__':
    main()
