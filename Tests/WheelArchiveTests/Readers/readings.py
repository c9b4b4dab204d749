#!/usr/bin/env python3
"""Forge archives, and write down which members other readers find in them.

usage: readings.py FOLDER CASES SEED WHEEL…

Writes FOLDER/NUMBER.whl for each case, and FOLDER/readings.json: for each what was done to it and what the two readers
found, `[[name in hexadecimal, size, CRC-32]…]`, or why they refuse it. One is CPython's zipfile, as pip uses it; the
other goes through the file from its start, by its local headers, as an installer does that reads from the network.
"""
import json
import pathlib
import struct
import sys
import warnings
import zipfile
import zlib

import archive
from archive import ABSENT, DESCRIPTOR, ENTRY, HAS_DESCRIPTOR, LOCAL, UNICODE


class Refusal(Exception):
    pass


def by_directory(path):
    """What zipfile finds: `[(name, content)]`."""
    found = []
    with zipfile.ZipFile(path) as file:
        for info in file.infolist():
            found.append((info.filename.encode(), file.read(info)))
    return found


def fields(extra):
    while len(extra) >= 4:
        kind, length = struct.unpack('<HH', extra[:4])
        if 4 + length > len(extra):
            raise Refusal('an extra field is longer than it can be')
        yield kind, extra[4:4 + length]
        extra = extra[4 + length:]


def inflated(data):
    unpacker = zlib.decompressobj(-15)
    content = unpacker.decompress(data)
    if not unpacker.eof:
        raise Refusal('the compressed data does not end')
    return content, len(data) - len(unpacker.unused_data)


def behind_descriptor(file, place, content, taken):
    for signature in (DESCRIPTOR, b''):
        for code in 'IQ':
            expected = signature + struct.pack(f'<I{code}{code}', zlib.crc32(content), taken, len(content))
            end = place + len(expected)
            if file[place:end] == expected and file[end:end + 4] in (LOCAL, ENTRY):
                return end
    raise Refusal('no descriptor follows the data')


def by_stream(file):
    """What a reader finds that never looks back nor ahead: `[(name, content)]`."""
    found, place = [], 0
    while file[place:place + 4] == LOCAL:
        if len(file) < place + 30:
            raise Refusal('a header is cut off')
        _, flags, method, _, _, crc, packed, size, name_length, extra_length = struct.unpack(
            '<HHHHHIIIHH', file[place + 4:place + 30])
        place += 30
        stored = file[place:place + name_length]
        name = stored.decode('utf-8' if flags & UNICODE else 'cp437').encode()
        place += name_length
        for kind, content in fields(file[place:place + extra_length]):
            if kind == 1:
                if size == ABSENT:
                    size, content = struct.unpack('<Q', content[:8])[0], content[8:]
                if packed == ABSENT:
                    packed = struct.unpack('<Q', content[:8])[0]
            if kind == 0x7075 and content[:5] == b'\1' + struct.pack('<I', zlib.crc32(stored)):
                name = content[5:]
        place += extra_length
        if method not in (0, 8) or flags & archive.ENCRYPTED:
            raise Refusal('a member cannot be read')
        described = flags & HAS_DESCRIPTOR
        data = file[place:] if described and method == 8 else file[place:place + packed]
        content, taken = inflated(data) if method == 8 else (data, len(data))
        if described:
            place = behind_descriptor(file, place + taken, content, taken)
        else:
            place += packed
            if len(content) != size or zlib.crc32(content) != crc:
                raise Refusal('a member is not what its header says')
        found.append((name, content))
    if file[place:place + 4] not in (ENTRY, archive.END, archive.LARGE_END):
        raise Refusal('something else follows the members')
    return found


def reading(find, source):
    try:
        return {'members': [[name.hex(), len(content), zlib.crc32(content)] for name, content in find(source)]}
    # Whatever a reader makes of a forged archive, it does not install it.
    except Exception as error:
        return {'refusal': f'{type(error).__name__}: {error}'}


def seeds(wheels):
    """The members of small wheels, and some of every kind."""
    made = [(b'a.txt', b'first ' * 40, 8), (b'folder/', b'', 0), ('é.txt'.encode(), b'second', 0),
            (b'b.so', bytes(range(256)) * 20, 8)]
    yield made
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as file:
            yield [(info.filename.encode(), file.read(info), info.compress_type) for info in file.infolist()]


def main():
    folder, cases, first = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    warnings.simplefilter('ignore')
    wheels = list(seeds(sys.argv[4:]))
    readings = []
    for number in range(first, first + cases):
        file, changes = archive.forged(number, wheels[number % len(wheels)])
        path = folder / f'{number}.whl'
        path.write_bytes(file)
        readings.append({'case': number, 'changes': changes, 'directory': reading(by_directory, path),
                         'stream': reading(by_stream, file)})
    (folder / 'readings.json').write_text(json.dumps(readings))


if __name__ == '__main__':
    main()
