"""Makes shared objects with any number of dynamic symbols, laid out as by a linker: tables first, PT_DYNAMIC last."""
import struct

# gABI chapters 4 and 5; LSB Core, "Symbol Versioning".
PT_LOAD, PT_DYNAMIC, PT_GNU_STACK = 1, 2, 0x6474e551
DT_NEEDED, DT_STRTAB, DT_SYMTAB, DT_STRSZ, DT_SYMENT = 1, 5, 6, 10, 11
DT_GNU_HASH, DT_VERSYM, DT_VERNEED, DT_VERNEEDNUM = 0x6ffffef5, 0x6ffffff0, 0x6ffffffe, 0x6fffffff
GLOBAL_FUNCTION = 0x12
ELF_HEADER, PROGRAM_HEADER = struct.Struct('<16sHHIQQQIHHHHHH'), struct.Struct('<IIQQQQQQ')
SYMBOL = struct.Struct('<IBBHQQ')
# Every name begins like this and goes on with eight digits: as long as the names of C++ are.
PREFIX = b'_ZN5bench7symbolsINSt6vectorIE'


def gnu_hash(name, state=5381):
    for byte in name:
        state = (state * 33 + byte) & 0xffffffff
    return state


def sysv_hash(name):
    state = 0
    for byte in name:
        state = (state << 4) + byte
        state = (state ^ (state & 0xf0000000) >> 24) & 0x0fffffff
    return state


def hash_table(hashes, first, buckets):
    """DT_GNU_HASH over symbols from index `first`, whose hashes are in order of bucket; its Bloom filter says maybe."""
    starts = [0] * buckets
    chain = []
    for index, value in enumerate(hashes):
        bucket = value % buckets
        starts[bucket] = starts[bucket] or first + index
        is_last = index + 1 == len(hashes) or hashes[index + 1] % buckets != bucket
        chain.append(value & ~1 | is_last)
    return struct.pack(f'<4IQ{buckets}I{len(chain)}I', buckets, first, 1, 6, 0xffffffffffffffff, *starts, *chain)


def shared_object(count, libc_name='libc.so.6', version=b'GLIBC_2.2.5'):
    """An x86_64 shared object with `count` symbols, every second one undefined, and of `version` where there is one."""
    undefined, defined = count // 2 + count % 2, count // 2
    strings = bytearray(b'\0' + libc_name.encode() + b'\0')
    version_name = len(strings)
    strings += (version or b'') + b'\0'
    first_name, width = len(strings), len(PREFIX) + 9
    strings += b''.join(b'%s%08d\0' % (PREFIX, number) for number in range(count))

    state, buckets = gnu_hash(PREFIX), max(1, defined // 4)
    hashed = sorted(((gnu_hash(b'%08d' % number, state), number) for number in range(undefined, count)),
                    key=lambda entry: entry[0] % buckets)
    symbols = bytearray(SYMBOL.size)
    for number in range(undefined):
        symbols += SYMBOL.pack(first_name + number * width, GLOBAL_FUNCTION, 0, 0, 0, 0)
    for _, number in hashed:
        symbols += SYMBOL.pack(first_name + number * width, GLOBAL_FUNCTION, 0, 1, 0, 0)

    parts = [(DT_GNU_HASH, hash_table([value for value, _ in hashed], 1 + undefined, buckets)),
             (DT_SYMTAB, bytes(symbols)), (DT_STRTAB, bytes(strings))]
    if version:
        parts += [(DT_VERSYM, struct.pack(f'<{1 + count}H', 0, *[2] * undefined, *[1] * defined)),
                  (DT_VERNEED, struct.pack('<HHIIIIHHII', 1, 1, 1, 16, 0, sysv_hash(version), 0, 2, version_name, 0))]
    image = bytearray(ELF_HEADER.size + 3 * PROGRAM_HEADER.size)
    tags = [(DT_NEEDED, 1), (DT_STRSZ, len(strings)), (DT_SYMENT, SYMBOL.size)]
    tags += [(DT_VERNEEDNUM, 1)] if version else []
    for tag, content in parts:
        image += bytes(-len(image) % 8)
        tags.append((tag, len(image)))
        image += content
    image += bytes(-len(image) % 8)
    start = len(image)
    for tag in [*tags, (0, 0)]:
        image += struct.pack('<QQ', *tag)
    header = ELF_HEADER.pack(b'\x7fELF\x02\x01\x01', 3, 62, 1, 0, ELF_HEADER.size, 0, 0, ELF_HEADER.size,
                             PROGRAM_HEADER.size, 3, 0, 0, 0)
    segments = [(PT_LOAD, 6, 0, 0, 0, len(image), len(image), 4096),
                (PT_DYNAMIC, 6, start, start, start, len(image) - start, len(image) - start, 8),
                (PT_GNU_STACK, 6, 0, 0, 0, 0, 0, 16)]
    beginning = header + b''.join(PROGRAM_HEADER.pack(*segment) for segment in segments)
    image[:len(beginning)] = beginning
    return bytes(image)
