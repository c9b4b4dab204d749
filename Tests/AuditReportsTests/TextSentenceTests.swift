import AuditReports
import TestSupport
import Testing

@testable import WheelAudit

/// What a text report says of each kind of thing, wherever on the page it stands.
@Suite struct TextSentenceTests {
  private func text(_ wheels: [WheelReport], _ detail: TextStyle.Detail = .problems, isColored: Bool = false) -> String
  {
    TextReport(TextStyle(isColored: isColored, detail: detail)).render(Sample.report(wheels))
  }

  /// Fixture objects under manylinux_2_17, which has glibc 2.17: the verdict on each, and the words without which a
  /// reader would not know why or what to do.
  private static let faults: [(object: String, verdict: String, words: [String])] = [
    ("expat.abi3.so", "keeps its claim", ["manylinux_2_12_x86_64"]),
    ("external.abi3.so", "breaks its claim", ["libfoo.so.1", "in no profile", "--exclude 'libfoo.so.*'"]),
    (
      "executable_stack.abi3.so", "breaks its claim",
      ["needs glibc 2.5, below 2.41", "-z noexecstack", "not including, 2.41"]
    ),
    ("future_version.abi3.so", "breaks its claim", ["GLIBC_2.99", "newer than every profile"]),
    ("isa_v3.abi3.so", "breaks its claim", ["x86-64-v3", "-march"]),
    ("links_libpython.abi3.so", "breaks its claim", ["libpython3.9.so.1.0", "PEP 513", "-lpython"]),
    ("musl_plain.abi3.so", "breaks its claim", ["mixed-libc", "a wheel for each libc"]),
    ("private_version.abi3.so", "breaks its claim", ["GLIBC_PRIVATE", "private to one build of glibc"]),
    ("pyfpe.abi3.so", "breaks its claim", ["PyFPE_jbuf", "fpectl"]),
    ("relr_marked.abi3.so", "breaks its claim", ["needs glibc 2.36", "DT_RELR", "manylinux_2_36_x86_64"]),
    ("relocatable.o", "skipped", ["relocatable.o", "nothing loads it"]),
    ("several_versions.abi3.so", "breaks its claim", ["pthread_create", "GLIBC_2.34", "GLIBCXX_3.4.29"]),
    ("weak_version.abi3.so", "keeps its claim", []),
    ("withheld.abi3.so", "breaks its claim", ["uncompress2", "libz.so.1", "withhold"]),
    ("withheld_never.abi3.so", "breaks its claim", ["_dist_code", "in no profile", "withhold"]),
  ]

  @Test(arguments: faults) func `a fault is named, with its reason and what to do`(
    object: String, verdict: String, words: [String]
  ) throws {
    let report = text(try Sample.wheels(of: [object]))
    #expect(report.contains(".whl: \(verdict)"))
    for word in words { #expect(report.contains(word), "\(word)") }
  }

  @Test func `tags that promise the same are spoken of together`() throws {
    let wheel = try #require(Sample.oddWheels.first { $0.path == "many.whl" })
    let report = text([wheel])
    #expect(report.contains("breaks 2 of its 3 claims"))
    #expect(report.contains("manylinux_2_17_x86_64 and manylinux2014_x86_64, which promise glibc 2.17"))
    #expect(report.contains("997 more"))
    #expect(text([wheel], .everything).contains("GLIBC_2.34, for no symbol"))
  }

  @Test func `what was not judged is said of a wheel that keeps its claims`() throws {
    let foreign = try #require(Sample.oddWheels.first { $0.path == "foreign.whl" })
    let report = text([foreign])
    for words in ["2 objects for other architectures", "1 excluded library", "ignored rules (weak-version)"] {
      #expect(report.contains(words), "\(words)")
    }
    // One finding of two files is said once.
    #expect(report.components(separatedBy: "the object is for another machine").count == 2)
    #expect(report.contains("arm.so and 1 more: the object is"))
    #expect(text([foreign], .everything).contains("arm.so, riscv.so"))
  }

  @Test func `wheels of every outcome are counted`() {
    let report = text(Sample.oddWheels)
    #expect(report.contains("cannot read 'a.so': it ends early"))
    #expect(report.contains("code.o: the file is not a program"))
    #expect(report.hasSuffix("6 wheels: 2 clean, 2 with violations, 1 unreadable, 1 skipped\n"))
  }

  @Test func `what is shown in full says more than problems, and everything says yet more`() throws {
    let wheels = try Sample.fixtures("honest")
    // glibc has had memcpy from its first release on, so it is of interest only to those who want to know all.
    #expect(!text(wheels).contains("clock_gettime"))
    #expect(text(wheels, .full).contains("clock_gettime") && !text(wheels, .full).contains("memcpy"))
    #expect(text(wheels, .everything).contains("memcpy"))
  }

  @Test func `colours end where they begin`() throws {
    let wheels = try Sample.fixtures("overclaim", "musl", "pure")
    let tree = try #require(wheels.first?.audit?.objects)
    let colored = TextStyle(isColored: true, detail: .full)
    for text in [text(wheels, isColored: true), TreeReport(colored).render("demo", tree)] {
      let codes = text.matches(of: /\u{1b}\[([0-9]+)m/).map(\.1)
      #expect(!codes.isEmpty && codes.last == "0")
      // One colour at a time, each taken back.
      #expect(codes.enumerated().allSatisfy { position, code in (code == "0") == (position % 2 == 1) })
    }
  }
}
