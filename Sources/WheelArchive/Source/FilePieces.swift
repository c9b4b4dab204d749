/// Small pieces of a source in the order of their places: where they lie close together, one read takes many.
struct FilePieces {
  private let source: any ByteSource
  /// What was read last; a piece lies in it.
  private(set) var bytes: [UInt8] = []
  private var start = 0

  /// How far the next piece may be for a read that takes more than one, and how much that takes.
  private static let near = 4096
  private static let window = 16 << 10

  init(_ source: any ByteSource) {
    self.source = source
  }

  /// Reads a piece unless it is there already, and says where in `bytes` it begins; nil when the source ends before it
  /// does.
  ///
  /// What comes before the next piece begins tells whether it is worth while to read that too.
  mutating func place(of range: Range<Int>, before next: Int) throws(ArchiveError) -> Int? {
    if range.lowerBound >= start, range.upperBound - start <= bytes.count { return range.lowerBound - start }
    let isNear = next - range.lowerBound <= Self.near
    let end = isNear ? min(range.lowerBound + Self.window, source.size) : range.upperBound
    guard let read = try source.bytes(range.lowerBound..<max(range.upperBound, end)) else { return nil }
    (bytes, start) = (read, range.lowerBound)
    return 0
  }
}
