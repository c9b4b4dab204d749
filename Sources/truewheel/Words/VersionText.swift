import BuildProfiles
import WheelTags

/// What `--version` prints: the version alone in the first line, and what the program knows of profiles and systems.
struct VersionText: CustomStringConvertible {
  let description: String

  init() throws {
    let facts = Facts()
    let newest = [try facts.profiles(.glibc).profiles.last, try facts.profiles(.musl).profiles.last]
    description = """
      \(Truewheel.toolVersion)
      profiles: \(FactDates.profiles), up to \(newest.compactMap { $0?.name }.joined(separator: " and "))
      distributions: \(FactDates.distributions)

      """
  }
}
