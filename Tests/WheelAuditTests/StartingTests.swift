import BuildProfiles
import ELFReading
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

/// What the kernel refuses of programs (`load_elf_binary` in Linux' `fs/binfmt_elf.c`).
@Suite struct StartingTests {
  /// What is asked for by how a program is made: `demand floor`.
  private func demands(libc: Libc, _ change: (inout ELFObject) -> Void) throws -> [String] {
    let program = WheelObject("demo-1.0.data/scripts/tool") { file in
      file.interpreter = libc == .glibc ? "/lib64/ld-linux-x86-64.so.2" : "/lib/ld-musl-x86_64.so.1"
      change(&file)
    }
    return try requirements(of: [program], libc: libc).filter { $0.kind == .loading }.map { requirement in
      "\(requirement.version ?? "") \(requirement.floor.version.map(\.description) ?? "none")"
    }
  }

  @Test(arguments: Libc.allCases) func `the kernel reads program headers`(libc: Libc) throws {
    let none = ["its program headers none"]
    #expect(try demands(libc: libc) { _ in } == [])
    #expect(try demands(libc: libc) { $0.layout.headerCount = 0 } == none)
    #expect(try demands(libc: libc) { $0.layout.count = 0 } == none)
    #expect(try demands(libc: libc) { $0.layout.isOverfull = true } == none)
    #expect(try demands(libc: libc) { $0.layout.commonPage = 2048 } == ["the alignment of its segments none"])
    // 64 KiB of 56 bytes each.
    #expect(try demands(libc: libc) { $0.layout.headerCount = 1170 } == [])
    #expect(try demands(libc: libc) { $0.layout.headerCount = 1171 } == none)
  }

  /// "Exec format error"; a library may have what is left of a path.
  @Test func `an empty path leads to no loader`() throws {
    let kinds = { (soname: String?) in
      try requirements(of: [
        WheelObject("demo/a", soname: soname) { $0.interpreter = "" }
      ]).map(\.kind)
    }
    #expect(try kinds(nil) == [.interpreter])
    #expect(try kinds("liba.so") == [])
  }

  /// musl's programs with relocations in code are killed by a signal at their start, those of glibc are not.
  @Test func `musl changes no code of a program`() throws {
    let changing = { (file: inout ELFObject) in
      (file.relocatesText, file.statesTextRelocations, file.relocations.changesText) = (true, true, true)
    }
    // What says so and has none starts.
    #expect(try demands(libc: .musl) { $0.relocatesText = true } == [])
    #expect(
      try demands(libc: .musl, changing) == [
        "its relocations in code none"
      ])
    #expect(try demands(libc: .glibc) { ($0.relocatesText, $0.statesTextRelocations) = (true, true) } == [])
  }

  /// A fixed address must be one that users may map.
  @Test(
    arguments: [
      (ELFIdentity.FileType.executable, 0x40_0000, 0x41_0000, true), (.executable, 0x1000, 0x11_0000, false),
      (.executable, 0x40_0000, 1 << 48, false), (.sharedObject, 0, 0x1_0000, true), (.sharedObject, 0, 1 << 48, false),
    ] as [(ELFIdentity.FileType, UInt64, UInt64, Bool)])
  func `a program lies where a process has room`(
    type: ELFIdentity.FileType, lowest: UInt64, end: UInt64, isRight: Bool
  ) throws {
    let found = try demands(libc: .musl) { file in
      var identity = ELFIdentity(fileClass: .bits64, byteOrder: .little, type: type, machine: .x86_64, flags: 0)
      identity.system = file.identity.system
      var changed = ELFObject(identity: identity)
      (changed.layout, changed.interpreter, changed.isDynamic) = (file.layout, file.interpreter, true)
      (changed.hasSymbolHash, changed.stackIsExecutable) = (true, false)
      (changed.layout.lowestAddress, changed.layout.end) = (lowest, end)
      file = changed
    }
    #expect(found.contains("its program headers none") == !isRight)
  }

  /// The kernel maps a program, and does not look at what glibc's loader looks at.
  @Test func `a program may have what is refused of a library`() throws {
    #expect(
      try demands(libc: .glibc) { file in
        file.identity.hasPadding = true
        file.layout.isMisaligned = true
        file.kernel = KernelNeed(system: 1, version: [9, 0, 0])
      } == [])
  }
}
