import Foundation
import TestSupport
import Testing

@Suite struct OptionTests {
  /// What `check` comes to: the glibc that `overclaim` needs is 2.34, that of `honest` is 2.17.
  private static let judged: [(options: [String], wheel: String, status: Int32, says: String)] = [
    (
      ["--target", "manylinux_2_12_x86_64"], "honest", 1, "target  manylinux_2_12_x86_64 (glibc 2.12 or newer)  broken"
    ),
    (["--target", "manylinux_2_12"], "honest", 1, "target  manylinux_2_12_x86_64 (glibc 2.12 or newer)  broken"),
    (["--target", "manylinux1"], "honest", 1, "target  manylinux1_x86_64 (glibc 2.5 or newer)  broken"),
    (["--target", "manylinux_2_28"], "honest", 0, "and the target manylinux_2_28_x86_64"),
    (
      ["--target", "manylinux_2_28", "--target", "manylinux_2_31"], "honest", 0,
      "manylinux_2_28_x86_64, manylinux_2_31_"
    ),
    (["--target", "musllinux_1_1"], "honest", 1, "mixed-libc"),
    (["--target", "musllinux_1_1"], "musl", 0, "and the target musllinux_1_1_x86_64"),
    (["--ignore", "symbol-version"], "overclaim", 0, "symbol-version"),
    (["--ignore", "external-library"], "overclaim", 1, "GLIBC_2.34"),
    (["--ignore", "external-library", "--ignore", "symbol-version"], "overclaim", 0, "symbol-version"),
    (["--exclude", "libc.so.*"], "overclaim", 1, "GLIBC_2.29"),
    (["--exclude", "libc.so.*", "--exclude", "libm.so.?"], "overclaim", 0, "2 excluded libraries"),
    (["--exclude", "libnone*"], "overclaim", 1, "GLIBC_2.34"),
  ]

  @Test(arguments: judged) func `options change what is judged, and the report says so`(
    options: [String], wheel: String, status: Int32, says: String
  ) throws {
    let result = try Command.run(["check"] + options + [try Fixture.wheel(wheel)])
    #expect(result.status == status)
    // Columns are as wide as their widest cell.
    let words = result.output.split(separator: " ").joined(separator: " ")
    #expect(words.contains(says.split(separator: " ").joined(separator: " ")), "\(result.output)")
  }

  @Test func `a target without an architecture means that of each wheel`() throws {
    let wheels = try ["aarch64", "s390x"].map { try Fixture.wheel("baseline-1.0-cp39-abi3-manylinux_2_17_\($0)") }
    let output = try Command.run(["check", "--target", "manylinux_2_28"] + wheels).output
    #expect(output.contains("manylinux_2_28_aarch64") && output.contains("manylinux_2_28_s390x"))
  }

  @Test func `an excluded library is no longer missing`() throws {
    let folder = try TemporaryFolder()
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    try wheel.add("demo/external.abi3.so", object: "external.abi3.so")
    let path = try wheel.write(to: folder)
    #expect(try Command.run(["check", path]).status == 1)
    #expect(try Command.run(["check", "--exclude", "libfoo.so.*", path]).status == 0)
    let reasoned = try Command.run(["show", "-v", "--exclude", "libfoo.so.*=as a=b says", path])
    #expect(reasoned.output.contains("excluded by 'libfoo.so.*' (as a=b says)"))
    for argument in ["", "=reason", "libfoo.so.*="] {
      let refused = try Command.run(["check", "--exclude", argument, path])
      #expect(refused.status == 64 && refused.errors.contains("needs a"), "\(refused.errors)")
    }
  }

  @Test func `strict makes a warning break a claim`() throws {
    let folder = try TemporaryFolder()
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    try wheel.add("demo/baseline.abi3.so", object: "baseline.abi3.so")
    wheel.tags = ["cp39-abi3-manylinux_2_5_x86_64"]
    let path = try wheel.write(to: folder)
    let lenient = try Command.run(["check", path])
    #expect(lenient.status == 0)
    #expect(lenient.output.contains("tag-mismatch"))
    let strict = try Command.run(["check", "--strict", path])
    #expect(strict.status == 1)
    #expect(try Command.run(["check", "--strict", "--ignore", "tag-mismatch", path]).status == 0)
    #expect(try Command.run(["show", "--strict", path]).status == 0)
  }

  @Test(arguments: ["-v", "--verbose"]) func `verbose shows what the systems provide too`(flag: String) throws {
    let wheel = try Fixture.wheel("honest")
    let short = try Command.run(["show", wheel]).output
    let long = try Command.run(["show", flag, wheel]).output
    #expect(!short.contains("GLIBC_2.2.5") && long.contains("GLIBC_2.2.5"))
    #expect(!short.contains("from the system") && long.contains("from the system"))
    #expect(try Command.run(["check", flag, wheel]).output == long)
  }

  @Test func `the version is that of the reports`() throws {
    let lines = try Command.run(["--version"]).output.split(separator: "\n")
    let version = try #require(lines.first)
    let report = try Command.run(["check", "--format", "json", try Fixture.wheel("pure")]).output
    #expect(report.contains(#""version" : "\#(version)""#))
    // Of which months the facts are; nothing of the clock, so it is the same in every run.
    let month = /\w+: (20\d\d-(0[1-9]|1[0-2]))(,.*)?/
    #expect(lines.dropFirst().map { $0.prefix { $0 != ":" } } == ["profiles", "distributions"])
    #expect(lines.dropFirst().allSatisfy { $0.wholeMatch(of: month) != nil }, "\(lines)")
    #expect(try Command.run(["check", "--version"]).output.split(separator: "\n") == lines)
  }

  // MARK: Several values

  /// Of `overclaim` the rules symbol-version and external-library find something once libc and libm are judged.
  private static let lists: [(options: [String], same: [String])] = [
    (["--target", "manylinux_2_28,manylinux_2_31"], ["--target", "manylinux_2_28", "--target", "manylinux_2_31"]),
    (["--target", " manylinux_2_28 , manylinux_2_31,"], ["--target", "manylinux_2_28", "--target", "manylinux_2_31"]),
    (["--ignore", "pure-tag,symbol-version"], ["--ignore", "pure-tag", "--ignore", "symbol-version"]),
    (["--select", "pure-tag,tag-mismatch"], ["--select", "pure-tag", "--select", "tag-mismatch"]),
    (["--exclude", "libc.so.*,libm.so.?"], ["--exclude", "libc.so.*", "--exclude", "libm.so.?"]),
    (
      ["--exclude", "libc.so.*,libm.so.?=yes, no=maybe"],
      ["--exclude", "libc.so.*=yes, no=maybe", "--exclude", "libm.so.?=yes, no=maybe"]
    ),
    // A comma in brackets is one of the characters there.
    (["--exclude", "lib[m,c].so.*"], ["--exclude", "lib[mc].so.*"]),
  ]

  @Test(arguments: lists) func `a list with commas is what the option repeated is`(options: [String], same: [String])
    throws
  {
    func shown(_ options: [String]) throws -> String {
      let result = try Command.run(["show", "-v"] + options + [try Fixture.wheel("overclaim")])
      #expect(result.status == 0 && result.errors == "")
      return result.output.replacing("lib[m,c].so.*", with: "lib[mc].so.*")
    }
    let listed = try shown(options)
    #expect(try listed == shown(same))
    #expect(try listed != shown([]))
  }

  @Test(arguments: [
    (["--target", ","], "--target needs a value, or several"),
    (["--target", "manylinux_2_28,nonsense"], "'nonsense' is no platform tag"),
    (["--ignore", "pure-tag,symbol-versions"], "'symbol-versions' is no rule. Did you mean 'symbol-version'?"),
    (["--extend-select", "pipy"], "'pipy' is no rule. Did you mean 'pypi'?"),
    (["--select", "qqqqqqqq"], "'qqqqqqqq' is no rule. 'truewheel explain --all' lists every rule."),
    (["--exclude", ",="], "needs a pattern"), (["--exclude", "a,b= "], "needs a reason"),
  ]) func `the value of a list that is wrong is named`(options: [String], says: String) throws {
    let result = try Command.run(["check"] + options + [try Fixture.wheel("honest")])
    #expect(result.status == 64 && result.output == "")
    #expect(result.errors.contains(says), "\(result.errors)")
  }

  @Test func `what settings ask for strictly an argument can take back`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Array("strict = true\n".utf8), to: "truewheel.toml")
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    try wheel.add("demo/baseline.abi3.so", object: "baseline.abi3.so")
    wheel.tags = ["cp39-abi3-manylinux_2_5_x86_64"]
    let path = try wheel.write(to: folder)
    #expect(try Command.run(["check", path], folder: folder.url).status == 1)
    #expect(try Command.run(["check", "--no-strict", path], folder: folder.url).status == 0)
  }

  // MARK: Statistics

  @Test func `statistics count over all wheels, behind the report or beside other forms`() throws {
    let folder = try TemporaryFolder()
    for platform in ["manylinux_2_17_x86_64", "manylinux_2_24_x86_64"] {
      var wheel = WheelBuilder(platform: platform)
      for name in ["a", "b"] { try wheel.add("demo/\(name).abi3.so", object: "external.abi3.so") }
      _ = try wheel.write(to: folder)
    }
    let row = /(?m)^ *4  error +external-library +in 2 wheels$/
    let text = try Command.run(["check", "--statistics", folder.url.path])
    #expect(text.status == 1 && text.errors == "")
    #expect(text.output.contains(row), "\(text.output)")
    let plain = try Command.run(["check", folder.url.path]).output
    #expect(text.output.hasPrefix(plain))
    let json = try Command.run(["check", "--statistics", "--format", "json", folder.url.path])
    #expect(json.errors.contains(row))
    #expect(try json.output == Command.run(["check", "--format", "json", folder.url.path]).output)
    let nothing = try Command.run(["check", "--statistics", try Fixture.wheel("honest"), "--isolated"])
    #expect(nothing.output.hasSuffix("\n\nno rule found anything\n"))
  }
}
