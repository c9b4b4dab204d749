/// An object of JSON that is being written.
struct JSONObjectContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: JSONTextEncoder
  let level: Int

  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) {
    encoder.beginMember(key.stringValue, at: level)
    encoder.write("null")
  }

  func encode(_ value: String, forKey key: Key) {
    encoder.beginMember(key.stringValue, at: level)
    encoder.write(string: value)
  }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    encoder.beginMember(key.stringValue, at: level)
    try encoder.encode(value)
  }

  func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type, forKey key: Key) -> KeyedEncodingContainer<Inner> {
    superEncoder(forKey: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    superEncoder(forKey: key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder {
    encoder.beginMember("super", at: level)
    return encoder
  }

  func superEncoder(forKey key: Key) -> any Encoder {
    encoder.beginMember(key.stringValue, at: level)
    return encoder
  }
}

/// An array of JSON that is being written.
struct JSONArrayContainer: UnkeyedEncodingContainer {
  let encoder: JSONTextEncoder
  let level: Int

  var codingPath: [any CodingKey] { [] }
  var count: Int { encoder.count(at: level) }

  func encodeNil() {
    encoder.beginElement(at: level)
    encoder.write("null")
  }

  func encode(_ value: some Encodable) throws {
    encoder.beginElement(at: level)
    try encoder.encode(value)
  }

  func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) -> KeyedEncodingContainer<Inner> {
    superEncoder().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }

  func superEncoder() -> any Encoder {
    encoder.beginElement(at: level)
    return encoder
  }
}

/// A place of JSON where one value is written.
struct JSONValueContainer: SingleValueEncodingContainer {
  let encoder: JSONTextEncoder

  var codingPath: [any CodingKey] { [] }

  func encodeNil() { encoder.write("null") }
  func encode(_ value: Bool) { encoder.write(value ? "true" : "false") }
  func encode(_ value: String) { encoder.write(string: value) }
  func encode(_ value: some FixedWidthInteger & Encodable) { encoder.write(digits: value.description) }
  func encode(_ value: some Encodable) throws { try encoder.encode(value) }

  func encode(_ value: Float) throws { try encode(Double(value)) }

  /// JSON has no word for what is no number.
  func encode(_ value: Double) throws {
    guard value.isFinite else {
      throw EncodingError.invalidValue(
        value, EncodingError.Context(codingPath: [], debugDescription: "JSON has no number for \(value)."))
    }
    let digits = value.description
    encoder.write(digits: digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits)
  }
}
