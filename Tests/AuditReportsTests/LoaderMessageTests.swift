import BuildProfiles
import Testing
import WheelAudit

@testable import AuditReports

/// What people paste: lines of ImportErrors, of shells and of logs, with quotes of any kind.
@Suite struct LoaderMessageTests {
  private static func explainer() throws -> Explainer {
    try Explainer(Facts(), date: try #require(Sample.date))
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let line: String
    /// The rules that it leads to, and the names in it.
    let rules: [Rule]
    var names: [MessagePattern.Hole: String] = [:]

    var testDescription: String { line }
  }

  private static let cases: [Case] = [
    Case(
      line:
        "ImportError: /usr/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /x/m.abi3.so)",
      rules: [.symbolVersion],
      names: [.library: "/usr/lib/x86_64-linux-gnu/libc.so.6", .version: "GLIBC_2.34", .object: "/x/m.abi3.so"]),
    Case(
      line: "./a: /usr/x/libcrypto-1a.so.3: version “OPENSSL_3.2.0” not found (required by ./a)",
      rules: [.missingVersion],
      names: [.library: "/usr/x/libcrypto-1a.so.3", .version: "OPENSSL_3.2.0", .object: "./a"]),
    Case(
      line:
        "python: error while loading shared libraries: libfoo.so.1: cannot open shared object file: No such file or "
        + "directory", rules: [.externalLibrary, .unreachableLibrary], names: [.library: "libfoo.so.1"]),
    Case(
      line: "OSError: libz.so.1: cannot open shared object file: No such file or directory",
      rules: [.platformLibrary, .unreachableLibrary], names: [.library: "libz.so.1"]),
    Case(
      line: "Error relocating /x/mod.so: foo: symbol not found", rules: [.undefinedSymbol, .notLoadable],
      names: [.object: "/x/mod.so", .symbol: "foo"]),
    Case(line: "Error relocating /x/mod.so: qsort_r: symbol not found", rules: [.muslSymbol]),
    Case(line: "Error relocating /x/mod.so: backtrace_symbols: symbol not found", rules: [.glibcSymbol]),
    Case(line: "/x/mod.so: undefined symbol: arc4random", rules: [.unversionedSymbol]),
    Case(line: "/x/mod.so: undefined symbol: nobody_has_it", rules: [.undefinedSymbol]),
    Case(
      line: "Error loading shared library libfoo.so.1: No such file or directory (needed by /x/mod.so)",
      rules: [.externalLibrary, .unreachableLibrary], names: [.library: "libfoo.so.1", .object: "/x/mod.so"]),
    Case(
      line: "IMPORTERROR: /X/MOD.SO: UNDEFINED SYMBOL: f, VERSION V", rules: [.symbolVersion],
      names: [.object: "/X/MOD.SO", .symbol: "f", .version: "V"]),
    Case(
      line: "/b/mod.so: symbol stderr, version GLIBC_2.4 not defined in file libm.so.6 with link time reference",
      rules: [.symbolVersion], names: [.symbol: "stderr", .version: "GLIBC_2.4", .library: "libm.so.6"]),
    Case(line: "undefined symbol: PyUnicode_New", rules: [.pythonABI], names: [.symbol: "PyUnicode_New"]),
    Case(
      line: "Error relocating /x/m.so: _Py_Foo: symbol not found", rules: [.pythonABI],
      names: [.object: "/x/m.so", .symbol: "_Py_Foo"]),
    Case(
      line: "ImportError: libpython3.9.so.1.0: cannot open shared object file: No such file or directory",
      rules: [.libpython], names: [.library: "libpython3.9.so.1.0"]),
    Case(
      line: "Inconsistency detected by ld.so: dl-version.c: 204: _dl_check_map_versions: Assertion `needed != NULL' "
        + "failed!", rules: [.notLoadable]),
    Case(
      line: "ImportError: dynamic module does not define module export function (PyInit_x)",
      rules: [.pythonABI, .notLoadable],
      names: [.symbol: "PyInit_x"]),
    Case(
      line: "bash: ./tool: cannot execute: required file not found", rules: [.interpreter], names: [.object: "./tool"]),
    Case(line: "exec /usr/bin/tool: exec format error", rules: [.foreignArchitecture, .notLoadable, .interpreter]),
    Case(line: "FATAL: kernel too old", rules: [.notLoadable]),
    Case(line: "CPU ISA level is lower than required", rules: [.instructionSet]),
    Case(
      line: "ImportError: mod.so: cannot enable executable stack as shared object requires: Invalid argument",
      rules: [.executableStack], names: [.library: "mod.so"]),
    Case(
      line: "  OSError:\t/x/libgomp.so.1:   cannot allocate memory in static TLS block ", rules: [.notLoadable],
      names: [.library: "/x/libgomp.so.1"]),
    Case(line: "Bus error (core dumped)", rules: [.unreadable]),
  ]

  @Test(arguments: cases) func `a line leads to its rules and gives its names`(example: Case) throws {
    let explainer = try Self.explainer()
    let said = try #require(SaidMessage(example.line))
    var rules: [Rule] = []
    for rule in try explainer.causes(of: said).compactMap({ $0.rule }) where !rules.contains(rule) {
      rules.append(rule)
    }
    #expect(Set(rules) == Set(example.rules), "\(rules)")
    #expect(example.names.allSatisfy { said.names[$0] == $1 }, "\(said.names)")
    let text = try #require(try explainer.explanation(of: example.line))
    for rule in example.rules {
      #expect(text.contains(rule.rawValue) && text.contains(rule.url), "\(text)")
    }
    for name in example.names.values { #expect(text.contains(name), "\(text)") }
  }

  @Test(arguments: [
    "", " ", "not found", "version not found", "undefined symbol:", "undefined symbol: ", "everything is fine",
    "Error relocating", "Error relocating : : symbol not foun", "see version 2 of the page", "\u{0}\u{1b}[31m",
    String(repeating: "undefined symbol", count: 2000),
  ]) func `what is like no message is none`(line: String) {
    #expect(SaidMessage(line) == nil)
  }

  @Test func `a traceback is explained by its last line, and a log by every line once`() throws {
    let explainer = try Self.explainer()
    let traceback = """
      Traceback (most recent call last):
        File "<string>", line 1, in <module>
      ImportError: /x/a.so: undefined symbol: foo

      """
    let text = try #require(try explainer.explanation(ofMessagesIn: traceback))
    #expect(text.hasPrefix("/x/a.so: undefined symbol: foo\n\n  said by  the loader of glibc\n"))
    #expect(try explainer.explanation(ofMessagesIn: traceback + traceback) == text)
    let other = traceback.replacing("foo", with: "bar")
    #expect(try explainer.explanation(ofMessagesIn: traceback + other)?.contains("undefined symbol: bar") == true)
    #expect(try explainer.explanation(ofMessagesIn: "Traceback (most recent call last):") == nil)
  }

  /// What it says of the version and of the library is what `explain` says of them by themselves.
  @Test(arguments: [
    ("libc.so.6: version 'GLIBC_2.34' not found", "GLIBC_2.34"), ("undefined symbol: memcpy", "memcpy"),
    ("x.so: undefined symbol: pthread_create, version GLIBC_2.34", "pthread_create@GLIBC_2.34"),
    ("libcuda.so.1: cannot open shared object file: No such file or directory", "libcuda.so.1"),
    ("libz.so.1: cannot open shared object file: No such file or directory", "libz.so.1"),
    ("Error loading shared library libcuda.so.1: No such file or directory", "libcuda.so.1"),
  ]) func `what is known of the names is said too`(line: String, subject: String) throws {
    let explainer = try Self.explainer()
    let text = try #require(try explainer.explanation(of: line))
    let known = try #require(try explainer.explanation(of: subject))
    #expect(text.hasSuffix(known), "\(text)")
  }

  @Test func `a text of any size is explained, and no more than twenty messages of it`() throws {
    let explainer = try Self.explainer()
    let lines = (0..<30).map { "undefined symbol: f\($0)\n" }.joined()
    let text = try #require(try explainer.explanation(ofMessagesIn: lines))
    #expect(text.contains("f19") && !text.contains("f20") && text.hasSuffix("10 more messages are left out.\n"))
    let long = String(repeating: "x", count: 3 << 20)
    #expect(try explainer.explanation(ofMessagesIn: "undefined symbol: f\n" + long) == nil)
    #expect(try explainer.explanation(ofMessagesIn: long + "\nundefined symbol: f") != nil)
  }

  /// Nothing in a message moves the cursor.
  @Test func `names are shown without harm`() throws {
    let explainer = try Self.explainer()
    let text = try #require(try explainer.explanation(ofMessagesIn: "undefined symbol: a\u{1b}[31mb"))
    #expect(!text.contains("\u{1b}") && text.contains("a\\u{1b}[31mb"))
  }
}
