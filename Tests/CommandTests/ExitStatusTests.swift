import TestSupport
import Testing

@Suite struct ExitStatusTests {
  /// Fixture wheels by what `check` says of them.
  private static let checked: [(wheels: [String], check: Int32, show: Int32)] = [
    (["honest"], 0, 0),
    (["pure"], 0, 0),
    (["overclaim"], 1, 0),
    (["overclaim", "honest"], 1, 0),
    (["honest", "pure", "musl"], 0, 0),
  ]

  @Test(arguments: checked) func `check fails on a wheel that breaks a claim, show on none`(
    wheels: [String], check: Int32, show: Int32
  ) throws {
    let paths = try wheels.map { try Fixture.wheel($0) }
    for format in ["text", "json"] {
      #expect(try Command.run(["check", "--format", format] + paths).status == check)
      #expect(try Command.run(["show", "--format", format] + paths).status == show)
    }
  }

  @Test(arguments: ["check", "show"]) func `what cannot be audited wins over what breaks a claim`(command: String)
    throws
  {
    let folder = try TemporaryFolder()
    let empty = try folder.write([], to: "empty-1.0-py3-none-any.whl")
    let missing = folder.url.appending(path: "missing-1.0-py3-none-any.whl").path
    for bad in [empty, missing, Fixture.project.appending(path: "README.md").path] {
      for wheels in [[bad], [try Fixture.wheel("overclaim"), bad], [bad, try Fixture.wheel("honest")]] {
        let result = try Command.run([command] + wheels)
        #expect(result.status == 2)
        #expect(result.errors.contains(bad))
      }
    }
  }

  @Test func `a wheel that cannot be audited stays so when its rule is ignored`() throws {
    let folder = try TemporaryFolder()
    let empty = try folder.write([], to: "empty-1.0-py3-none-any.whl")
    #expect(try Command.run(["check", "--ignore", "unreadable", empty]).status == 2)
  }

  @Test(arguments: ["text", "json", "html", "auditwheel"]) func `the status does not depend on the format`(
    format: String
  )
    throws
  {
    let folder = try TemporaryFolder()
    let empty = try folder.write([], to: "empty-1.0-py3-none-any.whl")
    #expect(try Command.run(["check", "--format", format, try Fixture.wheel("honest")]).status == 0)
    #expect(try Command.run(["check", "--format", format, try Fixture.wheel("overclaim")]).status == 1)
    #expect(try Command.run(["check", "--format", format, empty]).status == 2)
  }

  @Test(arguments: [
    ["check"], ["show"], ["tree"], ["nonsense"], ["check", "--nonsense", "Fixtures/wheels"],
    ["check", "--target", "nonsense", "Fixtures/wheels"], ["check", "--ignore", "nonsense", "Fixtures/wheels"],
    ["check", "--format", "nonsense", "Fixtures/wheels"], ["check", "--color", "nonsense", "Fixtures/wheels"],
    ["check", "--format", "auditwheel", "Fixtures/wheels"], ["tree", "a", "b"],
    ["profiles", "show"], ["profiles", "show", "nonsense"], ["profiles", "show", "manylinux_2_20"],
    ["profiles", "show", "manylinux1_aarch64"], ["profiles", "diff", "manylinux1"],
    ["profiles", "diff", "manylinux1", "manylinux_9_9"],
  ])
  func `wrong arguments are told from wrong wheels`(arguments: [String]) throws {
    let result = try Command.run(arguments)
    #expect(result.status == 64)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("Error: "))
  }

  @Test(arguments: ["/dev/full", "/no/such/folder/report.txt"])
  func `a report that cannot be written is no verdict`(file: String) throws {
    for wheel in ["honest", "overclaim"] {
      let result = try Command.run(["check", "--output", file, try Fixture.wheel(wheel)])
      #expect(result.status == 2)
      #expect(result.errors.contains(file))
    }
  }
}
