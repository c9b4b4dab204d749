/// An optional that is written as `null`, where `Encodable` would leave its key out.
@propertyWrapper
struct Nullable<Value: Encodable>: Encodable {
  var wrappedValue: Value?

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue {
      try container.encode(wrappedValue)
    } else {
      try container.encodeNil()
    }
  }
}

extension KeyedEncodingContainer {
  /// What has no value is null; shorter than the way through a container for one value.
  mutating func encode(_ value: Nullable<String>, forKey key: Key) throws {
    if let text = value.wrappedValue { try encode(text, forKey: key) } else { try encodeNil(forKey: key) }
  }
}

/// The JSON text of a value: sorted keys, two spaces, a newline at the end.
func json(_ value: some Encodable) throws -> String { try json(value, isPretty: true) }

/// The JSON text of a value in one line: sorted keys, no spaces, a newline at the end.
func jsonLine(_ value: some Encodable) throws -> String { try json(value, isPretty: false) }

/// JSON lets some characters stand that a terminal obeys, U+009B for one, or that a runner does, `##[`; they are written
/// as `\uXXXX` (RFC 8259, section 7).
///
/// All of them have four digits, and stand in strings if anywhere.
private func json(_ value: some Encodable, isPretty: Bool) throws -> String {
  let text = String(decoding: try JSONWriter.bytes(of: value, isPretty: isPretty), as: UTF8.self) + "\n"
  func escaped(_ number: some BinaryInteger) -> String {
    let digits = String(number, radix: 16)
    return "\\u" + String(repeating: "0", count: max(4 - digits.count, 0)) + digits
  }
  return escapingCommands(in: escapingHarm(in: text, except: "\n") { escaped($0) }) { escaped($0) }
}
