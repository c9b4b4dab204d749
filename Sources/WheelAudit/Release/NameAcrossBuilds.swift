/// The name of an object or a library without what differs from build to build of a package.
///
/// That is the hash which repair tools put into a library's name, the version in the name of the wheel's data folder, and
/// the part of an extension's name that says for which interpreter it is.
public func nameAcrossBuilds(_ name: String) -> String {
  // By bytes and without regular expressions, which took as long as to inflate a tenth of a release.
  var name = name
  let changed = name.withUTF8 { bytes in
    let components = bytes.split(separator: slash, omittingEmptySubsequences: false)
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    for (index, component) in components.enumerated() {
      let start = kept.count
      appendWithoutHashes(component, to: &kept)
      if index < components.count - 1 {
        removeVersionOfData(from: &kept, after: start)
        kept.append(slash)
      } else {
        removeInterpreter(from: &kept, after: start)
      }
    }
    return kept.count < bytes.count ? String(decoding: kept, as: UTF8.self) : nil
  }
  return changed ?? name
}

private let slash = UInt8(ascii: "/")
private let dash = UInt8(ascii: "-")
private let dot = UInt8(ascii: ".")

/// Leaves out `-0a1b2c3d`, eight digits or more, before a dot or a dash.
private func appendWithoutHashes(_ component: Slice<UnsafeBufferPointer<UInt8>>, to kept: inout [UInt8]) {
  var rest = component[...]
  while let start = rest.firstIndex(of: dash) {
    let digits = rest[(start + 1)...].prefix(while: isHexDigit)
    let end = digits.endIndex
    kept += rest[..<start]
    if digits.count < 8 || end == rest.endIndex || (rest[end] != dot && rest[end] != dash) { kept += rest[start..<end] }
    rest = rest[end...]
  }
  kept += rest
}

private func isHexDigit(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
}

/// Makes `.data` of `NAME-VERSION.data`, the folder that follows a place.
private func removeVersionOfData(from kept: inout [UInt8], after start: Int) {
  let end = kept.count - data.count
  guard end >= start, kept[end...].elementsEqual(data) else { return }
  if let version = kept[start..<end].lastIndex(of: dash) { kept.removeSubrange(version..<end) }
}

private let data = Array(".data".utf8)

/// Makes `.so` of `.INTERPRETER….so`, at the end of the file name that follows a place.
private func removeInterpreter(from kept: inout [UInt8], after start: Int) {
  let end = kept.count - library.count
  guard end >= start, kept[end...].elementsEqual(library) else { return }
  guard let part = kept[start..<end].lastIndex(of: dot) else { return }
  if interpreters.contains(where: { kept[(part + 1)..<end].starts(with: $0) }) { kept.removeSubrange(part..<end) }
}

private let library = Array(".so".utf8)
private let interpreters = ["cpython", "pypy", "graalpy", "abi", "cp"].map { Array($0.utf8) }
