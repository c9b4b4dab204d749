"""Forges wheels that no linker and no build tool makes: objects with any tables, archives with any members.

Only what must differ is made by itself: tables come from repeated bytes and arrays, and what several members have in
common is compressed once, so that gigabytes of content take a second.
"""
import array
import itertools
import struct
import zlib
from typing import NamedTuple

# gABI chapters 4 and 5; LSB Core, "Symbol Versioning".
PT_LOAD, PT_DYNAMIC, PT_INTERP, PT_NOTE = 1, 2, 3, 4
PT_GNU_PROPERTY = 0x6474e553
DT_NEEDED, DT_HASH, DT_STRTAB, DT_SYMTAB, DT_STRSZ, DT_SYMENT, DT_SONAME, DT_RPATH = 1, 4, 5, 6, 10, 11, 14, 15
DT_RUNPATH, DT_GNU_HASH, DT_VERSYM = 29, 0x6ffffef5, 0x6ffffff0
DT_VERDEF, DT_VERDEFNUM, DT_VERNEED, DT_VERNEEDNUM = 0x6ffffffc, 0x6ffffffd, 0x6ffffffe, 0x6fffffff
EM_X86_64, EM_AARCH64 = 62, 183
ET_REL, ET_DYN = 1, 3
GLOBAL_FUNCTION = 0x12
ELF_HEADER, PROGRAM_HEADER = struct.Struct('<16sHHIQQQIHHHHHH'), struct.Struct('<IIQQQQQQ')
LOCAL_HEADER, DIRECTORY_ENTRY = struct.Struct('<IHHHHHIIIHH'), struct.Struct('<IHHHHHHIIIHHHHHII')
# As much as a member may hold that deflate makes a thousandth of.
LARGE = (64 << 20) - 4096


class Strings:
    """A string table; `offset` says where a string stands in it, and adds it if it has to."""

    def __init__(self):
        self.content, self.offsets = bytearray(b'\0'), {b'': 0}

    def offset(self, text):
        text = text.encode() if isinstance(text, str) else text
        if text not in self.offsets:
            self.offsets[text] = len(self.content)
            self.content += text + b'\0'
        return self.offsets[text]

    def numbered(self, form, numbers):
        """The offsets of many names of one width, `form` with a number: not remembered one by one."""
        start, width = len(self.content), len(form % 0) + 1
        self.content += b''.join(form % number + b'\0' for number in numbers)
        return range(start, start + width * len(numbers), width)

    def padded(self, count):
        """The table with zeros behind it, for readers that look at no more strings than the size of the table lets them."""
        return bytes(self.content) + bytes(count)


def entries(tag, values):
    """Dynamic entries of one tag."""
    table = array.array('Q', [tag, 0]) * len(values)
    table[1::2] = array.array('Q', values)
    return table.tobytes()


def repeated(tag, value, count):
    return struct.pack('<QQ', tag, value) * count


def version_needs(needs, index=2):
    """DT_VERNEED from (offset of the library, offsets of versions); a record has at most 65,535 of them."""
    records = []
    for library, versions in needs:
        for start in range(0, len(versions), 0xffff):
            records.append((library, versions[start:start + 0xffff]))
    parts = []
    for position, (library, versions) in enumerate(records):
        is_last = position + 1 == len(records)
        parts.append(struct.pack('<HHIII', 1, len(versions), library, 16, 0 if is_last else 16 + 16 * len(versions)))
        table = array.array('I', [0, index << 16, 0, 16]) * len(versions)
        table[2::4] = array.array('I', versions)
        table[-1] = 0
        parts.append(table.tobytes())
    return [(DT_VERNEED, b''.join(parts))], [(DT_VERNEEDNUM, len(records))]


def version_definitions(names):
    """DT_VERDEF: one record with one name for each offset."""
    table = array.array('I', [1, 2 | 1 << 16, 0, 20, 28, 0, 0]) * len(names)
    table[5::7] = array.array('I', names)
    table[-3] = 0
    return [(DT_VERDEF, table.tobytes())], [(DT_VERDEFNUM, len(names))]


def symbol_table(names, section=0, version=None):
    """DT_SYMTAB with symbols of these names, counted by DT_HASH, all of one version if one is given."""
    table = array.array('I', [0, GLOBAL_FUNCTION | section << 16, 0, 0, 0, 0]) * (1 + len(names))
    table[6::6] = array.array('I', names)
    table[1] = 0
    tables = [(DT_HASH, struct.pack('<IIII', 1, 1 + len(names), 0, 0)), (DT_SYMTAB, table.tobytes())]
    if version is not None:
        tables.append((DT_VERSYM, struct.pack('<H', 0) + struct.pack('<H', version) * len(names)))
    return tables


def shared_object(strings=None, dynamic=b'', tables=(), tags=(), segments=(), interpreter=None, machine=EM_X86_64,
                  kind=ET_DYN, gap=0, dynamic_first=False):
    """A 64-bit shared object.

    strings: its string table; dynamic: entries as bytes; tables: (tag, content), each of which gets its place;
    tags: further entries; segments: (type, offset, size) of further program headers, where an offset of None means that
    of the first table; gap: zeros between the tables and what follows them.
    """
    content = bytes(strings.content) if isinstance(strings, Strings) else strings or b'\0'
    interpreters = [interpreter + b'\0'] if interpreter else []
    count = 2 + len(interpreters) + len(segments)
    parts, size, places = [], ELF_HEADER.size + count * PROGRAM_HEADER.size, []

    def append(part):
        nonlocal size
        padding = -size % 8
        parts.append(bytes(padding) + part)
        size += padding + len(part)
        return size - len(part)

    for part in interpreters:
        places.append((PT_INTERP, append(part), len(part)))
    placed = [(tag, append(part)) for tag, part in [*tables, (DT_STRTAB, content)]]
    if gap:
        append(bytes(gap))
    table = dynamic + b''.join(struct.pack('<QQ', *entry) for entry in [
        *placed, (DT_STRSZ, len(content)), (DT_SYMENT, 24), *tags, (0, 0)])
    start = append(table)
    first = placed[0][1]
    places += [(type, first if offset is None else offset, length) for type, offset, length in segments]
    header = ELF_HEADER.pack(b'\x7fELF\x02\x01\x01', kind, machine, 1, 0, ELF_HEADER.size, 0, 0, ELF_HEADER.size,
                             PROGRAM_HEADER.size, count, 0, 0, 0)
    segments = PROGRAM_HEADER.pack(PT_LOAD, 6, 0, 0, 0, size, size, 4096) \
        + PROGRAM_HEADER.pack(PT_DYNAMIC, 6, start, start, start, len(table), len(table), 8) \
        + b''.join(PROGRAM_HEADER.pack(type, 4, offset, offset, offset, length, length, 1)
                   for type, offset, length in places)
    return b''.join([header, segments, *parts])


class Blob(NamedTuple):
    """The content of a member, compressed."""
    deflated: bytes
    size: int
    checksum: int

    @staticmethod
    def of(content):
        deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
        return Blob(deflater.compress(content) + deflater.flush(), len(content), zlib.crc32(content))


class Wheel:
    """A wheel on its way; of a well-formed one everything but its size is as a build tool makes it."""

    def __init__(self, tags='cp39-abi3-manylinux_2_17_x86_64', name='demo-1.0', metadata=None):
        self.file, self.parts, self.directory, self.size, self.count = f'{name}-{tags}.whl', [], [], 0, 0
        self.ending = [(f'{name}.dist-info/WHEEL',
                        metadata or f'Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: {tags}\n'.encode())]

    def add(self, names, content, extra=b''):
        """Adds members that have the same content, bytes or a `Blob`, under one name or several."""
        blob = content if isinstance(content, Blob) else Blob.of(content)
        sizes = blob.checksum, len(blob.deflated), blob.size
        for name in [names] if isinstance(names, (str, bytes)) else names:
            name = name.encode() if isinstance(name, str) else name
            lengths = len(name), len(extra)
            self.parts += [LOCAL_HEADER.pack(0x04034b50, 20, 0, 8, 0, 0x21, *sizes, *lengths), name, extra, blob.deflated]
            self.directory += [
                DIRECTORY_ENTRY.pack(0x02014b50, 0x314, 20, 0, 8, 0, 0x21, *sizes, *lengths, 0, 0, 0, 0o100644 << 16,
                                     self.size), name, extra]
            self.size += LOCAL_HEADER.size + sum(lengths) + len(blob.deflated)
            self.count += 1

    def content(self):
        for name, content in self.ending:
            self.add(name, content)
        self.ending = []
        directory = b''.join(self.directory)
        # More members than 16 bits count need the records for large archives (APPNOTE.TXT 4.3.14 and 4.3.15).
        count, large = self.count, b''
        if count >= 0xffff:
            large = struct.pack('<IQHHIIQQQQ', 0x06064b50, 44, 45, 45, 0, 0, count, count, len(directory), self.size) \
                + struct.pack('<IIQI', 0x07064b50, 0, self.size + len(directory), 1)
            count = 0xffff
        end = struct.pack('<IHHHHIIH', 0x06054b50, 0, 0, count, count, len(directory), self.size, 0)
        return b''.join([*self.parts, directory, large, end])


def paths(count, form='demo/m%06d.so'):
    return [form % number for number in range(count)]


def shares(total, most):
    """`total` in equal portions of at most `most`: (how many, how much in each)."""
    parts = max(1, -(-total // most))
    return parts, max(1, total // parts)


def colliding(count, length):
    """Names of which every hash that multiplies by 33, libzip's among them, is the same: `Ez` and `FY` are alike."""
    pairs = itertools.product(('Ez', 'FY'), repeat=length)
    return [''.join(pair) for pair in itertools.islice(pairs, count)]
