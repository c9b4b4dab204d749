import WheelTags

/// The architectures that a manylinux profile was ever published for (PEP 513, 571, 599; PEP 600 and its profiles).
let publishedArchitectures: [Architecture] = [
  .aarch64, .armv7l, .i686, .loongarch64, .ppc64, .ppc64le, .riscv64, .s390x, .x86_64,
]
