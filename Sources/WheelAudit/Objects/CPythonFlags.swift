/// The letters by which builds of one version of CPython are told apart (PEP 3149, PEP 703): `t`, `d`, `m`.
struct CPythonFlags: Hashable, Sendable {
  /// `t`: a build without a lock.
  var isFreeThreaded = false
  /// `d`: a build for debugging.
  var isDebug = false
  /// `m`: up to 3.7, the allocator that all but few builds have.
  var hasAllocator = false

  /// The flags that a version has unless somebody asks for others.
  init(usualOf minor: Int) {
    hasAllocator = minor < 8
  }

  /// Nil for other letters; `u` parted builds of 3.2 alone, and is passed over.
  init?(_ letters: Substring) {
    for letter in letters.utf8 {
      switch letter {
      case UInt8(ascii: "t"): isFreeThreaded = true
      case UInt8(ascii: "d"): isDebug = true
      case UInt8(ascii: "m"): hasAllocator = true
      case UInt8(ascii: "u"): break
      default: return nil
      }
    }
  }

  /// Whether a build with these flags imports a module of one with others: since 3.8 one for debugging also takes what
  /// is not for debugging (bpo-36721).
  func imports(_ other: CPythonFlags, minor: Int) -> Bool {
    if self == other { return true }
    var released = self
    released.isDebug = false
    return minor >= 8 && released == other
  }
}
