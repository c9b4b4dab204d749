import TestSupport
import Testing
import WheelAudit

@Suite struct ExplainTests {
  private func explain(_ arguments: String...) throws -> Program.Result {
    try explain(arguments: arguments)
  }

  private func explain(arguments: [String]) throws -> Program.Result {
    try Command.run(["explain", "--date", "2026-08-31"] + arguments)
  }

  @Test(arguments: Rule.allCases) func `every rule is explained`(rule: Rule) throws {
    let result = try explain(rule.rawValue)
    #expect(result.status == 0)
    let definition = rule.definition
    let columns = [
      "what  ": definition.what, "why  ": definition.why, "what to do  ": definition.remedy,
      "source  ": definition.source, "since  ": definition.since, "page": rule.url,
    ]
    let words = result.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    for (name, text) in columns {
      #expect(result.output.contains("  \(name)") && words.contains(text), "\(name)")
    }
  }

  @Test func `all rules are listed in their order, each with how bad it is and what it finds`() throws {
    let result = try explain("--all")
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    #expect(lines.map { $0.prefix { $0 != " " } } == Rule.allCases.map { $0.rawValue[...] })
    let words = result.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    for rule in Rule.allCases {
      #expect(words.contains("\(rule.rawValue) \(rule.definition.severity.rawValue) \(rule.definition.summary)"))
    }
    #expect(try explain("--all", "memcpy").status == 64)
  }

  private static let subjects: [(subject: String, says: [String])] = [
    ("manylinux2014", ["glibc 2.17", "manylinux_2_17", "pip 19.3", "AlmaLinux 8", "until 2029-03-01", "accepts it"]),
    ("manylinux_2_34_aarch64", ["every aarch64 Linux with glibc 2.34", "Releases that do not", "Debian 11"]),
    ("manylinux_2_20", ["next published one is manylinux_2_24"]),
    ("musllinux_1_2", ["musl 1.2", "pip 21.2"]),
    ("linux_x86_64", ["PyPI does not accept it"]), ("linux_armv7l", ["PyPI accepts it"]), ("any", ["every system"]),
    ("memcpy", ["2.2.5 (manylinux_2_5), 2.14 (manylinux_2_17)", "In musl"]),
    ("pthread_create@GLIBC_2.34", ["there as 2.2.5 before", "libpthread"]),
    ("memcpy@GLIBC_2.99", ["does not export it at GLIBC_2.99"]),
    (
      "_ZNSt10filesystem7__cxx114path14_M_split_cmptsEv@GLIBCXX_3.4.26",
      ["std::filesystem::__cxx11::path::_M_split_cmpts()@GLIBCXX_3.4.26: a symbol of C++", "since manylinux_2_31"]
    ),
    ("_ZdlPvm", ["operator delete(void*, unsigned long): a symbol of C++", "NAME@VERSION"]),
    ("_ZdlPvm@CXXABI_9", ["no platform library has the version CXXABI_9."]), ("_ZN1a", []),
    ("qsort_r", ["since 1.2.3"]), ("GLIBC_2.34", ["since manylinux_2_34"]),
    ("GLIBC_PRIVATE", ["differs from build to build"]),
    ("exp", ["GLIBC_2.29", "old error handling", "__asm__(\".symver exp,exp@GLIBC_2.2.5\");"]),
    ("exp@GLIBC_2.29", ["pin the old one", "manylinux_2_28_x86_64 image"]),
    ("getrandom", ["SYS_getrandom"]),
    ("deflateBound@ZLIB_1.2.0", ["since manylinux_2_12", "link zlib statically"]),
    ("__cxa_thread_atexit@CXXABI_1.3.7", ["since manylinux_2_", "-static-libstdc++"]), ("f@NO_1", []),
    ("uncompress2", ["libz.so.1", "since manylinux_2_"]),
    ("backtrace_symbols", ["not exported", "Build on a system with musl"]),
    ("libpython3.12.so.1.0", ["PEP 513", "-lpython"]),
    ("pypi", ["Counts with --extend-select pypi", "pypi-archive   error", "merged-names   warning  names that"]),
    ("libcuda.so.1", ["the NVIDIA driver", "--exclude 'libcuda.so*="]),
    ("libcudart.so.12", ["nvidia-cuda-runtime"]), ("libtorch_cpu.so", ["torch has it"]),
    ("libc.musl-x86_64.so.1", ["the C library of musl"]),
    ("TLS", ["initial-exec", "static TLS", "-ftls-model=global-dynamic"]), ("static TLS", ["1664 bytes"]),
    ("ifunc", ["STT_GNU_IFUNC", "target_clones"]), ("alignment", ["patchelf"]), ("DT_RELR", ["relative-relocations"]),
    ("x86-64-v3", ["instruction-set"]), ("PyFPE_jbuf", ["fpectl"]),
    ("libz.so.1", ["since manylinux_2_5", "uncompress2"]), ("libcrypt.so.1", ["no manylinux profile"]),
    ("ld-linux-x86-64.so.2", ["loader"]),
  ]

  @Test(arguments: subjects) func `what reports talk about is explained`(subject: String, says: [String]) throws {
    let result = try explain(subject)
    guard !says.isEmpty else {
      #expect(result.status == 64)
      return
    }
    #expect(result.status == 0)
    for words in says { #expect(result.output.contains(words), "\(result.output)") }
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  /// What comes through a pipe, from a shell that reads no quotes in it.
  private func explain(piped text: String) throws -> Program.Result {
    let folder = try TemporaryFolder()
    let file = try folder.write(Array(text.utf8), to: "log.txt")
    return try Program.run("/bin/sh", ["-c", "exec \"$0\" explain --date 2026-08-31 - < \"$1\"", Command.path, file])
  }

  @Test func `the errors of a log are explained`() throws {
    let error = "ImportError: /lib/libc.so.6: version `GLIBC_2.34' not found (required by /x/mod.abi3.so)"
    let result = try explain(piped: "Traceback (most recent call last):\n\(error)\n")
    #expect(result.status == 0 && result.errors.isEmpty)
    for words in ["symbol-version", "/x/mod.abi3.so", "/lib/libc.so.6", "since manylinux_2_34"] {
      #expect(result.output.contains(words), "\(result.output)")
    }
    #expect(try explain(error).output == result.output)
    #expect(try explain(piped: "memcpy\n").output == explain("memcpy").output)
    for text in ["", "\n", "all is well\n", "\u{0}\u{1}"] {
      let refused = try explain(piped: text)
      #expect(refused.status == 64 && refused.output.isEmpty && refused.errors.contains("standard input"), "\(text)")
    }
  }

  @Test func `standard input that cannot be read is not an empty one`() throws {
    let result = try Program.run("/bin/sh", ["-c", "exec \"$0\" explain - < /", Command.path])
    #expect(result.status == 2)
    #expect(result.errors == "truewheel: cannot read standard input: Is a directory\n")
  }

  @Test func `a message needs no quotes`() throws {
    let result = try explain("bash:", "./tool:", "cannot", "execute:", "required", "file", "not", "found")
    #expect(result.status == 0 && result.output.contains("interpreter") && result.output.contains("./tool"))
  }

  @Test func `several subjects are explained one after the other`() throws {
    let result = try explain("memcpy", "linux-tag")
    #expect(result.output.contains("memcpy: ") && result.output.contains("\nlinux-tag: "))
  }

  @Test(arguments: [
    "", " ", "a\nb", "@", "@@", "memcpy@", "no_such_thing", "\u{1b}[31m", String(repeating: "x", count: 10_000),
  ]) func `what is nothing known is refused in one line`(subject: String) throws {
    let result = try explain(subject)
    let isKnown = subject == "memcpy@"
    #expect(result.status == (isKnown ? 0 : 64))
    #expect(isKnown || result.errors.split(separator: "\n").first?.hasPrefix("Error: '") == true)
    #expect(!result.errors.contains("\u{1b}"))
  }

  @Test func `the nearest rule is suggested`() throws {
    #expect(try explain("external-libary").errors.contains("Did you mean external-library?"))
  }

  @Test(arguments: ["tomorrow", "2026-13-01", ""]) func `what is no day is refused`(day: String) throws {
    let result = try Command.run(["explain", "--date", day, "memcpy"])
    #expect(result.status == 64 && result.errors.contains("2026-08-31"))
  }
}
