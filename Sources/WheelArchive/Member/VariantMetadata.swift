/// What `variant.json` in `.dist-info` says of the variant that a wheel is (PEP 825, a draft, "Variant metadata").
public struct VariantMetadata: Hashable, Sendable {
  /// What a system must have for the wheel, by feature; of a feature with several values one is enough.
  public let features: [Feature]

  /// A feature with its values: `x86_64 :: level`, of which one is `v3`.
  public struct Feature: Hashable, Sendable {
    public let namespace: String
    public let name: String
    public let values: [String]
  }

  /// Why nothing can be taken from the file, in a clause.
  public enum Problem: Error, Hashable, Sendable {
    case noJSON(String)
    /// The version of the format is not known; nil where none is stated.
    case unknownFormat(String?)
    case noLabel
    /// The label `null` is for the variant without properties.
    case notNull
    /// Something in it is not as the draft says.
    case wrong(String)
  }

  /// Reads what the file says of a label.
  public init(_ bytes: [UInt8], label: String) throws(Problem) {
    let json: JSONText
    do throws(JSONText.Problem) {
      json = try JSONText(bytes)
    } catch {
      throw .noJSON(error.description)
    }
    guard let file = json.members else { throw .wrong("it is no object") }
    try Self.requireFormat(file["$schema"]?.text)
    guard let variants = file["variants"]?.members else { throw .wrong("it has no object 'variants'") }
    guard let variant = variants[label] else { throw .noLabel }
    let named = file["default-priorities"]?.members?["namespace"]?.texts
    guard let named else { throw .wrong("it has no list 'default-priorities.namespace'") }
    features = try Self.features(variant, namespaces: Set(named))
    if label == Self.nullLabel, !features.isEmpty { throw .notNull }
  }

  /// Of the variant without properties, which fits every system ("Variant label").
  private static let nullLabel = "null"

  /// Requires that the file is of a draft, 0, or of what the last one is to become, 1.0 ("Variant metadata").
  ///
  /// The version stands at the end of the schema's address: `https://…/v0.1.0.json`.
  private static func requireFormat(_ schema: String?) throws(Problem) {
    guard let file = schema?.split(separator: "/").last, file.first == "v", file.hasSuffix(".json") else {
      throw .unknownFormat(nil)
    }
    let version = file.dropFirst().dropLast(".json".count)
    let parts = version.split(separator: ".", omittingEmptySubsequences: false)
    let areNumbers = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    guard parts.count == 3, areNumbers else { throw .unknownFormat(nil) }
    guard parts[0] == "0" || parts.prefix(2) == ["1", "0"] else { throw .unknownFormat(String(version)) }
  }

  /// Properties of a variant, and bytes in one of their parts: a small file could have them written out to gigabytes.
  private static let (most, longest) = (1000, 100)

  private static func features(_ variant: JSONText, namespaces: Set<String>) throws(Problem) -> [Feature] {
    guard let variant = variant.members else { throw .wrong("its variant is no object") }
    var (features, count): ([Feature], Int) = ([], 0)
    for (namespace, names) in variant.sorted(by: { $0.key < $1.key }) {
      guard isName(namespace), namespaces.contains(namespace) else {
        throw .wrong("'\(namespace.prefix(50))' is no namespace that its 'default-priorities' name")
      }
      guard let names = names.members else { throw .wrong("its namespace '\(namespace)' is no object") }
      for (name, values) in names.sorted(by: { $0.key < $1.key }) {
        guard isName(name) else { throw .wrong("'\(name.prefix(50))' is no feature") }
        guard let values = values.texts, values.allSatisfy({ isName($0, orHas: UInt8(ascii: ".")) }) else {
          throw .wrong("what '\(namespace) :: \(name)' has is no list of values")
        }
        count += values.count
        guard count <= most else { throw .wrong("its variant has more than \(most) properties") }
        // A feature without a value asks for nothing.
        if !values.isEmpty { features.append(Feature(namespace: namespace, name: name, values: Set(values).sorted())) }
      }
    }
    return features
  }

  /// `^[a-z0-9_]+$`, and `^[a-z0-9_.]+$` of values ("Variant properties").
  private static func isName(_ text: String, orHas other: UInt8 = UInt8(ascii: "_")) -> Bool {
    (1...longest).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte) || byte == UInt8(ascii: "_") || byte == other
      }
  }
}

extension VariantMetadata.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noJSON(let words): "variant.json is no JSON that every reader takes for the same: \(words)"
    case .unknownFormat(let version):
      version.map { "variant.json is of format \($0), which is not known" }
        ?? "variant.json does not say of which format it is ($schema)"
    case .noLabel: "variant.json does not have that variant"
    case .notNull: "variant.json gives properties to it, though it is the one without"
    case .wrong(let words): "variant.json is not as the draft says: \(words)"
    }
  }
}
