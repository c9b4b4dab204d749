import Glibc

/// What RECORD says of an archive, compared with what is in it.
///
/// Takes time in proportion to both, whatever they say: where rows come in the order of the archive no name is looked up.
public struct RecordCheck: Sendable {
  /// Names of a kind, the first of them, and how many there are.
  public struct Names: Hashable, Sendable {
    public private(set) var first: [String] = []
    public private(set) var count = 0

    /// How many are kept.
    public static let limit = 50

    mutating func add(_ name: ArraySlice<UInt8>) {
      count += 1
      if first.count < Self.limit { first.append(String(decoding: name, as: UTF8.self)) }
    }
  }

  /// Why some installers cannot read it.
  public enum Fault: Hashable, Sendable {
    /// A row with another number of fields than three, 0 for an empty line; lines count from 1 on.
    case fieldCount(Int, line: Int)
    case notUTF8
  }

  /// Files of the archive that no row names.
  public private(set) var unlisted = Names()
  /// Paths of rows that are not in the archive.
  public private(set) var absent = Names()
  /// Nil where all of them can read it.
  public private(set) var fault: Fault?
  /// By the positions of members, the digests that RECORD has of them; empty where they are not asked for.
  public private(set) var digests: [Int: RecordDigest] = [:]
  /// Members whose row has no digest, or one of an algorithm that RECORD may not use, or none that is known here.
  public private(set) var undigested = Names()
  /// Members of another size than their row says.
  public private(set) var missized = Names()

  /// - Parameters:
  ///   - contents: of RECORD.
  ///   - members: of the archive.
  ///   - folder: the `.dist-info` folder that RECORD lies in.
  ///   - isThorough: what rows say of the contents is kept too.
  init(_ contents: [UInt8], _ members: MemberList, folder: String, isThorough: Bool) {
    if !contents[...].isASCII, String(validating: contents, as: UTF8.self) == nil { fault = .notUTF8 }
    var lookup = MemberLookup(members)
    var isListed = [Bool](repeating: false, count: members.count)
    let record = Array("\(folder)/RECORD".utf8)
    for row in RecordRows(contents) {
      if row.fieldCount != 3, fault == nil { fault = .fieldCount(row.fieldCount, line: row.line) }
      guard row.fieldCount > 0 else { continue }
      let path = Self.withSlashes(row.path)
      guard let member = lookup.member(path) else {
        absent.add(path)
        continue
      }
      isListed[member.index] = true
      if isThorough, !path.elementsEqual(record) { compare(row, member) }
    }
    for (index, isListed) in isListed.enumerated() where !isListed {
      let name = members[index].nameBytes
      if !Self.isExempt(name, in: record) { unlisted.add(name) }
    }
  }

  private mutating func compare(_ row: RecordRows.Row, _ member: ArchiveMember) {
    if let digest = RecordDigest(row.hash) { digests[member.index] = digest } else { undigested.add(member.nameBytes) }
    if !row.size.isEmpty, UInt64(String(decoding: row.size, as: UTF8.self)) != member.size {
      missized.add(member.nameBytes)
    }
  }

  /// Folders have no rows, nor have the signatures of RECORD itself.
  private static func isExempt(_ name: ArraySlice<UInt8>, in record: [UInt8]) -> Bool {
    name.last == UInt8(ascii: "/") || name.last == UInt8(ascii: "\\")
      || signatures.contains { name.elementsEqual(record + $0) }
  }

  private static let signatures = [Array(".jws".utf8), Array(".p7s".utf8)]

  /// The path as a zip archive has it: Windows writes it with backslashes.
  private static func withSlashes(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let (slash, backslash) = (UInt8(ascii: "/"), UInt8(ascii: "\\"))
    return path.contains(backslash) ? path.map { $0 == backslash ? slash : $0 }[...] : path
  }
}

/// Finds the members of names, most cheaply where these come in the order of the archive.
private struct MemberLookup {
  private let members: MemberList
  private var next = 0
  /// By the hash of the name; nil until one comes out of order.
  private var places: [Int: Int]?

  init(_ members: MemberList) {
    self.members = members
  }

  mutating func member(_ name: ArraySlice<UInt8>) -> ArchiveMember? {
    if next < members.count, members[next].nameBytes.hasSameBytes(as: name) {
      defer { next += 1 }
      return members[next]
    }
    let places = places ?? Self.places(members)
    self.places = places
    guard let place = places[Self.hash(name)] else { return nil }
    // Two names of one hash are as good as impossible, since its seed is another in each run.
    guard members[place].nameBytes.hasSameBytes(as: name) else {
      return members.first { $0.nameBytes.hasSameBytes(as: name) }
    }
    next = place + 1
    return members[place]
  }

  private static func places(_ members: MemberList) -> [Int: Int] {
    var places: [Int: Int] = [:]
    places.reserveCapacity(members.count)
    for member in members { places[hash(member.nameBytes)] = member.index }
    return places
  }

  private static func hash(_ name: ArraySlice<UInt8>) -> Int {
    var hasher = Hasher()
    name.withUnsafeBytes { hasher.combine(bytes: $0) }
    return hasher.finalize()
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSameBytes(as other: ArraySlice<UInt8>) -> Bool {
    guard count == other.count, count > 0 else { return count == other.count }
    return withUnsafeBytes { one in
      other.withUnsafeBytes { two in
        guard let first = one.baseAddress, let second = two.baseAddress else { return false }
        return memcmp(first, second, one.count) == 0
      }
    }
  }
}
