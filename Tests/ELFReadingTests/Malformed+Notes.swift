import ELFReading
import TestSupport

extension Malformed {
  /// PT_GNU_PROPERTY: one note of a header of three words, the name "GNU\0" and one property (Linux gABI extensions,
  /// "Program Property").
  static let notes: [Malformed] = [
    Malformed("notes outside the file", .notes, at: { $0.highestAddress }, { .outOfBounds(length: try $0.notesLength) })
    { $0[try $0.segment(.property), .offset] = $0.highestAddress },
    Malformed(
      "notes of enormous size", .notes, at: { try $0.notes }, { .invalid(field: "p_filesz", value: $0.highestAddress) }
    ) {
      $0[try $0.segment(.property), .fileSize] = $0.highestAddress
    },
    Malformed(
      "notes that end after the file", .notes, at: { try $0.notes }, { _ in .outOfBounds(length: 1 << 20) }
    ) { $0[try $0.segment(.property), .fileSize] = 1 << 20 },
    Malformed(
      "pr_datasz is enormous", .notes, at: { try $0.notes },
      { _ in .invalid(field: "pr_datasz", value: 0xffff_ffff) }
    ) { $0.set(at: Int(try $0.notes) + 20, width: 4, to: .max) },
    Malformed(harmless: "p_align of the notes is the highest value") {
      $0[try $0.segment(.property), .alignment] = $0.highestAddress
    },
    Malformed(
      "PT_NOTE outside the file", .notes, at: { $0.highestAddress }, { .outOfBounds(length: try $0.notesLength) }
    ) {
      $0[try $0.segment(.note), .offset] = $0.highestAddress
    },
    Malformed(harmless: "PT_GNU_PROPERTY is empty, and PT_NOTE has the note") {
      $0[try $0.segment(.property), .fileSize] = 0
    },
    Malformed(harmless: "PT_NOTE is empty, and PT_GNU_PROPERTY has the note") {
      $0[try $0.segment(.note), .fileSize] = 0
    },
  ]
}

extension ELFPatch {
  /// The offset in the file of PT_GNU_PROPERTY.
  var notes: UInt64 {
    get throws { self[try segment(.property), .offset] }
  }

  var notesLength: UInt64 {
    get throws { self[try segment(.property), .fileSize] }
  }
}
