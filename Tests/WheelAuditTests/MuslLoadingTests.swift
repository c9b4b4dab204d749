import BuildProfiles
import ELFReading
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

/// What only musl's loader does (`ldso/dynlink.c`); each row was asked of musl 1.2.2 to 1.2.6.
@Suite struct MuslLoadingTests {
  /// `map_library` makes segments writable where it sees DT_TEXTREL; with DF_TEXTREL alone the process ends with SIGSEGV.
  @Test(arguments: [(true, true, false), (true, false, true), (false, false, false)])
  func `relocations in code need DT_TEXTREL`(isMarked: Bool, isStated: Bool, isRefused: Bool) throws {
    let object = WheelObject("a.abi3.so", needs: ["libc.so"]) {
      ($0.relocatesText, $0.statesTextRelocations, $0.relocations.changesText) = (isMarked, isStated, isMarked)
    }
    let found = try requirements(of: [object], libc: .musl).filter { $0.kind == .loading }
    #expect(found.map(\.version) == (isRefused ? ["its relocations in code"] : []))
    #expect(found.allSatisfy { $0.floor == .noProfile })
    #expect(try requirements(of: [object]).allSatisfy { $0.kind != .loading })
  }

  /// `load_library`: an object that defines both is thrown away.
  @Test func `what looks like a libc is not used`() throws {
    let objects: KeyValuePairs = ["demo/musl_own.abi3.so": "musl_own.abi3.so", "demo/libown.so": "libown.so"]
    let report = try audit("musllinux_1_2_x86_64", objects)
    #expect(report.said(.notLoadable) == ["warning not-loadable demo/libown.so"])
    #expect(report.claims == ["+musllinux_1_2_x86_64"])
    let alone = try audit("musllinux_1_2_x86_64", ["demo/libown.so": "libown.so"])
    #expect(alone.said(.notLoadable) == [])
  }

  /// `map_library` maps it where it asks to lie: "Resource busy" where something else does.
  @Test func `an executable is opened where its place is free`() throws {
    for (type, said) in [(UInt64(2), ["warning not-loadable demo/musl_plain.abi3.so"]), (3, [])] {
      let report = try audit("musllinux_1_2_x86_64") { wheel in
        var object = ELFPatch(try Fixture.object("musl_plain.abi3.so"))
        object[.type] = type
        wheel.add("demo/musl_plain.abi3.so", object.bytes)
      }
      #expect(report.said(.notLoadable) == said)
    }
  }

  /// "Invalid argument" and "No such file or directory" (`load_library`).
  @Test(arguments: ["", "lib" + String(repeating: "x", count: 253)])
  func `a needed name of no byte or of more than 255 leads nowhere`(name: String) throws {
    let objects = [
      WheelObject("a.abi3.so", needs: [name, "libc.so"], runpath: "$ORIGIN"), WheelObject(name.isEmpty ? "x" : name),
    ]
    let found = try requirements(of: objects, libc: .musl).filter { $0.floor == .noProfile }
    #expect(found.map(\.library) == [name])
    #expect(try requirements(of: [WheelObject("a.abi3.so", needs: [""])]).allSatisfy { $0.floor != .noProfile })
  }
}
