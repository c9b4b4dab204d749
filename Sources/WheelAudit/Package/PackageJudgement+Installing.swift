import WheelArchive
import WheelTags

extension PackageJudgement {
  /// What installers refuse a wheel for (tried with pip 26.3, uv 0.13.9 and installer 1.1.0).
  func addInstallability(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    for message in fileNameFaults + folderFaults + formatFaults + projectFaults + scriptFaults {
      try add(.notInstallable, .error, message, to: &found)
    }
  }

  /// What pip and uv read in the name of the file (packaging, `parse_wheel_filename`).
  private var fileNameFaults: [String] {
    var faults: [String] = []
    let name = filename.distribution
    if name.contains("__") || !name.unicodeScalars.allSatisfy(Self.isOfNames) {
      faults.append(
        "the project's name in the file name, '\(name)', is none: letters, digits, dots and single underscores")
    }
    if ProjectVersion(filename.version) == nil {
      faults.append("the version in the file name, '\(filename.version)', is none (PEP 440)")
    }
    return faults
  }

  private static func isOfNames(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  private var folderFaults: [String] {
    let info = package.info
    guard let folder = info.folder else { return ["the wheel has no .dist-info folder"] }
    var faults: [String] = []
    if info.folders.count > 1 {
      let more = info.folders.count > 3 ? " and \(info.folders.count - 3) more" : ""
      faults.append(
        "the wheel has more than one .dist-info folder: \(info.folders.prefix(3).joined(separator: ", "))\(more)")
    }
    if !info.isOfProject {
      faults.append("the folder \(folder) does not begin with the name of the project, \(filename.distribution)")
    }
    return faults + ["METADATA", "WHEEL"].filter { info.file($0) == nil }.map { "\(folder) has no \($0)" }
  }

  /// The version of the format: another first number than 1 is another format (PEP 427, "File contents").
  private var formatFaults: [String] {
    guard package.info.file("WHEEL") != nil, let wheel = package.wheel else { return [] }
    guard let version = wheel.wheelVersion else { return ["WHEEL does not state Wheel-Version"] }
    let numbers = version.split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
      return ["WHEEL states Wheel-Version: \(version), which is no number"]
    }
    return Int(numbers[0]) == 1 ? [] : ["WHEEL states Wheel-Version: \(version), and installers know version 1 only"]
  }

  /// METADATA must be that of the project and the version that the file is called after.
  private var projectFaults: [String] {
    guard let metadata = package.metadata else { return [] }
    var faults: [String] = []
    if let name = metadata.name, !name.isEmpty {
      if ProjectName(name) != ProjectName(filename.distribution) {
        faults.append("METADATA is that of \(name), and the file is called after \(filename.distribution)")
      }
    } else {
      faults.append("METADATA states no Name")
    }
    guard let version = metadata.version, !version.isEmpty else { return faults + ["METADATA states no Version"] }
    if let stated = ProjectVersion(version) {
      if let own = ProjectVersion(filename.version), own != stated {
        faults.append("METADATA is that of version \(version), and the file is called after \(filename.version)")
      }
    } else {
      faults.append("the version in METADATA, '\(version)', is none (PEP 440)")
    }
    return faults
  }

  /// A script of a name with a path is made outside of the folder of scripts.
  private var scriptFaults: [String] {
    guard let points = package.entryPoints else { return [] }
    let line =
      points.faultyLine.map { ["line \($0) of entry_points.txt is neither a section nor an entry point"] } ?? []
    return line
      + points.scripts.filter { $0.contains("/") }.prefix(10).map {
        "entry_points.txt names a script with a path, '\($0)'"
      }
  }

  /// RECORD: that it is there, can be read, and lists what is in the wheel.
  func addRecord(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    guard let folder = package.info.folder else { return }
    guard let record = package.record else {
      return try add(.recordMissing, .error, "\(folder) has no RECORD, and no installer takes the wheel", to: &found)
    }
    switch record.fault {
    case .fieldCount(let count, let line):
      let fields = count == 0 ? "is empty" : "has \(count) field\(count == 1 ? "" : "s")"
      try add(
        .recordMissing, .error, "line \(line) of RECORD \(fields), and installers want three",
        object: inFolder("RECORD"),
        to: &found)
    case .notUTF8:
      try add(.recordMissing, .error, "RECORD is not UTF-8", object: inFolder("RECORD"), to: &found)
    case nil: break
    }
    try add(
      .recordMismatch, .warning, record.absent, "RECORD lists a file that is not in the wheel",
      more: "RECORD lists files that are not in the wheel:", to: &found)
    try add(
      .recordMismatch, .warning, record.unlisted, "RECORD does not list the file",
      more: "RECORD does not list files of the wheel:", to: &found)
  }

  /// Whether files are what RECORD says (PEP 376, "RECORD").
  func addRecordContents(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    guard options.asks(for: .recordHash), let record = package.record else { return }
    for name in misrecorded {
      try add(.recordHash, .error, "the file is not the one that RECORD has the digest of", object: name, to: &found)
    }
    try add(
      .recordHash, .error, record.missized, "the file has another size than RECORD says",
      more: "files of another size than RECORD says:", to: &found)
    try add(
      .recordHash, .warning, record.undigested, "RECORD has no digest of the file by SHA-256 or better",
      more: "files of which RECORD has no digest by SHA-256 or better:", to: &found)
  }
}
