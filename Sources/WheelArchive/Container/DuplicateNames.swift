/// Looks for members that installers keep under one name.
///
/// Takes time in proportion to the names, whatever they are.
struct DuplicateNames {
  private let directory: [UInt8]
  private let entries: [DirectoryEntry]

  init(_ directory: [UInt8], _ entries: [DirectoryEntry]) {
    (self.directory, self.entries) = (directory, entries)
  }

  /// The first entry with a name that one before it has.
  func first() -> DirectoryEntry? {
    // Hashes rather than names, which would take several times the room. Their seed is another in each run, so that no
    // one can choose names of the same hash.
    var hashes = Set<Int>(minimumCapacity: entries.count)
    for (index, entry) in entries.enumerated() {
      for name in names(of: entry) where !hashes.insert(Self.hash(name)).inserted {
        if entries[..<index].contains(where: { names(of: $0).contains(name) }) { return entry }
      }
    }
    return nil
  }

  /// The names under which installers keep a member: some go by the flag for UTF-8, others do not.
  private func names(of entry: DirectoryEntry) -> [ArraySlice<UInt8>] {
    let (bytes, name) = (directory[entry.name], entry.name(in: directory))
    return name == bytes ? [bytes] : [bytes, name]
  }

  private static func hash(_ name: ArraySlice<UInt8>) -> Int {
    var hasher = Hasher()
    name.withUnsafeBytes { hasher.combine(bytes: $0) }
    return hasher.finalize()
  }
}
