import Testing
import WheelAudit

/// What an object asks of the loader and the processor by its form: DT_RELR, the x86-64 psABI's levels, PT_GNU_STACK.
@Suite struct ObjectFormatTests {
  /// glibc 2.36 is the first whose loader reads DT_RELR (its release notes).
  @Test(arguments: [("manylinux_2_35_x86_64", false), ("manylinux_2_36_x86_64", true)])
  func `DT_RELR with its marker version costs glibc 2.36`(claim: String, isKept: Bool) throws {
    let report = try audit(claim, ["demo/a.so": "relr_marked.abi3.so"])
    #expect(report.requirements(.relativeRelocations) == ["relativeRelocations ≥ 2.36"])
    #expect(report.said(.relativeRelocations) == (isKept ? [] : ["error relative-relocations demo/a.so \(claim)"]))
    #expect(report.claims == ["\(isKept ? "+" : "-")\(claim)"])
    #expect(report.minimalTag == "manylinux_2_36_x86_64")
  }

  /// As glibc 2.36, 2.41 and 2.43 say: "DT_RELR without GLIBC_ABI_DT_RELR dependency".
  @Test func `DT_RELR without its marker version is refused where versions of libc are needed`() throws {
    let report = try audit("manylinux_2_44_x86_64", ["demo/a.so": "relr.abi3.so"])
    #expect(report.requirements(.relativeRelocations) == ["relativeRelocations ≥ none"])
    #expect(report.said(.relativeRelocations) == ["error relative-relocations demo/a.so manylinux_2_44_x86_64"])
    #expect(report.minimalTag == "linux_x86_64")
  }

  /// musl 1.2.4 is the first whose loader reads DT_RELR, and a tag can say 1.2 only (PEP 656).
  @Test(arguments: [("musllinux_1_1_x86_64", "error"), ("musllinux_1_2_x86_64", "warning")])
  func `DT_RELR came within a series of musl`(claim: String, severity: String) throws {
    let report = try audit(claim, ["demo/a.so": "musl_relr.abi3.so"])
    #expect(report.requirements(.relativeRelocations) == ["relativeRelocations ≥ 1.2.4"])
    #expect(report.said(.relativeRelocations) == ["\(severity) relative-relocations demo/a.so \(claim)"])
    #expect(
      report.findings.filter { $0.rule == .relativeRelocations }.map(\.help).allSatisfy { help in
        help?.contains("nopack-relative-relocs") == true
      })
    #expect(report.minimalTag == "musllinux_1_2_x86_64")
  }

  @Test(arguments: [
    ("isa_v2", "x86-64-v2"), ("isa_v3", "x86-64-v3"), ("isa_v4", "x86-64-v4"),
    ("isa_v3_no_property_segment", "x86-64-v3"),
  ])
  func `instructions above the baseline leave no tag`(name: String, level: String) throws {
    let report = try audit("manylinux_2_44_x86_64", ["demo/a.so": "\(name).abi3.so"])
    #expect(report.requirements(.instructionSet) == ["instructionSet \(level) ≥ none"])
    #expect(report.said == ["error instruction-set demo/a.so \(level) manylinux_2_44_x86_64"])
    #expect(report.minimalTag == "linux_x86_64")
  }

  @Test func `the baseline's instructions are what the tag promises`() throws {
    let report = try audit("manylinux_2_5_x86_64", ["demo/a.so": "isa_baseline.abi3.so"])
    #expect(report.requirements(.instructionSet).isEmpty)
    #expect(report.status == .clean)
  }

  @Test(arguments: ["no_sections", "tail_strings", "baseline_both_hash", "baseline_sysv_hash"])
  func `where the tables of an object lie changes nothing`(name: String) throws {
    let report = try audit("manylinux_2_34_x86_64", ["demo/a.so": "\(name).abi3.so"])
    let plain = name.hasPrefix("baseline") ? "baseline" : "modern"
    let expected = try audit("manylinux_2_34_x86_64", ["demo/a.so": "\(plain).abi3.so"])
    #expect(report.requirements == expected.requirements)
    #expect(!report.requirements.isEmpty)
  }
}
