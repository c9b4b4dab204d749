public import WheelTags

/// The published manylinux profiles, as a table of what each thing's oldest profile is.
///
/// The text behind it says what its lines mean and where the facts come from: `Data/manylinux-profiles.txt`.
public struct ProfileTable: Sendable {
  /// Every published profile, oldest first.
  public let profiles: [BuildProfile]
  /// The oldest profile with each library, by soname.
  public let libraries: [String: Floor]
  /// The oldest profile on which a symbol of a platform library can be relied on: by soname, then by symbol.
  public let restricted: [String: [String: Floor]]
  /// The `versions` records, still text: one architecture is read when it is asked for.
  private let versionRecords: [Substring]

  public init() {
    self.init(TableText(ManylinuxProfilesText.text))
  }

  init(_ table: TableText) {
    var profiles: [BuildProfile] = []
    var libraries: [String: Floor] = [:]
    var restricted: [String: [String: Floor]] = [:]
    var versionRecords: [Substring] = []
    for record in table.records {
      guard !record.begins(with: "versions ") else {
        versionRecords.append(record)
        continue
      }
      let words = record.words()
      guard words.count >= 3 else { continue }
      switch words[0] {
      case "profile":
        guard let profile = Self.profile(words) else { continue }
        profiles.append(profile)
      case "library": libraries[String(words[2])] = Self.floor(words[1])
      case "restricted":
        for symbol in words.dropFirst(3) {
          restricted[String(words[2]), default: [:]][String(symbol)] = Self.floor(words[1])
        }
      default: break
      }
    }
    self.profiles = profiles
    self.libraries = libraries
    self.restricted = restricted
    self.versionRecords = versionRecords
  }

  /// The facts for one architecture.
  public func platform(_ architecture: Architecture) -> GlibcPlatform {
    GlibcPlatform(
      architecture: architecture,
      profiles: profiles.filter { $0.architectures.contains(architecture) },
      newestVersion: profiles.last?.version ?? LibcVersion(2, 0),
      libraries: libraries,
      restricted: restricted,
      versions: versionFloors(architecture))
  }

  /// The oldest profile with each symbol version on an architecture: `GLIBC_2.17` → 2.17.
  public func versionFloors(_ architecture: Architecture) -> [String: Floor] {
    var floors: [String: Floor] = [:]
    for record in versionRecords where record.begins(with: "versions \(architecture) ") {
      let words = record.words()
      guard words.count > 4 else { continue }
      for version in words.dropFirst(4) {
        floors["\(words[3])_\(version)"] = Self.floor(words[2])
      }
    }
    return floors
  }

  private static func floor(_ word: Substring) -> Floor {
    LibcVersion(word).map(Floor.libc) ?? .noProfile
  }

  private static func profile(_ words: [Substring]) -> BuildProfile? {
    guard words.count == 4, let version = LibcVersion(words[1]) else { return nil }
    func values(_ word: Substring) -> [String] {
      word.parts(separatedBy: "=").dropFirst().flatMap(\.items).map(String.init)
    }
    return BuildProfile(
      libc: .glibc, version: version,
      aliases: values(words[2]).compactMap(LegacyAlias.init(rawValue:)),
      architectures: values(words[3]).map(Architecture.init(rawValue:)))
  }
}
