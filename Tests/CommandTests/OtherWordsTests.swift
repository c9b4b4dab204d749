import Foundation
import TestSupport
import Testing

/// What someone meant who has the words of other tools.
@Suite struct OtherWordsTests {
  private static let answers: [(arguments: [String], says: String)] = [
    (["audit", "x.whl"], "Did you mean 'check'?\n    truewheel check x.whl\n"),
    (["verify", "--strict", "x.whl"], "truewheel check --strict x.whl\n"),
    (["info", "x.whl"], "truewheel show x.whl\n"),
    (["ldd", "x.whl"], "truewheel tree x.whl\n"),
    (["policies"], "truewheel profiles\n"),
    (["why", "memcpy"], "truewheel explain memcpy\n"),
    (["shwo", "x.whl"], "Did you mean 'show'?\n    truewheel show x.whl\n"),
    // The subcommand may be what was forgotten.
    (["dist/x.whl", "--strict"], "Did you mean 'check'?\n    truewheel check dist/x.whl --strict\n"),
    (["check", "--plat", "manylinux_2_28", "x.whl"], "truewheel check --target manylinux_2_28 x.whl\n"),
    (["check", "--plat=manylinux_2_28", "x.whl"], "truewheel check --target=manylinux_2_28 x.whl\n"),
    (["show", "--policy", "manylinux1", "x.whl"], "truewheel show --target manylinux1 x.whl\n"),
    (["check", "--platform", "linux", "x.whl"], "Did you mean '--target'?"),
    (["check", "--allow", "libcuda.so.*", "a b.whl"], "truewheel check --exclude 'libcuda.so.*' 'a b.whl'\n"),
    (["check", "--whitelist=libx.so.1", "x.whl"], "truewheel check --exclude=libx.so.1 x.whl\n"),
    (["check", "--out", "r.txt", "x.whl"], "truewheel check --output r.txt x.whl\n"),
    (["check", "--json", "x.whl"], "truewheel check --format json x.whl\n"),
    (["check", "--sarif", "x.whl"], "truewheel check --format sarif x.whl\n"),
    (["tree", "--json", "x.whl"], "truewheel tree --format json x.whl\n"),
    (["tree", "--max-depth", "2", "x.whl"], "truewheel tree --depth 2 x.whl\n"),
    (["show", "--disable-isa-ext-check", "x.whl"], "truewheel show --ignore instruction-set x.whl\n"),
    (["show", "--allow-pure-python-wheel", "x.whl"], "Leave it out: a pure wheel is skipped"),
    (["show", "--ldpaths", "/usr/lib", "x.whl"], "truewheel show x.whl\n"),
    (["lddtree", "--ldpaths", "/usr/lib", "x.so"], "truewheel lddtree x.so\n"),
    (["show", "--ldpaths=/usr/lib", "x.whl"], "truewheel show x.whl\n"),
    (["audit", "--json", "--plat", "manylinux_2_28", "x.whl"], "check --format json --target manylinux_2_28 x.whl\n"),
    (["check", "--no-color", "--recursive", "dist"], "truewheel check --color never dist\n"),
    // By letters where no meaning is known.
    (["check", "--stricter", "x.whl"], "Did you mean '--strict'?"),
    // What stands behind -- is no option.
    (["check", "--json", "--", "--plat"], "truewheel check --format json -- --plat\n"),
  ]

  @Test(arguments: answers) func `the word here is named, in the whole call`(arguments: [String], says: String) throws {
    let result = try Command.run(arguments)
    #expect(result.status == 64 && result.output == "")
    #expect(result.errors.hasPrefix("Error: "))
    #expect(result.errors.contains(says), "\(result.errors)")
  }

  private static let auditWords = [
    "--plat", "--platform", "--policy", "--tag", "--profile", "--manylinux", "--allow", "--whitelist", "--allowlist",
    "--skip", "--out", "--outfile", "--output-file", "--report", "--text", "--concise", "--jsonl", "--junit",
    "--github",
    "--gitlab", "--markdown", "--html", "--output-format", "--disable", "--suppress", "--enable", "--only", "--rule",
    "--pedantic", "--werror", "--settings", "--config-file", "--no-config", "--parallel", "--workers", "--silent",
    "--no-color", "--colour", "--stats", "--no-recursive",
  ]

  /// What is advised must be there, and what is not there must not be.
  @Test(arguments: ["check", "show"]) func `every option that is advised is one`(command: String) throws {
    let help = try Command.run([command, "--help"]).output
    let options = Set(help.matches(of: /(?m)(?:^  |, |\/)(--[a-z-]+)/).map { String($0.1) })
    #expect(options.contains("--target") && options.contains("--no-strict") && options.contains("--output"))
    for word in Self.auditWords {
      #expect(!options.contains(word))
      let said = try Command.run([command, word, "x", "y.whl"]).errors
      let meant = try #require(said.firstMatch(of: /Unknown option '(.*?)'\. Did you mean '(--[a-z-]+)/), "\(said)")
      #expect(meant.1 == word && options.contains(String(meant.2)), "\(said)")
    }
  }

  // MARK: Repair

  private static let repairs: [(arguments: [String], call: String, check: String)] = [
    (["x.whl"], "auditwheel repair x.whl", "truewheel check wheelhouse/"),
    ([], "auditwheel repair WHEEL", "truewheel check wheelhouse/"),
    (
      ["--plat", "manylinux_2_28_x86_64", "-w", "out", "a b.whl"],
      "auditwheel repair --plat manylinux_2_28_x86_64 -w out 'a b.whl'", "truewheel check out/"
    ),
    (
      ["--target=manylinux_2_28_x86_64", "--wheel-dir=out/", "x.whl"],
      "auditwheel repair --plat=manylinux_2_28_x86_64 -w out/ x.whl", "truewheel check out/"
    ),
    // auditwheel knows no reasons.
    (
      ["--exclude", "libcuda.so.*=comes with the driver", "--strip", "x.whl"],
      "auditwheel repair --exclude 'libcuda.so.*' --strip x.whl", "truewheel check wheelhouse/"
    ),
    (["--help"], "auditwheel repair WHEEL", "truewheel check wheelhouse/"),
  ]

  @Test(arguments: repairs) func `repair is not here, and the call that does it is`(
    arguments: [String], call: String, check: String
  ) throws {
    let result = try Command.run(["repair"] + arguments)
    #expect(result.status == 64 && result.output == "")
    let lines = result.errors.split(separator: "\n")
    #expect(lines.first?.contains("does not repair") == true)
    #expect(lines.contains("    \(call)") && lines.contains("    \(check)"), "\(result.errors)")
  }
}
