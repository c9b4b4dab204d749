import WheelArchive

/// Requires that every installer puts each member of a wheel at the same place, and no two at one.
///
/// Takes time in proportion to the names, whatever they are.
struct PlaceCheck {
  private let members: MemberList
  /// What there is of `X` with a folder `X.dist-info`; nil as long as nothing has asked.
  private var distributions: Set<ArraySlice<UInt8>>?

  static func run(_ members: MemberList) throws(UnreadableWheel.Cause) {
    do throws(MisplacedMember) {
      var check = PlaceCheck(members)
      try check.run()
    } catch {
      throw .place(error)
    }
  }

  private init(_ members: MemberList) {
    self.members = members
  }

  private mutating func run() throws(MisplacedMember) {
    // Hashes rather than paths, which would take several times the room. Their seed is another in each run, so that no
    // one can choose paths of the same hash.
    var files = Set<Int>(minimumCapacity: members.count)
    // A member of each folder; most lie in the same as the one before.
    var inFolders: [Int] = []
    var last: ArraySlice<UInt8> = []
    for member in members {
      guard let path = try path(of: member) else { continue }
      let folder = path.folder
      if folder != last {
        inFolders.append(member.index)
        last = folder
      }
      if !path.isFolder, !files.insert(PathHash.whole(path.bytes)).inserted,
        let other = try file(at: path.bytes, before: member.index)
      {
        throw MisplacedMember(member: member.name, problem: .samePlace(as: other))
      }
    }
    for index in inFolders {
      guard let folder = try path(of: members[index])?.folder else { continue }
      var outer = PathHash(folder)
      while outer.advance() {
        if files.contains(outer.value), let file = try file(at: folder[..<outer.end], before: members.count) {
          throw MisplacedMember(member: members[index].name, problem: .insideFile(file))
        }
      }
    }
  }

  /// The first file that comes to lie at a place.
  private mutating func file(
    at place: ArraySlice<UInt8>, before end: Int
  ) throws(MisplacedMember) -> String? {
    for index in 0..<end {
      if let path = try path(of: members[index]), !path.isFolder, path.bytes == place { return members[index].name }
    }
    return nil
  }

  /// Where a member comes to lie: below `site-packages`, or below another root, whose name with NUL then comes first.
  private struct Path {
    var bytes: ArraySlice<UInt8>
    let isFolder: Bool

    /// The folder that it is or lies in.
    var folder: ArraySlice<UInt8> {
      isFolder ? bytes : bytes[..<(bytes.lastIndex(of: PlaceCheck.slash) ?? bytes.startIndex)]
    }
  }

  private static let slash = UInt8(ascii: "/")

  /// The path of a member; nil for one of the folders that others are installed into.
  private mutating func path(of member: ArchiveMember) throws(MisplacedMember) -> Path? {
    let name = member.nameBytes
    let isFolder = name.last == Self.slash
    do throws(MisplacedMember.Problem) {
      guard !isFolder || member.size == 0 else { throw .folder }
      let path = Path(bytes: isFolder ? name.dropLast() : name, isFolder: isFolder)
      return Self.isPlain(path.bytes) ? path : try unusualPath(member.name, path)
    } catch {
      throw MisplacedMember(member: member.name, problem: error)
    }
  }

  private mutating func unusualPath(_ name: String, _ path: Path) throws(MisplacedMember.Problem) -> Path? {
    let place: InstalledPlace
    do throws(MisplacedMember.Problem) {
      place = try InstalledPlace(checking: name)
    } catch {
      // `X.data/scripts/` and `./` are where others are installed.
      if path.isFolder, error == .noScheme || error == .folder { return nil }
      throw error
    }
    let first = path.bytes.prefix { $0 != Self.slash }
    guard !first.hasSuffix(".data") || isOwn(first.dropLast(".data".utf8.count)) else { throw .ambiguousFolder }
    let root = place.root == .packages ? "" : "\0\(place.root.rawValue)/"
    let folder = place.folder.isEmpty ? "" : "\(place.folder)/"
    return Path(bytes: Array("\(root)\(folder)\(place.name)".utf8)[...], isFolder: path.isFolder)
  }

  /// Whether `X.data` goes with the wheel's `X.dist-info`: pip asks for no more than its ending, uv for its name.
  private mutating func isOwn(_ distribution: ArraySlice<UInt8>) -> Bool {
    let known = distributions ?? distributionNames
    distributions = known
    // Without any, nobody installs the wheel.
    return known.isEmpty || known.contains(distribution)
  }

  private var distributionNames: Set<ArraySlice<UInt8>> {
    let ending = ".dist-info"
    var names: Set<ArraySlice<UInt8>> = []
    for member in members {
      let first = member.nameBytes.prefix { $0 != Self.slash }
      if first.hasSuffix(ending) { names.insert(first.dropLast(ending.utf8.count)) }
    }
    return names
  }

  /// Whether a name is the path of its place below `site-packages` as it stands, for all that can be seen at a glance:
  /// no part of it is empty or begins with a dot.
  private static func isPlain(_ name: ArraySlice<UInt8>) -> Bool {
    name.withUnsafeBytes { bytes in
      let dot = UInt8(ascii: ".")
      var (previous, firstEnd) = (slash, bytes.count)
      for place in bytes.indices {
        let byte = bytes[place]
        if previous == slash, byte == slash || byte == dot { return false }
        if byte == slash, place < firstEnd { firstEnd = place }
        previous = byte
      }
      return previous != slash && !bytes[..<firstEnd].hasSuffix(".data")
    }
  }
}

/// The hash of a path from its beginning on, and so of the folders that it leads through.
private struct PathHash {
  private var hasher = Hasher()
  private var rest: ArraySlice<UInt8>

  init(_ path: ArraySlice<UInt8>) {
    rest = path
  }

  static func whole(_ path: ArraySlice<UInt8>) -> Int {
    var hash = PathHash(path)
    while hash.advance() {}
    return hash.value
  }

  var value: Int { hasher.finalize() }
  /// How far it has come.
  var end: Int { rest.startIndex }

  /// Goes on to the next slash or the end; false where it had come to that.
  mutating func advance() -> Bool {
    guard !rest.isEmpty else { return false }
    var end = rest.startIndex + 1
    while end < rest.endIndex, rest[end] != UInt8(ascii: "/") { end += 1 }
    rest[..<end].withUnsafeBytes { hasher.combine(bytes: $0) }
    rest = rest[end...]
    return true
  }
}
