/* The least that an audit of a wheel has to do: inflate its ELF members with ISA-L in pieces and check their CRC-32.
 *
 * usage: limit WHEEL…
 * Prints the number of ELF members and their bytes, inflated. What takes longer than this is the auditor's own cost.
 */
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

static unsigned char input[64 << 10], output[256 << 10];
static struct inflate_state state;

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

int main(int count, char **wheels) {
  for (int number = 1; number < count; number++) {
    int code;
    zip_t *archive = zip_open(wheels[number], ZIP_RDONLY, &code);
    if (!archive) fail(wheels[number], "cannot open it");
    unsigned long long members = 0, bytes = 0;
    for (zip_int64_t index = 0; index < zip_get_num_entries(archive, 0); index++) {
      unsigned long long size = inflate_member(wheels[number], archive, (zip_uint64_t)index);
      members += size > 0;
      bytes += size;
    }
    zip_discard(archive);
    printf("%llu %llu\n", members, bytes);
  }
  return 0;
}
