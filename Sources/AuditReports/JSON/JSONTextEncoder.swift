/// What a value is asked to write itself to, at its place in a text of JSON.
struct JSONTextEncoder: Encoder {
  let writer: JSONWriter
  /// That of the object or the array that the value is, if it is one.
  let level: Int

  /// Empty, since nothing here fails and would have to say where.
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    writer.open(isObject: true, at: level)
    return KeyedEncodingContainer(JSONObjectContainer(writer: writer, level: level))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    writer.open(isObject: false, at: level)
    return JSONArrayContainer(writer: writer, level: level)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { JSONValueContainer(writer: writer) }
}

/// An object of JSON that is being written.
struct JSONObjectContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let writer: JSONWriter
  let level: Int

  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) {
    writer.beginMember(key.stringValue, at: level)
    writer.write("null")
  }

  func encode(_ value: String, forKey key: Key) {
    writer.beginMember(key.stringValue, at: level)
    writer.write(string: value)
  }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    writer.beginMember(key.stringValue, at: level)
    try writer.encode(value)
  }

  func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type, forKey key: Key) -> KeyedEncodingContainer<Inner> {
    superEncoder(forKey: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    superEncoder(forKey: key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder {
    writer.beginMember("super", at: level)
    return JSONTextEncoder(writer: writer, level: level + 1)
  }

  func superEncoder(forKey key: Key) -> any Encoder {
    writer.beginMember(key.stringValue, at: level)
    return JSONTextEncoder(writer: writer, level: level + 1)
  }
}

/// An array of JSON that is being written.
struct JSONArrayContainer: UnkeyedEncodingContainer {
  let writer: JSONWriter
  let level: Int

  var codingPath: [any CodingKey] { [] }
  var count: Int { writer.count(at: level) }

  func encodeNil() {
    writer.beginElement(at: level)
    writer.write("null")
  }

  func encode(_ value: some Encodable) throws {
    writer.beginElement(at: level)
    try writer.encode(value)
  }

  func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) -> KeyedEncodingContainer<Inner> {
    superEncoder().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }

  func superEncoder() -> any Encoder {
    writer.beginElement(at: level)
    return JSONTextEncoder(writer: writer, level: level + 1)
  }
}

/// A place of JSON where one value is written.
struct JSONValueContainer: SingleValueEncodingContainer {
  let writer: JSONWriter

  var codingPath: [any CodingKey] { [] }

  func encodeNil() { writer.write("null") }
  func encode(_ value: Bool) { writer.write(value ? "true" : "false") }
  func encode(_ value: String) { writer.write(string: value) }
  func encode(_ value: some FixedWidthInteger & Encodable) { writer.write(digits: value.description) }
  func encode(_ value: some Encodable) throws { try writer.encode(value) }

  func encode(_ value: Float) throws { try encode(Double(value)) }

  /// JSON has no word for what is no number.
  func encode(_ value: Double) throws {
    guard value.isFinite else {
      throw EncodingError.invalidValue(
        value, EncodingError.Context(codingPath: [], debugDescription: "JSON has no number for \(value)."))
    }
    let digits = value.description
    writer.write(digits: digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits)
  }
}
