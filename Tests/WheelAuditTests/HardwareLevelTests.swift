import ELFReading
import TestSupport
import Testing
import WheelAudit
import WheelTags

/// Copies of libraries for better processors below `glibc-hwcaps` (ld.so(8), since glibc 2.33).
@Suite struct HardwareLevelTests {
  private static let user = WheelObject("mod.abi3.so", needs: ["libx.so"], runpath: "$ORIGIN/libs")
  private static let base = WheelObject("libs/libx.so")

  private static func copy(_ level: String, needs: [String] = [], runpath: String? = nil) -> WheelObject {
    WheelObject("libs/glibc-hwcaps/\(level)/libx.so", needs: needs, runpath: runpath)
  }

  /// Each row: an architecture and a folder, and whether its processors look into it.
  @Test(
    arguments: [
      (.x86_64, "x86-64-v2", true), (.x86_64, "x86-64-v3", true), (.x86_64, "x86-64-v4", true),
      (.x86_64, "x86-64-v1", false), (.x86_64, "v3", false), (.x86_64, "power10", false), (.x86_64, "haswell", false),
      (.ppc64le, "power9", true), (.ppc64le, "power10", true), (.ppc64le, "power8", false), (.s390x, "z13", true),
      (.s390x, "z17", true), (.s390x, "z12", false), (.i686, "x86-64-v2", false), (.aarch64, "atomics", false),
    ] as [(Architecture, String, Bool)])
  func `a level's processors load its copy, all others the library beside`(
    architecture: Architecture, level: String, isLevel: Bool
  ) throws {
    let objects = [Self.user, Self.base, Self.copy(level)]
    let graph = try libraryGraph(objects, architecture: architecture)
    let found = try resolutions(objects, architecture: architecture)
    let copy = isLevel ? ", on \(level) libs/glibc-hwcaps/\(level)/libx.so" : ""
    #expect(found[Self.user.path] == ["libx.so: bundled libs/libx.so\(copy)"])
    #expect(graph.levels == [nil, nil, isLevel ? level : nil])
    #expect(graph.uses == [.imported, .imported, isLevel ? .imported : .opened])
  }

  @Test func `musl does not look there`() throws {
    let found = try resolutions([Self.user, Self.base, Self.copy("x86-64-v3")], libc: .musl)
    #expect(found[Self.user.path] == ["libx.so: bundled libs/libx.so"])
  }

  @Test func `the better copy is another one for better processors`() throws {
    let found = try resolutions([Self.user, Self.base, Self.copy("x86-64-v2"), Self.copy("x86-64-v4")])
    #expect(
      found[Self.user.path] == [
        "libx.so: bundled libs/libx.so, on x86-64-v2 libs/glibc-hwcaps/x86-64-v2/libx.so, "
          + "on x86-64-v4 libs/glibc-hwcaps/x86-64-v4/libx.so"
      ])
  }

  /// In old subfolders glibc looked before 2.37 only.
  @Test(arguments: ["glibc-hwcaps/x86-64-v3", "tls", "haswell", "x86_64", "tls/x86_64"])
  func `a copy alone is not what all processors and releases load`(folder: String) throws {
    let copy = "libs/\(folder)/libx.so"
    #expect(try resolutions([Self.user, WheelObject(copy)])[Self.user.path] == ["libx.so: unreachable \(copy)"])
  }

  @Test func `a copy searches from where it lies`() throws {
    func found(_ runpath: String, _ library: String) throws -> [String]? {
      let copy = Self.copy("x86-64-v3", needs: ["liby.so"], runpath: runpath)
      return try resolutions([Self.user, Self.base, copy, WheelObject(library)])[copy.path]
    }
    #expect(try found("$ORIGIN", "libs/liby.so") == ["liby.so: unreachable libs/liby.so"])
    #expect(try found("$ORIGIN/../..", "libs/liby.so") == ["liby.so: bundled libs/liby.so"])
    let neighbour = "libs/glibc-hwcaps/x86-64-v3/liby.so"
    #expect(try found("$ORIGIN", neighbour) == ["liby.so: bundled \(neighbour)"])
  }

  @Test func `a folder's copies come before the next folder's library`() throws {
    let user = WheelObject("mod.abi3.so", needs: ["libx.so"], runpath: "$ORIGIN/a:$ORIGIN/b")
    let before = WheelObject("a/glibc-hwcaps/x86-64-v3/libx.so")
    let found = try resolutions([user, WheelObject("b/libx.so"), before])
    #expect(found[user.path] == ["libx.so: bundled b/libx.so, on x86-64-v3 \(before.path)"])
    let behind = try resolutions([
      user, WheelObject("a/libx.so"), WheelObject("b/glibc-hwcaps/x86-64-v3/libx.so"),
    ])
    #expect(behind[user.path] == ["libx.so: bundled a/libx.so"])
  }

  @Test func `a folder that the run path names is like any other`() throws {
    let user = WheelObject("mod.abi3.so", needs: ["libx.so"], runpath: "$ORIGIN/libs/glibc-hwcaps/x86-64-v3")
    let copy = Self.copy("x86-64-v3")
    #expect(try resolutions([user, copy])[user.path] == ["libx.so: bundled \(copy.path)"])
    #expect(try libraryGraph([user, copy]).levels == [nil, nil])
  }

  @Test func `copies in the top folder count too`() throws {
    let user = WheelObject("mod.abi3.so", needs: ["libx.so"], runpath: "$ORIGIN")
    let copy = WheelObject("glibc-hwcaps/x86-64-v3/libx.so")
    let found = try resolutions([user, WheelObject("libx.so"), copy])
    #expect(found[user.path] == ["libx.so: bundled libx.so, on x86-64-v3 \(copy.path)"])
  }

  @Test func `a copy that cannot be loaded fails its processors`() throws {
    let text = "libs/glibc-hwcaps/x86-64-v3/libx.so"
    let found = try resolutions([Self.user, Self.base], files: [text])
    #expect(found[Self.user.path] == ["libx.so: not loadable \(text)"])
  }

  @Test func `a path leads to the file itself`() throws {
    let user = WheelObject("mod.abi3.so", needs: ["$ORIGIN/libs/libx.so"])
    let found = try resolutions([user, Self.base, Self.copy("x86-64-v3")])
    #expect(found[user.path] == ["$ORIGIN/libs/libx.so: bundled libs/libx.so"])
  }

  @Test func `libraries that nothing in the wheel loads have copies too`() throws {
    let opener = WheelObject("libopens.so", needs: ["libx.so"], runpath: "$ORIGIN/libs")
    // The copy comes first in the archive.
    let graph = try libraryGraph([Self.copy("x86-64-v3"), opener, Self.base])
    #expect(graph.uses == [.opened, .opened, .opened])
    #expect(graph.levels == ["x86-64-v3", nil, nil])
  }

  @Test(arguments: [("x86-64-v2", ["x86-64-v3"]), ("x86-64-v3", []), ("x86-64-v4", [])])
  func `a copy may need the instructions of its level`(level: String, needed: [String]) throws {
    var copy = Self.copy(level).file
    copy.neededInstructionSets = [.baseline, .v2, .v3]
    let objects = [Self.user, Self.base, WheelObject(path: Self.copy(level).path, file: copy)]
    let found = try requirements(of: objects).filter { $0.kind == .instructionSet }
    #expect(found.compactMap(\.version) == needed)
    // Without a library beside it, nothing says that better processors only load it.
    let opened = try requirements(of: [Self.base, WheelObject(path: "far/libx.so", file: copy)])
    #expect(opened.filter { $0.kind == .instructionSet }.compactMap(\.version) == ["x86-64-v3"])
  }

  @Test func `a copy must define the versions that are needed of it`() throws {
    let copy = "demo/glibc-hwcaps/x86-64-v3/libversioned.so.1"
    let report = try audit(
      "linux_x86_64",
      [
        "demo/a.abi3.so": "uses_versioned.abi3.so", "demo/libversioned.so.1": "libversioned.so.1",
        copy: "bundled/libstdc++.so.6",
      ])
    #expect(!report.said(.missingVersion).isEmpty)
    #expect(report.findings.filter { $0.rule == .missingVersion }.allSatisfy { $0.message.contains(copy) })
    #expect(report.audit?.objects.flatMap(\.needed).flatMap(\.alternates).map(\.path) == [copy])
  }
}
