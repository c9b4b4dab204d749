/// What a value is asked to write itself to, at its place in a text of JSON.
struct JSONTextEncoder: Encoder {
  let text: JSONText
  /// That of the object or the array that the value is, if it is one.
  let level: Int

  /// Empty, since nothing here fails and would have to say where.
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    text.open(isObject: true, at: level)
    return KeyedEncodingContainer(JSONObjectContainer(text: text, level: level))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    text.open(isObject: false, at: level)
    return JSONArrayContainer(text: text, level: level)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { JSONValueContainer(text: text) }
}

/// An object of JSON that is being written.
struct JSONObjectContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let text: JSONText
  let level: Int

  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) {
    text.beginMember(key.stringValue, at: level)
    text.write("null")
  }

  func encode(_ value: String, forKey key: Key) {
    text.beginMember(key.stringValue, at: level)
    text.write(string: value)
  }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    text.beginMember(key.stringValue, at: level)
    try text.encode(value)
  }

  func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type, forKey key: Key) -> KeyedEncodingContainer<Inner> {
    superEncoder(forKey: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    superEncoder(forKey: key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder {
    text.beginMember("super", at: level)
    return JSONTextEncoder(text: text, level: level + 1)
  }

  func superEncoder(forKey key: Key) -> any Encoder {
    text.beginMember(key.stringValue, at: level)
    return JSONTextEncoder(text: text, level: level + 1)
  }
}

/// An array of JSON that is being written.
struct JSONArrayContainer: UnkeyedEncodingContainer {
  let text: JSONText
  let level: Int

  var codingPath: [any CodingKey] { [] }
  var count: Int { text.count(at: level) }

  func encodeNil() {
    text.beginElement(at: level)
    text.write("null")
  }

  func encode(_ value: some Encodable) throws {
    text.beginElement(at: level)
    try text.encode(value)
  }

  func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) -> KeyedEncodingContainer<Inner> {
    superEncoder().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }

  func superEncoder() -> any Encoder {
    text.beginElement(at: level)
    return JSONTextEncoder(text: text, level: level + 1)
  }
}

/// A place of JSON where one value is written.
struct JSONValueContainer: SingleValueEncodingContainer {
  let text: JSONText

  var codingPath: [any CodingKey] { [] }

  func encodeNil() { text.write("null") }
  func encode(_ value: Bool) { text.write(value ? "true" : "false") }
  func encode(_ value: String) { text.write(string: value) }
  func encode(_ value: some FixedWidthInteger & Encodable) { text.write(digits: value.description) }
  func encode(_ value: some Encodable) throws { try text.encode(value) }

  func encode(_ value: Float) throws { try encode(Double(value)) }

  /// JSON has no word for what is no number.
  func encode(_ value: Double) throws {
    guard value.isFinite else {
      throw EncodingError.invalidValue(
        value, EncodingError.Context(codingPath: [], debugDescription: "JSON has no number for \(value)."))
    }
    let digits = value.description
    text.write(digits: digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits)
  }
}
