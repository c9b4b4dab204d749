import TestSupport
import Testing

@Suite struct ExitStatusTests {
  @Test func `check fails on a wheel that claims too much and show does not`() throws {
    let wheel = try Fixture.wheel("overclaim")
    #expect(try Command.run(["check", wheel]).status == 1)
    #expect(try Command.run(["show", wheel]).status == 0)
  }
}
