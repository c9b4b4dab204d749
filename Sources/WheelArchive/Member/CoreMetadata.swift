/// What the METADATA file in `.dist-info` says of the project (core metadata specifications), as far as that must agree
/// with the wheel.
public struct CoreMetadata: Hashable, Sendable {
  /// `Metadata-Version`; nil where it is not stated.
  public var metadataVersion: String?
  public var name: String?
  public var version: String?
  /// The `License-File` fields: paths below `.dist-info/licenses` (PEP 639).
  public var licenseFiles: [String] = []
  public var hasLicense = false
  public var hasLicenseExpression = false

  public init() {}

  public init(_ text: String) {
    self.init(Array(text.utf8))
  }

  /// Reads the fields; of one that may come once the first counts, as for installers.
  init(_ text: [UInt8]) {
    for (field, value) in HeaderFields(text) {
      switch field {
      case "metadata-version": metadataVersion = metadataVersion ?? value
      case "name": name = name ?? value
      case "version": version = version ?? value
      case "license-file": licenseFiles.append(value)
      case "license": hasLicense = hasLicense || !value.isEmpty
      case "license-expression": hasLicenseExpression = hasLicenseExpression || !value.isEmpty
      default: break
      }
    }
  }
}
