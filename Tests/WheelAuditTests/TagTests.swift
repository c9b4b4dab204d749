import Testing
import WheelAudit

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
  func `a linux tag is noted as one that PyPI does not accept`(architecture: String, isNoted: Bool) throws {
    let report = try audit("linux_\(architecture)", ["demo/a.so": "baseline.abi3.so"], from: architecture)
    #expect(report.said == (isNoted ? ["note linux-tag linux_\(architecture)"] : []))
    #expect(report.status == .clean)
  }

  /// The header of an object for ARMv6 is that of one for ARMv7, and PyPI accepts the tag.
  @Test func `a wheel for ARMv6 is judged like one for ARMv7`() throws {
    let report = try audit("linux_armv6l", ["demo/baseline.abi3.so": "baseline.abi3.so"], from: "armv7l")
    #expect(report.said == ["note instruction-set linux_armv6l"])
    #expect(report.claims == ["+linux_armv6l"])
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
    #expect(report.said == (isSaid ? ["warning purelib-object \(path)"] : []))
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

  @Test func `a wheel without WHEEL has its tags in the file name alone`() throws {
    let report = try audit("manylinux_2_5_x86_64", ["demo/a.so": "baseline.abi3.so"]) { $0.hasMetadata = false }
    #expect(report.said == ["warning tag-mismatch"])
  }

  @Test(
    arguments: [
      ("manylinux_2_17_x86_64", "manylinux_2_17_x86_64"),
      ("manylinux_2_34_x86_64.manylinux2014_x86_64", "manylinux2014_x86_64"),
      ("manylinux_2_5_x86_64", nil), ("manylinux_2_34_x86_64.manylinux1_x86_64", nil), ("linux_x86_64", nil),
    ] as [(String, String?)])
  func `claims that are all newer than need be are a note`(platform: String, tag: String?) throws {
    let report = try audit(platform, ["demo/a.so": "baseline.abi3.so"])
    #expect(report.said(.tagImprovable) == (tag.map { ["note tag-improvable \($0)"] } ?? []))
    #expect(report.status == .clean)
  }
}
