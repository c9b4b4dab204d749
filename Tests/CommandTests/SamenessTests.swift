import Foundation
import TestSupport
import Testing

/// The verdict depends on the wheel, the profiles and the arguments, and on nothing else.
@Suite struct SamenessTests {
  private static let formats = ["text", "json"]

  /// A wheel with an object that needs a library from nowhere, so that one might be tempted to look on the host.
  private func wheel(isReversed: Bool, isDeflated: Bool = false, in folder: TemporaryFolder) throws -> String {
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    for object in ["external.abi3.so", "modern.abi3.so", "several_versions.abi3.so", "bundled_nopath.abi3.so"] {
      try wheel.add("demo/\(object)", object: object)
    }
    try wheel.add("demo.libs/libfoo-0a1b2c3d.so.1", object: "libfoo-0a1b2c3d.so.1")
    var zip = wheel.zip
    if isReversed { zip.members.reverse() }
    if isDeflated { zip.members = zip.members.map(\.deflated) }
    return try folder.write(zip.bytes, to: "demo/\(wheel.name)")
  }

  private static let environments: [[String: String]] = [
    ["LC_ALL": "C"], ["LC_ALL": "C.UTF-8"], ["LC_ALL": "tr_TR.UTF-8"], ["LANG": "C", "LC_ALL": ""],
    ["TZ": "Asia/Tokyo"],
    ["HOME": "/nonexistent"], ["COLUMNS": "20"], ["TERM": "xterm"],
  ]

  @Test(arguments: environments) func `the environment does not matter`(environment: [String: String]) throws {
    let folder = try TemporaryFolder()
    let path = try wheel(isReversed: false, in: folder)
    for format in Self.formats {
      let arguments = ["show", "-v", "--format", format, path]
      #expect(try Command.run(arguments, environment: environment).output == Command.run(arguments).output)
    }
  }

  @Test func `libraries of the host do not matter`() throws {
    let (folder, libraries) = (try TemporaryFolder(), try TemporaryFolder())
    let path = try wheel(isReversed: false, in: folder)
    for library in ["libfoo.so.1", "libfoo-0a1b2c3d.so.1"] {
      _ = try libraries.write(try Fixture.object(library), to: library)
    }
    let environment = ["LD_LIBRARY_PATH": libraries.url.path]
    for format in Self.formats {
      let arguments = ["show", "-v", "--format", format, path]
      #expect(try Command.run(arguments, environment: environment).output == Command.run(arguments).output)
    }
  }

  @Test func `the order and the packing of members do not matter`() throws {
    let folders = (try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder())
    let plain = URL(filePath: try wheel(isReversed: false, in: folders.0))
    let reversed = URL(filePath: try wheel(isReversed: true, in: folders.1))
    let deflated = URL(filePath: try wheel(isReversed: true, isDeflated: true, in: folders.2))
    for format in Self.formats {
      let reports = try [plain, reversed, deflated].map { wheel in
        let arguments = ["show", "-v", "--format", format, wheel.lastPathComponent]
        let output = try Command.run(arguments, folder: wheel.deletingLastPathComponent()).output
        // The file has another size, of course.
        return output.replacing(#/"size" : [0-9]+/#, with: "")
      }
      #expect(Set(reports).count == 1)
      #expect(reports[0].contains("libfoo.so.1"))
    }
  }

  @Test func `the working directory does not matter`() throws {
    let folder = try TemporaryFolder()
    let path = try wheel(isReversed: false, in: folder)
    let elsewhere = try TemporaryFolder()
    for format in Self.formats {
      let arguments = ["show", "-v", "--format", format, path]
      #expect(try Command.run(arguments, folder: elsewhere.url).output == Command.run(arguments).output)
    }
  }

  @Test(arguments: ["text", "json"]) func `the number of jobs does not matter`(format: String) throws {
    let arguments = ["show", "-v", "--format", format, Fixture.folder.appending(path: "wheels").path]
    let one = try Command.run(arguments + ["--jobs", "1"])
    #expect(!one.output.isEmpty)
    for jobs in ["2", "8", "64"] { #expect(try Command.run(arguments + ["--jobs", jobs]).output == one.output) }
  }

  @Test func `two runs print the same`() throws {
    for format in Self.formats {
      let arguments = ["show", "-v", "--format", format, "Fixtures/wheels"]
      #expect(try Command.run(arguments).output == Command.run(arguments).output)
    }
  }
}
