"""The worst wheels: a function for each dimension makes one from how much of it there is to be.

What the file holds grows in proportion to that number, so that a wheel of any size can be asked for.
"""
import itertools
import math
import struct

import elf
from forge import (DT_GNU_HASH, DT_HASH, DT_NEEDED, DT_RPATH, DT_RUNPATH, DT_SONAME, DT_SYMTAB, DT_VERSYM, EM_AARCH64,
                   ET_REL, LARGE, PT_GNU_PROPERTY, PT_INTERP, PT_LOAD, PT_NOTE, Blob, Strings, Wheel, colliding, entries,
                   paths, repeated, shared_object, shares, symbol_table, version_definitions, version_needs)

MUSL = 'cp39-abi3-musllinux_1_2_x86_64'
LOADER = b'/lib64/ld-linux-x86-64.so.2'
# Entries of 16 bytes in the largest member.
ENTRIES = LARGE // 16 - 64
# As many bytes as may be said of versions in one object.
VERSION_TABLE = 4 << 20
FORMATS = ['text', 'concise', 'json', 'jsonl', 'sarif', 'junit', 'github', 'gitlab', 'markdown', 'html', 'auditwheel']
DIMENSIONS = {}


def dimension(first, formats=(), size=lambda count: count):
    """Registers a function; `first` is a number for which its wheel is small, `formats` the reports to try with it.

    `size` says how much there is in a wheel of so many units, where that is not in proportion.
    """
    def register(function):
        DIMENSIONS[function.__name__.replace('_', '-')] = (function, first, formats, size)
        return function
    return register


def alike(total, most, make, form='demo/m%06d.so'):
    """A wheel of objects that are alike and have `total` of something between them, each at most `most`."""
    wheel = Wheel()
    count, each = shares(total, most)
    wheel.add(paths(count, form), make(each))
    return wheel


# Needs and objects.

@dimension(1000)
def needs_of_one_name(total):
    strings = Strings()
    name = strings.offset('libx.so')
    return alike(total, LARGE // 20 - 64, lambda each: shared_object(
        strings.padded(4 * each), repeated(DT_NEEDED, name, each)))


@dimension(1000)
def needs_of_the_empty_name(total):
    return alike(total, ENTRIES, lambda each: shared_object(Strings(), repeated(DT_NEEDED, 0, each)))


@dimension(1000)
def needs_of_the_platform(total):
    strings = Strings()
    name = strings.offset('libc.so.6')
    return alike(total, LARGE // 20 - 64, lambda each: shared_object(
        strings.padded(4 * each), repeated(DT_NEEDED, name, each)))


@dimension(1000, FORMATS)
def needs_of_names(total):
    """Every need is of another library, which no one has: as many findings."""
    strings = Strings()
    names = strings.numbered(b'libnobodyhasthis%07d.so', range(total))
    wheel = Wheel()
    wheel.add('demo/m.so', shared_object(strings, entries(DT_NEEDED, names)))
    return wheel


@dimension(10)
def needs_of_every_object(count):
    """Programs, each of which needs all of them; what `count` counts is compressed bytes, so that it grows slowly."""
    count = 2 + math.isqrt(count * 100)
    strings = Strings()
    needs = entries(DT_NEEDED, strings.numbered(b'm%07d.so', range(count)))
    tables = [(DT_RUNPATH, strings.offset('$ORIGIN'))]
    wheel = Wheel()
    wheel.add(paths(count, 'd/m%07d.so'), shared_object(strings, needs, tags=tables, interpreter=LOADER))
    return wheel


@dimension(10)
def needs_of_a_few_objects(count):
    """Programs, each of which needs the same thousand libraries."""
    libraries = min(1000, count)
    strings = Strings()
    needs = entries(DT_NEEDED, strings.numbered(b'lib%07d.so', range(libraries)))
    tables = [(DT_RUNPATH, strings.offset('$ORIGIN'))]
    wheel = Wheel()
    wheel.add(paths(libraries, 'd/lib%07d.so'), shared_object(strings, needs, tags=tables))
    wheel.add(paths(count, 'd/m%07d'), shared_object(strings, needs, tags=tables, interpreter=LOADER))
    return wheel


def linked(number, count, dynamic, strings, **options):
    """An object of a chain, which needs the next one and more."""
    own = Strings()
    own.content, own.offsets = bytearray(strings.content), dict(strings.offsets)
    following = entries(DT_NEEDED, [own.offset(b'a%07d' % (number + 1))]) if number + 1 < count else b''
    return shared_object(own, following + dynamic, **options)


@dimension(10)
def chain(count):
    """Objects of which each needs the next one, and one library that lies where no loader looks."""
    strings = Strings()
    dynamic = entries(DT_NEEDED, [strings.offset('z')]) + entries(DT_RPATH, [strings.offset('$ORIGIN')])
    wheel = Wheel()
    for number in range(count):
        wheel.add(f'd/a{number:07d}', linked(number, count, dynamic, strings))
    wheel.add('far/z', shared_object())
    return wheel


@dimension(10)
def chain_with_run_paths(count):
    """The same, with long run paths that are inherited down the chain, and the library of another processor."""
    strings = Strings()
    dynamic = repeated(DT_NEEDED, strings.offset('z'), 200)
    dynamic += entries(DT_RPATH, [strings.offset('$ORIGIN:' * 1000)])
    wheel = Wheel()
    for number in range(count):
        wheel.add(f'd/a{number:07d}', linked(number, count, dynamic, strings))
    wheel.add('far/z', shared_object(machine=EM_AARCH64))
    return wheel


@dimension(10)
def chain_of_musl(count):
    """musl lets every object inherit run paths."""
    strings = Strings()
    dynamic = repeated(DT_NEEDED, strings.offset('z'), 20)
    dynamic += entries(DT_RUNPATH, [strings.offset('$ORIGIN/x:' * 100)])
    wheel = Wheel(MUSL)
    for number in range(count):
        wheel.add(f'd/a{number:07d}', linked(number, count, dynamic, strings))
    return wheel


@dimension(10)
def chain_of_versions(count):
    """Every object of a chain needs versions of a library that only others need, so that all of them are asked."""
    strings = Strings()
    tables, tags = version_needs([(strings.offset('libc.so.6'), [strings.offset('GLIBC_2.14')] * 20)])
    wheel = Wheel()
    for number in range(count):
        wheel.add(f'd/a{number:07d}', linked(
            number, count, entries(DT_RUNPATH, [strings.offset('$ORIGIN')]), strings, tables=tables, tags=tags))
    return wheel


@dimension(10)
def objects_of_one_soname(count):
    """Foreign objects of one name, all of which are asked for each need of it."""
    strings = Strings()
    soname = [(DT_SONAME, strings.offset('libx.so'))]
    wheel = Wheel()
    wheel.add(paths(count, 'd/%07d/libx.so'), shared_object(strings, tags=soname, machine=EM_AARCH64))
    needs = Strings()
    wheel.add('m.so', shared_object(needs, repeated(DT_NEEDED, needs.offset('libx.so'), count * 100)))
    return wheel


@dimension(10)
def roots_with_one_chain(count):
    """Programs that all load the same chain of a hundred libraries, each of which asks for a missing one."""
    strings = Strings()
    dynamic = repeated(DT_NEEDED, strings.offset('missing.so'), 50)
    dynamic += entries(DT_RPATH, [strings.offset('$ORIGIN:$ORIGIN/x:$ORIGIN/../d')])
    wheel = Wheel()
    for number in range(100):
        wheel.add(f'd/a{number:07d}', linked(number, 100, dynamic, strings))
    program = Strings()
    dynamic = entries(DT_NEEDED, [program.offset('a0000000')]) + entries(DT_RPATH, [program.offset('$ORIGIN')])
    wheel.add(paths(count, 'd/m%07d'), shared_object(program, dynamic, interpreter=LOADER))
    return wheel


# Versions and libraries.

@dimension(1000)
def versions_of_one_name(total):
    strings = Strings()
    library, version = strings.offset('libc.so.6'), strings.offset('GLIBC_2.14')

    def make(each):
        tables, tags = version_needs([(library, [version] * each)])
        return shared_object(strings.padded(8 * each), entries(DT_NEEDED, [library]), tables=tables, tags=tags)
    return alike(total, VERSION_TABLE // 16 - 16, make)


@dimension(1000)
def versions_by_needs(total):
    """As many needs as versions of a library that is none of them."""
    strings = Strings()
    need, library, version = strings.offset('libx.so'), strings.offset('liby.so'), strings.offset('GLIBC_2.14')

    def make(each):
        tables, tags = version_needs([(library, [version] * each)])
        return shared_object(strings.padded(8 * each), repeated(DT_NEEDED, need, each), tables=tables, tags=tags)
    return alike(total, VERSION_TABLE // 16 - 16, make)


@dimension(1000, FORMATS)
def versions_of_names(total):
    """Every version is another one that no profile has: as many requirements and findings."""
    strings = Strings()
    library = strings.offset('libc.so.6')
    versions = strings.numbered(b'GLIBC_3.%07d', range(total))
    count, each = shares(total, VERSION_TABLE // 16 - 16)
    wheel = Wheel()
    for part in range(count):
        tables, tags = version_needs([(library, versions[part * each:(part + 1) * each])])
        wheel.add(f'demo/m{part:06d}.so', shared_object(
            strings if count == 1 else bytes(strings.content), entries(DT_NEEDED, [library]), tables=tables, tags=tags))
    return wheel


@dimension(1000)
def version_libraries(total):
    """Every verneed is of another library."""
    strings = Strings()
    version = strings.offset('GLIBC_2.14')
    names = strings.numbered(b'libversioned%07d.so', range(min(total, VERSION_TABLE // 32 - 16)))

    def make(each):
        tables, tags = version_needs([(name, [version]) for name in names[:each]])
        return shared_object(strings, entries(DT_NEEDED, names[:each]), tables=tables, tags=tags)
    return alike(total, len(names), make)


@dimension(1000)
def versions_defined(total):
    strings = Strings()
    names = strings.numbered(b'VERSION_OF_THIS_LIBRARY_%07d', range(min(total, VERSION_TABLE // 28 - 16)))

    def make(each):
        tables, tags = version_definitions(names[:each])
        return shared_object(strings, tables=tables, tags=tags)
    return alike(total, len(names), make)


@dimension(1000)
def versions_defined_of_one_name(total):
    strings = Strings()
    name = strings.offset('VERSION_OF_THIS_LIBRARY')

    def make(each):
        tables, tags = version_definitions([name] * each)
        return shared_object(strings.padded(8 * each), tables=tables, tags=tags)
    return alike(total, VERSION_TABLE // 28 - 16, make)


# Symbols and libraries.

def versioned(strings, names, padding=0):
    """An object with undefined symbols of these names, all of a version that no profile has."""
    tables, tags = version_needs([(strings.offset('libc.so.6'), [strings.offset('GLIBC_2.99')])])
    return shared_object(strings.padded(padding), entries(DT_NEEDED, [strings.offset('libc.so.6')]),
                         tables=[*symbol_table(names, version=2), *tables], tags=tags)


@dimension(1000)
def symbols_of_a_version(total):
    """Symbols of one name and a version that no profile has."""
    strings = Strings()
    name = strings.offset('f')
    return alike(total, LARGE // 27 - 64, lambda each: versioned(strings, [name] * each, each))


@dimension(1000, FORMATS)
def symbols_of_names(total):
    """The same, each of a name of its own: as many findings."""
    strings = Strings()
    names = strings.numbered(b'symbol_that_nobody_has_%07d', range(total))
    wheel = Wheel()
    wheel.add('demo/m.so', versioned(strings, names))
    return wheel


@dimension(1000)
def symbols_of_one_tail(total):
    """The same, whose names all are the end of one long string."""
    def make(each):
        strings = Strings()
        start = strings.offset('a' * each)
        return versioned(strings, range(start, start + each))
    return alike(total, 20_000, make)


@dimension(1000)
def symbols_withheld_by_needs(total):
    """Symbols that profiles withhold, and as many needs of the library that has them."""
    strings = Strings()
    library, symbol = strings.offset('libz.so.1'), strings.offset('inflate_table')
    return alike(total, LARGE // 48 - 64, lambda each: shared_object(
        strings.padded(8 * each), repeated(DT_NEEDED, library, each), tables=symbol_table([symbol] * each)))


@dimension(1000)
def symbols_of_python(total):
    """Undefined symbols that tell of a build of Python, all of one name."""
    strings = Strings()
    name = strings.offset('PyFPE_jbuf')
    return alike(total, LARGE // 28 - 64, lambda each: shared_object(
        strings.padded(4 * each), tables=symbol_table([name] * each)))


@dimension(100)
def symbols_defined_by_objects(total):
    """Objects that all reach each other and define symbols of interest, one of which each of them lacks."""
    strings = Strings()
    count = 50
    needs = entries(DT_NEEDED, strings.numbered(b'm%06d.so', range(count)))
    needs += entries(DT_NEEDED, [strings.offset('libz.so.1')]) + entries(DT_RUNPATH, [strings.offset('$ORIGIN')])
    names = strings.numbered(b'PyInit_of_a_module_%07d', range(total))
    table = dict(symbol_table(names, section=1))[DT_SYMTAB] + struct.pack(
        '<IIQQ', strings.offset('inflate_table'), elf.GLOBAL_FUNCTION, 0, 0)
    tables = [(DT_HASH, struct.pack('<IIII', 1, len(names) + 2, 0, 0)), (DT_SYMTAB, table)]
    wheel = Wheel()
    wheel.add(paths(count), shared_object(strings, needs, tables=tables))
    return wheel


@dimension(1000)
def symbols_of_musl(total):
    """Symbols that only glibc has, in objects of musl."""
    strings = Strings()
    name, libc = strings.offset('__cxa_thread_atexit_impl'), strings.offset('libc.musl-x86_64.so.1')
    count, each = shares(total, LARGE // 32 - 64)
    wheel = Wheel(MUSL)
    wheel.add(paths(count), shared_object(strings.padded(8 * each), entries(DT_NEEDED, [libc]), tables=symbol_table([name] * each)))
    return wheel


@dimension(1000)
def symbols_of_musl_read_again(total):
    """The same under a tag that does not lead one to expect musl, so that the wheel is read a second time."""
    wheel = symbols_of_musl(total)
    again = Wheel()
    again.parts, again.directory, again.size, again.count = wheel.parts, wheel.directory, wheel.size, wheel.count
    return again


@dimension(1000)
def symbols_in_a_hash_chain(total):
    """A DT_GNU_HASH whose last chain takes all of the object."""
    def make(each):
        chain = struct.pack('<4IQII', 1, 1, 1, 6, 0, 1, 2) + struct.pack('<I', 2) * each + struct.pack('<I', 3)
        return shared_object(tables=[(DT_SYMTAB, bytes(24 * 4)), (DT_GNU_HASH, chain)])
    return alike(total, LARGE // 4 - 64, make)


@dimension(1000)
def symbols_in_hash_buckets(total):
    def make(each):
        buckets = struct.pack('<4IQ', each, 1, 1, 6, 0) + struct.pack('<I', 1) * each + struct.pack('<I', 3)
        return shared_object(tables=[(DT_SYMTAB, bytes(24 * 4)), (DT_GNU_HASH, buckets)])
    return alike(total, LARGE // 4 - 64, make)


@dimension(1000)
def symbols_uncounted(total):
    """No hash table says how many symbols there are, so that all that there is room for are looked at."""
    return alike(total, LARGE // 26 - 64, lambda each: shared_object(
        tables=[(DT_SYMTAB, bytes(24 * each)), (DT_VERSYM, bytes(2 * each))]))


@dimension(1000)
def symbols_of_c_plus_plus(total):
    """What a linker makes: distinct names, half of them defined."""
    wheel = Wheel()
    wheel.add('demo/m.so', elf.shared_object(total))
    return wheel


# Run paths.

@dimension(1000)
def run_path_entries(total):
    """One run path of many entries, of objects that miss a thousand libraries."""
    def make(each):
        strings = Strings()
        needs = entries(DT_NEEDED, strings.numbered(b'missing%04d.so', range(1000)))
        return shared_object(strings, needs + entries(DT_RPATH, [strings.offset('$ORIGIN:' * each)]))
    return alike(total, LARGE // 8 - 4096, make)


@dimension(1000)
def run_paths_up_and_down(total):
    def make(each):
        strings = Strings()
        path = ':'.join('$ORIGIN/' + 'a/../' * (number % 50) + './/b' for number in range(50)) + ':'
        return shared_object(strings, entries(DT_RUNPATH, [strings.offset(path * (1 + each // 50))]))
    return alike(total, LARGE // 200, make)


@dimension(1000)
def run_path_of_one_entry(total):
    """One entry as long as the object."""
    def make(each):
        strings = Strings()
        return shared_object(strings, entries(DT_RUNPATH, [strings.offset('$ORIGIN/' + 'a/' * each)]))
    return alike(total, LARGE // 2 - 4096, make)


@dimension(1000)
def run_paths_in_deep_folders(total):
    """Objects two thousand folders down, each entry of whose run path is seen from there."""
    def make(each):
        strings = Strings()
        return shared_object(strings, entries(DT_RUNPATH, [strings.offset('$ORIGIN/..:' * each)]))
    return alike(total, LARGE // 11 - 4096, make, 'd/' * 2000 + 'm%06d.so')


@dimension(1000)
def needs_with_folders(total):
    """Needs that are paths below the object's own folder."""
    strings = Strings()
    name = strings.offset('$ORIGIN/a/../b/./c')
    return alike(total, 50_000, lambda each: shared_object(strings, repeated(DT_NEEDED, name, each)),
                 'd/' * 200 + 'm%06d.so')


@dimension(10)
def runs_of_run_paths(count):
    """Programs that load each other, each with a run path and a need of its own."""
    wheel = Wheel()
    for number in range(count):
        strings = Strings()
        dynamic = entries(DT_NEEDED, [strings.offset(b'm%07d' % ((number * 7 + step * step) % count))
                                      for step in range(20)])
        dynamic += entries(DT_RPATH, [strings.offset(':'.join(f'$ORIGIN/../{number}/{step}' for step in range(20)))])
        wheel.add(f'd/m{number:07d}', shared_object(strings, dynamic, interpreter=LOADER))
    return wheel


@dimension(10)
def copies_for_processors(count):
    """Programs that load each other, each with a copy for every level of processors: each process is there four times."""
    wheel = Wheel()
    for number in range(count):
        strings = Strings()
        dynamic = entries(DT_NEEDED, [strings.offset(b'm%07d' % ((number * 7 + step * step) % count))
                                      for step in range(20)])
        dynamic += entries(DT_RPATH, [strings.offset('$ORIGIN:$ORIGIN/../..')])
        for folder in ('', 'glibc-hwcaps/x86-64-v2/', 'glibc-hwcaps/x86-64-v3/', 'glibc-hwcaps/x86-64-v4/'):
            wheel.add(f'd/{folder}m{number:07d}', shared_object(strings, dynamic, interpreter=LOADER))
    return wheel


# Names and lengths.

@dimension(1000)
def needs_of_one_tail(total):
    """Every need is the end of one long string."""
    def make(each):
        strings = Strings()
        start = strings.offset('a' * each)
        return shared_object(strings, entries(DT_NEEDED, range(start, start + each)))
    return alike(total, 20_000, make)


@dimension(1000)
def needs_of_long_names(total):
    """A few hundred ends of a string that takes all of the object."""
    def make(each):
        strings = Strings()
        start = strings.offset('a' * each)
        return shared_object(strings, entries(DT_NEEDED, range(start, start + min(each, 4))))
    return alike(total, LARGE - 4096, make)


@dimension(1000, FORMATS)
def needs_of_one_long_name(total):
    """One need, as long as the object."""
    def make(each):
        strings = Strings()
        return shared_object(strings, entries(DT_NEEDED, [strings.offset('lib\u202e\x1b' + 'ä<&"' * (each // 4))]))
    return alike(total, LARGE - 4096, make)


@dimension(1000)
def sonames(total):
    def make(each):
        strings = Strings()
        return shared_object(strings, entries(DT_SONAME, [strings.offset('a-' * (each // 2) + '.so')]))
    return alike(total, LARGE - 4096, make, 'demo.libs/m%06d.so')


@dimension(1000, FORMATS)
def version_names(total):
    def make(each):
        strings = Strings()
        library, version = strings.offset('libc.so.6'), strings.offset('GLIBC_3.' + '9' * each)
        tables, tags = version_needs([(library, [version])])
        return shared_object(strings, entries(DT_NEEDED, [library]), tables=tables, tags=tags)
    return alike(total, LARGE - 4096, make)


@dimension(1000)
def symbol_names(total):
    def make(each):
        strings = Strings()
        return versioned(strings, [strings.offset('_Z' + 'a' * each)] * 4)
    return alike(total, LARGE - 4096, make)


@dimension(1000)
def interpreters(total):
    return alike(total, (1 << 20) - 64, lambda each: shared_object(interpreter=b'/a' * (each // 2)))


@dimension(10, FORMATS)
def findings_of_long_paths(count):
    """Objects with names as long as they may be, each of which breaks the claim."""
    strings = Strings()
    wheel = Wheel()
    wheel.add(paths(count, 'd<&"/' * 800 + 'm%06d.so'),
              shared_object(strings, entries(DT_NEEDED, [strings.offset('libnobodyhasthis.so')])))
    return wheel


@dimension(10, FORMATS)
def findings_of_objects(count):
    """Small objects, each of which breaks the claim in some ways."""
    strings = Strings()
    libraries = [strings.offset(name) for name in ('libnobodyhasthis.so', 'libc.so.6', 'libpython3.9.so.1.0')]
    tables, tags = version_needs([(libraries[1], [strings.offset('GLIBC_2.34')])])
    wheel = Wheel()
    wheel.add(paths(count), shared_object(strings, entries(DT_NEEDED, libraries), tables=tables, tags=tags))
    return wheel


@dimension(10, FORMATS, size=lambda count: count * min(count, 300))
def findings_of_linked_objects(count):
    """The same, with edges between the objects for the picture of them."""
    count = 2 + count
    strings = Strings()
    names = strings.numbered(b'm%06d.so', range(min(count, 300)))
    dynamic = entries(DT_NEEDED, names) + entries(DT_NEEDED, [strings.offset('libnobodyhasthis.so')])
    dynamic += entries(DT_RUNPATH, [strings.offset('$ORIGIN')])
    wheel = Wheel()
    wheel.add(paths(count), shared_object(strings, dynamic))
    return wheel


@dimension(10, FORMATS)
def findings_by_tags(count):
    """Everything found is said for each of the tags of the name."""
    platforms = '.'.join(f'manylinux_2_{minor}_x86_64' for minor in range(17, 26))
    strings = Strings()
    names = strings.numbered(b'symbol_that_nobody_has_%07d', range(100))
    wheel = Wheel(f'cp39-abi3-{platforms}')
    wheel.add(paths(count), versioned(strings, names))
    return wheel


# Notes and segments.

def properties(count):
    """One note with many properties, each of which says that it needs x86-64-v2."""
    property = struct.pack('<IIII', 0xc0008002, 4, 2, 0)
    return struct.pack('<III4s', 4, len(property) * count, 5, b'GNU\0') + property * count


def notes(count):
    return struct.pack('<III4s', 4, 0, 3, b'GNU\0') * count


@dimension(1000)
def notes_in_segments(total):
    """As many segments of notes as there may be, over the same notes."""
    def make(each):
        table = notes(each)
        return shared_object(tables=[(DT_SYMTAB, table)], segments=[(PT_NOTE, None, len(table))] * 64)
    return alike(total, (1 << 20) // 16, make)


@dimension(1000)
def properties_in_segments(total):
    def make(each):
        table = properties(each)
        return shared_object(tables=[(DT_SYMTAB, table)], segments=[(PT_GNU_PROPERTY, None, len(table))] * 64)
    return alike(total, (1 << 20) // 16 - 2, make)


def with_segments(type):
    def make(each):
        places = [(type, 64 + 56 * number, 8) for number in range(each)]
        return shared_object(segments=places)
    return make


@dimension(100)
def segments_loaded(total):
    return alike(total, 0xffff - 2, with_segments(PT_LOAD))


@dimension(100)
def segments_of_interpreters(total):
    """Places to keep, with gaps between them."""
    return alike(total, 0xffff - 2, with_segments(PT_INTERP))


@dimension(100)
def segments_and_addresses(total):
    """Tags that state addresses, each looked up in as many segments."""
    def make(each):
        return shared_object(dynamic=repeated(DT_HASH, 1 << 40, each * 10),
                             segments=[(PT_LOAD, 64 + 56 * number, 8) for number in range(each)])
    return alike(total, 0xffff - 2, make)


@dimension(1000)
def addresses(total):
    """Tags that state addresses: any of them may end a table."""
    return alike(total, ENTRIES, lambda each: shared_object(dynamic=repeated(DT_GNU_HASH, 1 << 40, each)))


# Inflated bytes.

@dimension(100_000)
def inflated_zeros(total):
    return alike(total, LARGE, lambda each: shared_object(gap=each))


@dimension(100_000)
def objects_read_twice(total):
    """Tables far before the dynamic segment and behind what is kept of a beginning."""
    def make(each):
        strings = Strings()
        tables = [(DT_SYMTAB, bytes(each // 2)), *symbol_table([strings.offset('f')] * 4)[:1],
                  (DT_GNU_HASH, struct.pack('<4IQII', 1, 1, 1, 6, 0, 0, 0))]
        return shared_object(strings, entries(DT_NEEDED, [strings.offset('libx.so')]), tables=tables, gap=each // 2)
    return alike(total, LARGE - 4096, make)


@dimension(100_000)
def members_that_are_not_objects(total):
    """Zeros that are no ELF file, of which four bytes tell so."""
    return alike(total, LARGE, lambda each: bytes(each), 'demo/m%06d.bin')


# Members.

@dimension(10)
def members_of_nothing(count):
    wheel = Wheel()
    wheel.add(paths(count, '%06x'), b'')
    return wheel


@dimension(10)
def members_of_objects(count):
    wheel = Wheel()
    wheel.add(paths(count), shared_object())
    return wheel


@dimension(10)
def members_that_nothing_loads(count):
    """Relocatable files: a finding each."""
    wheel = Wheel()
    wheel.add(paths(count, '%06x.o'), shared_object(kind=ET_REL))
    return wheel


@dimension(10)
def members_of_archives(count):
    wheel = Wheel()
    wheel.add(paths(count, '%06x.a'), b'!<arch>\n' + bytes(52))
    return wheel


@dimension(10)
def members_in_deep_folders(count):
    wheel = Wheel()
    wheel.add(paths(count, 'd/' * 2000 + 'm%06d.so'), shared_object())
    return wheel


@dimension(10)
def members_that_are_folders(count):
    wheel = Wheel()
    wheel.add(paths(count, '%06x/'), b'')
    return wheel


@dimension(10)
def members_with_extra_fields(count):
    """Headers as long as they may be, of fields of no length."""
    wheel = Wheel()
    wheel.add(paths(count), b'', extra=struct.pack('<HH', 0xcafe, 0) * (0xffff // 4))
    return wheel


@dimension(10)
def members_of_one_hash(count):
    """Names that a hash table cannot tell apart."""
    wheel = Wheel()
    wheel.add(colliding(count, 18), b'')
    return wheel


@dimension(10)
def members_named_wheel(count):
    """Folders of metadata, of which one has to be chosen."""
    wheel = Wheel()
    wheel.add(paths(count, 'x%06d.dist-info/WHEEL'), b'')
    return wheel


# Tags.

def compressed_sets(length):
    """Three sets of tags, as long together as a file name may be."""
    each = (length - 20) // 3
    letters = 'abcdefghijklmnopqrstuvwxyz0123456789'
    words = [*letters, *(a + b for a in letters for b in letters)]
    sets, size = [], 0
    for word in words:
        if size + len(word) + 1 > each:
            break
        sets.append(word)
        size += len(word) + 1
    return '.'.join(sets)


@dimension(1000)
def tags_in_the_name(total):
    """A file name of 255 bytes that stands for tens of thousands of tags, and objects as well."""
    tags = compressed_sets(255 - len('d-1-.whl'))
    wheel = Wheel(f'{tags}-{tags}-{tags}', name='d-1')
    wheel.add(paths(max(1, total // 1000)), shared_object())
    return wheel


def variant(json):
    wheel = Wheel('cp39-abi3-manylinux_2_17_x86_64-v')
    wheel.add('demo/m.so', shared_object())
    wheel.add('demo-1.0.dist-info/variant.json', json)
    return wheel


# As much as variant.json may hold.
VARIANT = (1 << 20) - 400


@dimension(100, FORMATS)
def properties_of_a_variant(count):
    """A variant with as many properties as its file has room for."""
    values = ','.join(f'"{number}"' for number in range(min(count, VARIANT // 9)))
    return variant('{"$schema":"https://x/v0.1.0.json","default-priorities":{"namespace":["n"]},'
                   f'"variants":{{"v":{{"n":{{"f":[{values}]}}}}}}}}'.encode())


@dimension(100)
def values_of_json(count):
    """A variant.json of nothing but small values in each other."""
    return variant(b'[' + b','.join([b'[{},1]'] * min(count, VARIANT // 7)) + b']')


def with_info(name, content):
    wheel = Wheel()
    wheel.add('demo/m.so', shared_object())
    wheel.add(f'demo-1.0.dist-info/{name}', content)
    return wheel


# As much as RECORD may hold, and as METADATA and WHEEL may.
RECORD_LINES = 1_000_000 - 1
RECORD = (64 << 20) - 200
METADATA = (1 << 20) - 200


@dimension(100, FORMATS)
def rows_of_record(count):
    """Rows of RECORD, each with another file that is not there."""
    return with_info('RECORD', b''.join(b'x%07d,,\n' % number for number in range(min(count, RECORD_LINES))))


@dimension(100)
def rows_of_record_on_one_file(count):
    """Rows of RECORD, all of them on a file that is there."""
    return with_info('RECORD', b'demo/m.so,sha256=x,1\n' * min(count, RECORD_LINES))


@dimension(100)
def empty_rows_of_record(count):
    """Rows of RECORD without a name."""
    return with_info('RECORD', b',,\n' * min(count, RECORD_LINES))


@dimension(100)
def short_rows_of_record(count):
    """Rows of RECORD with a byte each."""
    return with_info('RECORD', b'a\n' * min(count, RECORD_LINES))


@dimension(100)
def fields_of_record(count):
    """A row of RECORD with many fields."""
    return with_info('RECORD', b',' * min(count, RECORD))


@dimension(100)
def quotes_of_record(count):
    """A row of RECORD of nothing but quotes."""
    return with_info('RECORD', b'"' + b'""' * min(count, RECORD // 2) + b'",,\n')


@dimension(100, FORMATS)
def licence_files(count):
    """Fields of METADATA, each with another licence file that is not there."""
    lines = (b'License-File: %07d\n' % number for number in range(min(count, METADATA // 22)))
    return with_info('METADATA', b'Metadata-Version: 2.4\nName: demo\nVersion: 1.0\n' + b''.join(lines))


@dimension(100)
def folded_lines(count):
    """A field of METADATA that goes on for line after line."""
    return with_info('METADATA', b'Metadata-Version: 2.4\nName: demo\nVersion: 1\n' + b' .0\n' * min(count, METADATA // 4))


def with_lines(lines):
    wheel = Wheel(metadata=b'Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp39-abi3-manylinux_2_17_x86_64\n' + lines)
    wheel.add('demo/m.so', shared_object())
    return wheel


@dimension(10, FORMATS)
def tag_lines(count):
    """Lines of WHEEL, each with another tag."""
    return with_lines(b''.join(b'Tag: py3-none-x%07d\n' % number for number in range(min(count, METADATA // 23))))


@dimension(10, FORMATS)
def tag_lines_with_sets(count):
    """Lines of WHEEL, each of which stands for ten thousand tags."""
    python, abi = ('.'.join(f'{letter}{number}' for number in range(21)) for letter in 'pa')
    form = f'Tag: {python}-{abi}-'.encode() + b'.'.join(b'x%07d_' + b'%d' % number for number in range(22)) + b'\n'
    count = min(count, METADATA // (len(form) + 200))
    return with_lines(b''.join(form % ((number,) * 22) for number in range(count)))


@dimension(10)
def tag_lines_of_one_set(count):
    """The same line again and again."""
    words = '.'.join(f'{number}' for number in range(21))
    line = f'Tag: {words}-{words}-{words}\n'.encode()
    return with_lines(line * min(count, METADATA // len(line)))


@dimension(1000)
def wheel_lines(count):
    """Fields of WHEEL, and lines that go on with the one before."""
    return with_lines((b'Tag: a\n' + b' b-c-d\n' * 5) * min(count, METADATA // 42))
