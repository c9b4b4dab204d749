import ELFReading
import TestSupport
import Testing

/// Every small departure from a good object is read or refused with an `ELFError`; a trap would end the test process.
@Suite struct ExhaustiveTests {
  static let architectures = ["x86_64", "i686", "s390x"]

  @Test(arguments: architectures)
  func `an object cut at any length is refused, or read whole`(architecture: String) throws {
    let object = ELFPatch(try Fixture.object("baseline.abi3.so", architecture))
    let good = try ELFObject.read(object.bytes)
    // The dynamic segment is the last of what the loader reads of these objects.
    let needed = Int(try object.dynamicOffset + object.dynamicLength)
    for length in 0...object.bytes.count {
      let read = Result { () throws(ELFError) in try ELFObject.read(Array(object.bytes.prefix(length))) }
      if length < needed {
        #expect(throws: ELFError.self, "cut at \(length)") { try read.get() }
      } else {
        #expect(try read.get() == good, "cut at \(length)")
      }
    }
  }

  /// The baseline of each architecture; then what has an interpreter, notes, version definitions, many versions, and
  /// both hash tables.
  @Test(
    arguments: architectures.map { ("baseline.abi3.so", $0) }
      + ["tool", "isa_v3.abi3.so", "libversioned.so.1", "several_versions.abi3.so", "baseline_both_hash.abi3.so"]
      .map { ($0, "x86_64") })
  func `any byte of what the loader reads may have any of three values`(name: String, architecture: String) throws {
    let good = ELFPatch(try Fixture.object(name, architecture))
    let end = Int(try good.dynamicOffset + good.dynamicLength)
    var (refused, read) = (0, 0)
    for position in 0..<end {
      for value in [0x00, 0xff, ~good.bytes[position]] {
        var bad = good
        bad.bytes[position] = value
        do throws(ELFError) {
          _ = try ELFObject.read(bad.bytes)
          read += 1
        } catch {
          refused += 1
        }
      }
    }
    // Most of the file can be refused and much of it is free: neither outcome is the only one.
    #expect(refused > 100 && read > 100)
  }

  /// EI_CLASS and EI_DATA each have two good values.
  @Test(arguments: architectures)
  func `an object under the wrong class or byte order is nothing to load`(architecture: String) throws {
    let good = try Fixture.object("baseline.abi3.so", architecture)
    for (fileClass, byteOrder) in [(3 - good[4], good[5]), (good[4], 3 - good[5]), (3 - good[4], 3 - good[5])] {
      var bad = good
      (bad[4], bad[5]) = (fileClass, byteOrder)
      // What the header then reads like is left open.
      let object = try? ELFObject.read(bad)
      #expect(object?.isDynamic != true)
    }
  }
}
