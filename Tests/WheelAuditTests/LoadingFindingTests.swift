import BuildProfiles
import ELFReading
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

/// What some systems refuse of an object, or load otherwise than it is meant, though not those that a tag names.
@Suite struct LoadingFindingTests {
  private static let old = "manylinux_2_17_x86_64"

  /// What is said of one object: `severity rule`.
  private func said(
    _ path: String = "demo/a.abi3.so", claim: String = old, _ change: @escaping (inout ELFObject) -> Void
  ) throws -> [String] {
    try loadingFindings([WheelObject(path, configure: change)], claim: claim).map {
      "\($0.severity.rawValue) \($0.rule.rawValue)"
    }
  }

  private static let musl = "musllinux_1_2_x86_64"

  @Test func `nothing is said of an ordinary object`() throws {
    #expect(try said { _ in } == [])
    #expect(try said(claim: Self.musl) { _ in } == [])
  }

  /// SELinux: "cannot make segment writable for relocation".
  @Test(arguments: [old, musl]) func `relocations in code are a warning`(claim: String) throws {
    #expect(try said(claim: claim) { $0.relocatesText = true } == ["warning text-relocations"])
  }

  @Test func `a segment to write to and execute is a note`() throws {
    #expect(try said { $0.layout.isWritableAndExecutable = true } == ["note writable-code"])
  }

  /// glibc 2.31 on a kernel older than the note says "cannot open shared object file"; every system with glibc 2.34 has
  /// Linux 5.14 or newer, unless it is a container.
  @Test(
    arguments: [
      (old, [4, 11, 0], ["warning not-loadable"]), (old, [3, 2, 0], []), (old, [3, 10, 0], []),
      ("manylinux_2_28_x86_64", [4, 11, 0], ["note not-loadable"]),
      ("manylinux_2_34_x86_64", [5, 15, 0], ["warning not-loadable"]),
      ("manylinux_2_36_x86_64", [4, 11, 0], []), (musl, [4, 11, 0], []),
    ] as [(String, [UInt32], [String])])
  func `a kernel newer than those of old systems is told`(claim: String, version: [UInt32], expected: [String]) throws {
    let need = KernelNeed(system: 0, version: version)
    #expect(try said(claim: claim) { $0.kernel = need } == expected)
    let program = { (file: inout ELFObject) in
      (file.kernel, file.interpreter) = (need, "/lib64/ld-linux-x86-64.so.2")
    }
    #expect(try said("demo-1.0.data/scripts/a", claim: claim, program) == [])
  }

  /// Each row: a run path, and whether glibc or musl look into the working directory for it.
  @Test(arguments: [
    ("$ORIGIN", false, false), ("/opt/lib", false, false), ("", false, false), ("$ORIGIN:", true, false),
    (":$ORIGIN", true, false), ("$ORIGIN::/opt", true, false), ("lib", true, true), (".:$ORIGIN", true, true),
    ("${ORIGIN}/../lib", false, false),
  ])
  func `a run path to the working directory is a warning`(path: String, inGlibc: Bool, inMusl: Bool) throws {
    let warning = ["warning unsafe-run-path"]
    #expect(try said { $0.runpath = path } == (inGlibc ? warning : []))
    #expect(try said { $0.rpath = path } == (inGlibc ? warning : []))
    #expect(try said(claim: Self.musl) { $0.runpath = path } == (inMusl ? warning : []))
    // DT_RUNPATH makes DT_RPATH void.
    #expect(
      try said { file in
        (file.rpath, file.runpath) = (path, "$ORIGIN")
      } == [])
  }

  /// "Symbol `x' causes overflow in R_X86_64_PC32 relocation".
  @Test(arguments: [(2, true), (10, true), (1, false), (7, false)] as [(UInt32, Bool)])
  func `addresses of 32 bits are told`(type: UInt32, isSaid: Bool) throws {
    #expect(try said { $0.relocations.types = [type] } == (isSaid ? ["warning not-loadable"] : []))
  }

  @Test func `only programs copy variables`() throws {
    #expect(try said { $0.relocations.types = [5] } == ["warning not-loadable"])
    let program = { (file: inout ELFObject) in
      file.relocations.types = [5]
      file.interpreter = "/lib64/ld-linux-x86-64.so.2"
    }
    #expect(try said("demo-1.0.data/scripts/a", program) == [])
  }

  /// Only what is bound at its first call loses registers: an interpreter binds all of a module at once.
  @Test func `functions with other registers are told of programs`() throws {
    let program = { (file: inout ELFObject) in
      file.hasVariantCalls = true
      file.interpreter = "/lib64/ld-linux-x86-64.so.2"
    }
    let path = "demo-1.0.data/scripts/a"
    #expect(try said(path, program) == ["note not-loadable"])
    #expect(try said(path, claim: "manylinux_2_30_x86_64", program) == [])
    #expect(
      try said(path) { file in
        program(&file)
        file.bindsNow = true
      } == [])
    #expect(try said { $0.hasVariantCalls = true } == [])
  }

  @Test func `a program without a loader that needs libraries is told`() throws {
    let needs = { (file: inout ELFObject) in file.needed = ["libc.so.6"] }
    #expect(try said("demo-1.0.data/scripts/a", needs) == ["note not-loadable"])
    #expect(try said("demo/liba.so", needs) == [])
    #expect(
      try said("demo/tool") { file in
        needs(&file)
        file.isPositionIndependentExecutable = true
      } == ["note not-loadable"])
  }

  @Test func `what audits a program is told`() throws {
    let auditor = { (file: inout ELFObject) in
      file.auditors = ["libaudit.so"]
      file.interpreter = "/lib64/ld-linux-x86-64.so.2"
    }
    #expect(try said("demo-1.0.data/scripts/a", auditor) == ["note not-loadable"])
    #expect(try said { $0.auditors = ["libaudit.so"] } == [])
  }

  /// A page of program headers was all that kernels read of a program; stacks of threads have room for some more.
  @Test func `many program headers are told`() throws {
    let program = { (count: Int) in
      { (file: inout ELFObject) in
        (file.layout.headerCount, file.interpreter) = (count, "/lib64/ld-linux-x86-64.so.2")
      }
    }
    #expect(try said("demo-1.0.data/scripts/a", program(73)) == [])
    #expect(try said("demo-1.0.data/scripts/a", program(74)) == ["warning not-loadable"])
    #expect(try said { $0.layout.headerCount = 1170 } == [])
    #expect(try said { $0.layout.headerCount = 1171 } == ["warning not-loadable"])
  }
}
