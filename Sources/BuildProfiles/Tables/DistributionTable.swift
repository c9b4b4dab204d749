import WheelTags

/// Which libc the releases of distributions have, and until when they are supported.
///
/// The text behind it says what its lines mean and where the facts come from: `Data/distributions.txt`.
public struct DistributionTable: Sendable {
  /// Every release: those of one libc by name and oldest first.
  public private(set) var releases: [DistributionRelease] = []

  init(_ text: TableText) throws(TableError) {
    var head: Head?
    for record in text.records {
      let words = record.words()
      switch words.first {
      case "release":
        try head?.requireLibc()
        head = try Head(record, words)
      case "glibc": try add(.glibc, record, words, to: &head)
      case "musl": try add(.musl, record, words, to: &head)
      case "missing": try addMissing(record, words, of: head)
      default: throw record.unknown("release", "glibc", "musl", "missing")
      }
    }
    try head?.requireLibc()
  }

  /// A `release` line, and whether a line on its libc has followed.
  private struct Head {
    let record: TableRecord
    let name: String
    let release: String
    let support: DistributionRelease.Support
    var hasLibc = false

    init(_ record: TableRecord, _ words: [Substring]) throws(TableError) {
      guard words.count == 4 else { throw record.malformed("release END-OF-LIFE NAME RELEASE") }
      self.record = record
      switch words[1] {
      case "rolling": support = .rolling
      case "unknown": support = .unknown
      default:
        guard let date = CalendarDate(words[1]) else {
          throw record.error("'\(words[1])' is no end of life, such as 2030-06-30, rolling or unknown")
        }
        support = .until(date)
      }
      func spaced(_ word: Substring) -> String { word.parts(separatedBy: "_").joined(separator: " ") }
      (name, release) = (spaced(words[2]), spaced(words[3]))
    }

    func requireLibc() throws(TableError) {
      if !hasLibc { throw record.error("no 'glibc' or 'musl' line follows the release") }
    }
  }

  private mutating func add(
    _ libc: Libc, _ record: TableRecord, _ words: [Substring], to head: inout Head?
  ) throws(TableError) {
    guard words.count == 3 else { throw record.malformed("\(libc) VERSION ARCH,…") }
    guard let found = head else { throw record.error("no 'release' line stands before it") }
    if !found.hasLibc {
      releases.append(
        DistributionRelease(name: found.name, release: found.release, support: found.support, libc: libc))
      head?.hasLibc = true
    }
    let last = releases.count - 1
    guard releases[last].libc == libc else {
      throw record.error("\(releases[last].title) has \(releases[last].libc) already: a release has one libc")
    }
    let version = try record.version(words[1])
    for architecture in try record.architectures(words[2]) { releases[last].versions[architecture] = version }
  }

  private mutating func addMissing(
    _ record: TableRecord, _ words: [Substring], of head: Head?
  ) throws(TableError) {
    guard words.count >= 3 else { throw record.malformed("missing ARCH VERSION…") }
    guard let head, head.hasLibc, let last = releases.indices.last else {
      throw record.error("no 'glibc' or 'musl' line stands before it")
    }
    releases[last].missing[try record.architecture(words[1])] = Set(words.dropFirst(2).map(String.init))
  }
}
