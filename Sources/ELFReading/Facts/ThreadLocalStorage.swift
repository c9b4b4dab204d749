/// The block of thread-local variables of an object: PT_TLS (Drepper, "ELF Handling For Thread-Local Storage").
public struct ThreadLocalStorage: Hashable, Sendable {
  /// Bytes that each thread has of it: `p_memsz`.
  public var size: UInt64
  /// `p_align`; 0 and 1 mean none.
  public var alignment: UInt64
  /// `p_vaddr` modulo `p_align`: bytes that the block begins behind an aligned place.
  public var excess: UInt64

  public init(size: UInt64, alignment: UInt64, excess: UInt64 = 0) {
    self.size = size
    self.alignment = alignment
    self.excess = excess
  }
}
