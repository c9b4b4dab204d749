#!/usr/bin/env python3
"""Measure that the cost of an audit grows with the bytes of ELF members and with nothing else.

usage: growth.py --truewheel PATH

Audits growing numbers of copies of a wheel, of small members that are not ELF, and of dynamic symbols, and prints the
processor time of each beyond that of the smallest, per unit: flat where the cost is proportional.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'Conformance'))
import fetch  # noqa: E402

NAME = 'demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl'
FIXTURE = HERE.parents[1] / 'Fixtures/objects/x86_64/baseline.abi3.so'


def processor_time(command):
    """The least user and system time of some runs, in seconds."""
    times = []
    for _ in range(7):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        times.append(usage.ru_utime + usage.ru_stime)
    return min(times)


def wheel(path, members):
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, contents in members:
            archive.writestr(name, contents)
    return path


def copies(folder, count):
    """A folder with `count` wheels of the same contents."""
    source = next(wheel for wheel in fetch.manifest() if wheel.file.startswith('numpy-2.4.6-'))
    for file, problem in fetch.fetch([source], fetch.corpus()):
        sys.exit(f'{file}: {problem}')
    place = folder / f'copies{count}'
    place.mkdir()
    for number in range(count):
        shutil.copy(fetch.corpus() / source.file, place / source.file.replace('numpy-2.4.6', f'numpy-2.4.{number}'))
    return place


def small_members(folder, count):
    place = folder / f'members{count}'
    place.mkdir()
    texts = ((f'demo/data/{number}.txt', 'true wheels run straight. ' * 8) for number in range(count))
    return wheel(place / NAME, [('demo/mod.abi3.so', FIXTURE.read_bytes()), *texts])


def symbols(folder, count):
    """A wheel with one object that defines `count` dynamic symbols."""
    place = folder / f'symbols{count}'
    place.mkdir()
    source, target = place / 'many.s', place / 'many.so'
    lines = (f'.globl demo_symbol_number_{number}\ndemo_symbol_number_{number}: .byte 0' for number in range(count))
    source.write_text('.data\n' + '\n'.join(lines) + '\n')
    subprocess.run(['clang', '--target=x86_64-linux-gnu', '-c', source, '-o', place / 'many.o'], check=True)
    subprocess.run(['ld.lld', '-shared', '-o', target, place / 'many.o'], check=True)
    return wheel(place / NAME, [('demo/many.so', target.read_bytes())])


def main():
    parser = argparse.ArgumentParser(description='Measure what the cost of an audit grows with.')
    parser.add_argument('--truewheel', required=True, help='the built command')
    truewheel = parser.parse_args().truewheel
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for what, make, counts, least in [
            ('copies of a wheel', copies, [1, 2, 4, 8], 0),
            ('small members', small_members, [10_000, 100_000], 1),
            ('dynamic symbols', symbols, [1_000, 10_000, 100_000, 1_000_000], 1),
        ]:
            base = processor_time([truewheel, 'check', '-j', '1', make(folder, least)]) if least else 0
            for count in counts:
                path = make(folder, count)
                seconds = processor_time([truewheel, 'check', '-j', '1', path]) - base
                print(f'{count:>9} {what}: {seconds * 1000:8.1f} ms, {seconds / count * 1e6:10.2f} µs each', flush=True)


if __name__ == '__main__':
    main()
