import CElf

/// The x86 instruction sets that a file says it needs, in a GNU property note.
enum PropertyNotes {
  /// GNU_PROPERTY_X86_ISA_1_NEEDED, from PT_GNU_PROPERTY and the PT_NOTE segments.
  ///
  /// Both lead to the same note, unless a tool moved the note and left one of them behind.
  static func neededInstructionSets(
    of image: borrowing ELFImage, _ outline: ELFOutline
  ) throws(ImageFault) -> X86InstructionSets {
    guard outline.identity.machine == .x86_64 else { return [] }
    var found: X86InstructionSets = []
    let segments = outline.segments.filter(\.isNote)
    guard segments.count <= Segment.noteCountLimit else {
      throw .malformed(
        ELFError(.notes, at: segments[Segment.noteCountLimit].offset, .tooManyEntries(limit: Segment.noteCountLimit)))
    }
    for segment in segments {
      found.formUnion(try instructionSets(in: segment, of: image, isWide: outline.identity.fileClass == .bits64))
    }
    return found
  }

  private static func instructionSets(
    in segment: Segment, of image: borrowing ELFImage, isWide: Bool
  ) throws(ImageFault) -> X86InstructionSets {
    guard segment.fileSize <= Segment.noteLimit else {
      throw .malformed(ELFError(.notes, at: segment.offset, .invalid(field: "p_filesz", value: segment.fileSize)))
    }
    let range = FileRange(offset: segment.offset, length: segment.fileSize)
    let raw = try image.bytes(range, .notes)
    // Property notes of 64-bit files are aligned to 8 bytes (Linux gABI extensions, "Program Property").
    let table = try image.table(range, isWide ? ELF_T_NHDR8 : ELF_T_NHDR, .notes)
    var found: X86InstructionSets = []
    var position = 0
    while position < raw.count {
      try image.meter.look(.notes, at: segment.offset)
      var header = GElf_Nhdr()
      var (name, description) = (0, 0)
      let next = gelf_getnote(table.data, position, &header, &name, &description)
      // Other notes may be aligned to 4 bytes: where they do not parse there is no property note to find.
      guard next > position, next <= raw.count else { break }
      position = next
      let (nameEnd, length) = (name + Int(header.n_namesz), Int(header.n_descsz))
      guard header.n_type == UInt32(NT_GNU_PROPERTY_TYPE_0), nameEnd <= raw.count, description + length <= raw.count,
        raw[name..<nameEnd].elementsEqual("GNU\0".utf8)
      else { continue }
      found.formUnion(
        try instructionSets(
          inProperties: UnsafeRawBufferPointer(rebasing: raw[description..<description + length]),
          alignment: isWide ? 8 : 4, segment, image.meter))
    }
    return found
  }

  private static func instructionSets(
    inProperties bytes: UnsafeRawBufferPointer, alignment: Int, _ segment: Segment, _ meter: ReadingMeter
  ) throws(ImageFault) -> X86InstructionSets {
    var found: X86InstructionSets = []
    var position = 0
    while bytes.count - position >= 8 {
      try meter.look(.notes, at: segment.offset)
      let type = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self))
      let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position + 4, as: UInt32.self)))
      guard length <= bytes.count - position - 8 else {
        throw .malformed(ELFError(.notes, at: segment.offset, .invalid(field: "pr_datasz", value: UInt64(length))))
      }
      if type == isaNeeded, length == 4 {
        let value = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position + 8, as: UInt32.self))
        found.formUnion(X86InstructionSets(rawValue: value))
      }
      position += 8 + (length + alignment - 1) / alignment * alignment
    }
    return found
  }

  /// GNU_PROPERTY_X86_ISA_1_NEEDED (x86-64 psABI, "Program Property").
  private static let isaNeeded: UInt32 = 0xc000_8002
}
