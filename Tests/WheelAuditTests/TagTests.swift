import BuildProfiles
import TestSupport
import Testing
import WheelArchive
import WheelAudit
import WheelTags

/// What the tags of a file name say of themselves, whatever is in the wheel.
@Suite struct TagTests {
  @Test(arguments: [
    ("manylinux_2_999_x86_64", "x86_64"), ("manylinux_2_46_x86_64", "x86_64"), ("manylinux_3_0_x86_64", "x86_64"),
    ("manylinux_1_5_x86_64", "x86_64"), ("manylinux1_aarch64", "aarch64"), ("manylinux2010_aarch64", "aarch64"),
    ("manylinux2010_s390x", "s390x"), ("manylinux2014_riscv64", "riscv64"),
    ("manylinux2014_loongarch64", "loongarch64"),
    ("manylinux2015_x86_64", "x86_64"), ("mac_x86_64", "x86_64"),
    ("manylinux_2_17", "x86_64"), ("musllinux_1_2_ppc64", "ppc64"),
  ])
  func `a tag that cannot be true of any system is an error`(tag: String, architecture: String) throws {
    let report = try audit(tag, ["demo/a.so": "baseline.abi3.so"], from: architecture)
    #expect(report.said(.implausibleTag) == ["error implausible-tag \(tag)"])
    #expect(report.claims == ["-\(tag)"])
  }

  @Test func `of several architectures under the tag any none is the wheel's`() throws {
    let report = try audit("any") { wheel in
      try wheel.add("demo/a.so", object: "baseline.abi3.so")
      try wheel.add("demo/b.so", object: "baseline.abi3.so", "aarch64")
    }
    #expect(report.said == ["error pure-tag any"])
    let finding = try #require(report.findings.first)
    #expect(finding.message.contains("(for aarch64, x86_64)"))
    #expect(finding.help == "build a wheel for each architecture")
    #expect(report.audit?.minimalTag == nil)
    #expect(report.audit?.architectures == [.aarch64, .x86_64])
    #expect(report.audit?.reach == nil)
  }

  /// Tags of systems that are not Linux (packaging, `platform_tags`); a program of Linux among them is data.
  @Test(arguments: [
    "macosx_11_0_x86_64", "win_amd64", "win32", "android_21_x86_64", "ios_13_0_arm64_iphoneos", "pyodide_2025_0_wasm32",
  ])
  func `a tag of another system is not judged`(tag: String) throws {
    let alone = try audit(tag, ["demo/a.abi3.so": "modern.abi3.so"])
    #expect(alone.status == .skipped)
    #expect(alone.outcome.description == "skipped: its tags are of other systems")
    #expect(alone.findings.isEmpty)
    let both = try audit("manylinux_2_34_x86_64.\(tag)", ["demo/a.abi3.so": "modern.abi3.so"])
    #expect(both.said(.unjudgedTag) == ["note unjudged-tag \(tag)"])
    #expect(both.status == .clean)
  }

  @Test(arguments: ["musllinux_1_99_x86_64", "musllinux_2_0_x86_64", "musllinux_0_9_x86_64"])
  func `so is one for a musl that does not exist`(tag: String) throws {
    let report = try audit(tag, ["demo/a.so": "musl_arch.abi3.so"])
    #expect(report.said(.implausibleTag) == ["error implausible-tag \(tag)"])
    #expect(report.claims == ["-\(tag)"])
  }

  /// The next release of a libc may be out before a profile is.
  @Test(arguments: [
    ("manylinux_2_45_x86_64", "x86_64"), ("manylinux_2_5_x86_64", "x86_64"), ("manylinux1_i686", "i686"),
    ("manylinux2014_ppc64", "ppc64"), ("manylinux_2_28_ppc64", "ppc64"), ("manylinux_2_20_aarch64", "aarch64"),
    ("linux_x86_64", "x86_64"),
    ("linux_armv7l", "armv7l"),
  ])
  func `any other tag is plausible`(tag: String, architecture: String) throws {
    let report = try audit(tag, ["demo/a.so": "baseline.abi3.so"], from: architecture)
    #expect(report.said(.implausibleTag).isEmpty)
    #expect(report.claims == ["+\(tag)"])
  }

  /// PyPI accepts `linux_armv6l` and `linux_armv7l`, and no other tag that says nothing of a libc.
  @Test(arguments: [("x86_64", true), ("aarch64", true), ("riscv64", true), ("armv7l", false)])
  func `of a linux tag it is said that PyPI does not accept it`(architecture: String, isSaid: Bool) throws {
    let tag = "linux_\(architecture)"
    let report = try audit(tag, ["demo/a.so": "baseline.abi3.so"], from: architecture)
    #expect(report.said == (isSaid ? ["warning linux-tag \(tag)"] : []))
    #expect(report.status == .clean)
    let strict = try audit(
      tag, ["demo/a.so": "baseline.abi3.so"], from: architecture, options: .init(isStrict: true))
    #expect(strict.claims == ["\(isSaid ? "-" : "+")\(tag)"])
    #expect(
      strict.outcome.words == (isSaid ? "keeps its claim, with warnings that are not allowed" : "keeps its claim"))
  }

  /// What PyPI does not accept though profiles exist for it.
  @Test func `of a tag for an architecture that PyPI does not know it is said too`() throws {
    let report = try audit("manylinux_2_36_loongarch64", ["demo/a.so": "baseline.abi3.so"], from: "loongarch64")
    #expect(report.said == ["warning refused-tag manylinux_2_36_loongarch64"])
    let target = try audit(
      "manylinux_2_17_x86_64", ["demo/a.so": "baseline.abi3.so"], options: .init(targets: ["linux_x86_64"]))
    #expect(target.said.isEmpty)
  }

  /// `linux_` and a word that no system calls its processor.
  @Test func `a linux tag of no processor is no tag`() throws {
    let report = try audit("linux_unknown", ["demo/a.so": "baseline.abi3.so"])
    #expect(report.said(.implausibleTag) == ["error implausible-tag linux_unknown"])
    #expect(report.said(.foreignArchitecture).isEmpty)
    #expect(report.minimalTag == "manylinux_2_5_x86_64")
  }

  /// The header of an object for ARMv6 is that of one for ARMv7, and PyPI accepts the tag.
  @Test func `a wheel for ARMv6 is judged like one for ARMv7`() throws {
    let report = try audit("linux_armv6l", ["demo/baseline.abi3.so": "baseline.abi3.so"], from: "armv7l")
    #expect(report.said == ["note instruction-set linux_armv6l"])
    #expect(report.claims == ["+linux_armv6l"])
    #expect(report.minimalTag == "linux_armv6l")
    #expect(report.audit?.reach == nil && report.audit?.profiles.isEmpty == true)
    let other = try audit("linux_armv6l", ["demo/baseline.abi3.so": "baseline.abi3.so"], from: "aarch64")
    #expect(other.claims == ["-linux_armv6l"])
  }

  @Test func `no profile exists for ARMv6`() throws {
    let report = try audit("manylinux_2_17_armv6l", ["demo/baseline.abi3.so": "baseline.abi3.so"], from: "armv7l")
    #expect(report.said.filter { $0.hasPrefix("error") } == ["error implausible-tag manylinux_2_17_armv6l"])
  }

  @Test func `compiled code under the tag any is an error`() throws {
    let report = try audit("any", ["demo/a.so": "baseline.abi3.so"])
    #expect(report.said == ["error pure-tag any"])
    #expect(report.claims == ["-any"])
    #expect(report.minimalTag == "manylinux_2_5_x86_64")
  }

  @Test func `compiled code under the tag any is an error whatever it is for`() throws {
    let report = try audit("any", ["demo/a.so": "baseline.abi3.so"], from: "mips64el")
    #expect(report.said(.pureTag) == ["error pure-tag any"])
    #expect(report.status == .violations)
  }

  /// Each row: where the object lies, Root-Is-Purelib, and whether it is installed into purelib.
  @Test(arguments: [
    ("demo/a.so", false, false), ("demo/a.so", true, true), ("demo-1.0.data/purelib/demo/a.so", false, true),
    ("demo-1.0.data/purelib/demo/a.so", true, true), ("demo-1.0.data/platlib/demo/a.so", true, false),
    ("demo-1.0.data/scripts/a", true, false), ("demo-1.0.data/data/a.so", true, false),
  ])
  func `an object in purelib is a warning`(path: String, rootIsPurelib: Bool, isSaid: Bool) throws {
    let report = try audit("manylinux_2_5_x86_64", [path: "baseline.abi3.so"]) { $0.rootIsPurelib = rootIsPurelib }
    #expect(report.said(.purelibObject) == (isSaid ? ["warning purelib-object \(path)"] : []))
    #expect(report.status == .clean)
  }

  private static let modern = "cp39-abi3-manylinux_2_5_x86_64"
  private static let legacy = "cp39-abi3-manylinux1_x86_64"

  @Test(arguments: [
    ([modern, legacy], true), ([legacy, modern], true), ([modern, legacy, modern], true),
    (["cp39-abi3-manylinux1_x86_64.manylinux_2_5_x86_64"], true), ([modern], false),
    ([modern, legacy, "cp39-abi3-linux_x86_64"], false), (["cp39-abi3-linux_x86_64"], false), ([], false),
    ([modern, "cp310-abi3-manylinux1_x86_64"], false),
  ])
  func `file name and WHEEL must name the same set of tags`(tags: [String], isSame: Bool) throws {
    let report = try audit("manylinux_2_5_x86_64.manylinux1_x86_64", ["demo/a.so": "baseline.abi3.so"]) {
      $0.tags = tags
    }
    #expect(report.said == (isSame ? [] : ["warning tag-mismatch"]))
    #expect(report.status == .clean)
  }

  @Test(arguments: ["manylinux_2_5_x86_64", "any"])
  func `tags are compared in a wheel without objects too`(platform: String) throws {
    let report = try audit(platform) { $0.tags = ["cp39-abi3-linux_x86_64"] }
    #expect(report.said == ["warning tag-mismatch"])
    #expect(report.status == .skipped && report.outcome.description == "skipped: no ELF objects")
  }

  /// The day decides: Debian 11 (glibc 2.31) is supported until the end of August 2026, Ubuntu 20.04 (2.31) no more.
  @Test(
    arguments: [
      ("manylinux_2_39_x86_64", "2026-08-01", true), ("manylinux_2_34_x86_64", "2026-08-01", true),
      // No release that is supported has an older glibc than this.
      ("manylinux_2_17_x86_64", "2026-08-01", false),
      ("manylinux_2_39_x86_64.manylinux2014_x86_64", "2026-08-01", false),
      ("linux_x86_64", "2026-08-01", false),
    ])
  func `a claim that leaves out supported releases which run the wheel is a note`(
    platform: String, day: String, isSaid: Bool
  ) throws {
    var options = Auditor.Options()
    options.date = CalendarDate(day)
    let report = try audit(platform, ["demo/a.so": "baseline.abi3.so"], options: options)
    #expect(report.said(.tagImprovable) == (isSaid ? ["note tag-improvable \(platform)"] : []))
    #expect(report.status == .clean)
    for finding in report.findings where finding.rule == .tagImprovable {
      #expect(finding.message.contains("AlmaLinux 8"))
    }
  }

  @Test func `no older tag is advised for a wheel with which something else is wrong`() throws {
    var options = Auditor.Options()
    options.date = CalendarDate("2026-08-01")
    let report = try audit("manylinux_2_39_x86_64", ["demo/a.so": "baseline.abi3.so"], options: options) {
      $0.rootIsPurelib = true
    }
    #expect(report.said == ["warning purelib-object demo/a.so"])
    #expect(try audit("manylinux_2_39_x86_64", ["demo/a.so": "baseline.abi3.so"]).said.isEmpty)
  }

  /// What is wrong whatever libc a system has: nothing can be said of where the wheel runs, and no tag mends it.
  @Test(arguments: ["demo/b.so", "demo/a.cpython-38-x86_64-linux-gnu.so"])
  func `of a wheel that is broken whatever its tag no reach is told and no tag advised`(path: String) throws {
    var options = Auditor.Options()
    options.date = CalendarDate("2026-08-01")
    let isForeign = path == "demo/b.so"
    let report = try audit(
      "manylinux_2_17_x86_64", ["demo/a.abi3.so": "modern.abi3.so"], options: options
    ) { wheel in
      if isForeign {
        try wheel.add("demo/baseline.abi3.so", object: "baseline.abi3.so", "aarch64")
      } else {
        wheel.add(path, Array("MZ".utf8))
      }
    }
    #expect(report.audit?.reach == nil)
    #expect(report.findings.contains { $0.rule == .symbolVersion })
    #expect(report.findings.allSatisfy { $0.alternative == nil })
    let sound = try audit("manylinux_2_17_x86_64", ["demo/a.abi3.so": "modern.abi3.so"], options: options)
    #expect(sound.audit?.reach != nil && sound.findings.contains { $0.alternative != nil })
  }

  @Test func `where Root-Is-Purelib is stated twice that is what to mend`() throws {
    #expect(WheelMetadata("Root-Is-Purelib: true\nRoot-Is-Purelib: false\n\n").rootStatements == 2)
    let report = try audit("manylinux_2_5_x86_64", ["demo-1.0.data/purelib/demo/a.so": "baseline.abi3.so"])
    #expect(report.findings.first?.help?.contains("platlib") == true)
  }

  /// `wheel tags` refuses a wheel whose name and WHEEL disagree, so that the name has to be mended first.
  @Test func `a wheel that was renamed is to be called as its WHEEL says`() throws {
    let report = try audit("manylinux_2_5_x86_64", ["demo/a.so": "baseline.abi3.so"]) {
      $0.tags = ["cp39-abi3-linux_x86_64"]
    }
    #expect(report.findings.first?.help?.contains("demo-1.0-cp39-abi3-linux_x86_64.whl") == true)
  }
}
