extension ByteSource {
  /// The SHA-256 of all its bytes, read in pieces.
  ///
  /// - Throws: `ArchiveError` when it cannot be read, or ends before its size.
  public func sha256() throws(ArchiveError) -> [UInt8] {
    var digest = SHA256()
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: min(max(size, 1), 256 << 10), alignment: 16)
    defer { piece.deallocate() }
    var offset = 0
    while offset < size {
      let wanted = min(size - offset, piece.count)
      let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: piece[..<wanted]), at: offset)
      guard count == wanted else { throw ArchiveError(name, .open, .changed) }
      digest.update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
      offset += count
    }
    return digest.finish()
  }
}
