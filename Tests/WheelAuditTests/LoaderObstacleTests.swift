import ELFReading
import Testing
import WheelAudit
import WheelTags

/// What the loader does with a file under the name of a library that is none for its machine: glibc's `open_verify`,
/// musl's `map_library`.
@Suite struct LoaderObstacleTests {
  private static let user = WheelObject("pkg/mod.abi3.so", needs: ["libx.so"], runpath: "$ORIGIN/a:$ORIGIN/b")
  private static let good = WheelObject("pkg/b/libx.so")

  private static func elf(
    _ machine: ELFMachine, _ fileClass: ELFIdentity.FileClass = .bits64, _ byteOrder: ELFIdentity.ByteOrder = .little,
    _ type: ELFIdentity.FileType = .sharedObject
  ) -> WheelObject {
    WheelObject(
      path: "pkg/a/libx.so",
      file: ELFObject(
        identity: ELFIdentity(fileClass: fileClass, byteOrder: byteOrder, type: type, machine: machine, flags: 0)))
  }

  /// Each row: what lies in the first folder, and whether glibc goes on to the second; musl never does.
  private static let others: [(what: WheelObject, isPassedOver: Bool)] = [
    (elf(.aarch64), true), (elf(.i386, .bits32), true), (elf(.x86_64, .bits32), true),
    (elf(.s390, .bits64, .big), false), (elf(.ppc, .bits32, .big), true), (elf(.x86_64, .bits64, .big), false),
    (elf(.x86_64, .bits64, .little, .relocatable), false), (elf(.aarch64, .bits64, .little, .relocatable), true),
    (elf(.i386, .bits32, .little, .relocatable), true), (elf(.x86_64, .bits64, .little, .core), false),
  ]

  @Test(arguments: others) func `glibc passes over other classes and machines, musl over nothing`(
    what: WheelObject, isPassedOver: Bool
  ) throws {
    let (foreign, unloadable) = what.file.identity.isLoadable ? ([what], []) : ([], [what])
    let stopped = ["libx.so: not loadable pkg/a/libx.so"]
    let objects = [Self.user, Self.good]
    let glibc = try resolutions(objects, foreign: foreign, unloadable: unloadable)
    #expect(glibc[Self.user.path] == (isPassedOver ? ["libx.so: bundled pkg/b/libx.so"] : stopped))
    let musl = try resolutions(objects, foreign: foreign, unloadable: unloadable, libc: .musl)
    #expect(musl[Self.user.path] == stopped)
    let alone = try resolutions([Self.user], foreign: foreign, unloadable: unloadable)
    let missing = foreign.isEmpty ? "libx.so: external" : "libx.so: mismatched"
    #expect(alone[Self.user.path] == (isPassedOver ? [missing] : stopped))
  }

  @Test(arguments: [Libc.glibc, .musl]) func `a file that is not ELF ends the search`(libc: Libc) throws {
    let found = try resolutions([Self.user, Self.good], files: ["pkg/a/libx.so"], libc: libc)
    #expect(found[Self.user.path] == ["libx.so: not loadable pkg/a/libx.so"])
    let behind = try resolutions(
      [Self.user, WheelObject("pkg/a/libx.so")], files: ["pkg/b/libx.so", "far/libx.so", "pkg/a/liby.so"], libc: libc)
    #expect(behind[Self.user.path] == ["libx.so: bundled pkg/a/libx.so"])
    let elsewhere = try resolutions([Self.user, Self.good], files: ["far/libx.so"], libc: libc)
    #expect(elsewhere[Self.user.path] == ["libx.so: bundled pkg/b/libx.so"])
  }

  @Test(arguments: [Libc.glibc, .musl]) func `it does so before the system's library is looked for`(libc: Libc) throws {
    let user = WheelObject("mod.abi3.so", needs: ["libz.so.1"], runpath: "$ORIGIN")
    #expect(
      try resolutions([user], files: ["libz.so.1"], libc: libc)[user.path] == ["libz.so.1: not loadable libz.so.1"])
    #expect(try resolutions([user], files: ["far/libz.so.1"], libc: libc)[user.path] == ["libz.so.1: platform"])
  }

  @Test func `a needed path leads to it too`() throws {
    let user = WheelObject("mod.abi3.so", needs: ["$ORIGIN/libs/libx.so"])
    let found = try resolutions([user], files: ["libs/libx.so"])
    #expect(found[user.path] == ["$ORIGIN/libs/libx.so: not loadable libs/libx.so"])
  }

  @Test func `it says what it is`() throws {
    func kinds(_ foreign: [WheelObject], _ unloadable: [WheelObject], _ files: [String]) throws -> [String] {
      let graph = try libraryGraph(
        [Self.user], foreign: foreign, unloadable: unloadable, files: files, libc: .musl)
      return graph.edges.joined().compactMap { edge in
        if case .notLoadable(let obstacle) = edge.resolution { obstacle.kind } else { nil }
      }
    }
    #expect(try kinds([Self.elf(.aarch64)], [], []) == ["for aarch64"])
    #expect(try kinds([], [Self.elf(.x86_64, .bits64, .little, .core)], []) == ["a core dump"])
    #expect(try kinds([], [], ["pkg/a/libx.so"]) == ["not ELF"])
  }

  @Test func `no profile has what stops the loader`() throws {
    let library = "libfoo-0a1b2c3d.so.1"
    let report = try audit(
      "manylinux_2_17_x86_64",
      ["demo/bundled_runpath.abi3.so": "bundled_runpath.abi3.so", "demo/other.abi3.so": "baseline.abi3.so"]
    ) {
      try $0.add("demo.libs/\(library)", object: "baseline.abi3.so", "s390x")
    }
    let user = "demo/bundled_runpath.abi3.so"
    #expect(report.resolutions(of: user).last == "\(library): notLoadable demo.libs/\(library)")
    #expect(report.requirements(.library).first == "library \(library) ≥ none")
    #expect(report.claims == ["-manylinux_2_17_x86_64"])
    #expect(report.minimalTag == "linux_x86_64")
  }
}
