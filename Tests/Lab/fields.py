"""The fields of an ELF file, each with its place, so that one of them can be given another value.

Both classes and both byte orders. What is asked for are files that a linker made; nothing here bears hostile ones.
Structures: gABI chapters 4 and 5, LSB Core "Symbol Versioning", for DT_GNU_HASH binutils' description of it.
"""

import struct
from typing import NamedTuple

PT_LOAD, PT_DYNAMIC, PT_NOTE, PT_GNU_PROPERTY = 1, 2, 4, 0x6474E553
DT_NULL, DT_PLTRELSZ, DT_HASH, DT_STRTAB, DT_SYMTAB, DT_RELA, DT_RELASZ = 0, 2, 4, 5, 6, 7, 8
DT_REL, DT_RELSZ, DT_PLTREL, DT_JMPREL, DT_FLAGS = 17, 18, 20, 23, 30
DT_GNU_HASH, DT_VERSYM, DT_FLAGS_1, DT_VERDEF, DT_VERNEED = 0x6FFFFEF5, 0x6FFFFFF0, 0x6FFFFFFB, 0x6FFFFFFC, 0x6FFFFFFE
HEADER = [("type", "H"), ("machine", "H"), ("version", "I"), ("entry", "A"), ("phoff", "A"), ("shoff", "A"),
          ("flags", "I"), ("ehsize", "H"), ("phentsize", "H"), ("phnum", "H"), ("shentsize", "H"), ("shnum", "H"),
          ("shstrndx", "H")]
SEGMENT = {
    True: [("type", "I"), ("flags", "I"), ("offset", "A"), ("vaddr", "A"), ("paddr", "A"), ("filesz", "A"),
           ("memsz", "A"), ("align", "A")],
    False: [("type", "I"), ("offset", "A"), ("vaddr", "A"), ("paddr", "A"), ("filesz", "A"), ("memsz", "A"),
            ("flags", "I"), ("align", "A")]}
SYMBOL = {
    True: [("name", "I"), ("info", "B"), ("other", "B"), ("shndx", "H"), ("value", "A"), ("size", "A")],
    False: [("name", "I"), ("value", "A"), ("size", "A"), ("info", "B"), ("other", "B"), ("shndx", "H")]}
VERNEED = [("version", "H"), ("count", "H"), ("file", "I"), ("aux", "I"), ("next", "I")]
VERNAUX = [("hash", "I"), ("flags", "H"), ("other", "H"), ("name", "I"), ("next", "I")]
VERDEF = [("version", "H"), ("flags", "H"), ("index", "H"), ("count", "H"), ("hash", "I"), ("aux", "I"), ("next", "I")]
VERDAUX = [("name", "I"), ("next", "I")]


class Field(NamedTuple):
    """A number in the file: the structure that it belongs to, its name there, where it lies and how long it is."""

    of: str
    name: str
    offset: int
    size: int


class Image:
    """An ELF file whose fields can be read and written."""

    def __init__(self, data):
        self.data = bytearray(data)
        self.is_64, self.order = data[4] == 2, "<" if data[5] == 1 else ">"
        self.word = 8 if self.is_64 else 4
        header = {field.name: self.read(field) for field in self.structure("header", HEADER, 16)}
        self.machine = header["machine"]
        entry = 56 if self.is_64 else 32
        self.segments = [self.structure("segment", SEGMENT[self.is_64], header["phoff"] + index * entry)
                         for index in range(header["phnum"])]
        self.dynamic = self.dynamic_entries()
        self.tags = {self.read(tag): self.read(value) for tag, value in reversed(self.dynamic)}

    def size_of(self, form):
        return self.word if form == "A" else struct.calcsize(form)

    def structure(self, of, form, offset):
        fields = []
        for name, kind in form:
            fields.append(Field(of, name, offset, self.size_of(kind)))
            offset += self.size_of(kind)
        return fields

    def read(self, field):
        part = self.data[field.offset:field.offset + field.size]
        return int.from_bytes(part, "little" if self.order == "<" else "big")

    def write(self, field, value):
        value &= (1 << 8 * field.size) - 1
        self.data[field.offset:field.offset + field.size] = value.to_bytes(
            field.size, "little" if self.order == "<" else "big")

    def values(self, fields):
        return {field.name: self.read(field) for field in fields}

    def segment(self, kind):
        return next((s for s in map(self.values, self.segments) if s["type"] == kind), None)

    def offset_of(self, address):
        """Where in the file an address lies, or None."""
        for segment in map(self.values, self.segments):
            if segment["type"] == PT_LOAD and 0 <= address - segment["vaddr"] < segment["filesz"]:
                return address - segment["vaddr"] + segment["offset"]
        return None

    def dynamic_entries(self):
        """Pairs of fields, tag and value, as many as there is room for."""
        segment = self.segment(PT_DYNAMIC)
        if segment is None:
            return []
        if segment["filesz"] > len(self.data):
            raise ValueError(f"{segment['filesz']} bytes of dynamic entries")
        pair = [("tag", "A"), ("value", "A")]
        places = range(segment["offset"], segment["offset"] + segment["filesz"], 2 * self.word)
        return [self.structure("dynamic", pair, place) for place in places]

    def spare_entry(self):
        """The first DT_NULL, if another one follows."""
        ends = [entry for entry in self.dynamic if self.read(entry[0]) == DT_NULL]
        return ends[0] if len(ends) > 1 else None

    def table(self, tag):
        return self.offset_of(self.tags[tag]) if tag in self.tags else None

    def string(self, offset):
        start = self.table(DT_STRTAB) + offset
        return self.data[start:self.data.index(0, start)].decode(errors="replace")

    def relocations(self):
        """(table's tag, fields of one entry)."""
        for tag, size in ((DT_RELA, DT_RELASZ), (DT_REL, DT_RELSZ), (DT_JMPREL, DT_PLTRELSZ)):
            start = self.table(tag)
            if start is None or size not in self.tags:
                continue
            if self.tags[size] > len(self.data):
                raise ValueError(f"{self.tags[size]} bytes of relocations")
            explicit = tag == DT_RELA or tag == DT_JMPREL and self.tags.get(DT_PLTREL) == DT_RELA
            form = [("offset", "A"), ("info", "A")] + [("addend", "A")] * explicit
            for place in range(start, start + self.tags[size], len(form) * self.word):
                yield tag, self.structure("relocation", form, place)

    def symbol_count(self):
        """How many dynamic symbols there are, as the hash tables say; ValueError where that cannot be."""
        count = self.hashed_count()
        if count > len(self.data):
            raise ValueError(f"{count} symbols")
        return count

    def hashed_count(self):
        at = self.table(DT_HASH)
        if at is not None:
            # s390x has words of 8 bytes there.
            size = 8 if (self.machine, self.is_64) == (22, True) else 4
            return self.read(Field("hash", "chains", at + size, size))
        at = self.table(DT_GNU_HASH)
        if at is None:
            return 0
        buckets, first, bloom = (self.read(Field("hash", "", at + 4 * i, 4)) for i in range(3))
        start = at + 16 + bloom * self.word
        if buckets > len(self.data):
            raise ValueError(f"{buckets} hash buckets")
        last = max((self.read(Field("hash", "", start + 4 * i, 4)) for i in range(buckets)), default=0)
        if last < first:
            return first
        while last < len(self.data) and not self.read(Field("hash", "", start + 4 * (buckets + last - first), 4)) & 1:
            last += 1
        return last + 1

    def symbols(self):
        """The fields of each dynamic symbol, the null one first."""
        start = self.table(DT_SYMTAB)
        form, size = SYMBOL[self.is_64], 24 if self.is_64 else 16
        return [self.structure("symbol", form, start + index * size) for index in range(self.symbol_count())]

    def version_indexes(self):
        start = self.table(DT_VERSYM)
        count = self.symbol_count() if start is not None else 0
        return [Field("version index", str(index), start + 2 * index, 2) for index in range(count)]

    def version_records(self):
        """The fields of each record of DT_VERNEED and DT_VERDEF."""
        for tag, of, form, child, child_form in ((DT_VERNEED, "need", VERNEED, "needed version", VERNAUX),
                                                 (DT_VERDEF, "definition", VERDEF, "defined name", VERDAUX)):
            place = self.table(tag)
            while place is not None:
                record = self.structure(of, form, place)
                values = self.values(record)
                yield record
                inner = place + values["aux"]
                for _ in range(values["count"]):
                    fields = self.structure(child, child_form, inner)
                    yield fields
                    inner += self.values(fields)["next"]
                place = place + values["next"] if values["next"] else None

    def notes(self):
        """The fields of each note: its three words, then those of what it says."""
        for segment in map(self.values, self.segments):
            if segment["type"] not in (PT_NOTE, PT_GNU_PROPERTY):
                continue
            place, end = segment["offset"], segment["offset"] + segment["filesz"]
            align = 8 if segment["align"] == 8 else 4
            while place + 12 <= end:
                fields = self.structure("note", [("namesz", "I"), ("descsz", "I"), ("type", "I")], place)
                values = self.values(fields)
                if values["descsz"] > len(self.data):
                    raise ValueError(f"{values['descsz']} bytes of a note")
                start = place + -(-(12 + values["namesz"]) // align) * align
                words = [(f"word {index}", "I") for index in range(values["descsz"] // 4)]
                yield fields + self.structure("note", words, start)
                place = start + -(-values["descsz"] // align) * align

    def hash_words(self):
        """The first words of both hash tables."""
        for tag, names in ((DT_HASH, ("buckets", "chains", "bucket", "more")),
                           (DT_GNU_HASH, ("buckets", "first symbol", "bloom words", "bloom shift"))):
            place = self.table(tag)
            of = "sysv hash" if tag == DT_HASH else "gnu hash"
            if place is not None:
                yield from self.structure(of, [(name, "I") for name in names], place)

    def defined_symbols(self):
        """(name, version or "", type) of what can be bound to, for asking a library what it has."""
        versions = {}
        for record in self.version_records():
            values = self.values(record)
            if record[0].of == "definition":
                index = values["index"]
            elif record[0].of == "defined name":
                versions.setdefault(index, self.string(values["name"]))
        indexes = self.version_indexes()
        for number, symbol in enumerate(map(self.values, self.symbols())):
            if symbol["shndx"] and symbol["info"] >> 4 in (1, 2, 10):
                index = self.read(indexes[number]) & 0x7FFF if indexes else 1
                yield self.string(symbol["name"]), versions.get(index, "") if index > 1 else "", symbol["info"] & 15
