import BuildProfiles
import WheelArchive
import WheelTags

extension PackageJudgement {
  /// The archive and its size (Warehouse, `_is_valid_dist_file` and `MAX_FILESIZE`, 2026).
  func addUpload(_ upload: UploadFacts, to found: inout FindingList) throws(UnreadableWheel.Cause) {
    for feature in upload.features {
      let more = feature.count > 1 ? " (and \(feature.count - 1) more)" : ""
      try add(
        .pypiArchive, .error, "PyPI refuses the archive: \(feature.kind.words)\(more)", object: feature.member,
        to: &found)
    }
    if upload.size > Self.largestFile {
      // Projects are given larger limits, up to a gigabyte.
      let isBeyondAll = upload.size > Self.largestLimit
      try add(
        .pypiLimit, isBeyondAll ? .error : .warning,
        "the file has \(upload.size) bytes, and PyPI takes \(Self.largestFile)"
          + (isBeyondAll
            ? ", or at most \(Self.largestLimit) of a project with a larger limit"
            : " unless the project has a larger limit"),
        to: &found)
    }
    let ratio = upload.inflatedSize / UInt64(max(upload.size, 1))
    if upload.inflatedSize > Self.smallestBomb, upload.inflatedSize > UInt64(upload.size) * Self.largestRatio {
      try add(
        .pypiLimit, .error,
        "it inflates to \(upload.inflatedSize) bytes, \(ratio) times its size, and PyPI takes \(Self.largestRatio)",
        to: &found)
    }
  }

  private static let (largestFile, largestLimit) = (100 << 20, 1 << 30)
  private static let (smallestBomb, largestRatio): (UInt64, UInt64) = (64 << 20, 50)

  /// The name of the file, its tags, and the name of the folder of metadata (Warehouse, `file_upload`, 2026).
  func addNames(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    let (name, version) = (filename.distribution, filename.version)
    let normal = ProjectName(name).inFileNames
    if name != normal {
      try add(
        .pypiName, .error, "PyPI wants the file name to begin with \(normal), the normalised name, not \(name)",
        to: &found)
    }
    if ProjectVersion(version)?.isLocal ?? false {
      try add(.pypiName, .error, "\(version) is a local version, which PyPI does not take", to: &found)
    }
    if let folder = package.info.folder, folder != "\(name)-\(version).dist-info" {
      try add(
        .pypiName, .error, "PyPI looks for the metadata in \(name)-\(version).dist-info, and it lies in \(folder)",
        to: &found)
    }
    let installers = try UnreadableWheel.Cause.tabled { () throws(TableError) in try facts.installers }
    for tag in filename.platformTags where !installers.isAccepted(tag) {
      try add(.pypiTag, .error, "PyPI does not accept \(tag)", tag: tag, to: &found)
    }
  }

  /// METADATA, and what else lies beside it (Warehouse, warehouse/forklift/metadata.py, 2026; packaging 26.2).
  func addMetadata(_ upload: UploadFacts, to found: inout FindingList) throws(UnreadableWheel.Cause) {
    if let metadata = package.metadata {
      let object = inFolder("METADATA")
      func refuse(_ what: String) throws(UnreadableWheel.Cause) {
        try add(.pypiMetadata, .error, "PyPI refuses METADATA: \(what)", object: object, to: &found)
      }
      let version = metadata.metadataVersion ?? ""
      if !Self.metadataVersions.contains(version) {
        try refuse(version.isEmpty ? "it states no Metadata-Version" : "it is of the unknown version \(version)")
      }
      if metadata.hasLicense, metadata.hasLicenseExpression {
        try refuse("License and License-Expression exclude each other")
      }
      // Before 2.4 the field was one of build backends' own, and uploads leave it out.
      if version == "2.4" || version == "2.5" {
        for path in metadata.licenseFiles.filter({ !Self.isPlain($0) }).prefix(RecordCheck.Names.limit) {
          try refuse("License-File '\(path)' is no path below the folder of licences")
        }
        for path in upload.missingLicences.filter(Self.isPlain).prefix(RecordCheck.Names.limit) {
          try add(
            .licenseFile, .error, "METADATA names the licence '\(path)', and the wheel has none at this path",
            object: inFolder("licenses/\(path)"), to: &found)
        }
      }
    }
    if let points = package.entryPoints {
      let object = inFolder("entry_points.txt")
      let oddNames = points.scripts.filter { !$0.unicodeScalars.allSatisfy(Self.isOfEntryPoint) }
      for name in oddNames.prefix(RecordCheck.Names.limit) {
        try add(
          .pypiMetadata, .error, "'\(name)' in entry_points.txt is no name of a script", object: object, to: &found)
      }
    }
  }

  private static let metadataVersions: Set<String> = ["1.0", "1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5"]

  private static func isPlain(_ path: String) -> Bool {
    !path.isEmpty && !path.hasPrefix("/") && !path.contains("\\") && !path.contains("*")
      && !path.split(separator: "/").contains("..")
  }

  private static func isOfEntryPoint(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || scalar == "-" || scalar == "_" || scalar.properties.isAlphabetic
      || scalar.properties.numericType != nil
  }

  /// Names that are lost on the way to a system.
  func addOtherSystems(_ upload: UploadFacts, to found: inout FindingList) throws(UnreadableWheel.Cause) {
    for name in upload.names.prefix(RecordCheck.Names.limit) {
      let words =
        switch name.problem {
        case .sameAs(let other): "some systems take it for the same file as '\(other)'"
        case .reserved: "Windows has given this name to a device"
        case .notOfWindows: "Windows has no file of this name"
        }
      try add(.mergedNames, .warning, words, object: name.member, to: &found)
    }
    let rest = upload.names.count - RecordCheck.Names.limit
    if rest > 0 { try add(.mergedNames, .warning, "\(rest) more names are like these", to: &found) }
  }
}

extension ArchiveFeature.Kind {
  /// What is the case, behind a colon.
  fileprivate var words: String {
    switch self {
    case .descriptor: "a member has its sizes behind its data (a data descriptor)"
    case .comment: "a member has a comment"
    case .otherEncoding: "a name is not said to be UTF-8"
    case .controlCharacter: "a name has a control character"
    case .compression(let method): "a member is compressed by method \(method), neither stored nor deflated"
    case .extraField: "the extra field of a member says something twice, or other sizes than the directory"
    case .tar: "the file is an archive of tar as well"
    }
  }
}
