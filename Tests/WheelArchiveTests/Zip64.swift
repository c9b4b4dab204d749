/// An archive with one stored member in the form for large ones (APPNOTE.TXT 4.3.14, 4.3.15 and 4.5.3).
struct Zip64 {
  var name = "large.txt"
  var contents = Array("not large at all".utf8)
  var checksum: UInt32
  /// Put between the record and its locator, as the record's own "extensible data".
  var extensibleData: [UInt8] = []
  /// Where the locator says that the record is; nil for where it is.
  var locatedAt: UInt64?

  var bytes: [UInt8] {
    let extra = UInt64(contents.count)
    let local =
      record(0x0403_4b50, little(45 as UInt16), common, little(20 as UInt16)) + name.utf8 + little(1 as UInt16)
      + little(16 as UInt16) + little(extra) + little(extra) + contents
    let directory =
      record(0x0201_4b50, little(45 as UInt16), little(45 as UInt16), common, little(28 as UInt16))
      + [UInt8](repeating: 0, count: 10) + little(UInt32.max) + name.utf8 + little(1 as UInt16) + little(24 as UInt16)
      + little(extra) + little(extra) + little(0 as UInt64)
    let start = UInt64(local.count + directory.count)
    let end =
      record(0x0606_4b50, little(UInt64(44 + extensibleData.count)), little(45 as UInt16), little(45 as UInt16))
      + little(0 as UInt64) + little(1 as UInt64) + little(1 as UInt64) + little(UInt64(directory.count))
      + little(UInt64(local.count)) + extensibleData
    let locator = record(0x0706_4b50, little(0 as UInt32), little(locatedAt ?? start), little(1 as UInt32))
    let last =
      record(0x0605_4b50, little(0 as UInt32), little(UInt16.max), little(UInt16.max), little(UInt32.max))
      + little(UInt32.max) + little(0 as UInt16)
    return local + directory + end + locator + last
  }

  /// From the flags to the length of the name; both sizes stand in the extra field.
  private var common: [UInt8] {
    little(0 as UInt16) + little(0 as UInt16) + little(0 as UInt16) + little(0x21 as UInt16) + little(checksum)
      + little(UInt32.max) + little(UInt32.max) + little(UInt16(name.utf8.count))
  }

  private func record(_ signature: UInt32, _ fields: [UInt8]...) -> [UInt8] {
    little(signature) + fields.flatMap { $0 }
  }

  private func little(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
