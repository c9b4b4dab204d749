import Foundation
import TestSupport
import Testing

/// With --isolated the verdict is of the wheel, the arguments and the day, and nothing that lies around changes it.
@Suite struct IsolatedTests {
  /// What would let pass what breaks its claim, or refuse everything.
  private static let hostile = """
    fail-on = "never"
    timeout = 0.001
    baseline = "baseline.json"
    ignore = [
      { rule = "symbol-version", reason = "x" }, { rule = "unreadable", reason = "x" },
    ]
    exclude = [{ library = "*", reason = "x" }]
    limits = { members = 1 }
    """

  /// A folder in a folder, both full of what other runs obey, and a home that is too.
  private func surroundings() throws -> (folder: TemporaryFolder, start: URL) {
    let folder = try TemporaryFolder()
    let baseline = try Command.run([
      "check", "--baseline", folder.url.appending(path: "baseline.json").path, "--write-baseline",
      try Fixture.wheel("overclaim"),
    ])
    #expect(baseline.status == 0)
    let known = try [UInt8](Data(contentsOf: folder.url.appending(path: "baseline.json")))
    let project = "[tool.truewheel]\n" + Self.hostile
    for place in ["", "a/", "a/b/", ".config/", ".config/truewheel/"] {
      _ = try folder.write(Array(Self.hostile.utf8), to: "\(place)truewheel.toml")
      _ = try folder.write(Array(project.utf8), to: "\(place)pyproject.toml")
      _ = try folder.write(Array(Self.hostile.utf8), to: "\(place).truewheel.toml")
      _ = try folder.write(known, to: "\(place)baseline.json")
    }
    return (folder, folder.url.appending(path: "a/b"))
  }

  private static let variables = [
    "TRUEWHEEL_IGNORE": "symbol-version", "TRUEWHEEL_FAIL_ON": "never", "TRUEWHEEL_EXIT_ZERO": "1",
    "TRUEWHEEL_EXCLUDE": "*", "TRUEWHEEL_SELECT": "pure-tag", "TRUEWHEEL_LIMIT": "members=1",
    "TRUEWHEEL_TIMEOUT": "0.001", "TRUEWHEEL_TARGET": "manylinux_2_5", "TRUEWHEEL_STRICT": "1",
    "TRUEWHEEL_BASELINE": "baseline.json", "TRUEWHEEL_CONFIG": "truewheel.toml", "TRUEWHEEL_OUTPUT": "out.txt",
  ]

  @Test(arguments: ["overclaim", "honest"], ["text", "json"]) func `nothing around a run changes it`(
    wheel: String, format: String
  ) throws {
    let (folder, start) = try surroundings()
    let path = try Fixture.wheel(wheel)
    let arguments = ["check", "--isolated", "--format", format, path]
    let home = ["HOME": folder.url.path, "XDG_CONFIG_HOME": folder.url.appending(path: ".config").path]
    let environment = Self.variables.merging(home) { $1 }
    let result = try Command.run(arguments, environment: environment, folder: start)
    let empty = try TemporaryFolder()
    let plain = try Command.run(arguments, folder: empty.url)
    #expect(result.output == plain.output && result.status == plain.status && result.errors == plain.errors)
    #expect(plain.status == (wheel == "overclaim" ? 1 : 0))
    // It is the option that keeps them out.
    let obedient = try Command.run(["check", "--format", format, path], folder: start)
    #expect(obedient.status != plain.status || obedient.output != plain.output)
  }

  /// What the program itself asks for, once it has been loaded: the wheels, and how many processors there are.
  @Test(arguments: [1, 3]) func `no file is opened but the wheels`(jobs: Int) throws {
    let (folder, start) = try surroundings()
    let wheels = [try Fixture.wheel("overclaim"), try Fixture.wheel("honest")]
    let log = folder.url.appending(path: "calls").path
    let result = try Program.run(
      "/usr/bin/strace",
      ["-f", "-qq", "-e", "trace=%file", "-o", log, Command.path, "check", "--isolated", "--jobs", "\(jobs)"] + wheels,
      environment: Self.variables.merging(["HOME": folder.url.path]) { $1 }, folder: start)
    try #require(result.status == 1, "\(result.errors)")
    let calls = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    let named = calls.compactMap { $0.firstMatch(of: /"([^"]*)"/).map { String($0.1) } }
    #expect(wheels.allSatisfy(named.contains))
    // Where the loader looks for the libraries of this build; what users get has none.
    let program = URL(filePath: Command.path).deletingLastPathComponent().path
    let system = ["/proc/self/", "/sys/devices/system/cpu/", "/etc/ld.so.", "/lib/", "/usr/lib/", "/lib64/", "/opt/"]
    // What a sanitizer asks for that is linked in (`make sanitize`).
    let sanitizers = ["/tsan.rodata.", "/thread-sanitizer.txt", "llvm-symbolizer"]
    let others = named.filter { name in
      // fstat(2) names none.
      !name.isEmpty && !wheels.contains(name) && !(system + [program]).contains { name.hasPrefix($0) }
        && !name.contains(".so") && !sanitizers.contains(where: name.contains)
    }
    #expect(others.isEmpty, "\(others)")
  }
}
