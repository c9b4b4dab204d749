"""A zip archive as the fields of its records (APPNOTE.TXT 4.3), any of which can be forged before it is written."""
import random
import struct
import zlib

LOCAL, ENTRY, END = b'PK\3\4', b'PK\1\2', b'PK\5\6'
LARGE_END, LOCATOR, DESCRIPTOR = b'PK\6\6', b'PK\6\7', b'PK\7\x08'
ABSENT = 0xffffffff
ENCRYPTED, HAS_DESCRIPTOR, UNICODE = 1, 1 << 3, 1 << 11
# The fields that a local header and an entry of the directory share, and how many bytes each takes.
SHARED = {'version': 2, 'flags': 2, 'method': 2, 'time': 2, 'date': 2, 'crc': 4, 'packed': 4, 'size': 4}
# Fields of the end record; those that are None when it is written are what they have to be.
END_FIELDS = {'disk': 2, 'start': 2, 'here': 2, 'count': 2, 'length': 4, 'offset': 4}
CODES = {1: 'B', 2: 'H', 4: 'I', 8: 'Q'}


def packed(fields, widths):
    return b''.join(struct.pack('<' + CODES[width], fields[name] & (1 << 8 * width) - 1)
                    for name, width in widths.items())


def deflate(content, level=6):
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


class Member:
    def __init__(self, name, content, method=8):
        self.name = self.local_name = name
        self.extra = self.local_extra = self.comment = self.descriptor = self.gap = b''
        self.offset = None
        self.flags = 0 if name.isascii() else UNICODE
        self.fill(content, method)

    def fill(self, content, method=8, level=6):
        """Gives it other contents, of which both headers tell the truth."""
        self.content = content
        self.data = deflate(content, level) if method == 8 else content
        fields = {'version': 20, 'flags': self.flags, 'method': method, 'time': 0, 'date': 0x21,
                  'crc': zlib.crc32(content), 'packed': len(self.data), 'size': len(content)}
        self.local, self.entry = dict(fields), dict(fields)

    def describe(self, signed, width, hides):
        """Puts a descriptor behind the data; `hides` what stands in it from the local header."""
        for header in (self.local, self.entry):
            header['flags'] |= HAS_DESCRIPTOR
        numbers = packed(self.entry, {'crc': 4, 'packed': width, 'size': width})
        self.descriptor = (DESCRIPTOR if signed else b'') + numbers
        if hides:
            self.local.update(crc=0, packed=0, size=0)

    def enlarge(self, local, entry, spare=b''):
        """Moves the sizes of the one header, the other or both into an extra field."""
        sizes = packed(self.entry, {'size': 8, 'packed': 8}) + spare
        field = struct.pack('<HH', 1, len(sizes)) + sizes
        if local:
            self.local.update(packed=ABSENT, size=ABSENT)
            self.local_extra += field
        if entry:
            self.entry.update(packed=ABSENT, size=ABSENT)
            self.extra += field

    def bytes(self):
        return (LOCAL + packed(self.local, SHARED) + struct.pack('<HH', len(self.local_name), len(self.local_extra))
                + self.local_name + self.local_extra + self.data + self.descriptor)

    def entry_bytes(self, offset):
        return (ENTRY + struct.pack('<H', 20) + packed(self.entry, SHARED)
                + struct.pack('<HHHHHII', len(self.name), len(self.extra), len(self.comment), 0, 0, 0,
                              (offset if self.offset is None else self.offset) & ABSENT)
                + self.name + self.extra + self.comment)


class Archive:
    def __init__(self, members):
        self.members, self.order = members, list(range(len(members)))
        self.prefix = self.before_directory = self.after_directory = self.tail = self.comment = b''
        self.end, self.large = dict.fromkeys(END_FIELDS), None
        self.changes = []

    def bytes(self):
        file, offsets = bytearray(self.prefix), []
        for member in self.members:
            file += member.gap
            offsets.append(len(file))
            file += member.bytes()
        file += self.before_directory
        start = len(file)
        for index in self.order:
            file += self.members[index].entry_bytes(offsets[index])
        file_end = {'disk': 0, 'start': 0, 'here': len(self.order), 'count': len(self.order),
                    'length': len(file) - start, 'offset': start}
        file += self.after_directory
        end = {name: file_end[name] if value is None else value for name, value in self.end.items()}
        if self.large is not None:
            widths = {'record': 8, 'made': 2, 'version': 2, 'disk': 4, 'start': 4, 'here': 8, 'count': 8, 'length': 8,
                      'offset': 8}
            large = {'record': 44, 'made': 45, 'version': 45, **file_end, 'first': 0, 'place': len(file), 'disks': 1,
                     **self.large}
            file += LARGE_END + packed(large, widths)
            file += LOCATOR + packed(large, {'first': 4, 'place': 8, 'disks': 4})
        file += END + packed(end, END_FIELDS) + struct.pack('<H', len(self.comment)) + self.comment + self.tail
        for change in self.changes:
            change(file)
        return bytes(file)


def interesting(source, old, width):
    """A number that could make a difference in the place of another."""
    top = (1 << 8 * width) - 1
    return source.choice([0, 1, old + 1, old - 1, old ^ 1 << source.randrange(8 * width), top, top - 1,
                          source.randrange(top + 1)]) & top


def hidden(source):
    """What one reader could take for more of an archive, and another not."""
    member = Member(b'hidden.so', bytes(source.randrange(256) for _ in range(60)), source.choice([0, 8]))
    archive = Archive([member])
    return source.choice([b'\0', b'\0' * source.choice([4, 12, 16, 24]), member.bytes(), archive.bytes(),
                          archive.bytes()[-22:], member.entry_bytes(0), DESCRIPTOR + b'\0' * 12])


def a_member(source, archive):
    return source.choice(archive.members)


def header_field(source, archive):
    member = a_member(source, archive)
    name, width = source.choice(list(SHARED.items()))
    value = interesting(source, member.entry[name], width)
    for header in source.choice([(member.local,), (member.entry,), (member.local, member.entry)]):
        header[name] = value


def entry_offset(source, archive):
    a_member(source, archive).offset = source.choice([0, 1, ABSENT, source.randrange(2000)])


def end_field(source, archive):
    name, width = source.choice(list(END_FIELDS.items()))
    archive.end[name] = source.choice([0, 1, len(archive.members), (1 << 8 * width) - 1, source.randrange(2000)])


def large_end(source, archive):
    archive.large = {}
    if source.random() < 0.7:
        for name, width in END_FIELDS.items():
            if source.random() < 0.6:
                archive.end[name] = (1 << 8 * width) - 1 if name not in ('disk', 'start') else 0
    if source.random() < 0.5:
        name = source.choice(['record', 'version', 'disk', 'start', 'here', 'count', 'length', 'offset', 'first',
                              'place', 'disks'])
        archive.large[name] = source.choice([0, 1, 2, 44, 1 << 63, source.randrange(2000)])


def member_name(source, archive):
    member = a_member(source, archive)
    name = source.choice([member.name + b'\0.txt', b'', member.name + b'/', b'\xff' + member.name, 'é.so'.encode(),
                          '├⌐.so'.encode(), b'\x82.so', a_member(source, archive).name, member.name.upper(),
                          b'x' * 300, b'../' + member.name])
    kind = source.randrange(4)
    if kind != 0:
        member.name = name
    if kind != 1:
        member.local_name = name
    if source.random() < 0.3:
        member.local['flags'] ^= UNICODE
    if source.random() < 0.3:
        member.entry['flags'] ^= UNICODE


def extra_field(source, archive):
    member = a_member(source, archive)
    name = source.choice([member.name, b'other.so', b'', b'\xff'])
    unicode_path = bytes([source.choice([1, 1, 1, 2])]) + struct.pack('<I', zlib.crc32(member.name)) + name
    content = source.choice([b'', b'\0' * 8, unicode_path, unicode_path[:3],
                             packed(member.entry, {'size': 8, 'packed': 8}) + b'\0' * 8])
    field = struct.pack('<HH', source.choice([1, 1, 0x7075, 0x7075, 0x5455, 0]),
                        source.choice([len(content)] * 4 + [len(content) + 1, 0])) + content
    field += source.choice([b''] * 4 + [b'\0', b'\1\0\0'])
    kind = source.randrange(3)
    if kind != 0:
        member.extra += field
    if kind != 1:
        member.local_extra += field


def large_member(source, archive):
    kind = source.randrange(4)
    a_member(source, archive).enlarge(kind != 0, kind != 1, source.choice([b'', b'', b'\0' * 4, b'\0' * 8]))


def descriptor(source, archive):
    member = a_member(source, archive)
    member.describe(source.random() < 0.6, source.choice([4, 4, 8]), source.random() < 0.7)
    if source.random() < 0.3:
        member.descriptor = source.choice([b'', member.descriptor[:-1], member.descriptor + b'\0',
                                           member.descriptor[::-1]])


def longer_data(source, archive):
    """Bytes behind the end of the compressed data that the sizes count in, and perhaps a descriptor of the data alone."""
    member = a_member(source, archive)
    described = source.random() < 0.5
    if described:
        member.describe(source.random() < 0.6, 4, True)
    surplus = (member.descriptor if source.random() < 0.5 else b'') + hidden(source)
    member.data += surplus
    member.entry['packed'] += len(surplus)
    if described:
        member.descriptor = b''
        member.describe(True, 4, True)
    else:
        member.local['packed'] += len(surplus)


def gap(source, archive):
    place = source.choice(['gap', 'before_directory', 'after_directory', 'tail', 'prefix'])
    setattr(a_member(source, archive) if place == 'gap' else archive, place, hidden(source))


def comment(source, archive):
    archive.comment = source.choice([b'made by hand', hidden(source), b'PK\5\6' * 9, archive.bytes(), END + b'\0' * 18])


def entry_comment(source, archive):
    a_member(source, archive).comment = source.choice([b'one', hidden(source)])


def order(source, archive):
    kind = source.randrange(4)
    if kind == 0:
        source.shuffle(archive.order)
    elif kind == 1:
        archive.order.append(source.choice(archive.order))
    elif kind == 2:
        archive.order.pop(source.randrange(len(archive.order)))
    else:
        archive.members.append(a_member(source, archive))
        archive.order.append(len(archive.members) - 1)


def two_directories(source, archive):
    """Another directory in front of the own or behind it, where the end record's offset may lead to."""
    other = Archive([Member(member.name, b'other contents', source.choice([0, 8])) for member in archive.members])
    place = len(archive.bytes()) - 22
    entries = b''.join(member.entry_bytes(source.randrange(place)) for member in other.members)
    setattr(archive, source.choice(['before_directory', 'after_directory']), entries)
    if source.random() < 0.7:
        archive.end['offset'] = source.choice([place, place - len(entries), place + len(entries)])


def contents(source, archive):
    member = a_member(source, archive)
    content = source.choice([b'', b'one', hidden(source), bytes(source.randrange(256) for _ in range(700)), b'x' * 9000])
    member.fill(content, source.choice([0, 8]), source.choice([0, 1, 9]))


def shorter_data(source, archive):
    member = a_member(source, archive)
    member.data = member.data[:source.randrange(len(member.data) + 1)]
    if source.random() < 0.7:
        member.local['packed'] = member.entry['packed'] = len(member.data)


def any_byte(source, archive):
    place, bit = source.random(), source.randrange(8)

    def change(file):
        file[int(place * len(file))] ^= 1 << bit
    archive.changes.append(change)


CHANGES = [header_field, header_field, entry_offset, end_field, large_end, member_name, extra_field, extra_field,
           large_member, descriptor, descriptor, longer_data, gap, comment, entry_comment, order, two_directories,
           contents, contents, shorter_data, any_byte]


def forged(seed, members):
    """An archive of these members, `(name, content, method)`, that one to three things were done to, and which."""
    source = random.Random(seed)
    archive = Archive([Member(*member) for member in members])
    done = source.choices(CHANGES, k=source.choice([1, 1, 2, 2, 3]))
    for change in done:
        change(source, archive)
    return archive.bytes(), [change.__name__ for change in done]
