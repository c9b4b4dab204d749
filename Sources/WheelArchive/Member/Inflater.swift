import CIgzip

/// The state of ISA-L's inflate, raw deflate without a wrapper (RFC 1951), and the memory for its input.
///
/// Each thread has one, and keeps it from member to member: to allocate 150 KB for each would cost as much as to inflate
/// a small one.
public final class Inflater {
  private let state: UnsafeMutablePointer<inflate_state>
  /// Where compressed bytes are read to.
  let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)
  let firstBytes = FirstBytes()

  public init() {
    state = .allocate(capacity: 1)
    reset()
  }

  deinit {
    state.deallocate()
    input.deallocate()
  }

  /// Forgets everything: the next bytes begin a new stream.
  func reset() {
    isal_inflate_init(state)
    state.pointee.crc_flag = UInt32(ISAL_DEFLATE)
  }

  /// True once the final block has been decoded and all of it handed out.
  var isFinished: Bool { state.pointee.block_state == ISAL_BLOCK_FINISH }

  /// How many whole bytes it has taken from its input beyond the end of the final block.
  var surplus: Int { Int(state.pointee.read_in_length) / 8 }

  /// Inflates as much of `input` into `output` as goes.
  ///
  /// - Returns: how many bytes were taken and made, or nil when the data is not valid deflate.
  func inflate(
    _ input: UnsafeMutableRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> (taken: Int, made: Int)? {
    let inputCount = UInt32(clamping: input.count)
    let outputCount = UInt32(clamping: output.count)
    state.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_in = inputCount
    state.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = outputCount
    guard isal_inflate(state) == ISAL_DECOMP_OK else { return nil }
    return (Int(inputCount - state.pointee.avail_in), Int(outputCount - state.pointee.avail_out))
  }
}

/// The CRC-32 of zip members (APPNOTE.TXT 4.4.7), continued over pieces.
func checksum(_ bytes: UnsafeRawBufferPointer, continuing previous: UInt32) -> UInt32 {
  crc32_gzip_refl(previous, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
}
