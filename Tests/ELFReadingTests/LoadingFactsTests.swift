import ELFReading
import TestSupport
import Testing

/// What loaders look at besides the tables, in objects that differ in it alone.
@Suite struct LoadingFactsTests {
  private func read(
    _ object: String, _ architecture: String = "x86_64", _ change: (inout ELFPatch) throws -> Void
  ) throws -> ELFObject {
    var patch = ELFPatch(try Fixture.object(object, architecture))
    try change(&patch)
    return try ELFObject.read(patch.bytes)
  }

  /// i386 and ARM have relocations of both kinds, DT_REL is 17 and DT_RELA 7.
  @Test(
    arguments: [
      ("x86_64", 17, true), ("x86_64", 7, false), ("s390x", 17, true), ("i686", 17, false), ("i686", 7, false),
      ("i686", 5, true), ("armv7l", 7, false), ("aarch64", 17, true),
    ] as [(String, UInt64, Bool)])
  func `the kind of relocations is one that the processor has`(
    architecture: String, kind: UInt64, isFault: Bool
  ) throws {
    let faults = try read("modern.abi3.so", architecture) { try $0.set(.jumpRelocationKind, to: kind) }.dynamicFaults
    #expect(faults == (isFault ? .jumpRelocationKind : []))
  }

  @Test func `entries have the size that they have`() throws {
    #expect(try read("static_tls.abi3.so") { _ in }.dynamicFaults == [])
    #expect(
      try read("static_tls.abi3.so") { try $0.set(.entrySizeWithAddends, to: 16) }.dynamicFaults
        == .entrySizeWithAddends)
    #expect(
      try read("static_tls.abi3.so") { try $0.rename(.entrySizeWithAddends, to: 0x6fff_f000) }.dynamicFaults
        == .entrySizeWithAddends)
    #expect(
      try read("relr_marked.abi3.so") { try $0.set(.entrySizeRelative, to: 4) }.dynamicFaults == .entrySizeRelative)
  }

  @Test(arguments: ["x86_64", "i686", "s390x"]) func `segments stand in order or not`(architecture: String) throws {
    let ordered = try read("baseline.abi3.so", architecture) { _ in }.layout
    #expect(!ordered.isOutOfOrder && ordered.count > 1 && ordered.headerCount > ordered.count)
    #expect(ordered.lowestAddress == 0 && ordered.end > 4096)
    let swapped = try read("baseline.abi3.so", architecture) { patch in
      let loads = patch.segments(.load)
      let (first, last) = (try #require(loads.first), try #require(loads.last))
      for place in 0..<(patch.isWide ? 56 : 32) { patch.bytes.swapAt(first + place, last + place) }
    }.layout
    #expect(swapped.isOutOfOrder && swapped.end == ordered.end)
  }

  /// Each row: where protection begins and how many pages it takes; the object takes three.
  @Test(
    arguments: [
      (0x1000, 0x1000, false), (0, 0x2000, false), (0x2_0000, 0x1000, true), (0x1000, 0x10_0000, true),
      (0x2_0000, 0, false),
      (0x2_0000, 0x10, false),
    ] as [(UInt64, UInt64, Bool)])
  func `what is protected lies in the object or not`(address: UInt64, size: UInt64, isOutside: Bool) throws {
    let layout = try read("baseline.abi3.so") { patch in
      let segment = try patch.segment(.stack)
      patch[segment, .type] = ELFPatch.SegmentType.protection.rawValue
      (patch[segment, .address], patch[segment, .memorySize]) = (address, size)
    }.layout
    #expect(layout.protectsUnmapped == isOutside)
  }

  @Test func `code for variables at a fixed place is told from other code`() throws {
    let fixed = try read("static_tls.abi3.so") { _ in }.relocations
    #expect(fixed.usesInitialExec && fixed.fixesOwnBlock && fixed.initialExecSymbols.isEmpty)
    let plain = try read("baseline.abi3.so") { _ in }.relocations
    #expect(!plain.usesInitialExec && !plain.fixesOwnBlock)
  }

  @Test func `flags are read where they stand`() throws {
    #expect(try read("text_relocations.abi3.so") { _ in }.relocatesText)
    #expect(try !read("baseline.abi3.so") { _ in }.relocatesText)
    #expect(try read("writable_code.abi3.so") { _ in }.layout.isWritableAndExecutable)
    #expect(try !read("baseline.abi3.so") { _ in }.layout.isWritableAndExecutable)
  }

  /// `text_relocations` says so, and has none that does.
  @Test func `relocations in code are told from a flag that says so`() throws {
    #expect(try !read("text_relocations.abi3.so") { _ in }.relocations.changesText)
    let changed = try read("text_relocations.abi3.so") { patch in
      for segment in patch.segments(.load) { patch[segment, .flags] = 4 }
    }
    #expect(changed.relocations.changesText && changed.isDynamicReadOnly)
    #expect(try !read("baseline.abi3.so") { _ in }.isDynamicReadOnly)
  }

  /// Each row: the flags of three segments in one page, and whether something is lost.
  @Test(
    arguments: [([4, 5, 6], true), ([4, 6, 7], false), ([4, 4, 5], false), ([6, 6, 4], true)] as [([UInt64], Bool)])
  func `segments in one page take flags away or not`(flags: [UInt64], isLost: Bool) throws {
    let layout = try read("baseline.abi3.so") { patch in
      let loads = patch.segments(.load)
      let spare = [try patch.segment(.stack)]
      for (segment, flags) in zip(loads + spare, flags) {
        patch[segment, .type] = ELFPatch.SegmentType.load.rawValue
        patch[segment, .flags] = flags
        (patch[segment, .offset], patch[segment, .address]) = (0, 0)
        (patch[segment, .fileSize], patch[segment, .memorySize]) = (0x700, 0x700)
        patch[segment, .alignment] = 4096
      }
      // Nothing but the layout is looked at.
      patch[try patch.segment(.dynamic), .type] = ELFPatch.SegmentType.null.rawValue
    }.layout
    #expect(layout.losesFlags == isLost)
  }

  /// The kernel wants a path that ends with the segment.
  @Test func `an interpreter's path ends with its segment`() throws {
    #expect(throws: ELFError.self) {
      try read("tool") { patch in
        let segment = try patch.segment(.interpreter)
        patch[segment, .fileSize] += 1
        let end = Int(patch[segment, .offset] + patch[segment, .fileSize]) - 1
        patch.bytes[end] = 0x2f
      }
    }
  }

  /// `objcopy --only-keep-debug` keeps the program headers, and of the segments nothing but notes.
  @Test(arguments: [false, true]) func `debugging information of a program has no path`(hasContents: Bool) throws {
    let object = {
      try read("tool") { patch in
        for segment in [try patch.segment(.interpreter), try patch.segment(.dynamic)] { patch[segment, .fileSize] = 0 }
        guard !hasContents else { return }
        for segment in patch.segments(.load) where patch[segment, .offset] > 0 { patch[segment, .fileSize] = 0 }
      }
    }
    if hasContents {
      #expect(throws: ELFError.self) { try object() }
    } else {
      #expect(try object().isDebugInformation && object().interpreter == nil)
    }
  }
}
