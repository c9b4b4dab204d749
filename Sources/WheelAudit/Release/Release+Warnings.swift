import BuildProfiles
import WheelTags

extension Release {
  /// What the wheels show together, a sentence each, none of which breaks a claim.
  public var warnings: [String] {
    guard wheels.count > 1 else { return [] }
    return floorsByInterpreter + floorsByArchitecture + changedObjects + missingArchitectures
  }

  /// Builds for one platform that need different versions of its libc.
  private var floorsByInterpreter: [String] {
    floors.compactMap { platform, builds in
      let floors = Dictionary(grouping: builds, by: \.version).mapValues { $0.map(\.interpreter).sorted() }
      guard floors.count > 1 else { return nil }
      let parts = floors.sorted { $0.key < $1.key }.map { "\($0.value.joined(separator: ", ")) \($0.key)" }
      return "builds need different versions of \(platform): \(parts.joined(separator: "; "))"
    }
  }

  /// Architectures that need a newer libc than another one does, and than their own oldest profile has.
  private var floorsByArchitecture: [String] {
    let highest = floors.mapValues { $0.map(\.version).max() ?? LibcVersion(0, 0) }
    return Libc.allCases.compactMap { libc in
      let own = highest.filter { $0.key.libc == libc }.sorted { $0.key < $1.key }
      let lowest = own.map(\.value).min() ?? LibcVersion(0, 0)
      let surplus = own.filter { platform, version in version > max(lowest, oldestProfile(for: platform)) }
      guard !surplus.isEmpty, own.count > surplus.count else { return nil }
      let parts = own.map { "\($0.key.architecture) \($0.value)" }
      return "architectures need different versions of \(libc): \(parts.joined(separator: ", "))"
    }
  }

  /// Objects that are in several builds for a platform, and need other things in one than in another.
  private var changedObjects: [String] {
    var needs: [Platform: [String: [(interpreter: String, floor: LibcVersion, libraries: Set<String>)]]] = [:]
    for build in wheels {
      guard let audit = build.report.audit else { continue }
      let platform = Platform(libc: audit.libc, architecture: audit.architecture)
      let floors = audit.floors
      for object in audit.objects {
        let libraries = Set(object.needed.map { nameAcrossBuilds($0.library) })
        let name = nameAcrossBuilds(object.path)
        needs[platform, default: [:]][name, default: []].append(
          (build.interpreter, floors[object.path] ?? LibcVersion(0, 0), libraries))
      }
    }
    return needs.sorted { $0.key < $1.key }.flatMap { platform, objects in
      objects.sorted { $0.key < $1.key }.compactMap { name, builds in
        guard let first = builds.first else { return nil }
        if let other = builds.first(where: { $0.floor != first.floor }) {
          return "\(name) needs \(platform.libc) \(first.floor) in \(first.interpreter) and \(other.floor) in "
            + "\(other.interpreter), on \(platform.architecture)"
        }
        guard let other = builds.first(where: { $0.libraries != first.libraries }) else { return nil }
        let differing = other.libraries.symmetricDifference(first.libraries).sorted().joined(separator: ", ")
        return "\(name) needs \(differing) in only one of \(first.interpreter) and \(other.interpreter), on "
          + "\(platform.architecture)"
      }
    }
  }

  /// Architectures that some builds have and others lack.
  private var missingArchitectures: [String] {
    Libc.allCases.flatMap { libc -> [String] in
      var architectures: [String: Set<Architecture>] = [:]
      for build in wheels {
        let own = build.platforms.filter { $0.libc == libc }.map(\.architecture)
        if !own.isEmpty { architectures[build.interpreter, default: []].formUnion(own) }
      }
      let all = architectures.values.reduce(into: Set()) { $0.formUnion($1) }
      return architectures.sorted { $0.key < $1.key }.compactMap { interpreter, own in
        let missing = all.subtracting(own).map(\.rawValue).sorted()
        guard !missing.isEmpty else { return nil }
        return "\(interpreter) has no wheel for \(libc) on \(missing.joined(separator: ", ")), which other builds have"
      }
    }
  }

  private var floors: [Platform: [(interpreter: String, version: LibcVersion)]] {
    wheels.reduce(into: [:]) { floors, build in
      guard let floor = build.floor else { return }
      floors[floor.platform, default: []].append((build.interpreter, floor.version))
    }
  }

  private func oldestProfile(for platform: Platform) -> LibcVersion {
    let audit = wheels.lazy.compactMap(\.report.audit).first {
      $0.libc == platform.libc && $0.architecture == platform.architecture
    }
    return audit?.profiles.first?.version ?? LibcVersion(0, 0)
  }
}

extension Audit {
  /// The highest floor of each object that requires anything with a floor.
  fileprivate var floors: [String: LibcVersion] {
    requirements.reduce(into: [:]) { floors, requirement in
      guard let floor = requirement.floor.version?.series else { return }
      for demand in requirement.demands { floors[demand.object] = max(floors[demand.object] ?? floor, floor) }
    }
  }
}
