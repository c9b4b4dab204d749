import CDemangle
import Glibc

/// True for what looks like the name of a C++ symbol (Itanium C++ ABI, 5.1.2 "General Structure").
func isMangled(_ symbol: String) -> Bool { symbol.utf8.starts(with: "_Z".utf8) }

/// The readable form of a C++ name, by the C++ runtime; nil where it is none, or where to make it could take long.
///
/// Names come from files, so what they may ask for is bounded before they get to the runtime, which never stops halfway.
func demangled(_ symbol: String) -> String? {
  guard isMangled(symbol), isBounded(symbol.utf8), let text = __cxa_demangle(symbol, nil, nil, nil) else { return nil }
  defer { free(text) }
  return String(cString: text)
}

/// True for a name that is short, and cannot grow to more than some thousand characters.
///
/// Substitutions and template parameters (5.1.10, 5.1.5.9) repeat what the name says elsewhere, at worst all that came
/// before. The readable form thus doubles with each, and so does every way through it, even one that writes nothing. Of
/// the 5,864 names that libstdc++ 12 exports the longest has 161 characters, the one with the most such places seven, and
/// three are refused here, for the letters "sr" in a word.
///
/// By these letters an expression names a member of a type (5.1.6). The runtime of GCC 12 reads such a name a second time
/// where it cannot make sense of it, and for some, `_Z1fDTsrU_`, without an end.
///
/// Names of symbols are ASCII for all that compilers make of ASCII sources; in others nothing is to be read differently
/// by the runtime than by a report.
private func isBounded(_ name: String.UTF8View) -> Bool {
  let (length, references, size) = (256, 8, 8192)
  guard name.count <= length, name.allSatisfy({ (0x21...0x7e).contains($0) }) else { return false }
  guard name.firstRange(of: "sr".utf8) == nil else { return false }
  var count = 0
  var grown = 0
  for (byte, next) in zip(name, name.dropFirst()) {
    guard isReference(byte, next) else {
      grown += 1
      continue
    }
    count += 1
    grown *= 2
    guard count <= references, grown <= size else { return false }
  }
  return true
}

/// True where a back reference begins, or a name has the same two characters: `S_`, `S1A_`, `T_`, `T0_`, `TL0__`.
private func isReference(_ byte: UInt8, _ next: UInt8) -> Bool {
  let isNumberOrEnd = next == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next)
  switch byte {
  case UInt8(ascii: "S"): return isNumberOrEnd || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(next)
  case UInt8(ascii: "T"): return isNumberOrEnd || next == UInt8(ascii: "L")
  default: return false
  }
}
