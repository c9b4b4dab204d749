import ArgumentParser
import AuditReports
import BuildProfiles
import WheelTags

/// The build profiles.
struct ProfilesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profiles", abstract: "Show the manylinux build profiles and what they provide.",
    subcommands: [List.self, Show.self, Diff.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the profiles, oldest first.")

    func run() throws {
      Output.ignoreClosedPipes()
      try Output.write(ProfilesReport(try Facts().profiles(.glibc)).list(), to: nil)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show what one profile provides.")

    @Argument(help: "A profile: manylinux_2_28, manylinux2014, manylinux_2_28_aarch64.")
    var profile: String

    @Option(help: "The architecture, where the profile's name has none.")
    var architecture = "x86_64"

    func run() throws {
      Output.ignoreClosedPipes()
      let table = try Facts().profiles(.glibc)
      let (profile, architecture) = try table.named(profile, architecture)
      try Output.write(ProfilesReport(table).show(profile, architecture), to: nil)
    }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff", abstract: "Show what the newer of two profiles has beyond the older.")

    @Argument(help: "A profile.")
    var first: String

    @Argument(help: "Another profile.")
    var second: String

    @Option(help: "The architecture, where the first profile's name has none.")
    var architecture = "x86_64"

    func run() throws {
      Output.ignoreClosedPipes()
      let table = try Facts().profiles(.glibc)
      let (first, architecture) = try table.named(first, architecture)
      let (second, _) = try table.named(second, architecture.rawValue)
      try Output.write(ProfilesReport(table).diff(first, second, architecture), to: nil)
    }
  }
}

extension ProfileTable {
  /// The profile that a name with or without an architecture stands for.
  fileprivate func named(_ name: String, _ architecture: String) throws -> (BuildProfile, Architecture) {
    let whole = PlatformTag(name)
    let tag = whole.libcVersion == nil ? PlatformTag("\(name)_\(architecture)") : whole
    guard tag.libc == .glibc, let version = tag.libcVersion, let architecture = tag.architecture,
      let profile = profiles.first(where: { $0.version == version })
    else {
      let names = profiles.map(\.name).joined(separator: ", ")
      throw ValidationError("'\(name)' is no published profile. There are: \(names).")
    }
    guard profile.architectures.contains(architecture) else {
      let names = profile.architectures.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("\(profile.name) exists for \(names), not for \(architecture).")
    }
    return (profile, architecture)
  }
}
