import CElf

extension ELFObject {
  /// What the notes in PT_NOTE and PT_GNU_PROPERTY say: which instruction sets the file needs
  /// (GNU_PROPERTY_X86_ISA_1_NEEDED), which kernel (NT_GNU_ABI_TAG), whether it is for Android.
  ///
  /// Both kinds of segment lead to the same property note, unless a tool moved the note and left one of them behind.
  /// glibc goes through them from the last on (`_dl_process_phdrs` in its `elf/dl-load.c`), looks at those that are
  /// aligned to a word of the class, and goes by the first that has a property note; where that has several it goes by
  /// none (`_dl_process_property_note` in `sysdeps/x86/dl-prop.h`).
  mutating func readNotes(_ image: borrowing ELFImage, _ outline: ELFOutline) throws(ImageFault) {
    let segments = outline.segments.filter(\.isNote)
    guard segments.count <= Segment.noteCountLimit else {
      throw .malformed(
        ELFError(.notes, at: segments[Segment.noteCountLimit].offset, .tooManyEntries(limit: Segment.noteCountLimit)))
    }
    let wordSize: UInt64 = identity.fileClass == .bits64 ? 8 : 4
    for segment in segments {
      let properties = try readNotes(in: segment, of: image)
      guard segment.stated.alignment == wordSize, let first = properties.first else { continue }
      neededInstructionSets = properties.count == 1 ? first : []
    }
  }

  /// - Returns: what each property note of the segment says.
  private mutating func readNotes(
    in segment: Segment, of image: borrowing ELFImage
  ) throws(ImageFault) -> [X86InstructionSets] {
    guard segment.fileSize <= Segment.noteLimit else {
      throw .malformed(ELFError(.notes, at: segment.offset, .invalid(field: "p_filesz", value: segment.fileSize)))
    }
    let range = FileRange(offset: segment.offset, length: segment.fileSize)
    let raw = try image.bytes(range, .notes)
    // Property notes of 64-bit files are aligned to 8 bytes (Linux gABI extensions, "Program Property"), and stand in a
    // segment of their own; other notes are aligned to 4.
    let isWide = identity.fileClass == .bits64 && segment.stated.alignment != 4
    let table = try image.table(range, isWide ? ELF_T_NHDR8 : ELF_T_NHDR, .notes)
    var (position, properties) = (0, [X86InstructionSets]())
    while position < raw.count {
      try image.meter.look(.notes, at: segment.offset)
      var header = GElf_Nhdr()
      var (name, description) = (0, 0)
      let next = gelf_getnote(table.data, position, &header, &name, &description)
      guard next > position, next <= raw.count else { break }
      position = next
      let (nameEnd, length) = (name + Int(header.n_namesz), Int(header.n_descsz))
      guard nameEnd <= raw.count, description + length <= raw.count else { continue }
      let owner = raw[name..<nameEnd]
      if owner.elementsEqual("Android\0".utf8) { isForAndroid = true }
      guard owner.elementsEqual("GNU\0".utf8) else { continue }
      let content = UnsafeRawBufferPointer(rebasing: raw[description..<description + length])
      switch header.n_type {
      case UInt32(NT_GNU_PROPERTY_TYPE_0) where identity.machine == .x86_64 || identity.machine == .i386:
        properties.append(
          try PropertyNotes.instructionSets(
            inProperties: content, alignment: identity.fileClass == .bits64 ? 8 : 4, segment, image.meter))
      case UInt32(NT_GNU_ABI_TAG) where kernel == nil && segment.mayHaveKernelNote:
        kernel = KernelNeed(content, identity.byteOrder)
      default: break
      }
    }
    return properties
  }
}

extension Segment {
  /// The segments in which glibc looked for the note of the kernel (`open_verify` in `elf/dl-load.c` of 2.35).
  fileprivate var mayHaveKernelNote: Bool {
    type == UInt32(PT_NOTE) && stated.fileSize >= 32 && (stated.alignment == 4 || stated.alignment == 8)
  }
}

extension KernelNeed {
  /// Nil for a note that is too short for it.
  fileprivate init?(_ bytes: UnsafeRawBufferPointer, _ order: ELFIdentity.ByteOrder) {
    guard bytes.count >= 16 else { return nil }
    let words = (0..<4).map { index in
      let word = bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
      return order == .big ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
    }
    self.init(system: words[0], version: Array(words[1...]))
  }
}

/// The x86 instruction sets that a file says it needs, in a GNU property note.
private enum PropertyNotes {
  static func instructionSets(
    inProperties bytes: UnsafeRawBufferPointer, alignment: Int, _ segment: Segment, _ meter: ReadingMeter
  ) throws(ImageFault) -> X86InstructionSets {
    var found: X86InstructionSets = []
    var (position, last) = (0, UInt32(0))
    while bytes.count - position >= 8 {
      try meter.look(.notes, at: segment.offset)
      let type = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self))
      let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position + 4, as: UInt32.self)))
      guard length <= bytes.count - position - 8 else {
        throw .malformed(ELFError(.notes, at: segment.offset, .invalid(field: "pr_datasz", value: UInt64(length))))
      }
      // They stand in the order of their types, and the loader stops at one that does not.
      guard type >= last else { break }
      last = type
      if type == isaNeeded, length == 4 {
        let value = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position + 8, as: UInt32.self))
        found = X86InstructionSets(rawValue: value)
      }
      position += 8 + (length + alignment - 1) / alignment * alignment
    }
    return found
  }

  /// GNU_PROPERTY_X86_ISA_1_NEEDED (x86-64 psABI, "Program Property").
  private static let isaNeeded: UInt32 = 0xc000_8002
}
