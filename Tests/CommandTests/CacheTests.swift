import Foundation
import TestSupport
import Testing

/// `--cache`: what one run reads of objects another one need not.
@Suite struct CacheTests {
  private let folder: TemporaryFolder
  private var cache: String { folder.url.appending(path: "cache").path }

  init() throws {
    folder = try TemporaryFolder()
  }

  private func entries() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: cache).sorted()
  }

  @Test(arguments: ["1", "2"]) func `the report is the same without a cache, with a cold one and with a warm one`(
    jobs: String
  ) throws {
    for format in ["json", "text"] {
      let arguments = ["show", "-v", "--isolated", "--jobs", jobs, "--format", format, "Fixtures/wheels"]
      let plain = try Command.run(arguments)
      #expect(plain.output.contains("GLIBC_2.34"))
      for _ in ["cold", "warm"] {
        let cached = try Command.run(arguments + ["--cache", cache])
        #expect(cached.output == plain.output && cached.errors == plain.errors && cached.status == plain.status)
      }
    }
    #expect(try entries().count > 5)
  }

  @Test func `a variable names it, but not to a run that is isolated, and settings do not`() throws {
    let wheel = try Fixture.wheel("overclaim")
    let variables = ["TRUEWHEEL_CACHE": cache, "TRUEWHEEL_CACHE_SIZE": "5"]
    #expect(try Command.run(["check", "--isolated", wheel], environment: variables).status == 1)
    #expect(!FileManager.default.fileExists(atPath: cache))
    #expect(try Command.run(["check", wheel], environment: variables).status == 1)
    #expect(try entries().contains("secret"))
    _ = try folder.write(Array("cache = \"cache\"\n".utf8), to: "truewheel.toml")
    let refused = try Command.run(["check", wheel], folder: folder.url)
    #expect(refused.status == 64 && refused.errors.contains("cache"), "\(refused.errors)")
  }

  @Test(arguments: [
    (["--cache", ""], "--cache needs the name of a folder."),
    (["--cache-size", "0"], "--cache-size takes a number of megabytes from 1 to 1048576."),
    (["--cache-size", "1048577"], "--cache-size takes a number of megabytes from 1 to 1048576."),
    (["--cache", "/dev/null"], "/dev/null: it is not a folder, or a link to one; name the folder itself"),
    (["--cache", "/nowhere/at/all"], "/nowhere/at/all: the folder cannot be had: No such file or directory"),
  ]) func `what cannot be a cache is said`(options: [String], says: String) throws {
    let result = try Command.run(["check"] + options + [try Fixture.wheel("honest")])
    #expect(result.status == 64 && result.output == "")
    #expect(result.errors.contains(says), "\(result.errors)")
  }

  @Test func `a folder that others may write to is refused in words`() throws {
    try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: cache)
    let result = try Command.run(["check", "--cache", cache, try Fixture.wheel("honest")])
    #expect(result.status == 64 && result.output == "")
    #expect(
      result.errors == "truewheel: \(cache): other users may write to the folder, and could put false facts there; "
        + "'chmod go-w' it\n")
  }

  /// The shell lets no file grow, as a full disk does; its own output goes to a pipe.
  @Test func `what cannot be written changes no verdict`() throws {
    let wheel = try Fixture.wheel("overclaim")
    let plain = try Command.run(["check", wheel])
    let line = #"{ (ulimit -f 0; exec "$0" check --cache "$1" "$2"); echo "status $?"; } 2>&1 | cat"#
    let result = try Program.run("/bin/sh", ["-c", line, Command.path, cache, wheel])
    #expect(
      result.output.contains("truewheel: warning: \(cache): cannot write what was read of objects: File too large"))
    #expect(result.output.contains(plain.output) && result.output.hasSuffix("status 1\n"), "\(result.output)")
  }
}
