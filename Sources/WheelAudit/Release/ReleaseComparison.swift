import BuildProfiles
import WheelTags

/// Compares the wheels of a release with each other.
struct ReleaseComparison {
  private typealias Build = Release.Build
  private typealias System = Release.System

  private let package: String
  private let version: String
  private let wheels: [Build]
  /// The builds for each platform, and which libc each needs.
  private let floors: [(platform: System, builds: [(build: Build, version: LibcVersion)])]

  init(_ package: String, _ version: String, _ wheels: [Release.Build]) {
    self.package = package
    self.version = version
    self.wheels = wheels
    var floors: [System: [(build: Build, version: LibcVersion)]] = [:]
    for build in wheels {
      guard let floor = build.floor else { continue }
      floors[floor.platform, default: []].append((build, floor.version))
    }
    self.floors = floors.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  var findings: [ReleaseFinding] {
    floorsByInterpreter + floorsByArchitecture + changedObjects + missingArchitectures
  }

  private func finding(
    _ rule: Rule, _ message: String, object: String? = nil, libc: Libc, _ architectures: [Architecture],
    interpreters: [String] = [], floors: [ReleaseFinding.Floor] = [], libraries: [String] = [], _ builds: [Build]
  ) -> ReleaseFinding {
    ReleaseFinding(
      rule: rule, severity: .warning, message: message, package: package, version: version,
      variant: builds.first?.filename.variant, object: object, libc: libc,
      architectures: architectures, interpreters: interpreters, floors: floors, libraries: libraries,
      wheels: builds.map(\.path))
  }

  /// Builds for one platform that need different versions of its libc.
  private var floorsByInterpreter: [ReleaseFinding] {
    floors.compactMap { platform, builds in
      let groups = Dictionary(grouping: builds, by: \.version).mapValues { $0.map(\.build.interpreter).sorted() }
      guard groups.count > 1 else { return nil }
      let sorted = groups.sorted { $0.key < $1.key }
      let parts = sorted.map { "\($0.value.joined(separator: ", ")) \($0.key)" }
      let floors = sorted.flatMap { version, interpreters in
        interpreters.map {
          ReleaseFinding.Floor(interpreter: $0, architecture: platform.architecture, version: version)
        }
      }
      return finding(
        .releaseFloor, "builds need different versions of \(platform): \(parts.joined(separator: "; "))",
        libc: platform.libc, [platform.architecture], interpreters: floors.compactMap(\.interpreter), floors: floors,
        builds.map(\.build))
    }
  }

  /// Architectures that need a newer libc than another one does, and than their own oldest profile has.
  private var floorsByArchitecture: [ReleaseFinding] {
    Libc.allCases.compactMap { libc in
      let own = floors.filter { $0.platform.libc == libc }.compactMap { platform, builds in
        builds.map(\.version).max().map { (platform: platform, builds: builds, version: $0) }
      }
      guard let lowest = own.map(\.version).min() else { return nil }
      let surplus = own.filter { $0.version > max(lowest, oldestProfile(for: $0.platform) ?? lowest) }
      guard !surplus.isEmpty, own.count > surplus.count else { return nil }
      let parts = own.map { "\($0.platform.architecture) \($0.version)" }
      return finding(
        .releaseArchitectureFloor,
        "architectures need different versions of \(libc): \(parts.joined(separator: ", "))", libc: libc,
        own.map(\.platform.architecture),
        floors: own.map { .init(interpreter: nil, architecture: $0.platform.architecture, version: $0.version) },
        own.flatMap { $0.builds.map(\.build) })
    }
  }

  private func oldestProfile(for platform: System) -> LibcVersion? {
    wheels.first { $0.judged == platform }?.oldestProfile
  }

  // MARK: Objects

  /// One object as one build has it.
  private struct BuiltObject {
    let build: Build
    let floor: LibcVersion?
    let libraries: Set<String>
  }

  /// Objects that are in several builds for a platform, and need other things in one than in another.
  private var changedObjects: [ReleaseFinding] {
    objects.sorted { $0.key < $1.key }.flatMap { platform, objects in
      objects.sorted { $0.key < $1.key }.compactMap { name, builds in
        guard let first = builds.first else { return nil }
        if let other = builds.first(where: { $0.floor != first.floor }) {
          return changedFloor(name, platform, first, other)
        }
        guard let other = builds.first(where: { $0.libraries != first.libraries }) else { return nil }
        return changedLibraries(name, platform, first, other)
      }
    }
  }

  private var objects: [System: [String: [BuiltObject]]] {
    var objects: [System: [String: [BuiltObject]]] = [:]
    // The same few libraries are needed over and over.
    var names: [String: String] = [:]
    func known(_ name: String) -> String {
      if let known = names[name] { return known }
      let known = nameAcrossBuilds(name)
      names[name] = known
      return known
    }
    for build in wheels {
      guard let platform = build.system else { continue }
      for object in build.objects {
        objects[platform, default: [:]][known(object.path), default: []].append(
          BuiltObject(build: build, floor: object.floor, libraries: Set(object.libraries.map(known))))
      }
    }
    return objects
  }

  private func changedFloor(
    _ name: String, _ platform: System, _ first: BuiltObject, _ other: BuiltObject
  ) -> ReleaseFinding {
    let both = [first, other]
    // The second number goes without the name of the libc, where the first has it.
    let needs = both.map { $0.floor.map { "\(platform.libc) \($0)" } ?? "no \(platform.libc)" }
    let second = first.floor == nil ? needs[1] : other.floor.map(\.description) ?? needs[1]
    return finding(
      .releaseObject,
      "\(name) needs \(needs[0]) in \(first.build.interpreter) and \(second) in \(other.build.interpreter), on "
        + "\(platform.architecture)",
      object: name, libc: platform.libc, [platform.architecture], interpreters: both.map(\.build.interpreter),
      floors: both.compactMap { object in
        object.floor.map {
          .init(interpreter: object.build.interpreter, architecture: platform.architecture, version: $0)
        }
      }, both.map(\.build))
  }

  private func changedLibraries(
    _ name: String, _ platform: System, _ first: BuiltObject, _ other: BuiltObject
  ) -> ReleaseFinding {
    let both = [first, other]
    let libraries = other.libraries.symmetricDifference(first.libraries).sorted()
    return finding(
      .releaseObject,
      "\(name) needs \(libraries.joined(separator: ", ")) in only one of \(first.build.interpreter) and "
        + "\(other.build.interpreter), on \(platform.architecture)",
      object: name, libc: platform.libc, [platform.architecture], interpreters: both.map(\.build.interpreter),
      libraries: libraries, both.map(\.build))
  }

  // MARK: Coverage

  /// Architectures that some builds have and others lack.
  private var missingArchitectures: [ReleaseFinding] {
    Libc.allCases.flatMap { libc -> [ReleaseFinding] in
      var architectures: [String: Set<Architecture>] = [:]
      var builds: [String: [Build]] = [:]
      for build in wheels {
        let own = build.platforms.filter { $0.libc == libc }.map(\.architecture)
        guard !own.isEmpty else { continue }
        architectures[build.interpreter, default: []].formUnion(own)
        builds[build.interpreter, default: []].append(build)
      }
      let all = architectures.values.reduce(into: Set()) { $0.formUnion($1) }
      return architectures.sorted { $0.key < $1.key }.compactMap { interpreter, own in
        let missing = all.subtracting(own).sorted()
        guard !missing.isEmpty else { return nil }
        let names = missing.map(\.rawValue).joined(separator: ", ")
        return finding(
          .releaseCoverage,
          "\(interpreter) has no wheel for \(libc) on \(names), which other builds have", libc: libc, missing,
          interpreters: [interpreter], builds[interpreter] ?? [])
      }
    }
  }
}
