/* Mutations of ELF files that keep most of the file as it is: each changes a few fields of the tables that a loader
 * reads, of either class and byte order, so that what comes behind them is reached (gABI chapters 4 and 5; LSB Core,
 * "Symbol Versioning").
 */
#include <elf.h>
#include <string.h>

#include "include/mutation.h"
#include "random.h"

typedef struct {
  uint8_t *data;
  size_t size;
  int is_wide, is_big;
} File;

static uint64_t get(const File *file, uint64_t offset, unsigned width) {
  if (offset > file->size || file->size - offset < width) return 0;
  uint64_t value = 0;
  for (unsigned index = 0; index < width; index++) {
    value = value << 8 | file->data[offset + (file->is_big ? index : width - 1 - index)];
  }
  return value;
}

static void set(File *file, uint64_t offset, unsigned width, uint64_t value) {
  if (offset > file->size || file->size - offset < width) return;
  for (unsigned index = 0; index < width; index++) {
    file->data[offset + (file->is_big ? width - 1 - index : index)] = (uint8_t)(value >> 8 * index);
  }
}

/* Places of fields that may be changed; of many, those that come late take the place of others. */
typedef struct {
  uint64_t offset;
  unsigned width;
} Field;

enum { MOST = 512 };

typedef struct {
  Field fields[MOST];
  size_t count;
  uint64_t seen;
  Random *random;
} Fields;

static void add(Fields *fields, uint64_t offset, unsigned width) {
  size_t place = fields->count < MOST ? fields->count++ : below(fields->random, ++fields->seen + MOST);
  if (place < MOST) fields->fields[place] = (Field){offset, width};
}

/* The fields of a record, one behind the other. */
static void add_all(Fields *fields, uint64_t offset, const unsigned char *widths) {
  for (; *widths; offset += *widths++) add(fields, offset, *widths);
}

static const unsigned char header_wide[] = {2, 2, 4, 8, 8, 8, 4, 2, 2, 2, 2, 2, 2, 0};
static const unsigned char header_narrow[] = {2, 2, 4, 4, 4, 4, 4, 2, 2, 2, 2, 2, 2, 0};
static const unsigned char segment_wide[] = {4, 4, 8, 8, 8, 8, 8, 8, 0};
static const unsigned char segment_narrow[] = {4, 4, 4, 4, 4, 4, 4, 4, 0};
static const unsigned char symbol_wide[] = {4, 1, 1, 2, 8, 8, 0};
static const unsigned char symbol_narrow[] = {4, 4, 4, 1, 1, 2, 0};
static const unsigned char verneed[] = {2, 2, 4, 4, 4, 0};
static const unsigned char vernaux[] = {4, 2, 2, 4, 4, 0};
static const unsigned char verdef[] = {2, 2, 2, 2, 4, 4, 4, 0};
static const unsigned char verdaux[] = {4, 4, 0};
static const unsigned char words[] = {4, 4, 4, 4, 4, 4, 4, 4, 0};

/* Where the program headers and the dynamic segment are; counts are cut to what is worth looking at. */
typedef struct {
  uint64_t segments, segment_size, segment_count, dynamic, dynamic_count, last_load;
} Outline;

static Outline outline_of(const File *file) {
  unsigned address = file->is_wide ? 8 : 4;
  Outline outline = {get(file, 24 + address, address), file->is_wide ? 56 : 32,
                     get(file, file->is_wide ? 56 : 44, 2), 0, 0, 0};
  if (outline.segment_count > 64) outline.segment_count = 64;
  for (uint64_t index = 0; index < outline.segment_count; index++) {
    uint64_t segment = outline.segments + index * outline.segment_size;
    uint64_t type = get(file, segment, 4);
    if (type == PT_LOAD) outline.last_load = segment;
    if (type != PT_DYNAMIC) continue;
    outline.dynamic = get(file, segment + (file->is_wide ? 8 : 4), address);
    outline.dynamic_count = get(file, segment + (file->is_wide ? 32 : 16), address) / (2 * address);
  }
  if (outline.dynamic_count > 256) outline.dynamic_count = 256;
  return outline;
}

/* The offset in the file of an address, through the segments that are loaded; 0 where none has it. */
static uint64_t offset_of(const File *file, const Outline *outline, uint64_t address) {
  unsigned width = file->is_wide ? 8 : 4;
  for (uint64_t index = 0; index < outline->segment_count; index++) {
    uint64_t segment = outline->segments + index * outline->segment_size + width;
    if (get(file, segment - width, 4) != PT_LOAD) continue;
    uint64_t start = get(file, segment + width, width);
    if (address >= start && address - start < get(file, segment + 3 * width, width)) {
      return get(file, segment, width) + (address - start);
    }
  }
  return 0;
}

static void add_versions(Fields *fields, const File *file, uint64_t record, int is_needs) {
  for (int records = 0; record && records < 32; records++) {
    add_all(fields, record, is_needs ? verneed : verdef);
    uint64_t aux = record + get(file, record + (is_needs ? 8 : 12), 4);
    for (int auxes = 0; auxes < 16; auxes++) {
      add_all(fields, aux, is_needs ? vernaux : verdaux);
      uint64_t next = get(file, aux + (is_needs ? 12 : 4), 4);
      if (!next) break;
      aux += next;
    }
    uint64_t next = get(file, record + (is_needs ? 12 : 16), 4);
    if (!next) break;
    record += next;
  }
}

static void add_notes(Fields *fields, const File *file, uint64_t segment) {
  unsigned width = file->is_wide ? 8 : 4;
  uint64_t note = get(file, segment + width, width);
  for (int count = 0; count < 8; count++) {
    uint64_t name = get(file, note, 4), length = get(file, note + 4, 4);
    add_all(fields, note, words);
    if (name > 64 || length > 4096) break;
    note += 12 + (name + 3) / 4 * 4 + (length + width - 1) / width * width;
  }
}

static void add_table(Fields *fields, const File *file, uint64_t tag, uint64_t table, Random *random) {
  switch (tag) {
    case DT_SYMTAB: {
      unsigned size = file->is_wide ? 24 : 16;
      for (int count = 0; count < 32; count++) {
        add_all(fields, table + size * (count < 8 ? (unsigned)count : below(random, 256)),
                file->is_wide ? symbol_wide : symbol_narrow);
      }
      break;
    }
    case DT_HASH:
    case DT_GNU_HASH: add_all(fields, table, words); break;
    case DT_VERSYM:
      for (unsigned index = 0; index < 32; index++) add(fields, table + 2 * index, 2);
      break;
    case DT_VERNEED:
    case DT_VERDEF: add_versions(fields, file, table, tag == DT_VERNEED); break;
    default: break;
  }
}

static void collect(Fields *fields, const File *file, const Outline *outline, Random *random) {
  unsigned address = file->is_wide ? 8 : 4;
  add_all(fields, 16, file->is_wide ? header_wide : header_narrow);
  for (uint64_t index = 0; index < outline->segment_count; index++) {
    uint64_t segment = outline->segments + index * outline->segment_size;
    add_all(fields, segment, file->is_wide ? segment_wide : segment_narrow);
    uint64_t type = get(file, segment, 4);
    if (type == PT_NOTE || type == 0x6474e553) add_notes(fields, file, segment);
  }
  for (uint64_t index = 0; index < outline->dynamic_count; index++) {
    uint64_t entry = outline->dynamic + index * 2 * address;
    uint64_t tag = get(file, entry, address);
    add(fields, entry, address);
    add(fields, entry + address, address);
    uint64_t table = offset_of(file, outline, get(file, entry + address, address));
    if (table) add_table(fields, file, tag, table, random);
  }
}

/* Writes one entry of the dynamic segment over another, or over it a tag that means something. */
static void change_entry(File *file, const Outline *outline, Random *random) {
  static const uint64_t tags[] = {
      DT_NEEDED,  DT_SONAME, DT_RPATH,  DT_RUNPATH,    DT_HASH,   DT_GNU_HASH,   DT_STRTAB,     DT_STRSZ, DT_SYMTAB,
      DT_VERNEED, DT_VERDEF, DT_VERSYM, DT_VERNEEDNUM, DT_SYMENT, DT_VERDEFNUM, 36 /* DT_RELR */, DT_NULL};
  unsigned width = file->is_wide ? 8 : 4;
  uint64_t target = outline->dynamic + below(random, outline->dynamic_count) * 2 * width;
  uint64_t source = outline->dynamic + below(random, outline->dynamic_count) * 2 * width;
  uint64_t tag = get(file, source, width), value = get(file, source + width, width);
  if (below(random, 2)) tag = tags[below(random, sizeof tags / sizeof *tags)];
  if (below(random, 3) == 0) value = below(random, 512);
  set(file, target, width, tag);
  set(file, target + width, width, value);
}

/* Adds a tail to what is loaded, made of a piece of the file again and again: entries, records or names. */
static void append(File *file, const Outline *outline, size_t limit, Random *random) {
  static const unsigned lengths[] = {1, 2, 8, 16, 24, 32};
  size_t length = lengths[below(random, sizeof lengths / sizeof *lengths)];
  size_t room = limit - file->size;
  size_t count = room > 1 << 20 && below(random, 4) ? below(random, 1 << 12) : below(random, room);
  if (count > room) count = room;
  if (file->size <= length || !count) return;
  size_t source = outline->dynamic_count && below(random, 2) ? outline->dynamic : below(random, file->size - length);
  if (source > file->size - length) source = 0;
  for (size_t index = 0; index < count; index++) file->data[file->size + index] = file->data[source + index % length];
  size_t old = file->size;
  file->size += count;
  unsigned width = file->is_wide ? 8 : 4;
  for (uint64_t index = 0; index < outline->segment_count; index++) {
    uint64_t segment = outline->segments + index * outline->segment_size;
    uint64_t type = get(file, segment, 4);
    uint64_t start = get(file, segment + width, width);
    /* The last part that is loaded ends with the file; a dynamic segment may begin anew in the tail. */
    if (segment == outline->last_load && start < file->size) {
      set(file, segment + 4 * width, width, file->size - start);
      set(file, segment + 5 * width, width, file->size - start);
    } else if (type == PT_DYNAMIC && below(random, 4) == 0) {
      uint64_t load = outline->last_load;
      set(file, segment + width, width, old);
      set(file, segment + 2 * width, width, get(file, load + 2 * width, width) + old - get(file, load + width, width));
      set(file, segment + 4 * width, width, count);
    }
  }
}

size_t mutate_elf(uint8_t *data, size_t size, size_t limit, unsigned seed) {
  Random random = random_from(seed);
  if (size < 64 || memcmp(data, ELFMAG, SELFMAG) != 0 || below(&random, 6) == 0) {
    return LLVMFuzzerMutate(data, size, limit);
  }
  File file = {data, size, data[EI_CLASS] == ELFCLASS64, data[EI_DATA] == ELFDATA2MSB};
  Outline outline = outline_of(&file);
  if (below(&random, 8) == 0) {
    append(&file, &outline, limit, &random);
  } else if (outline.dynamic_count && below(&random, 4) == 0) {
    change_entry(&file, &outline, &random);
  } else {
    Fields fields = {.random = &random};
    collect(&fields, &file, &outline, &random);
    for (size_t count = 1 + below(&random, 3); count && fields.count; count--) {
      Field field = fields.fields[below(&random, fields.count)], other = fields.fields[below(&random, fields.count)];
      uint64_t old = get(&file, field.offset, field.width);
      set(&file, field.offset, field.width,
          telling(&random, old, get(&file, other.offset, other.width), file.size));
    }
  }
  return file.size;
}
