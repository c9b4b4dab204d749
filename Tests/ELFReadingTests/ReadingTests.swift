import ELFReading
import TestSupport
import Testing

@Suite struct ReadingTests {
  @Test(arguments: Fixture.architectures)
  func `every architecture's baseline module is a loadable object`(architecture: String) throws {
    let bytes = try Fixture.object("baseline.abi3.so", architecture)
    #expect(bytes.starts(with: ELFStreamReader.magic))
  }
}
