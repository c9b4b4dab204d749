extension String {
  /// The name at the end of a path; all of it where there is no slash.
  var lastComponent: String { utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? self }

  /// Where a part first begins.
  ///
  /// By bytes, since names come by the thousand and a search by characters takes hundreds of times as long.
  func firstIndex(ofBytes part: String) -> Index? {
    guard let first = part.utf8.first else { return startIndex }
    var rest = utf8[...]
    while let start = rest.firstIndex(of: first) {
      if rest[start...].starts(with: part.utf8) { return start }
      rest = rest[utf8.index(after: start)...]
    }
    return nil
  }
}

extension BidirectionalCollection<UInt8> {
  func hasSuffix(_ suffix: String) -> Bool { self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }
}
