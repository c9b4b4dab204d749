/// The members of an archive, in the order of its central directory.
///
/// Holds the directory as it stands in the file, for the names, and the numbers of each entry, which take 48 bytes.
/// Names are made when they are asked for.
public final class MemberList: RandomAccessCollection, Sendable {
  let directory: [UInt8]
  let entries: [DirectoryEntry]

  public var startIndex: Int { 0 }
  public var endIndex: Int { entries.count }

  public subscript(index: Int) -> ArchiveMember { ArchiveMember(list: self, index: index) }

  /// Reads the directory, and requires that every installer finds these members in the file, and no others.
  init(_ source: any ByteSource, _ limits: ArchiveLimits) throws(ArchiveError) {
    let end = try EndRecord(source)
    func check(_ limit: ArchiveLimit, _ value: UInt64) throws(ArchiveError) {
      guard value > limits[limit] else { return }
      throw ArchiveError(source.name, .list, .overLimit(limit, value: value, limit: limits[limit]))
    }
    try check(.directorySize, UInt64(end.directory.count))
    try check(.memberCount, UInt64(end.count))
    guard let directory = try source.bytes(end.directory) else { throw ArchiveError(source.name, .open, .changed) }
    var entries = try Self.entries(directory, end, of: source.name)
    func refusal(_ entry: DirectoryEntry, _ problem: ArchiveError.Problem) -> ArchiveError {
      ArchiveError(source.name, member: String(decoding: entry.name(in: directory), as: UTF8.self), .list, problem)
    }
    var total: UInt64 = 0
    for entry in entries {
      if let problem = entry.problem(name: directory[entry.name]) ?? entry.excess(over: limits) {
        throw refusal(entry, problem)
      }
      total &+= UInt64(entry.size)
      if total > limits.totalSize { try check(.totalSize, total) }
    }
    if let entry = DuplicateNames(directory, entries).first() { throw refusal(entry, .duplicateNames) }
    try LayoutCheck(source, directory, end: end.directory.lowerBound).run(&entries)
    (self.directory, self.entries) = (directory, entries)
  }

  private static func entries(
    _ directory: [UInt8], _ end: EndRecord, of archive: String
  ) throws(ArchiveError) -> [DirectoryEntry] {
    var entries: [DirectoryEntry] = []
    entries.reserveCapacity(end.count)
    var place = 0
    while place < directory.count {
      guard entries.count < end.count else { throw ArchiveError(archive, .open, .ambiguous) }
      guard let entry = DirectoryEntry(directory, at: &place) else {
        throw ArchiveError(archive, .list, .damagedDirectory)
      }
      entries.append(entry)
    }
    guard entries.count == end.count else { throw ArchiveError(archive, .open, .ambiguous) }
    return entries
  }
}
