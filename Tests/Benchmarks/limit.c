/* The least that an audit of a wheel has to do: inflate its ELF members with ISA-L in pieces and check their CRC-32.
 *
 * usage: limit JOBS WHEEL…
 * Prints the number of ELF members and their bytes, inflated. What takes longer than this is the auditor's own cost.
 * JOBS threads, each with an archive of its own, take the members as they come, the largest first.
 */
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

static _Thread_local unsigned char input[64 << 10], output[256 << 10];
static _Thread_local struct inflate_state state;

static void fail(const char *wheel, const char *what) {
  fprintf(stderr, "limit: %s: %s\n", wheel, what);
  exit(1);
}

/* Inflates one member; returns its size, or 0 where it is no ELF file. */
static unsigned long long inflate_member(const char *wheel, zip_t *archive, zip_uint64_t index) {
  zip_stat_t entry;
  if (zip_stat_index(archive, index, 0, &entry) != 0) fail(wheel, "cannot read an entry");
  if (entry.size < 52) return 0;
  zip_file_t *file = zip_fopen_index(archive, index, ZIP_FL_COMPRESSED);
  if (!file) fail(wheel, "cannot open a member");
  isal_inflate_init(&state);
  unsigned int sum = 0;
  unsigned long long size = 0;
  zip_int64_t count;
  state.avail_in = 0;
  /* Like a sniff, the first read takes little. */
  size_t wanted = 512;
  int is_first = 1;
  while (size < entry.size) {
    count = 1;
    const unsigned char *bytes = output;
    size_t made = 0;
    if (entry.comp_method == ZIP_CM_STORE) {
      if ((count = zip_fread(file, output, is_first ? wanted : sizeof output)) <= 0) fail(wheel, "a member ends early");
      made = (size_t)count;
    } else {
      if (state.avail_in == 0) {
        if ((count = zip_fread(file, input, wanted)) < 0) fail(wheel, "cannot read a member");
        state.next_in = input;
        state.avail_in = (uint32_t)count;
        wanted = sizeof input;
      }
      state.next_out = output;
      state.avail_out = sizeof output;
      if (isal_inflate(&state) != ISAL_DECOMP_OK) fail(wheel, "a member is corrupt");
      made = sizeof output - state.avail_out;
      /* No input and no output: what it held back has come out too, and it would go on like this for ever. */
      if (made == 0 && count == 0) fail(wheel, "a member ends early");
    }
    if (is_first && made >= 4 && memcmp(bytes, "\177ELF", 4) != 0) {
      zip_fclose(file);
      return 0;
    }
    is_first = 0;
    sum = crc32_gzip_refl(sum, bytes, made);
    size += made;
  }
  zip_fclose(file);
  if (sum != entry.crc) fail(wheel, "a checksum is wrong");
  return size;
}

static struct member { int wheel; zip_uint64_t index, size; } *members;
static size_t count;
static char **wheels;
static atomic_size_t next;
static atomic_ullong found, bytes;

static zip_t *opened(int wheel) {
  int code;
  zip_t *archive = zip_open(wheels[wheel], ZIP_RDONLY, &code);
  if (!archive) fail(wheels[wheel], "cannot open it");
  return archive;
}

/* The first thread uses the archives that the list was made from, the others open their own. */
static void *work(void *listed) {
  zip_t *archive = NULL, **archives = listed;
  int wheel = -1;
  size_t position;
  while ((position = atomic_fetch_add(&next, 1)) < count) {
    if (members[position].wheel != wheel) {
      if (archive) zip_discard(archive);
      wheel = members[position].wheel;
      archive = archives ? archives[wheel] : opened(wheel);
    }
    unsigned long long size = inflate_member(wheels[wheel], archive, members[position].index);
    if (size > 0) atomic_fetch_add(&found, 1);
    atomic_fetch_add(&bytes, size);
  }
  if (archive) zip_discard(archive);
  return NULL;
}

static int order(const void *left, const void *right) {
  const struct member *one = left, *other = right;
  if (one->wheel != other->wheel) return one->wheel < other->wheel ? -1 : 1;
  return (one->size < other->size) - (one->size > other->size);
}

static zip_t *list(int wheel) {
  zip_t *archive = opened(wheel);
  zip_int64_t entries = zip_get_num_entries(archive, 0);
  members = realloc(members, (count + (size_t)entries) * sizeof *members);
  if (!members) fail(wheels[wheel], "no memory");
  for (zip_int64_t index = 0; index < entries; index++) {
    zip_stat_t entry;
    if (zip_stat_index(archive, (zip_uint64_t)index, 0, &entry) != 0) fail(wheels[wheel], "cannot read an entry");
    members[count++] = (struct member){wheel, (zip_uint64_t)index, entry.comp_size};
  }
  return archive;
}

int main(int words, char **arguments) {
  int jobs = words > 2 ? atoi(arguments[1]) : 0;
  if (jobs < 1 || jobs > 64) return 64;
  setenv("TZ", "UTC0", 1); // Or libzip looks at the time zone of the system for every member.
  wheels = arguments + 2;
  zip_t **archives = calloc((size_t)words, sizeof *archives);
  if (!archives) fail(wheels[0], "no memory");
  for (int wheel = 0; wheel < words - 2; wheel++) archives[wheel] = list(wheel);
  if (jobs > 1) qsort(members, count, sizeof *members, order);
  pthread_t threads[64];
  for (int job = 1; job < jobs; job++) {
    if (pthread_create(&threads[job], NULL, work, NULL) != 0) fail(wheels[0], "cannot start a thread");
  }
  work(archives);
  for (int job = 1; job < jobs; job++) pthread_join(threads[job], NULL);
  printf("%llu %llu\n", (unsigned long long)found, (unsigned long long)bytes);
  return 0;
}
