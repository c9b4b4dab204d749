import Glibc

/// The lines of a file, one after the other, of which no more is kept than one line may have.
struct LineReader {
  enum Failure: Error {
    /// The line is not what it has to be.
    case line
    /// It cannot be read, by the number of the system's error.
    case system(Int32)
  }

  /// A line without its end; without a text where it is too long.
  struct Line {
    let text: ArraySlice<UInt8>?
  }

  private let descriptor: Int32
  private let longest: Int
  private var bytes: [UInt8] = []
  private var start = 0
  private var searched = 0
  private var isTooLong = false
  /// Which line was read last, from 1 on.
  private(set) var number = 0
  /// How many bytes the lines have that were read, with their ends.
  private(set) var end = 0

  init(_ descriptor: Int32, longest: Int) {
    (self.descriptor, self.longest) = (descriptor, longest)
  }

  /// The next line; nil at the end, and where what is left has no end of a line.
  mutating func next() throws(Failure) -> Line? {
    while true {
      if let place = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let text = bytes[start..<place]
        end += place + 1 - start
        (start, searched, number) = (place + 1, place + 1, number + 1)
        defer { isTooLong = false }
        return Line(text: isTooLong || text.count > longest ? nil : text)
      }
      searched = bytes.count
      if searched - start > longest {
        isTooLong = true
        end += searched - start
        start = searched
      }
      guard try read() else { return nil }
    }
  }

  /// Reads on; false at the end of the file.
  private mutating func read() throws(Failure) -> Bool {
    bytes.removeFirst(start)
    (searched, start) = (searched - start, 0)
    let size = 256 << 10
    while true {
      let count = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: size))
      let (read, problem) = bytes.withUnsafeMutableBytes { buffer in
        (Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size), errno)
      }
      bytes.removeLast(size - max(read, 0))
      if read < 0, problem == EINTR { continue }
      guard read >= 0 else { throw .system(problem) }
      return read > 0
    }
  }
}
