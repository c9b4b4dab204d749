/// A text of JSON that is being written (RFC 8259): each value goes straight to its place, and the members of objects are
/// in the order of their keys' bytes.
///
/// What comes in that order is not moved, so entries declare their members in it.
///
/// It is what FoundationEssentials' `JSONEncoder` would write, which makes a tree of all values first: that took half of
/// what a small wheel costs beyond its inflating.
final class JSONWriter {
  private let isPretty: Bool
  // Of what changes with every byte it is known that nothing else has it: to check that at run time took a third of all.
  @exclusivity(unchecked) private var text: [UInt8] = []
  /// The objects and arrays that are being written, the outermost first.
  @exclusivity(unchecked) private var levels: [Level] = []
  /// The members of the objects that are being written, those of the innermost last.
  @exclusivity(unchecked) private var members: [Member] = []
  @exclusivity(unchecked) private var sorted: [UInt8] = []

  private init(isPretty: Bool) {
    self.isPretty = isPretty
  }

  /// Writes a value.
  ///
  /// - Parameters:
  ///   - value: what to write.
  ///   - isPretty: true for a line for each member, two spaces deeper than the one that it is a member of.
  /// - Returns: the text in UTF-8, without an end of its last line.
  /// - Throws: what the value throws, and `EncodingError` for a number that JSON has no word for.
  static func bytes(of value: some Encodable, isPretty: Bool) throws -> [UInt8] {
    let writer = JSONWriter(isPretty: isPretty)
    try writer.encode(value)
    return writer.text
  }

  // MARK: Values

  func encode(_ value: some Encodable) throws {
    let (depth, start) = (levels.count, text.count)
    try value.encode(to: JSONTextEncoder(writer: self, level: depth))
    close(downTo: depth)
    guard text.count == start else { return }
    // What writes nothing is an object without members.
    open(isObject: true, at: depth)
    close(downTo: depth)
  }

  func write(_ words: StaticString) {
    text.append(contentsOf: UnsafeBufferPointer(start: words.utf8Start, count: words.utf8CodeUnitCount))
  }

  func write(digits: String) { text.append(contentsOf: digits.utf8) }

  /// Writes a string with its quotes, and what cannot stand between them as RFC 8259, section 7, has it.
  func write(string: String) {
    var string = string
    text.append(UInt8(ascii: "\""))
    string.withUTF8 { bytes in
      var written = 0
      for place in bytes.indices where Self.isEscaped(bytes[place]) {
        text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[written..<place]))
        write(escaped: bytes[place])
        written = place + 1
      }
      text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[written...]))
    }
    text.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private func write(escaped byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): write("\\\"")
    case UInt8(ascii: "\\"): write("\\\\")
    case 0x08: write("\\b")
    case 0x09: write("\\t")
    case 0x0a: write("\\n")
    case 0x0c: write("\\f")
    case 0x0d: write("\\r")
    default:
      write(byte < 0x10 ? "\\u000" : "\\u00")
      write(digits: String(byte, radix: 16))
    }
  }

  // MARK: Objects and arrays

  private struct Level {
    let isObject: Bool
    /// Where its text begins.
    let start: Int
    /// Where its members begin, if it is an object.
    let firstMember: Int
    /// Its elements, if it is an array.
    var count = 0
  }

  /// A key and its value, in the text.
  private struct Member {
    let key: String
    /// The beginning of the key as a number, which tells most keys apart.
    let beginning: UInt64
    let start: Int
    var end: Int

    init(_ key: String, at start: Int) {
      self.key = key
      var (bytes, first) = (key, UInt64(0))
      bytes.withUTF8 { bytes in
        withUnsafeMutableBytes(of: &first) {
          $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes).prefix(8)))
        }
      }
      beginning = UInt64(bigEndian: first)
      (self.start, end) = (start, start)
    }

    static func inOrder(_ left: Member, _ right: Member) -> Bool {
      if left.beginning != right.beginning { return left.beginning < right.beginning }
      return left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
    }
  }

  /// Begins an object or an array, or goes on with that at a level, by which its containers tell what belongs to it.
  func open(isObject: Bool, at level: Int) {
    guard levels.count == level else { return }
    levels.append(Level(isObject: isObject, start: text.count, firstMember: members.count))
  }

  /// Begins a member of an object, and ends what is open within the one before; its value is written next.
  func beginMember(_ key: String, at level: Int) {
    close(downTo: level + 1)
    endMember(of: levels[level])
    text.append(UInt8(ascii: members.count == levels[level].firstMember ? "{" : ","))
    Self.breakLine(&text, isPretty, depth: level + 1)
    members.append(Member(key, at: text.count))
    write(string: key)
    write(isPretty ? " : " : ":")
  }

  /// Begins an element of an array, and ends what is open within the one before; its value is written next.
  func beginElement(at level: Int) {
    close(downTo: level + 1)
    text.append(UInt8(ascii: levels[level].count == 0 ? "[" : ","))
    Self.breakLine(&text, isPretty, depth: level + 1)
    levels[level].count += 1
  }

  func count(at level: Int) -> Int { levels[level].count }

  private func close(downTo depth: Int) {
    while levels.count > depth, let level = levels.popLast() {
      if level.isObject {
        endMember(of: level)
        sortMembers(of: level)
      } else if level.count == 0 {
        write(isPretty ? "[\n" : "[")
      }
      Self.breakLine(&text, isPretty, depth: levels.count)
      text.append(UInt8(ascii: level.isObject ? "}" : "]"))
    }
  }

  private func endMember(of level: Level) {
    if members.count > level.firstMember { members[members.count - 1].end = text.count }
  }

  /// Puts the text of an object's members in order, all but the bracket behind it.
  private func sortMembers(of level: Level) {
    if members.count == level.firstMember { write(isPretty ? "{\n" : "{") }
    let isInOrder = (level.firstMember..<members.count).dropFirst().allSatisfy { index in
      !Member.inOrder(members[index], members[index - 1])
    }
    if !isInOrder {
      members[level.firstMember...].sort(by: Member.inOrder)
      sorted.removeAll(keepingCapacity: true)
      for index in level.firstMember..<members.count {
        sorted.append(UInt8(ascii: index == level.firstMember ? "{" : ","))
        Self.breakLine(&sorted, isPretty, depth: levels.count + 1)
        sorted.append(contentsOf: text[members[index].start..<members[index].end])
      }
      text.replaceSubrange(level.start..., with: sorted)
    }
    members.removeLast(members.count - level.firstMember)
  }

  private static func breakLine(_ text: inout [UInt8], _ isPretty: Bool, depth: Int) {
    guard isPretty else { return }
    text.append(UInt8(ascii: "\n"))
    text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }
}
