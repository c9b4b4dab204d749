/* Mutations of wheels that mend what depends on what they change: checksums, sizes and offsets (APPNOTE.TXT 4.3), so
 * that a changed object, a new name or a further member is looked at, and not refused with the archive.
 */
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <stdlib.h>
#include <string.h>

#include "include/mutation.h"
#include "random.h"

enum { MOST = 256, LOCAL = 30, ENTRY = 46, END = 22, NAME = 4096 };

static unsigned number(const uint8_t *bytes, unsigned width) {
  unsigned value = 0;
  while (width--) value = value << 8 | bytes[width];
  return value;
}

static void put(uint8_t *bytes, unsigned width, uint64_t value) {
  for (; width--; value >>= 8) *bytes++ = (uint8_t)value;
}

/* A member, in the archive that is read or in memory of its own. */
typedef struct {
  const uint8_t *name, *data, *extra;
  unsigned name_length, length, extra_length, size, method, checksum, flags;
} Member;

typedef struct {
  Member members[MOST];
  size_t count;
  void *owned[8];
  size_t owned_count;
} Archive;

static uint8_t *own(Archive *archive, size_t length) {
  if (archive->owned_count == sizeof archive->owned / sizeof *archive->owned) return NULL;
  return archive->owned[archive->owned_count++] = malloc(length ? length : 1);
}

/* Reads the members by the directory; 0 where it is none that can be read. */
static int parse(Archive *archive, const uint8_t *data, size_t size) {
  archive->count = archive->owned_count = 0;
  if (size < END) return 0;
  const uint8_t *end = data + size - END;
  while (memcmp(end, "PK\5\6", 4) != 0) {
    if (end-- == data) return 0;
  }
  size_t place = number(end + 16, 4);
  for (unsigned left = number(end + 10, 2); left && archive->count < MOST; left--) {
    if (place > size || size - place < ENTRY || memcmp(data + place, "PK\1\2", 4) != 0) return 0;
    const uint8_t *entry = data + place;
    Member member = {.name = entry + ENTRY, .name_length = number(entry + 28, 2), .flags = number(entry + 8, 2),
                     .method = number(entry + 10, 2), .checksum = number(entry + 16, 4),
                     .length = number(entry + 20, 4), .size = number(entry + 24, 4)};
    size_t local = number(entry + 42, 4);
    place += ENTRY + member.name_length + number(entry + 30, 2) + number(entry + 32, 2);
    if (place > size || local > size || size - local < LOCAL) return 0;
    member.extra_length = number(data + local + 28, 2);
    member.extra = data + local + LOCAL + number(data + local + 26, 2);
    size_t start = local + LOCAL + number(data + local + 26, 2) + member.extra_length;
    if (start > size || member.length > size - start) return 0;
    member.data = data + start;
    /* What stands behind the data is said before it. */
    member.flags &= ~8u;
    archive->members[archive->count++] = member;
  }
  return archive->count > 0;
}

/* Writes the archive anew, with the numbers that its members lead to; 0 where there is no room. */
static size_t write_archive(const Archive *archive, uint8_t *data, size_t limit) {
  size_t total = END;
  for (size_t index = 0; index < archive->count; index++) {
    const Member *member = &archive->members[index];
    total += LOCAL + ENTRY + 2 * (size_t)member->name_length + 2 * (size_t)member->extra_length + member->length;
  }
  uint8_t *made = total <= limit ? malloc(total) : NULL;
  if (!made) return 0;
  uint8_t *out = made;
  unsigned offsets[MOST];
  for (int is_directory = 0; is_directory < 2; is_directory++) {
    size_t start = (size_t)(out - made);
    for (size_t index = 0; index < archive->count; index++) {
      const Member *member = &archive->members[index];
      if (!is_directory) offsets[index] = (unsigned)(out - made);
      memset(out, 0, ENTRY);
      memcpy(out, is_directory ? "PK\1\2" : "PK\3\4", 4);
      if (is_directory) put(out + 4, 2, 20);
      uint8_t *common = out + (is_directory ? 6 : 4);
      put(common, 2, 20);
      put(common + 2, 2, member->flags);
      put(common + 4, 2, member->method);
      put(common + 8, 2, 0x21);
      put(common + 10, 4, member->checksum);
      put(common + 14, 4, member->length);
      put(common + 18, 4, member->size);
      put(common + 22, 2, member->name_length);
      put(common + 24, 2, member->extra_length);
      if (is_directory) put(out + 42, 4, offsets[index]);
      out += is_directory ? ENTRY : LOCAL;
      memcpy(out, member->name, member->name_length);
      memcpy(out + member->name_length, member->extra, member->extra_length);
      out += member->name_length + member->extra_length;
      if (!is_directory) {
        memcpy(out, member->data, member->length);
        out += member->length;
      }
    }
    if (is_directory) {
      size_t length = (size_t)(out - made) - start;
      memset(out, 0, END);
      memcpy(out, "PK\5\6", 4);
      put(out + 8, 2, archive->count);
      put(out + 10, 2, archive->count);
      put(out + 12, 4, length);
      put(out + 16, 4, start);
      out += END;
    }
  }
  total = (size_t)(out - made);
  memcpy(data, made, total);
  free(made);
  return total;
}

/* The content of a member in memory with some room behind it; NULL where it does not inflate to what it says. */
static uint8_t *content(Archive *archive, const Member *member, size_t room) {
  if (member->size > room) return NULL;
  uint8_t *bytes = own(archive, room);
  if (!bytes) return NULL;
  if (member->method == 0 && member->length == member->size) {
    memcpy(bytes, member->data, member->size);
    return bytes;
  }
  if (member->method != 8) return NULL;
  struct inflate_state *state = malloc(sizeof *state);
  if (!state) return NULL;
  isal_inflate_init(state);
  state->next_in = (uint8_t *)member->data;
  state->avail_in = member->length;
  state->next_out = bytes;
  state->avail_out = member->size;
  int status = isal_inflate(state);
  int is_whole = status == ISAL_DECOMP_OK && state->avail_out == 0;
  free(state);
  return is_whole ? bytes : NULL;
}

static void change_content(Archive *archive, size_t limit, Random *random) {
  Member *member = &archive->members[below(random, archive->count)];
  size_t room = (size_t)member->size + 65536 < limit ? (size_t)member->size + 65536 : limit;
  uint8_t *bytes = content(archive, member, room);
  if (!bytes || room == 0) return;
  size_t size = member->size;
  int is_elf = size > 4 && memcmp(bytes, "\177ELF", 4) == 0;
  size = is_elf || size == 0 ? mutate_elf(bytes, size, room, (unsigned)next(random)) : LLVMFuzzerMutate(bytes, size, room);
  member->data = bytes;
  member->method = 0;
  member->length = member->size = (unsigned)size;
  member->checksum = crc32_gzip_refl(0, bytes, size);
}

/* Gives a member a name that decides where its libraries are looked for, or how it is taken. */
static void change_name(Archive *archive, Member *member, Random *random) {
  static const char *const beginnings[] = {"", "demo/", "demo.libs/", "demo-1.0.data/purelib/", "demo-1.0.data/scripts/",
                                           "demo-1.0.dist-info/", "d/d/d/d/d/", "../", "/", "x.data/platlib/"};
  static const char *const endings[] = {"WHEEL", "RECORD", "a.so", "libc.so.6", "libfoo.so.1", "_mod.abi3.so", "demo", ".so"};
  uint8_t *name = own(archive, NAME);
  if (!name) return;
  size_t length = 0;
  const char *beginning = beginnings[below(random, sizeof beginnings / sizeof *beginnings)];
  for (size_t count = 1 + (below(random, 8) == 0 ? below(random, 100) : 0); count && length < 2000; count--) {
    memcpy(name + length, beginning, strlen(beginning));
    length += strlen(beginning);
  }
  const char *ending = endings[below(random, sizeof endings / sizeof *endings)];
  memcpy(name + length, ending, strlen(ending));
  length += strlen(ending);
  if (below(random, 4) == 0) length = LLVMFuzzerMutate(name, length, NAME / 2);
  member->name = name;
  member->name_length = (unsigned)length;
}

static void change_list(Archive *archive, Random *random) {
  size_t place = below(random, archive->count);
  switch (below(random, 4)) {
    case 0:
      if (archive->count < 2) return;
      memmove(archive->members + place, archive->members + place + 1,
              (--archive->count - place) * sizeof *archive->members);
      return;
    case 1: {
      Member member = archive->members[place];
      archive->members[place] = archive->members[0];
      archive->members[0] = member;
      return;
    }
    default:
      /* The same object under two names: one may stand for the other. */
      if (archive->count == MOST) return;
      archive->members[archive->count] = archive->members[place];
      change_name(archive, &archive->members[archive->count++], random);
  }
}

/* Changes a field of a local header, of its entry or of the end, in an archive that is sound otherwise. */
static void change_header(uint8_t *data, size_t size, Random *random) {
  static const unsigned char places[] = {4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 42};
  size_t starts[64], count = 0;
  for (size_t place = 0; place + END <= size; place++) {
    if (data[place] != 'P' || data[place + 1] != 'K' || data[place + 2] > 6) continue;
    size_t slot = count < 64 ? count++ : below(random, 64);
    starts[slot] = place;
  }
  if (!count) return;
  size_t field = starts[below(random, count)] + places[below(random, sizeof places)];
  unsigned width = below(random, 2) ? 2 : 4;
  if (field + width > size) return;
  unsigned old = number(data + field, width);
  put(data + field, width, telling(random, old, below(random, 64), size));
}

size_t mutate_wheel(uint8_t *data, size_t size, size_t limit, unsigned seed) {
  static Archive archive;
  Random random = random_from(seed);
  if (below(&random, 10) == 0 || !parse(&archive, data, size)) return LLVMFuzzerMutate(data, size, limit);
  if (below(&random, 8) == 0) {
    change_header(data, size, &random);
    return size;
  }
  for (size_t count = 1 + below(&random, 2); count; count--) {
    switch (below(&random, 6)) {
      case 0: change_list(&archive, &random); break;
      case 1: change_name(&archive, &archive.members[below(&random, archive.count)], &random); break;
      default: change_content(&archive, limit, &random);
    }
  }
  size_t made = write_archive(&archive, data, limit);
  for (size_t index = 0; index < archive.owned_count; index++) free(archive.owned[index]);
  return made ? made : LLVMFuzzerMutate(data, size, limit);
}
