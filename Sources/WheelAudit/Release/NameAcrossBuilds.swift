/// The name of an object or a library without what differs from build to build of a package.
///
/// That is the hash which repair tools put into a library's name, the version in the name of the wheel's data folder, and
/// the part of an extension's name that says for which interpreter it is.
public func nameAcrossBuilds(_ name: String) -> String {
  // By bytes and without regular expressions, which took a seventh of a run over four builds of scipy.
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
  guard kept[start...].hasSuffix(".data") else { return }
  let end = kept.count - ".data".utf8.count
  if let version = kept[start..<end].lastIndex(of: dash) { kept.removeSubrange(version..<end) }
}

/// Makes `.so` of `.INTERPRETER….so`, at the end of the file name that follows a place.
private func removeInterpreter(from kept: inout [UInt8], after start: Int) {
  guard kept[start...].hasSuffix(".so") else { return }
  let end = kept.count - ".so".utf8.count
  guard let part = kept[start..<end].lastIndex(of: dot) else { return }
  let word = kept[(part + 1)..<end]
  if interpreters.contains(where: { word.starts(with: $0.utf8) }) { kept.removeSubrange(part..<end) }
}

private let interpreters = ["cpython", "pypy", "graalpy", "abi", "cp"]
