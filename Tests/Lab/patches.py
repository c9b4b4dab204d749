"""Random changes of single fields of an ELF file, by the kind of the field.

`patched(data, kind, random)` gives the changed bytes and what was done in words, or None where the file has no field
of the kind. The values are those that a loader treats each in its own way, and a few at random.
"""

import fields
from fields import Image

ADDRESS = [0, 1, 2, 4, 8, 16, 0x1000, 0x10000, -1, -4, -8, -16, -0x1000]
WHOLE = [0, 1, 2, 3, 4, 8, 16, 24, 32, 48, 56, 0x1000, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, -1]
SEGMENT_TYPES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 0x6474E550, 0x6474E551, 0x6474E552, 0x6474E553, 0x6FFFFFFF, 0x70000001]
ALIGNMENTS = [0, 1, 2, 3, 4, 8, 16, 24, 32, 64, 128, 256, 0x800, 0x1000, 0x1800, 0x2000, 0x4000, 0x10000, 0x200000]
TAGS = [*range(0, 39), 0x6FFFFEF5, 0x6FFFFFF0, 0x6FFFFFF9, 0x6FFFFFFA, 0x6FFFFFFB, 0x6FFFFFFC, 0x6FFFFFFD, 0x6FFFFFFE,
        0x6FFFFFFF, 0x7FFFFFFD, 0x7FFFFFFF, 0x6FFFFEFB, 0x6FFFFEFC, 0x70000000, 0x70000001, 0x70000005, 0x60000012]
FLAGS = [1, 2, 4, 8, 16, 32]
FLAGS_1 = [1, 2, 4, 8, 0x10, 0x20, 0x40, 0x80, 0x100, 0x400, 0x800, 0x1000, 0x8000000, 0x2000000, 0x10000000]
MACHINES = [0, 2, 3, 8, 20, 21, 22, 40, 42, 62, 183, 190, 224, 243, 258, 0xA390, 0xFFFF]
RELOCATION_TYPES = {
    62: [*range(0, 43)], 3: [*range(0, 44)], 183: [0, 256, *range(257, 264), *range(1024, 1033), 1040],
    40: [*range(0, 32), 160, 161, 40], 21: [*range(0, 110), *range(240, 254)], 22: [*range(0, 66)],
    243: [*range(0, 20), 51, 57, 58, 59]}


def nudged(value, random):
    """Near the value, twice it, one bit of it, or none of it."""
    return random.choice([value + random.choice(ADDRESS), value * 2, value ^ 1 << random.randrange(32), 0,
                          value + random.choice(ADDRESS), random.randrange(1 << 32)])


def ident(image, random):
    index = random.choice([0, 1, 2, 3, 4, 5, 6, 7, 7, 8, 8, 9, 10, 11, 12, 13, 14, 15])
    values = {4: [0, 1, 2, 3], 5: [0, 1, 2, 3], 6: [0, 2, 255], 7: [1, 2, 3, 3, 3, 6, 9, 64, 97, 255],
              8: [1, 2, 3, 4, 5, 255]}.get(index, [0, 1, 65, 255])
    fields_, value = [fields.Field("ident", f"byte {index}", index, 1)], random.choice(values)
    # The ABI version means something where the system is GNU.
    if index == 8 and random.random() < 0.7:
        image.data[7] = 3
        return [(fields_[0], value)], "ident byte 7 = 3, "
    return [(fields_[0], value)], ""


def header(image, random):
    values = {"type": [0, 1, 2, 3, 4, 5, 0xFE00, 0xFFFF], "machine": MACHINES, "version": [0, 2, 0x100, 0xFFFFFFFF],
              "entry": [0, 1, 0x1000, 0xFFFFFFFF]}
    name = random.choice(["type", "type", "machine", "machine", "version", "version", "phoff", "flags", "flags",
                          "ehsize", "phentsize", "phnum", "shoff", "shentsize", "shnum", "shstrndx", "entry"])
    field = next(f for f in image.structure("header", fields.HEADER, 16) if f.name == name)
    old = image.read(field)
    if name == "flags":
        value = random.choice([0, old ^ 1, old ^ 2, old ^ 4, old ^ 6, old ^ 8, old ^ 0x200, old ^ 0x400, old ^ 0x600,
                               0x5000000, 0x5000002, 0x4000000, old ^ 1 << random.randrange(32)])
    elif name == "phnum":
        value = random.choice([0, 1, old - 1, old + 1, old + 2, 100, 1300, 0xFFFF])
    elif name == "phentsize":
        value = random.choice([0, 1, 32, 56, old + 8, old - 8])
    else:
        value = random.choice(values.get(name) or [nudged(old, random)])
    return [(field, value)], ""


def segments(image, random):
    segment = random.choice(image.segments)
    field = random.choice(segment)
    old = image.read(field)
    if field.name == "type":
        value = random.choice(SEGMENT_TYPES)
    elif field.name == "flags":
        value = random.randrange(8)
    elif field.name == "align":
        value = random.choice([*ALIGNMENTS, random.randrange(1 << 20)])
    else:
        value = nudged(old, random)
    return [(field, value)], f"segment {image.segments.index(segment)} (type {image.read(segment[0]):#x}) "


def removed(image, random):
    """A dynamic entry that is there no more: all that follow move up."""
    used = [e for e in image.dynamic if image.read(e[0])]
    entry = random.choice(used)
    place = image.dynamic.index(entry)
    what = f"without dynamic tag {image.read(entry[0]):#x} "
    changes = []
    for this, following in zip(image.dynamic[place:], image.dynamic[place + 1:]):
        changes += [(f, image.read(g)) for f, g in zip(this, following)]
    return changes or [(entry[0], 0)], what


def added(image, random, tag=None, value=None):
    """A dynamic entry more, in the place of a spare one, before or behind the others."""
    spare = image.spare_entry()
    if spare is None:
        return None
    if tag is None:
        tag = random.choice(TAGS)
        old = image.tags.get(tag, random.choice(list(image.tags.values())))
        value = random.choice([old, nudged(old, random), random.choice(WHOLE)])
    changes = [(spare[0], tag), (spare[1], value)]
    what = f"with dynamic tag {tag:#x} = {value & (1 << 64) - 1:#x} at the end "
    if random.random() < 0.3:
        # The last of two counts: the new one comes first.
        entries = image.dynamic[:image.dynamic.index(spare) + 1]
        old = [(image.read(t), image.read(v)) for t, v in entries]
        moved = [(tag, value), *old[:-1]]
        changes = [change for (t, v), (new_t, new_v) in zip(entries, moved) for change in ((t, new_t), (v, new_v))]
        what = what.replace("at the end", "at the start")
    return changes, what


def dynamic(image, random):
    if not image.dynamic:
        return None
    form = random.random()
    if form < 0.25:
        return removed(image, random)
    if form < 0.5:
        return added(image, random)
    used = [e for e in image.dynamic if image.read(e[0])]
    entry = random.choice(used)
    if form < 0.65:
        return [(entry[0], random.choice(TAGS))], f"dynamic tag {image.read(entry[0]):#x} "
    old = image.read(entry[1])
    value = random.choice([nudged(old, random), random.choice(WHOLE)])
    return [(entry[1], value)], f"dynamic tag {image.read(entry[0]):#x} "


def flags(image, random):
    """DT_FLAGS, DT_FLAGS_1 and the tags that are one flag."""
    form = random.random()
    if form < 0.2:
        return added(image, random, random.choice([16, 22, 24]), 0)
    tag, bits = random.choice([(fields.DT_FLAGS, FLAGS), (fields.DT_FLAGS_1, FLAGS_1), (fields.DT_FLAGS_1, FLAGS_1)])
    bit = random.choice(bits)
    for entry in image.dynamic:
        if image.read(entry[0]) == tag:
            return [(entry[1], image.read(entry[1]) ^ bit)], f"dynamic tag {tag:#x} "
    return added(image, random, tag, bit)


def relocations(image, random):
    entries = list(image.relocations())
    if not entries:
        return None
    tag, entry = random.choice(entries)
    values = image.values(entry)
    shift = 32 if image.is_64 else 8
    number, kind = values["info"] >> shift, values["info"] & (1 << shift) - 1
    what = f"relocation of table {tag}, type {kind} symbol {number}: "
    form = random.random()
    if form < 0.7:
        return [(entry[1], number << shift | random.choice(RELOCATION_TYPES[image.machine]))], what
    if form < 0.85:
        return [(entry[1], random.choice([0, 1, 2, number + 1, image.symbol_count() - 1]) << shift | kind)], what
    field = random.choice([entry[0], entry[-1]]) if len(entry) == 3 else entry[0]
    return [(field, nudged(image.read(field), random))], what


def symbols(image, random):
    entries = image.symbols()
    if len(entries) < 2:
        return None
    number = random.randrange(1, len(entries))
    field = random.choice([f for f in entries[number] if f.name in ("info", "info", "other", "shndx", "value", "size")])
    old = image.read(field)
    values = {"info": [(old & 0xF0) | random.choice([0, 1, 2, 3, 4, 5, 6, 10, 13]),
                       random.choice([0, 1, 2, 3, 10, 13]) << 4 | old & 15, random.randrange(256)],
              "other": [0, 1, 2, 3, 0x20, 0x40, 0x60, 0x80, 0xE0, 0xFF],
              "shndx": [0, 1, 5, 0xFFF1, 0xFFF2, 0xFFFF, 0xFF00]}
    name = image.string(image.read(entries[number][0]))
    return [(field, random.choice(values.get(field.name) or [nudged(old, random)]))], f"symbol {name} "


def versions(image, random):
    indexes, records = image.version_indexes(), list(image.version_records())
    if not records:
        return None
    if len(indexes) > 1 and random.random() < 0.4:
        field = random.choice(indexes[1:])
        old = image.read(field)
        greatest = max(image.read(f) & 0x7FFF for f in indexes)
        return [(field, random.choice([0, 1, 2, 3, greatest + 1, 200, old ^ 0x8000, old & 0x7FFF]))], ""
    record = random.choice(records)
    field = random.choice(record)
    old = image.read(field)
    values = {"version": [0, 2, 3], "flags": [0, 1, 2, 3, 4], "count": [0, old + 1, 100],
              "hash": [old ^ 1, 0, old ^ 1 << 30], "other": [0, 1, 2, 3, 0x8002, 300],
              "index": [0, 1, 2, 3, 300], "next": [0, old + 4, old - 4, 1, 16, 0xFFFFFFFF]}
    return [(field, random.choice(values.get(field.name) or [nudged(old, random)]))], ""


def notes(image, random):
    notes_ = list(image.notes())
    if not notes_:
        return None
    field = random.choice(random.choice(notes_))
    old = image.read(field)
    return [(field, random.choice([0, 1, 2, 3, 4, 5, 7, 8, 15, old + 1, old + 4, 0xFFFFFFFF]))], "note "


def hashes(image, random):
    words = list(image.hash_words())
    if not words:
        return None
    field = random.choice(words)
    old = image.read(field)
    return [(field, random.choice([0, 1, 2, old + 1, old * 2, 0x10000, 0xFFFFFFFF, nudged(old, random)]))], ""


PATCHES = {"ident": ident, "header": header, "segments": segments, "dynamic": dynamic, "flags": flags,
           "relocations": relocations, "symbols": symbols, "version tables": versions, "note words": notes,
           "hash tables": hashes}


def cut(data, random):
    """The file without its last bytes."""
    image = Image(data)
    ends = [s["offset"] + s["filesz"] for s in map(image.values, image.segments)]
    length = random.choice([len(data) - 1, len(data) - random.randrange(1, 64), max(ends), max(ends) - 1,
                            max(ends) - random.randrange(1, 4096), random.choice(ends), 64 if image.is_64 else 52,
                            63, 100, random.randrange(len(data)), len(data) // 4096 * 4096])
    length = max(0, min(length, len(data)))
    return data[:length], f"cut to {length} of {len(data)} bytes"


def patched(data, kind, random):
    """The changed bytes and what was changed, or None where there is nothing of this kind or nothing changed."""
    if kind == "cut":
        return cut(data, random)
    image = Image(data)
    made = PATCHES[kind](image, random)
    if made is None:
        return None
    changes, what = made
    for field, value in changes:
        old = image.read(field)
        image.write(field, value)
        if len(changes) == 1:
            what += f"{field.of} {field.name} {old:#x} -> {image.read(field):#x} at {field.offset:#x}"
    return (bytes(image.data), what.strip()) if image.data != data else None
