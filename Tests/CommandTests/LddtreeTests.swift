import Foundation
import TestSupport
import Testing

/// What scripts that read the output of `auditwheel lddtree` find.
@Suite struct LddtreeTests {
  private func printed(_ arguments: [String]) throws -> Any {
    let result = try Command.run(["lddtree"] + arguments)
    #expect(result.status == 0 && result.errors == "")
    return try JSONSerialization.jsonObject(with: Data(result.output.utf8))
  }

  private func object(_ name: String, _ architecture: String = "x86_64") -> String {
    Fixture.folder.appending(path: "objects/\(architecture)/\(name)").path
  }

  /// What auditwheel 6.8.2 logs of the program, but for what it finds on its machine.
  @Test func `one ELF file has the keys of auditwheel`() throws {
    let path = object("tool")
    let platform: NSDictionary = [
      "_elf_osabi": "ELFOSABI_SYSV", "_elf_class": 64, "_elf_little_endian": true, "_elf_machine": "EM_X86_64",
      "_base_arch": "<Architecture.x86_64: 'x86_64'>", "_ext_arch": NSNull(), "_error_msg": NSNull(),
    ]
    let expected: NSDictionary = [
      "interpreter": "/lib64/ld-linux-x86-64.so.2", "libc": "<Libc.GLIBC: 'glibc'>", "path": path, "realpath": path,
      "platform": platform, "needed": ["libc.so.6"], "rpath": [String](), "runpath": [String](),
      "libraries": [
        "ld-linux-x86-64.so.2": [
          "soname": "ld-linux-x86-64.so.2", "path": NSNull(), "realpath": NSNull(), "platform": platform,
          "needed": [String](),
        ] as NSDictionary,
        "libc.so.6": [
          "soname": "libc.so.6", "path": NSNull(), "realpath": NSNull(), "platform": NSNull(), "needed": [String](),
        ] as NSDictionary,
      ] as NSDictionary,
    ]
    #expect(try printed([path]) as? NSDictionary == expected)
  }

  private static let platforms: [(architecture: String, machine: String, bits: Int, isLittle: Bool)] = [
    ("aarch64", "EM_AARCH64", 64, true), ("armv7l", "EM_ARM", 32, true), ("i686", "EM_386", 32, true),
    ("loongarch64", "EM_LOONGARCH", 64, true), ("ppc64", "EM_PPC64", 64, false), ("ppc64le", "EM_PPC64", 64, true),
    ("riscv64", "EM_RISCV", 64, true), ("s390x", "EM_S390", 64, false), ("x86_64", "EM_X86_64", 64, true),
  ]

  @Test(arguments: platforms) func `every machine is called as pyelftools does`(
    architecture: String, machine: String, bits: Int, isLittle: Bool
  ) throws {
    let entry = try #require(try printed([object("baseline.abi3.so", architecture)]) as? [String: Any])
    let platform = try #require(entry["platform"] as? [String: Any])
    #expect(platform["_elf_machine"] as? String == machine)
    #expect(platform["_base_arch"] as? String == "<Architecture.\(architecture): '\(architecture)'>")
    #expect(platform["_elf_class"] as? Int == bits && platform["_elf_little_endian"] as? Bool == isLittle)
  }

  @Test func `a wheel is an array of its objects, with what it brings along`() throws {
    let wheel = try Fixture.wheel("overclaim")
    let entries = try #require(try printed([wheel]) as? [[String: Any]])
    let paths = ["overclaim.libs/libfoo-0a1b2c3d.so.1", "overclaim/_speedups.abi3.so"]
    #expect(entries.compactMap { $0["path"] as? String } == paths)
    #expect(entries.allSatisfy { $0["wheel"] as? String == wheel })
    let module = try #require(entries.last)
    #expect(module["libc"] as? String == "<Libc.GLIBC: 'glibc'>" && module["interpreter"] is NSNull)
    #expect(module["needed"] as? [String] == ["libc.so.6", "libm.so.6", "libfoo-0a1b2c3d.so.1"])
    // As it is written in the file.
    #expect(
      (module["rpath"] as? [String] ?? []) + (module["runpath"] as? [String] ?? []) == ["$ORIGIN/../overclaim.libs"])
    let libraries = try #require(module["libraries"] as? [String: [String: Any]])
    #expect(Set(libraries.keys) == ["libc.so.6", "libm.so.6", "libfoo-0a1b2c3d.so.1"])
    let bundled = try #require(libraries["libfoo-0a1b2c3d.so.1"])
    #expect(bundled["path"] as? String == paths[0] && bundled["realpath"] as? String == paths[0])
    #expect(bundled["needed"] as? [String] == ["libc.so.6"] && bundled["platform"] is [String: Any])
    #expect(libraries["libm.so.6"]?["path"] is NSNull && libraries["libm.so.6"]?["platform"] is NSNull)
  }

  @Test func `several files are an array, and one that cannot be read is told`() throws {
    let files = [object("tool"), object("tool-musl")]
    let entries = try #require(try printed(files) as? [[String: Any]])
    #expect(entries.compactMap { $0["path"] as? String } == files)
    #expect(entries.compactMap { $0["libc"] as? String } == ["<Libc.GLIBC: 'glibc'>", "<Libc.MUSL: 'musl'>"])
    #expect(entries.allSatisfy { $0["wheel"] == nil })
    let result = try Command.run(["lddtree", "Package.swift", object("tool")])
    #expect(result.status == 2 && result.errors.contains("Package.swift") && result.output.contains("\"interpreter\""))
    #expect(try Command.run(["lddtree"]).status == 64)
    let relocatable = try Command.run(["lddtree", object("relocatable.o")])
    #expect(relocatable.status == 2 && relocatable.output == "" && relocatable.errors.contains("nothing on Linux"))
  }

  @Test(
    arguments: [("baseline", nil), ("v2", "x86_64_v2"), ("v3", "x86_64_v3"), ("v4", "x86_64_v4")] as [(String, String?)]
  )
  func `a level of processors is one as auditwheel calls it`(object name: String, level: String?) throws {
    let entry = try #require(try printed([object("isa_\(name).abi3.so")]) as? [String: Any])
    let platform = try #require(entry["platform"] as? [String: Any])
    #expect(platform["_ext_arch"] as? String == level.map { "<Architecture.\($0): '\($0)'>" })
  }

  // MARK: show --json

  @Test func `show says in JSON what auditwheel does`() throws {
    let wheel = try Fixture.wheel("overclaim")
    let result = try Command.run(["show", "--json", wheel])
    #expect(result.status == 0)
    #expect(try result.output == Command.run(["show", "--format", "auditwheel", wheel]).output)
    let keys = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    #expect(keys?["overall_tag"] as? String == "manylinux_2_34_x86_64")
    #expect(try Command.run(["show", "--json", wheel, wheel]).errors.contains("takes one wheel"))
    #expect(try Command.run(["show", "--json", "--format", "json", wheel]).status == 64)
    let variable = ["TRUEWHEEL_FORMAT": "concise"]
    #expect(try Command.run(["show", "--json", wheel], environment: variable).output == result.output)
  }
}
