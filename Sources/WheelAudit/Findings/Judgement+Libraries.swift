import BuildProfiles
import ELFReading
import WheelTags

extension Judgement {
  /// How the objects of the wheel fit together.
  func libraryFindings() -> [Finding] {
    var findings: [Finding] = []
    for (index, object) in subject.judged.enumerated() {
      for edge in graph.edges[index] {
        switch edge.resolution {
        case .unreachable(let target): findings.append(unreachable(object, edge.library, subject.judged[target]))
        case .excluded(let exclusion): findings.append(excluded(object, edge.library, exclusion))
        case .bundled(let target):
          let target = subject.judged[target]
          findings += missingVersions(object, edge.library, target) + otherLibc(object, edge.library, target)
        case .mismatched(let target):
          findings.append(mismatched(object, edge.library, (subject.judged + subject.foreign)[target]))
        case .platform, .external: break
        }
      }
    }
    return findings
  }

  private func unreachable(_ object: WheelObject, _ library: String, _ target: WheelObject) -> Finding {
    Finding(
      .unreachableLibrary, .warning,
      "\(library) lies in the wheel at \(target.path), where the loader does not look for it: "
        + "this works only if something has loaded it before",
      help: RuleDefinition.unreachableLibrary.advice.clause, object: object.path, library: library)
  }

  /// The loader passes over a file for another machine as if it were not there.
  private func mismatched(_ object: WheelObject, _ library: String, _ target: WheelObject) -> Finding {
    let name = target.architecture?.rawValue ?? target.file.identity.machineDescription
    return Finding(
      .foreignArchitecture, .error,
      "\(library) is needed, and the wheel's own \(target.path) is for \(name): the loader passes over it",
      help: "put the library for \(subject.architecture) into the wheel", object: object.path, library: library)
  }

  /// Two libcs in one process do not work.
  private func otherLibc(_ object: WheelObject, _ library: String, _ target: WheelObject) -> [Finding] {
    guard let own = object.libc, let other = target.libc, own != other else { return [] }
    return [
      Finding(
        .mixedLibc, .error,
        "the object is linked with \(own), and needs the wheel's own \(target.path), which is linked with \(other)",
        help: "put the library for \(own) into the wheel", object: object.path, library: library)
    ]
  }

  private func excluded(_ object: WheelObject, _ library: String, _ exclusion: Exclusion) -> Finding {
    Finding(
      .excludedLibrary, .note, "\(library) is not judged: excluded by '\(exclusion.pattern)' (\(exclusion.reason))",
      object: object.path, library: library)
  }

  /// The loader refuses an object when a library that it finds does not define a version that is needed of it.
  ///
  /// A library without any version definitions satisfies every need, with a warning only.
  private func missingVersions(_ object: WheelObject, _ library: String, _ target: WheelObject) -> [Finding] {
    let defined = Set(target.file.versionDefinitions)
    guard !defined.isEmpty else { return [] }
    return object.file.versionNeeds.filter { $0.library == library && !$0.isWeak && !defined.contains($0.version) }
      .map { need in
        Finding(
          .missingVersion, .error,
          "\(need.version) of \(library) is needed, and the wheel's own \(target.path) does not define it",
          help: RuleDefinition.missingVersion.advice.clause, object: object.path, library: library,
          symbol: need.symbols.first, version: need.version)
      }
  }
}
