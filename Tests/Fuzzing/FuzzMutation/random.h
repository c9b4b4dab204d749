#ifndef TRUEWHEEL_FUZZ_RANDOM_H
#define TRUEWHEEL_FUZZ_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* libFuzzer's own mutations, which know nothing of formats. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t limit);

/* xorshift64*: the same numbers from the same seed, so that a run can be repeated. */
typedef struct {
  uint64_t state;
} Random;

static inline Random random_from(unsigned seed) { return (Random){seed * 0x9e3779b97f4a7c15u + 1}; }

static inline uint64_t next(Random *random) {
  random->state ^= random->state >> 12;
  random->state ^= random->state << 25;
  random->state ^= random->state >> 27;
  return random->state * 0x2545f4914f6cdd1du;
}

/* A number below `count`; 0 where there is none. */
static inline size_t below(Random *random, size_t count) { return count ? (size_t)(next(random) >> 16) % count : 0; }

/* A value that sits at some edge, or near a value that the file states already. */
static inline uint64_t telling(Random *random, uint64_t old, uint64_t other, uint64_t size) {
  static const uint64_t edges[] = {0,      1,          2,          4,          8,      0x7f,      0xff,
                                   0xffff, 0x7fffffff, 0xffffffff, 0x80000000, 0x1000, UINT64_MAX, UINT64_MAX / 2};
  switch (below(random, 9)) {
    case 0: return edges[below(random, sizeof edges / sizeof *edges)];
    case 1: return old + 1;
    case 2: return old - 1;
    case 3: return old ^ 1ull << below(random, 64);
    case 4: return other;
    case 5: return size - below(random, 32);
    case 6: return below(random, size);
    case 7: return old + 8 * below(random, 64);
    default: return next(random);
  }
}

#endif
