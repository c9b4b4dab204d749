"""What the laboratory has to know of an ELF file to ask about it: its dynamic segment, read as a loader reads it."""
import functools
import pathlib
import struct

PT_LOAD, PT_DYNAMIC, PT_INTERP = 1, 2, 3
ET_EXEC, ET_DYN = 2, 3
DT_NEEDED, DT_HASH, DT_STRTAB, DT_SYMTAB, DT_SONAME, DT_RPATH, DT_RUNPATH = 1, 4, 5, 6, 14, 15, 29
DT_GNU_HASH, DT_VERSYM, DT_VERNEED, DT_FLAGS_1 = 0x6ffffef5, 0x6ffffff0, 0x6ffffffe, 0x6ffffffb
DF_1_PIE = 0x08000000
STB_WEAK = 2


class Image:
    """One file; what is not there reads as empty, and a forged one raises struct.error or IndexError."""

    def __init__(self, path):
        self.data = pathlib.Path(path).read_bytes()
        if self.data[:4] != b'\x7fELF':
            raise ValueError(f'{path}: not ELF')
        self.wide, self.order = self.data[4] == 2, '<' if self.data[5] == 1 else '>'
        self.type, = self.unpack('H', 16)
        table, = self.unpack('Q' if self.wide else 'I', 32 if self.wide else 28)
        size, count = self.unpack('HH', 54 if self.wide else 42)
        self.segments = [self.segment(table + index * size) for index in range(count)]
        self.dynamic = self.read_dynamic()

    def unpack(self, form, offset):
        return struct.unpack_from(self.order + form, self.data, offset)

    def segment(self, place):
        """(type, offset, address, bytes in the file)."""
        if self.wide:
            kind, _, offset, address, _, size = self.unpack('IIQQQQ', place)
        else:
            kind, offset, address, _, size = self.unpack('IIIII', place)
        return kind, offset, address, size

    def offset(self, address):
        for kind, offset, start, size in self.segments:
            if kind == PT_LOAD and start <= address < start + size:
                return offset + address - start
        raise IndexError(address)

    def text(self, offset):
        return self.data[offset:self.data.index(b'\0', offset)].decode(errors='replace')

    def read_dynamic(self):
        entries, width = [], 16 if self.wide else 8
        for kind, offset, _, size in self.segments:
            if kind == PT_DYNAMIC:
                for place in range(offset, offset + size - width + 1, width):
                    tag, value = self.unpack('QQ' if self.wide else 'II', place)
                    if tag == 0:
                        break
                    entries.append((tag, value))
        return entries

    def entry(self, tag):
        return next((value for key, value in self.dynamic if key == tag), None)

    def name(self, place):
        return self.text(self.offset(self.entry(DT_STRTAB)) + place)

    @property
    def needed(self):
        return [self.name(value) for tag, value in self.dynamic if tag == DT_NEEDED]

    @property
    def soname(self):
        place = self.entry(DT_SONAME)
        return None if place is None else self.name(place)

    @property
    def run_path(self):
        place = self.entry(DT_RUNPATH) if self.entry(DT_RUNPATH) is not None else self.entry(DT_RPATH)
        return [] if place is None else self.name(place).split(':')

    @property
    def interpreter(self):
        return next((self.text(offset) for kind, offset, _, _ in self.segments if kind == PT_INTERP), None)

    @property
    def is_program(self):
        """Whether it is started: some libraries name an interpreter too, and have a soname."""
        if self.type == ET_EXEC or (self.entry(DT_FLAGS_1) or 0) & DF_1_PIE:
            return True
        return self.interpreter is not None and self.soname is None

    @property
    def is_static(self):
        return self.interpreter is None and not self.needed

    def symbol_count(self):
        if (table := self.entry(DT_HASH)) is not None:
            # On s390x the words of this table have 64 bits.
            if self.wide and self.unpack('H', 18) == (22,):
                return self.unpack('QQ', self.offset(table))[1]
            return self.unpack('II', self.offset(table))[1]
        if (table := self.entry(DT_GNU_HASH)) is None:
            return 0
        place = self.offset(table)
        buckets, first, words, _ = self.unpack('IIII', place)
        place += 16 + words * (8 if self.wide else 4)
        last = max(self.unpack(f'{buckets}I', place), default=0)
        if last < first:
            return first
        place += buckets * 4
        while self.unpack('I', place + (last - first) * 4)[0] & 1 == 0:
            last += 1
        return last + 1

    @functools.cached_property
    def version_names(self):
        """(library, version) by the number that a needed version has in DT_VERSYM."""
        names, table = {}, self.entry(DT_VERNEED)
        place, step = (0, 0) if table is None else (self.offset(table), 1)
        while step:
            _, count, file, entry, step = self.unpack('HHIII', place)
            entry += place
            for _ in range(count):
                _, _, number, name, further = self.unpack('IHHII', entry)
                names[number & 0x7fff] = (self.name(file), self.name(name))
                entry += further
            place += step
        return names

    def symbols(self):
        """(name, number in DT_VERSYM, binding, section) of each dynamic symbol."""
        count, table, versions = self.symbol_count(), self.entry(DT_SYMTAB), self.entry(DT_VERSYM)
        if not count or table is None:
            return
        start, width = self.offset(table), 24 if self.wide else 16
        numbers = None if versions is None else self.unpack(f'{count}H', self.offset(versions))
        strings = self.offset(self.entry(DT_STRTAB))
        for index in range(1, count):
            if self.wide:
                name, info, _, section = self.unpack('IBBH', start + index * width)
            else:
                name, _, _, info, _, section = self.unpack('IIIBBH', start + index * width)
            if name:
                yield self.text(strings + name), 0 if numbers is None else numbers[index] & 0x7fff, info >> 4, section

    def undefined(self):
        """(name, library and version or None, whether it is weak) of each symbol that is looked for elsewhere."""
        for name, number, binding, section in self.symbols():
            if section == 0:
                yield name, self.version_names.get(number), binding == STB_WEAK

    def defined(self):
        """The names of the symbols that others may find here."""
        return (name for name, _, binding, section in self.symbols() if section and binding)
