import TestSupport
import Testing
import WheelAudit

@testable import AuditReports

/// Names of C++ symbols as people read them.
@Suite struct ShownSymbolTests {
  /// The codes are those of the Itanium C++ ABI, 5.1.
  private static let readable = [
    ("_ZNSt10filesystem7__cxx114path14_M_split_cmptsEv", "std::filesystem::__cxx11::path::_M_split_cmpts()"),
    ("_ZdlPvm", "operator delete(void*, unsigned long)"),
    ("_ZTVSt13runtime_error", "vtable for std::runtime_error"),
    ("_ZNSt13runtime_errorC1EPKc", "std::runtime_error::runtime_error(char const*)"),
    ("_ZNKSs4findEcm", "std::string::find(char, unsigned long) const"),
    ("_ZSt4cout", "std::cout"),
    ("_ZN12_GLOBAL__N_11fEv.part.0", "(anonymous namespace)::f() [clone .part.0]"),
    // Those that have a name of their own are called by it.
    ("_ZNKSt7__cxx1112basic_stringIwSt11char_traitsIwESaIwEE4sizeEv", "std::__cxx11::wstring::size() const"),
    ("_ZNSt13basic_ostreamIcSt11char_traitsIcEE5flushEv", "std::ostream::flush()"),
    (
      "_ZNSt7__cxx1119basic_ostringstreamIcSt11char_traitsIcESaIcEED1Ev",
      "std::__cxx11::ostringstream::~basic_ostringstream()"
    ),
    (
      "_ZSt7getlineIcSt11char_traitsIcESaIcEERSt13basic_istreamIT_T0_ES7_RNSt7__cxx1112basic_stringIS4_S5_T1_EES4_",
      "std::istream& std::getline<char, std::char_traits<char>, std::allocator<char> >"
        + "(std::istream&, std::__cxx11::string&, char)"
    ),
    // Those that have none are not.
    ("_Z1fRSt13basic_ostreamIcSt11char_traitsIwEE", "f(std::basic_ostream<char, std::char_traits<wchar_t> >&)"),
    (
      "_Z1fN5mystd12basic_stringIcSt11char_traitsIcESaIcEEE",
      "f(mystd::basic_string<char, std::char_traits<char>, std::allocator<char> >)"
    ),
  ]

  @Test(arguments: readable) func `a mangled name is shown as it was written`(name: String, text: String) {
    #expect(shown(symbol: name) == text)
  }

  private static let unchanged = [
    "", "pthread_create", "_Z", "_Zfoo", "_ZN1a", "i", "St", "_ZN1aIiEvv\u{e9}", "_RNvC1a1b",
    // Longer than a line.
    "_Z1aI" + String(repeating: "3abc", count: 40) + "E",
  ]

  @Test(arguments: unchanged) func `what is no mangled name, or a long one, is shown as it is`(name: String) {
    #expect(shown(symbol: name) == printable(name))
  }

  @Test func `what a mangled name holds cannot move a cursor`() {
    #expect(shown(symbol: "_Z4a\u{1b}[mv") == "_Z4a\\u{1b}[mv")
    #expect(shown(symbol: "x\u{202e}") == "x\\u{202e}")
  }

  /// A template of two arguments that are each the one before: the readable form doubles with each.
  private static func doubled(_ depth: Int) -> String {
    "1pIiiE" + (1..<depth).map { "S_I\(substitution($0))\(substitution($0))E" }.joined()
  }

  private static func substitution(_ number: Int) -> String {
    number == 0 ? "S_" : "S\(String(number - 1, radix: 36, uppercase: true))_"
  }

  /// Names that take the C++ runtime hours, or more memory than there is, if it is asked.
  private static let exploding = [
    "what it writes doubles": "_Z1f" + doubled(60),
    "so does a search that writes nothing": "_Z1fIJiEEv" + doubled(80) + "Dp" + substitution(80),
    "each argument is read twice": "_Z" + String(repeating: "cvT_I", count: 60) + "i"
      + String(repeating: "E", count: 60) + "v",
    "in functions too": "_Z" + String(repeating: "cvT_IL_Z", count: 40) + "1b" + String(repeating: "EE", count: 40),
    "a type without a name has a member": "_Z1fDTsrU_",
    "in an argument of a template too": "_Z1fIXsrU_1xEEvv",
    "deep": "_Z1f" + String(repeating: "P", count: 100_000) + "i",
    "deep within the limit": "_Z1f" + String(repeating: "P", count: 250) + "i",
    "functions in functions": "_Z1f" + String(repeating: "PF", count: 80) + "v" + String(repeating: "E", count: 80),
    "an operator of operators": "_Z1fIX" + String(repeating: "nt", count: 120) + "Li1EEEvv",
    "long": "_Z100000" + String(repeating: "a", count: 100_000) + "v",
    "a length beyond the name": "_Z99999999999999999999a",
  ]

  @Test(arguments: exploding.keys.sorted()) func `no name takes long, or floods a line`(kind: String) throws {
    let name = try #require(Self.exploding[kind])
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<100 { #expect(shown(symbol: name) == name) }
    #expect(clock.now - start < .seconds(2))
  }

  private static let throwing = (
    mangled: "_ZSt28__throw_bad_array_new_lengthv", shown: "std::__throw_bad_array_new_length()"
  )

  private func report() throws -> AuditReport {
    Sample.report(try Sample.wheels(of: ["several_versions.abi3.so"]))
  }

  @Test func `people read C++ names, with their versions`() throws {
    let report = try report()
    let versioned = "\(Self.throwing.shown)@GLIBCXX_3.4.29"
    let texts = [
      "text": (TextReport(TextStyle(isColored: false, detail: .everything)).render(report), Self.throwing.shown),
      "concise": (ConciseReport().render(report), "\(versioned) of libstdc++.so.6 needs"),
      "github": (GitHubReport().render(report), "\(versioned) of libstdc++.so.6 needs"),
      "markdown": (MarkdownReport().render(report), "| `\(versioned)` |"),
      "html": (HTMLReport().render(report), "<li>\(versioned) of libstdc++.so.6 needs"),
    ]
    for (format, (text, words)) in texts {
      #expect(text.contains(words), "\(format)")
      #expect(!text.contains(Self.throwing.mangled), "\(format)")
    }
  }

  @Test func `machines read the names that objects have`() throws {
    let report = try report()
    let texts = [
      "json": try JSONReport().render(report), "jsonl": try JSONLinesReport(Sample.basis).render(report),
      "sarif": try SARIFReport().render(report), "gitlab": try GitLabReport().render(report),
      "junit": JUnitReport().render(report),
    ]
    for (format, text) in texts {
      #expect(text.contains("\(Self.throwing.mangled)@GLIBCXX_3.4.29 of libstdc++.so.6"), "\(format)")
      #expect(!text.contains("std::"), "\(format)")
    }
  }
}
