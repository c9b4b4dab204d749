import Foundation
import TestSupport
import Testing
import WheelArchive
import WheelAudit

/// Whether libraries of a wheel are found, as we say and as glibc's own loader says.
@Suite(.enabled(if: DynamicLoader.isHere)) struct RealLoaderTests {
  private static let foo = "libfoo-0a1b2c3d.so.1"
  private static let chain = ["demo/libs/libouter.so": "libouter.so", "demo/libs/libinner.so": "libinner.so"]
  private static let chainOfOtherName = [
    "demo/libs/libouter.so": "libouter.so", "demo/libs/libinner-1.so": "libinner-1.so",
  ]
  private static let repaired = ["demo.libs/\(foo)": foo]

  /// Each row: an extension, packed as `demo/NAME.abi3.so`, and the libraries in the wheel.
  @Test(arguments: [
    ("bundled_runpath", repaired), ("bundled_rpath", repaired), ("bundled_braces", repaired),
    ("bundled_nopath", repaired), ("bundled_escaping", repaired), ("bundled_absolute", repaired),
    ("bundled_runpath", ["demo/\(foo)": foo]), ("bundled_runpath", ["demo-1.0.data/platlib/demo.libs/\(foo)": foo]),
    ("bundled_runpath", ["demo-1.0.data/data/demo.libs/\(foo)": foo]), ("bundled_runpath", [:]),
    ("bundled_runpath", ["demo.libs/\(foo)": "../aarch64/baseline.abi3.so"]),
    ("bundled_runpath", ["demo.libs/\(foo)": "../i686/baseline.abi3.so"]),
    ("bundled_runpath", ["demo.libs/\(foo)": "../x32/baseline.abi3.so"]),
    ("two_folders", ["demo/arm/\(foo)": "../aarch64/baseline.abi3.so", "demo.libs/\(foo)": foo]),
    ("two_folders", ["demo/arm/\(foo)": foo, "demo.libs/\(foo)": foo]), ("glued_origin", repaired),
    ("longer_word", ["demoAL/libs/\(foo)": foo]), ("external", ["demo/libfoo.so.1": "libfoo.so.1"]),
    ("chain_rpath", chain), ("chain_runpath", chain), ("chain_loaded", chain), ("chain_soname", chainOfOtherName),
    ("chain_rpath", chainOfOtherName), ("uses_versioned", ["demo/libversioned.so.1": "libversioned.so.1"]),
    ("missing_version", ["demo/libversioned.so.1": "libversioned.so.1"]),
    ("withheld_bundled", ["demo/libzcompat.so.1": "libzcompat.so.1"]),
    ("uses_bundled_stdcxx", ["demo.libs/libstdc++.so.6": "bundled/libstdc++.so.6"]),
    ("uses_bundled_stdcxx", ["demo/libstdc++.so.6": "bundled/libstdc++.so.6"]),
  ])
  func `the loader finds the libraries that we find`(name: String, libraries: [String: String]) throws {
    var builder = WheelBuilder(platform: "linux_x86_64")
    try builder.add("demo/\(name).abi3.so", object: "\(name).abi3.so")
    for (path, object) in libraries { try builder.add(path, object: object) }
    let folder = try TemporaryFolder()
    try compare(wheel: try builder.write(to: folder))
  }

  @Test(arguments: ["overclaim", "honest", "baseline-1.0-cp39-abi3-manylinux_2_5_x86_64"])
  func `it does in the fixture wheels`(name: String) throws {
    try compare(wheel: try Fixture.wheel(name))
  }

  /// Compares for every extension of a wheel, which must have no more than one if extensions share a library.
  private func compare(wheel: String) throws {
    let report = Auditor(.init()).audit(path: wheel)
    let audit = try #require(report.audit)
    let objects = audit.objects
    let folder = try TemporaryFolder()
    let packages = folder.url.appending(path: "site-packages")
    try install(wheel, into: folder)
    let extensions = objects.filter(\.isPythonExtension)
    try #require(!extensions.isEmpty)
    for start in extensions {
      let trace = try DynamicLoader.trace(packages.appending(path: installed(start.path)))
      let edges = reached(from: start, objects)
      let bundled = edges.filter { $0.resolution == .bundled }
      let ours = Dictionary(bundled.map { ($0.library, installed($0.path ?? "")) }) { first, _ in first }
      let prefix = packages.path + "/"
      let theirs = trace.found.compactMapValues { file in
        file.path.hasPrefix(prefix) ? String(file.path.dropFirst(prefix.count)) : nil
      }
      // The loader names each file once, however many names it is needed under.
      #expect(theirs == ours.filter { theirs[$0.key] != nil })
      #expect(Set(theirs.values) == Set(ours.values))
      // What the platform has, this machine need not have; the same holds for versions.
      let platforms = edges.filter { $0.resolution == .platform }.map(\.library)
      let lost: Set<ObjectReport.Needed.Resolution> = [.unreachable, .external, .mismatched, .notLoadable]
      #expect(trace.missing.subtracting(platforms) == Set(edges.filter { lost.contains($0.resolution) }.map(\.library)))
      let versions = report.findings.filter { $0.rule == .missingVersion }.compactMap(\.version)
      #expect(trace.missingVersions.subtracting(audit.requirements.compactMap(\.version)) == Set(versions))
    }
  }

  /// Writes the members to where an installer would, as far as that is below `site-packages`.
  private func install(_ wheel: String, into folder: TemporaryFolder) throws {
    let archive = try WheelArchive(path: wheel)
    for member in archive.members where InstalledPlace(member: member.name).root == .packages {
      _ = try folder.write(
        try archive.contents(member, with: Inflater()), to: "site-packages/\(installed(member.name))")
    }
  }

  private func installed(_ member: String) -> String {
    let place = InstalledPlace(member: member)
    return place.folder.isEmpty ? place.name : "\(place.folder)/\(place.name)"
  }

  /// What an object and the bundled libraries behind it need.
  private func reached(from start: ObjectReport, _ objects: [ObjectReport]) -> [ObjectReport.Needed] {
    var (paths, edges) = ([start.path], [ObjectReport.Needed]())
    var next = 0
    while next < paths.count {
      edges += objects.first { $0.path == paths[next] }?.needed ?? []
      paths += edges.filter { $0.resolution == .bundled }.compactMap(\.path).filter { !paths.contains($0) }
      next += 1
    }
    return edges
  }
}
