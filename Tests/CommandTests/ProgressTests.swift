import Foundation
import TestSupport
import Testing

/// The line that says how far an audit has come, and what an interrupt leaves of it.
@Suite struct ProgressTests {
  private static let cleared = "\r\u{1b}[K"
  private static let capable = ["TERM": "xterm-256color", "NO_COLOR": ""]

  /// A small wheel, so many times that something is shown: objects with much behind their end, all of one byte, which a
  /// wheel may not have any more of.
  private static func slowWheels(_ count: Int, in folder: TemporaryFolder) throws -> [String] {
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    for (number, packed) in packed.enumerated() {
      var member = try packed.get()
      member.name = Array("demo/m\(number).abi3.so".utf8)
      member.localName = member.name
      wheel.members.append(member)
    }
    return Array(repeating: try wheel.write(to: folder), count: count)
  }

  private static let packed = (UInt8(0)..<8).map { number in
    Result {
      Zip.Member("", try Fixture.object("baseline.abi3.so") + [UInt8](repeating: number, count: 60 << 20)).deflated
    }
  }

  /// A gigabyte takes half a second of a fast machine.
  private static let enough = 2
  /// A run that is interrupted as soon as it shows something must not be over by then.
  private static let plenty = 12

  @Test func `progress is shown on a terminal, on one line that is gone at the end`() throws {
    let folder = try TemporaryFolder()
    let wheels = try Self.slowWheels(Self.enough, in: folder) + [Fixture.wheel("honest")]
    let result = try PseudoTerminal(columns: 40)
      .run(Command.path, ["check", "--jobs", "1"] + wheels, .errors, environment: Self.capable)
    #expect(result.reason == .exit && result.status == 0)
    #expect(result.shown.contains("wheel 1 of 3, ") && result.shown.contains(" MiB: demo-1.0"))
    #expect(result.shown.hasPrefix(Self.cleared) && result.shown.hasSuffix(Self.cleared))
    #expect(!result.shown.contains("\n"))
    // A line that fills the last column would wrap.
    #expect(result.shown.components(separatedBy: Self.cleared).allSatisfy { $0.count < 40 })
  }

  /// Options and environments in which nothing is to be shown.
  private static let silent: [(options: [String], environment: [String: String])] = [
    (["-q"], [:]), ([], ["TERM": "dumb"]),
  ]

  @Test(arguments: silent) func `quiet runs and terminals that cannot go back get no progress`(
    options: [String], environment: [String: String]
  ) throws {
    let folder = try TemporaryFolder()
    let result = try PseudoTerminal(columns: 80).run(
      Command.path, ["check"] + options + Self.slowWheels(Self.enough, in: folder), .errors,
      environment: Self.capable.merging(environment) { $1 })
    #expect(result.shown == "" && result.status == 0)
  }

  @Test func `what is no terminal gets no progress`() throws {
    let folder = try TemporaryFolder()
    let result = try Command.run(
      ["check"] + Self.slowWheels(Self.enough, in: folder), environment: Self.capable)
    #expect(result.errors == "" && result.status == 0)
  }

  @Test func `what is done at once leaves nothing behind`() throws {
    let arguments = ["check", try Fixture.wheel("honest")]
    let shown = try PseudoTerminal().run(Command.path, arguments, .errors, environment: Self.capable).shown
    // A busy machine may be slow enough for a line of progress.
    #expect(shown == "" || shown.hasSuffix(Self.cleared))
  }

  // MARK: Interrupts

  @Test(arguments: [SIGINT, SIGTERM]) func `an interrupt clears the line and ends the run by its signal`(number: Int32)
    throws
  {
    let folder = try TemporaryFolder()
    let wheels = try Self.slowWheels(Self.plenty, in: folder)
    var isSent = false
    let result = try PseudoTerminal(columns: 80).run(
      Command.path, ["check", "--jobs", "1"] + wheels, environment: Self.capable
    ) { shown, process in
      guard !isSent, shown.contains("MiB") else { return }
      kill(process.processIdentifier, number)
      isSent = true
    }
    #expect(isSent && result.reason == .uncaughtSignal && result.status == number)
    #expect(result.shown.hasSuffix(Self.cleared) && !result.shown.contains("\n"))
  }
}
