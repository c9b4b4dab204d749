import CZlib

/// Finds the first bytes of deflated data, and inflates no more than these.
///
/// Most members are not ELF, and a few bytes tell. zlib inflates byte by byte; ISA-L first makes tables that pay off in
/// thousands of bytes, and takes twice as long for eight.
final class FirstBytes {
  private let state: UnsafeMutablePointer<z_stream>
  /// False where there was no memory for it.
  private let isReady: Bool

  init() {
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    // Raw deflate, without a wrapper (RFC 1951).
    isReady = inflateInit2_(state, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  }

  deinit {
    if isReady { inflateEnd(state) }
    state.deallocate()
  }

  /// The first bytes of what deflated data stands for.
  ///
  /// - Parameters:
  ///   - input: the beginning of the data.
  ///   - count: how many bytes are wanted.
  /// - Returns: so many bytes; nil where the input has not so many, or is not sound as far as them.
  func inflate(_ input: UnsafeMutableRawBufferPointer, count: Int) -> [UInt8]? {
    guard isReady, inflateReset(state) == Z_OK else { return nil }
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, made in
      state.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
      state.pointee.avail_in = UInt32(clamping: input.count)
      state.pointee.next_out = buffer.baseAddress
      state.pointee.avail_out = UInt32(clamping: count)
      let status = CZlib.inflate(state, Z_SYNC_FLUSH)
      made = status == Z_OK || status == Z_STREAM_END ? count - Int(state.pointee.avail_out) : 0
    }
    return bytes.count == count ? bytes : nil
  }
}
