/// A word that the loader replaces in a path of the dynamic segment (ld.so(8), "Dynamic string tokens").
struct DynamicToken {
  private let plain: String
  private let braced: String

  private init(_ word: String) {
    plain = "$\(word)"
    braced = "${\(word)}"
  }

  /// The folder of the object.
  static let origin = DynamicToken("ORIGIN")
  /// `lib` or `lib64`, or with a word of the distribution's behind.
  static let library = DynamicToken("LIB")
  /// What the kernel calls the processor.
  static let platform = DynamicToken("PLATFORM")

  /// True for a path in which the system puts words of its own.
  static func isReplacedBySystem(in path: String) -> Bool { library.isIn(path[...]) || platform.isIn(path[...]) }

  /// The length in bytes of the token at the beginning of a text.
  func length(at text: Substring.UTF8View) -> Int? {
    if text.starts(with: braced.utf8) { return braced.utf8.count }
    return text.starts(with: plain.utf8) ? plain.utf8.count : nil
  }

  /// True when glibc replaces this token somewhere in a text: letters, digits and `_` behind a plain one make another
  /// word of it (`is_dst`).
  func isIn(_ text: Substring) -> Bool {
    let bytes = text.utf8
    return bytes.indices.contains { start in
      guard bytes[start] == UInt8(ascii: "$"), let length = length(at: bytes[start...]) else { return false }
      let rest = bytes[start...].dropFirst(length)
      return length == braced.utf8.count || !(rest.first.map(Self.isWord) ?? false)
    }
  }

  /// What follows the token where a path begins with it.
  ///
  /// Nothing but the root in front of it changes nothing, since the token's text begins with a slash; a second one leads
  /// nowhere for the same reason.
  ///
  /// - Parameters:
  ///   - path: an entry of a run path, or a needed name.
  ///   - isEnd: whether a byte, or the end, may follow the token without braces.
  /// - Returns: nil where it does not.
  func rest(of path: Substring, isEnd: (UInt8?) -> Bool) -> Substring? {
    let bytes = path.utf8
    guard let start = bytes.firstIndex(of: UInt8(ascii: "$")), let length = length(at: bytes[start...]) else {
      return nil
    }
    let before = bytes[..<start]
    let isRoot =
      before.first == UInt8(ascii: "/")
      && before.split(separator: UInt8(ascii: "/")).allSatisfy { [".", ".."].contains(Substring($0)) }
    let rest = bytes[start...].dropFirst(length)
    guard before.isEmpty || isRoot, length == braced.utf8.count || isEnd(rest.first), !isIn(Substring(rest)) else {
      return nil
    }
    return Substring(rest)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

extension InstalledPlace {
  /// The folder below the same root that a path leads to from here, where what stands before it is the own folder's.
  ///
  /// Nil for what lies above the root, and for a name that is glued to the root's.
  func folder(fromOwn rest: Substring) -> String? {
    if folder.isEmpty, let next = rest.utf8.first, next != UInt8(ascii: "/") { return nil }
    var parts: [Substring] = []
    for part in (folder + rest).utf8.split(separator: UInt8(ascii: "/")).map({ Substring($0) }) where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}
