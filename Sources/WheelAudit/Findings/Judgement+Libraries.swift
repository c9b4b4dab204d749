import BuildProfiles
import ELFReading
import WheelTags

extension Judgement {
  /// How the objects of the wheel fit together.
  func addLibraryFindings(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    let names = BundledNames(subject.judged, graph, on: platform)
    var advice: LibraryAdvice?
    var outOfReach: [String: Set<String>] = [:]
    for requirement in requirements where requirement.kind == .unreachableLibrary {
      outOfReach[requirement.library ?? "", default: []].formUnion(requirement.demands.map(\.object))
    }
    for (index, object) in subject.judged.enumerated() {
      // Versions are asked of a library by name, so they are looked up by it.
      let needs = Dictionary(grouping: object.file.versionNeeds, by: \.library)
      try addUnanswered(object, index, names, to: &found)
      var seen: Set<String> = []
      for edge in graph.edges[index] where seen.insert(edge.library).inserted {
        switch edge.resolution {
        // A requirement speaks of what no other load brings into reach.
        case .unreachable where outOfReach[edge.library]?.contains(object.path) == true: break
        case .unreachable(let target):
          if advice == nil { advice = try LibraryAdvice(self) }
          let target = subject.judged[target]
          let remedy = advice?.outOfReach(edge.library, object, target)
          try found.add(unreachable(object, edge.library, target, remedy))
        case .excluded(let exclusion): try found.add(excluded(object, edge.library, exclusion))
        case .bundled(let target):
          for target in [target] + edge.alternates.map(\.object) {
            let target = subject.judged[target]
            try addMissingVersions(needs[edge.library] ?? [], object, target, to: &found)
            if let finding = otherLibc(object, edge.library, target) { try found.add(finding) }
          }
        case .mismatched(let target):
          try found.add(mismatched(object, edge.library, subject.foreign[target - subject.judged.count]))
        case .platform, .external, .notLoadable: break
        }
      }
    }
  }

  /// Versions of a library that nothing in the wheel loads: the interpreter, or another package, may have loaded it.
  private func addUnanswered(
    _ object: WheelObject, _ index: Int, _ names: BundledNames, to found: inout FindingList
  ) throws(UnreadableWheel.Cause) {
    guard !graph.isOnlyStarted(index) else { return }
    let unanswered = Set(object.file.versionNeeds.map(\.library)).filter { !names.isAnswered($0, on: platform) }
    for library in unanswered.subtracting(GlibcSearch.interpreters).sorted() {
      try found.add(
        Finding(
          .notLoadable, .warning,
          "versions of \(library) are needed, which nothing in the wheel loads: where nothing else has loaded it "
            + "before, the loader ends the process",
          help: LoadingDemand.unansweredVersions.remedy, object: object.path, library: library))
    }
  }

  private func unreachable(
    _ object: WheelObject, _ library: String, _ target: WheelObject, _ remedy: Remedy?
  ) -> Finding {
    Finding(
      .unreachableLibrary, .warning,
      "\(library) lies in the wheel at \(target.path), where the loader does not look for it: "
        + "that works only if something has loaded it before",
      help: remedy?.clause, paste: remedy?.paste, object: object.path, library: library)
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
  private func otherLibc(_ object: WheelObject, _ library: String, _ target: WheelObject) -> Finding? {
    guard let own = object.libc, let other = target.libc, own != other else { return nil }
    return Finding(
      .mixedLibc, .error,
      "the object is linked with \(own), and needs the wheel's own \(target.path), which is linked with \(other)",
      help: "put the library for \(own) into the wheel", object: object.path, library: library)
  }

  private func excluded(_ object: WheelObject, _ library: String, _ exclusion: Exclusion) -> Finding {
    Finding(
      .excludedLibrary, .note, "\(library) is not judged: excluded by '\(exclusion.pattern)' (\(exclusion.reason))",
      object: object.path, library: library)
  }

  /// The loader refuses an object when a library that it finds does not define a version that is needed of it.
  ///
  /// A library without any version definitions satisfies every need, with a warning only. musl compares no versions.
  private func addMissingVersions(
    _ needs: [VersionNeed], _ object: WheelObject, _ target: WheelObject, to found: inout FindingList
  ) throws(UnreadableWheel.Cause) {
    guard platform.libc == .glibc, !needs.isEmpty, !target.file.versionDefinitions.isEmpty else { return }
    try found.draw(steps: target.file.versionDefinitions.count)
    let defined = Set(target.file.versionDefinitions)
    for need in needs where !need.isWeak && !defined.contains(need.version) {
      try found.add(
        Finding(
          .missingVersion, .error,
          "\(need.version) of \(need.library) is needed, and the wheel's own \(target.path) does not define it",
          help: RuleDefinition.missingVersion.advice.clause, object: object.path,
          library: need.library, symbol: need.allSymbols.first, version: need.version))
    }
  }
}
