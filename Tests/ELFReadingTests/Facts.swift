import ELFReading
import TestSupport
import Testing

/// The facts of an ELF file that two readers can be compared by.
struct Facts: Equatable {
  var soname: String?
  var needed: [String] = []
  var rpath: String?
  var runpath: String?
  var interpreter: String?
  var hasExecutableStack = false
  var hasRelativeRelocations = false
  /// `libc.so.6 GLIBC_2.34 weak` → the symbols that carry the version, sorted.
  var versionNeeds: [String: [String]] = [:]
  var versionDefinitions: [String] = []
  /// The undefined symbols, the weak ones marked, sorted.
  var undefined: [String] = []
  var defined: [String] = []
}

extension Facts {
  init(_ object: ELFObject) {
    soname = object.soname
    needed = object.needed
    rpath = object.rpath
    runpath = object.runpath
    interpreter = object.interpreter
    hasExecutableStack = object.hasExecutableStack
    hasRelativeRelocations = object.hasRelativeRelocations
    for need in object.versionNeeds {
      versionNeeds["\(need.library) \(need.version)\(need.isWeak ? " weak" : "")"] = need.symbols.sorted()
    }
    versionDefinitions = object.versionDefinitions.sorted()
    undefined = object.undefinedSymbols.map { $0.name + ($0.isWeak ? " weak" : "") }.sorted()
    defined = object.definedSymbols.sorted()
  }
}

extension Facts {
  /// What `readelf` of binutils prints of a file.
  init(readelf path: String) throws {
    let run = try Program.run(
      "/usr/bin/readelf", ["-W", "-l", "-d", "-V", "--dyn-syms", path], environment: ["LC_ALL": "C"])
    try #require(run.status == 0, "readelf of the package binutils is needed: \(run.errors)")
    var section = ""
    var (library, names): (String, [UInt64: String]) = ("", [:])
    var (indexOfSymbol, needOfIndex): ([Int: UInt64], [UInt64: String]) = ([:], [:])
    for line in run.output.split(separator: "\n").map(String.init) {
      if let heading = line.firstMatch(of: /^(Symbol table|Version \w+ section|Dynamic section|Program Headers)/) {
        section = String(heading.1)
      } else if section == "Program Headers" {
        if let match = line.firstMatch(of: /Requesting program interpreter: (.*)\]/) { interpreter = String(match.1) }
        if let match = line.firstMatch(of: /^ +GNU_STACK .* ([R ][W ][E ]) 0x?/) {
          hasExecutableStack = match.1.contains("E")
        }
      } else if section == "Dynamic section" {
        takeTag(line)
      } else if section == "Symbol table",
        let match = line.firstMatch(of: /^ *(\d+): \S+ +\S+ \S+ +(\S+) +\S+ .*?(\S+) ([^\s@]+)(@\S+)?( \(\d+\))?$/)
      {
        names[UInt64(match.1) ?? 0] = String(match.4)
        if match.3 == "UND" {
          undefined.append(String(match.4) + (match.2 == "WEAK" ? " weak" : ""))
        } else {
          defined.append(String(match.4))
        }
      } else if section == "Version symbols section", let row = line.firstMatch(of: /^ +([0-9a-f]+):/) {
        let first = Int(row.1, radix: 16) ?? 0
        for (position, entry) in line[row.range.upperBound...].matches(of: /([0-9a-f]+)h? *\([^)]*\)/).enumerated() {
          indexOfSymbol[first + position] = UInt64(entry.1, radix: 16)
        }
      } else if section == "Version needs section" {
        if let match = line.firstMatch(of: /File: (\S+) +Cnt:/) { library = String(match.1) }
        if let match = line.firstMatch(of: /Name: (\S+) +Flags: (.*?) +Version: (\d+)/) {
          let need = "\(library) \(match.1)\(match.2.contains("WEAK") ? " weak" : "")"
          versionNeeds[need] = []
          needOfIndex[UInt64(match.3) ?? 0] = need
        }
      } else if section == "Version definition section",
        let match = line.firstMatch(of: /Flags: (.*?) +Index: .* Name: (\S+)/), !match.1.contains("BASE")
      {
        versionDefinitions.append(String(match.2))
      }
    }
    for (symbol, name) in names {
      if let need = indexOfSymbol[Int(symbol)].flatMap({ needOfIndex[$0] }) {
        versionNeeds[need, default: []].append(name)
      }
    }
    for need in versionNeeds.keys { versionNeeds[need]?.sort() }
    versionDefinitions.sort()
    undefined.sort()
    defined.sort()
  }

  private mutating func takeTag(_ line: String) {
    guard let match = line.firstMatch(of: /\(([A-Z_0-9]+)\) +(?:.*\[(.*)\])?/) else { return }
    let value = match.2.map(String.init)
    switch match.1 {
    case "NEEDED": needed.append(value ?? "")
    case "SONAME": soname = value
    case "RPATH": rpath = value
    case "RUNPATH": runpath = value
    case "RELR": hasRelativeRelocations = true
    default: break
    }
  }
}
