"""Edits of linked objects for what no option of the linker produces.

All but `restamp` take 64-bit little-endian objects. Structures: gABI chapters 4 and 5,
LSB Core 5.0 section 10.7 (symbol versioning).
"""

import struct
from typing import Iterator

PT_NULL, PT_LOAD, PT_PHDR = 0, 1, 6
PT_GNU_PROPERTY = 0x6474E553
PF_X, PF_W, PF_R = 1, 2, 4
SHT_DYNAMIC = 6
SHT_GNU_HASH, SHT_GNU_VERNEED = 0x6FFFFFF6, 0x6FFFFFFE
DT_STRTAB, DT_FLAGS = 5, 30
DF_TEXTREL = 4
VER_FLG_WEAK = 2
PAGE = 0x1000

PROGRAM_HEADER = struct.Struct("<IIQQQQQQ")  # type flags offset vaddr paddr filesz memsz align
SECTION_HEADER = struct.Struct("<IIQQQQIIQQ")  # name type flags addr offset size link ...


def restamp(image: bytes, machine: int, flags: int) -> bytes:
    """Sets e_machine and e_flags, whatever the class and byte order."""
    image = bytearray(image)
    order = "<" if image[5] == 1 else ">"
    struct.pack_into(order + "H", image, 18, machine)
    struct.pack_into(order + "I", image, 48 if image[4] == 2 else 36, flags)
    return bytes(image)


def set_version_flags(image: bytes, version: str, flags: int) -> bytes:
    """Sets vna_flags of the needed version with this name."""
    image = bytearray(image)
    needs = _section(image, SHT_GNU_VERNEED)
    strings = _sections(image)[needs[6]][4]
    patched = 0
    for vernaux in _vernauxes(image, needs[4]):
        name, = struct.unpack_from("<I", image, vernaux + 8)
        if _string(image, strings + name) == version:
            struct.pack_into("<H", image, vernaux + 4, flags)
            patched += 1
    assert patched == 1, f"{version} is needed {patched} times"
    return bytes(image)


def empty_gnu_hash_like_bfd(image: bytes) -> bytes:
    """Sets symoffset to 1, as GNU ld writes it when a table hashes no symbol.

    lld writes the number of dynamic symbols there, which would give the count away.
    """
    image = bytearray(image)
    table = _section(image, SHT_GNU_HASH)[4]
    buckets, _, words, _ = struct.unpack_from("<IIII", image, table)
    assert not any(struct.unpack_from(f"<{buckets}I", image, table + 16 + 8 * words))
    struct.pack_into("<I", image, table + 4, 1)
    return bytes(image)


def drop_property_segment(image: bytes) -> bytes:
    """Turns PT_GNU_PROPERTY into PT_NULL: the note is left to PT_NOTE."""
    headers = _program_headers(image)
    kinds = [header[0] for header in headers]
    at = kinds.index(PT_GNU_PROPERTY)
    headers[at] = (PT_NULL, *headers[at][1:])
    return _with_program_headers(image, headers)


def set_tag(image: bytes, tag: int, value: int) -> bytes:
    """Sets the value of an entry of the dynamic segment."""
    image = bytearray(image)
    entry = _section(image, SHT_DYNAMIC)[4]
    while (found := struct.unpack_from("<Q", image, entry)[0]) != tag:
        assert found, f"there is no entry with the tag {tag}"
        entry += 16
    struct.pack_into("<Q", image, entry + 8, value)
    return bytes(image)


def make_code_writable(image: bytes) -> bytes:
    """Gives the flag W to every loaded segment that has X."""
    headers = [
        (kind, flags | PF_W if kind == PT_LOAD and flags & PF_X else flags, *rest)
        for kind, flags, *rest in _program_headers(image)
    ]
    return _with_program_headers(image, headers)


def drop_sections(image: bytes) -> bytes:
    """Takes the section headers away and everything that follows the last segment."""
    image = bytearray(image)
    struct.pack_into("<Q", image, 40, 0)  # e_shoff
    struct.pack_into("<HHH", image, 58, 0, 0, 0)  # e_shentsize, e_shnum, e_shstrndx
    return bytes(image[: max(header[2] + header[5] for header in _program_headers(image))])


def move_strings_to_end(image: bytes) -> bytes:
    """Moves .dynstr to the very end of the file, into a PT_LOAD of its own, as patchelf does.

    The new segment takes the place of PT_PHDR, which a shared object can do without. The old
    strings are overwritten, so that a reader that finds them there reads nonsense.
    """
    image = bytearray(image)
    sections = _sections(image)
    dynamic_index = [section[1] for section in sections].index(SHT_DYNAMIC)
    strings_index = sections[dynamic_index][6]
    name, kind, flags, _, offset, size, *rest = sections[strings_index]
    strings = bytes(image[offset : offset + size])
    image[offset : offset + size] = b"?" * size

    headers = [header for header in _program_headers(image) if header[0] != PT_PHDR]
    loads = [header for header in headers if header[0] == PT_LOAD]
    new_offset = -(-len(image) // 16) * 16
    page = max(header[3] + header[6] for header in loads) // PAGE * PAGE + PAGE
    address = page + new_offset % PAGE
    image += bytes(new_offset - len(image)) + strings
    load = (PT_LOAD, PF_R, new_offset, address, address, size, size, PAGE)
    headers.insert(headers.index(loads[-1]) + 1, load)

    section_table, = struct.unpack_from("<Q", image, 40)
    moved = (name, kind, flags, address, new_offset, size, *rest)
    SECTION_HEADER.pack_into(image, section_table + strings_index * SECTION_HEADER.size, *moved)
    entry = sections[dynamic_index][4]
    while struct.unpack_from("<Q", image, entry)[0] != DT_STRTAB:
        entry += 16
    struct.pack_into("<Q", image, entry + 8, address)
    return _with_program_headers(image, headers)


def _program_headers(image: bytes) -> list[tuple]:
    table, = struct.unpack_from("<Q", image, 32)
    count, = struct.unpack_from("<H", image, 56)
    return [
        PROGRAM_HEADER.unpack_from(image, table + i * PROGRAM_HEADER.size) for i in range(count)
    ]


def _with_program_headers(image: bytes, headers: list[tuple]) -> bytes:
    image = bytearray(image)
    table, = struct.unpack_from("<Q", image, 32)
    assert len(headers) == struct.unpack_from("<H", image, 56)[0]
    for i, header in enumerate(headers):
        PROGRAM_HEADER.pack_into(image, table + i * PROGRAM_HEADER.size, *header)
    return bytes(image)


def _sections(image: bytes) -> list[tuple]:
    table, = struct.unpack_from("<Q", image, 40)
    count, = struct.unpack_from("<H", image, 60)
    return [
        SECTION_HEADER.unpack_from(image, table + i * SECTION_HEADER.size) for i in range(count)
    ]


def _section(image: bytes, kind: int) -> tuple:
    return next(section for section in _sections(image) if section[1] == kind)


def _vernauxes(image: bytes, verneed: int) -> Iterator[int]:
    """The file offsets of all Vernaux entries."""
    while True:
        count, _, first, following = struct.unpack_from("<HIII", image, verneed + 2)
        vernaux = verneed + first
        for _ in range(count):
            yield vernaux
            vernaux += struct.unpack_from("<I", image, vernaux + 12)[0]
        if following == 0:
            return
        verneed += following


def _string(image: bytes, offset: int) -> str:
    return image[offset : image.index(0, offset)].decode()
