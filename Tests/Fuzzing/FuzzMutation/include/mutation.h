#ifndef TRUEWHEEL_FUZZ_MUTATION_H
#define TRUEWHEEL_FUZZ_MUTATION_H

#include <stddef.h>
#include <stdint.h>

/* Changes an ELF file in one of its tables, or anywhere; returns its new size, at most `limit`. */
size_t mutate_elf(uint8_t *data, size_t size, size_t limit, unsigned seed);

/* Changes a wheel: a member, the list of members, or a header, with checksums, sizes and offsets mended; or anywhere. */
size_t mutate_wheel(uint8_t *data, size_t size, size_t limit, unsigned seed);

#endif
