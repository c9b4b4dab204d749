import BuildProfiles
import ELFReading
import Testing
import WheelTags

@testable import WheelAudit

/// What only programs ask for, and what they may have that an extension module may not.
@Suite struct ProgramTests {
  private func program(_ path: String, needs: [String] = [], interpreter: String = "/lib64/ld-linux-x86-64.so.2")
    -> WheelObject
  {
    WheelObject(path, needs: needs, runpath: "$ORIGIN/../lib") { $0.interpreter = interpreter }
  }

  /// Each row: PT_INTERP, the libc that is promised, whether systems have it there.
  @Test(arguments: [
    ("/lib64/ld-linux-x86-64.so.2", Libc.glibc, true), ("/lib/ld-musl-x86_64.so.1", .musl, true),
    ("/nix/store/0a1b2c3d-glibc-2.38/lib/ld-linux-x86-64.so.2", .glibc, false),
    ("/lib/ld-linux-aarch64.so.1", .glibc, false), ("ld-linux-x86-64.so.2", .glibc, false),
    ("$ORIGIN/ld-linux-x86-64.so.2", .glibc, false), ("/opt/ld-musl-x86_64.so.1", .musl, false),
  ]) func `the kernel takes the path of the loader as it stands`(path: String, libc: Libc, isThere: Bool) throws {
    let found = try requirements(of: [program("bin/tool", interpreter: path)], libc: libc)
    #expect(found.map(\.rule) == (isThere ? [] : [.interpreter]))
    #expect(found.allSatisfy { $0.library == path && $0.floor == .noProfile })
  }

  /// LoongArch's port in glibc begins with 2.36, and its loader has another path than that of the distributions before.
  @Test func `programs of LoongArch's old world start nowhere else`() throws {
    var need = VersionNeed(library: "libc.so.6", version: "GLIBC_2.27", isWeak: false)
    need.symbols = ["memcpy"]
    let world = { (loader: String, version: String) in
      WheelObject("bin/tool", needs: ["libc.so.6"]) { file in
        file.identity = ELFIdentity(
          fileClass: .bits64, byteOrder: .little, type: .sharedObject, machine: .loongArch, flags: 0x43)
        file.interpreter = loader
        need.version = version
        file.versionNeeds = [need]
        file.layout.commonPage = 16384
      }
    }
    func floors(_ object: WheelObject) throws -> Set<String> {
      var budget = WorkBudget(WorkLimits(), archiveSize: 0)
      let yardstick = try Yardstick(Facts(), .glibc, .loongarch64)
      let graph = try LibraryGraph([object], on: yardstick.platform, excluding: [], &budget)
      var finder = try RequirementFinder(
        [object], graph, on: yardstick, try WheelFilename("demo-1.0-cp39-abi3-linux_loongarch64.whl"), &budget)
      let found = try finder.requirements(&budget).filter { $0.kind != .library }
      return Set(found.map { "\($0.kind) \($0.floor.version?.description ?? "none")" })
    }
    #expect(try floors(world("/lib64/ld.so.1", "GLIBC_2.27")) == ["interpreter none", "symbolVersion none"])
    #expect(try floors(world("/lib64/ld-linux-loongarch-lp64d.so.1", "GLIBC_2.36")) == ["symbolVersion 2.36"])
  }

  @Test func `a library may name any loader`() throws {
    let library = WheelObject("lib/liba.so", soname: "liba.so") { $0.interpreter = "/nix/store/x/ld-linux-x86-64.so.2" }
    #expect(try requirements(of: [library]).isEmpty)
  }

  /// Nothing is loaded before a program; an extension module may find what another import has loaded.
  @Test func `a program needs its libraries within reach`() throws {
    let away = WheelObject("other/liba.so", soname: "liba.so")
    let found = try requirements(of: [program("bin/tool", needs: ["liba.so"]), away])
    #expect(found.map(\.rule) == [.unreachableLibrary])
    #expect(found.allSatisfy { $0.library == "liba.so" && $0.floor == .noProfile })
    let module = WheelObject("bin/m.abi3.so", needs: ["liba.so"], runpath: "$ORIGIN")
    #expect(try requirements(of: [module, away]).isEmpty)
    let near = WheelObject("lib/liba.so", soname: "liba.so")
    #expect(try requirements(of: [program("bin/tool", needs: ["liba.so"]), near]).isEmpty)
  }

  /// glibc grants it what a process starts with, but for `glibc.rtld.execstack=0`.
  @Test func `programs and what they bring along may have an executable stack`() throws {
    let tool = program("bin/tool", needs: ["liba.so"])
    let library = WheelObject("lib/liba.so", soname: "liba.so") { $0.stackIsExecutable = true }
    #expect(try requirements(of: [tool, library]).isEmpty)
    let module = WheelObject("lib/m.abi3.so", needs: ["liba.so"], runpath: "$ORIGIN")
    #expect(try requirements(of: [tool, module, library]).map(\.rule) == [.executableStack])
  }
}
