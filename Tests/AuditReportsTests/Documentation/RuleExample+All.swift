import TestSupport
import WheelAudit

extension RuleExample {
  private static let old = "manylinux_2_17_x86_64"

  /// One object in place of another.
  private static func rebuilt(
    _ broken: String, _ mended: String, as platform: String = old, _ change: String
  ) -> RuleExample {
    RuleExample(
      before: [Wheel(platform: platform, objects: [Wheel.library: broken])], change: change,
      after: [Wheel(platform: platform, objects: [Wheel.library: mended])])
  }

  /// The plainest object in place of one.
  private static func rebuilt(_ broken: String, _ change: String) -> RuleExample {
    rebuilt(broken, "baseline.abi3.so", change)
  }

  /// The same objects under another tag.
  private static func retagged(
    from broken: String, to mended: String, _ objects: [String: String] = [Wheel.library: "baseline.abi3.so"]
  ) -> RuleExample {
    RuleExample(
      before: [Wheel(platform: broken, objects: objects)],
      change: "With another tag: `wheel tags --remove --platform-tag \(mended) demo-1.0-cp39-abi3-\(broken).whl`.",
      after: [Wheel(platform: mended, objects: objects)])
  }

  /// Another set of files in the same wheel.
  private static func refilled(
    _ broken: [String: String], _ mended: [String: String], as platform: String = old, _ change: String
  ) -> RuleExample {
    RuleExample(
      before: [Wheel(platform: platform, objects: broken)], change: change,
      after: [Wheel(platform: platform, objects: mended)])
  }

  /// Builds for two versions of CPython.
  private static func builds(_ platform: String, _ older: String, _ newer: String) -> [Wheel] {
    [("cp311", older), ("cp312", newer)].map { python, object in
      Wheel(platform: platform, objects: [Wheel.library: object], python: python)
    }
  }

  private static func build(_ python: String, on architecture: String, _ object: String) -> Wheel {
    Wheel(
      platform: "manylinux_2_34_\(architecture)", objects: [Wheel.library: object], architecture: architecture,
      python: python)
  }

  /// A variant for processors of a level.
  private static let variant = Wheel(
    objects: [Wheel.library: "isa_v3.abi3.so"], variant: "x86_64_v3",
    remark: "`variant.json`, which gives the label `x86_64 :: level :: v3`",
    configure: { $0.addVariant("x86_64_v3", "\"x86_64\": {\"level\": [\"v3\"]}") })

  private static let module = "demo/bundled_nopath.abi3.so"
  private static let bundled = [
    "demo/bundled_runpath.abi3.so": "bundled_runpath.abi3.so", "demo.libs/libfoo-0a1b2c3d.so.1": "libfoo-0a1b2c3d.so.1",
  ]

  /// A program whose loader lies at a path of one distribution.
  private static func program(_ loader: String) -> Wheel {
    Wheel(
      platform: "manylinux_2_34_x86_64", objects: [:], remark: "`x86_64/tool`, whose loader is `\(loader)`"
    ) { builder in
      var bytes = try Fixture.object("tool")
      guard let place = bytes.firstRange(of: Array("/lib64/ld-linux-x86-64.so.2".utf8)) else { return }
      bytes.replaceSubrange(place, with: loader.utf8)
      builder.add("demo-1.0.data/scripts/tool", bytes)
    }
  }

  /// A wheel that is packed in another way.
  private static func repacked(
    _ remark: String, _ change: String, _ configure: @escaping @Sendable (inout WheelBuilder) throws -> Void
  ) -> RuleExample {
    RuleExample(before: [Wheel(remark: remark, configure: configure)], change: change, after: [Wheel()])
  }

  private static let repack = "After `wheel unpack` and `wheel pack`:"

  static let all: [Rule: RuleExample] = [
    .symbolVersion: rebuilt(
      "modern.abi3.so",
      "Built in the image `quay.io/pypa/manylinux2014_x86_64`, the object asks for versions that glibc 2.17 has:"),
    .platformLibrary: retagged(
      from: "manylinux_2_5_x86_64", to: "manylinux_2_12_x86_64", [Wheel.library: "expat.abi3.so"]),
    .externalLibrary: refilled(
      ["demo/external.abi3.so": "external.abi3.so"], bundled,
      "`auditwheel repair --plat \(old)` puts the library into the wheel, under a name of its own, and sets a run path:"
    ),
    .restrictedSymbol: rebuilt("withheld.abi3.so", "needs_libz.abi3.so", "Without the call of `uncompress2`:"),
    .unversionedSymbol: rebuilt("unversioned.abi3.so", "Without the call of `arc4random`, which glibc has since 2.36:"),
    .undefinedSymbol: refilled(
      ["demo/undefined_symbol.abi3.so": "undefined_symbol.abi3.so"], bundled,
      "Linked with the library that has `foo_call`, as the object `bundled_runpath.abi3.so` was:"),
    .muslSymbol: rebuilt(
      "musl_qsort_r.abi3.so", "musl_plain.abi3.so", as: "musllinux_1_1_x86_64",
      "Built in the image `quay.io/pypa/musllinux_1_1_x86_64`, where configure finds no `qsort_r`:"),
    .glibcSymbol: rebuilt(
      "musl_fortify.abi3.so", "musl_plain.abi3.so", as: "musllinux_1_2_x86_64",
      "Built in the image `quay.io/pypa/musllinux_1_2_x86_64`, with its headers:"),
    .instructionSet: rebuilt("isa_v3.abi3.so", "isa_baseline.abi3.so", "Compiled without `-march=x86-64-v3`:"),
    .pythonABI: RuleExample(
      before: [Wheel(objects: ["demo/pyfpe.abi3.so": "pyfpe.abi3.so"])],
      change: "Built with a Python that is configured as those in the images of manylinux are:",
      after: [Wheel(objects: ["demo/baseline.abi3.so": "baseline.abi3.so"])]),
    .libpython: RuleExample(
      before: [Wheel(objects: ["demo/links_libpython.abi3.so": "links_libpython.abi3.so"])],
      change: "Linked without `-lpython3.9`:",
      after: [Wheel(objects: ["demo/baseline.abi3.so": "baseline.abi3.so"])]),
    .relativeRelocations: rebuilt("relr.abi3.so", "Linked with `-Wl,-z,nopack-relative-relocs`:"),
    .mixedLibc: rebuilt("musl_plain.abi3.so", "Built for glibc; the build for musl has a wheel of its own:"),
    .foreignArchitecture: refilled(
      [Wheel.library: "baseline.abi3.so", "demo/libother.so.1": "aarch64/baseline.abi3.so"],
      [Wheel.library: "baseline.abi3.so"], "Without the object for aarch64:"),
    .executableStack: rebuilt("executable_stack.abi3.so", "Linked with `-Wl,-z,noexecstack`:"),
    .notLoadable: refilled(
      ["demo/static_tls.abi3.so": "static_tls.abi3.so"], ["demo/baseline.abi3.so": "baseline.abi3.so"],
      "Compiled without `-ftls-model=initial-exec` (here: without a thread-local variable):"),
    .interpreter: RuleExample(
      before: [program("/nix/s/ld-linux-x86-64.so.2")],
      change: "After `patchelf --set-interpreter /lib64/ld-linux-x86-64.so.2`:",
      after: [program("/lib64/ld-linux-x86-64.so.2")]),
    .textRelocations: rebuilt("text_relocations.abi3.so", "Compiled with `-fPIC`, the parts in assembly too:"),
    .writableCode: rebuilt("writable_code.abi3.so", "Linked without `-Wl,-N`:"),
    .unsafeRunPath: rebuilt(
      "working_directory.abi3.so", "After `patchelf --set-rpath '$ORIGIN/lib'`, or without a run path:"),
    .implausibleTag: retagged(from: "manylinux_3_0_x86_64", to: "manylinux_2_5_x86_64"),
    .pureTag: retagged(from: "any", to: "manylinux_2_5_x86_64"),
    .purelibObject: RuleExample(
      before: [Wheel(remark: "`Root-Is-Purelib: true` in WHEEL") { $0.rootIsPurelib = true }],
      change: "Built as a platform wheel, with `Root-Is-Purelib: false`:",
      after: [Wheel()]),
    .tagMismatch: RuleExample(
      before: [
        Wheel(remark: "another tag in WHEEL, `cp39-abi3-linux_x86_64`") { $0.tags = ["cp39-abi3-linux_x86_64"] }
      ],
      change: "With `Tag: cp39-abi3-\(old)` in WHEEL, between `wheel unpack` and `wheel pack`:", after: [Wheel()]),
    .tagImprovable: retagged(from: "manylinux_2_39_x86_64", to: "manylinux_2_5_x86_64"),
    .linuxTag: retagged(from: "linux_x86_64", to: "manylinux_2_5_x86_64"),
    .refusedTag: RuleExample(
      before: [
        Wheel(
          platform: "manylinux_2_36_loongarch64", objects: [Wheel.library: "baseline.abi3.so"],
          architecture: "loongarch64")
      ], change: "There is nothing to be done for an index of one's own, which takes the wheel as it is:"),
    .unreachableLibrary: refilled(
      [module: "bundled_nopath.abi3.so", "demo.libs/libfoo-0a1b2c3d.so.1": "libfoo-0a1b2c3d.so.1"], bundled,
      "After `patchelf --set-rpath '$ORIGIN/../demo.libs'`, as in the object `bundled_runpath.abi3.so`:"),
    .missingVersion: refilled(
      [
        "demo/missing_version.abi3.so": "missing_version.abi3.so", "demo/libversioned.so.1": "libversioned.so.1",
      ], ["demo/uses_versioned.abi3.so": "uses_versioned.abi3.so", "demo/libversioned.so.1": "libversioned.so.1"],
      "Linked with the library that is in the wheel, as the object `uses_versioned.abi3.so` was:"),
    .commonSoname: refilled(
      [
        "demo/uses_bundled_stdcxx.abi3.so": "uses_bundled_stdcxx.abi3.so",
        "demo.libs/libstdc++.so.6": "bundled/libstdc++.so.6",
      ], ["demo/uses_bundled_stdcxx.abi3.so": "uses_bundled_stdcxx.abi3.so"], as: "manylinux_2_34_x86_64",
      "Without the library, since every system that the tag promises has it:"),
    .excludedLibrary: RuleExample(
      before: [Wheel(objects: ["demo/external.abi3.so": "external.abi3.so"], exclude: ["libfoo.so.*"])],
      change: "There is nothing to be done: the wheel keeps its claim as long as the declaration is true."),
    .weakVersion: RuleExample(
      before: [Wheel(objects: [Wheel.library: "weak_version.abi3.so"])],
      change: "There is nothing to be done: the wheel keeps its claim."),
    .unjudgedObject: refilled(
      [Wheel.library: "baseline.abi3.so", "demo/part.o": "relocatable.o"], [Wheel.library: "baseline.abi3.so"],
      "Without the object file:"),
    .unjudgedTag: retagged(from: "\(old).macosx_11_0_arm64", to: old),
    .variantMetadata: RuleExample(
      before: [Wheel(objects: [Wheel.library: "isa_v3.abi3.so"], variant: "x86_64_v3")],
      change: "With `x86_64 :: level :: v3` for the label in `variant.json`:", after: [variant]),
    .variant: RuleExample(before: [variant], change: "There is nothing to be done: the wheel keeps its claim."),
    .notInstallable: repacked("`Wheel-Version: 2.0` in WHEEL", "With `Wheel-Version: 1.0`:") {
      $0.wheelVersion = "2.0"
    },
    .recordMissing: repacked("no RECORD", repack) { $0.hasRecord = false },
    .recordMismatch: repacked("`demo/gone.py` in RECORD only", repack) {
      $0.record = { text in text + "demo/gone.py,,\n" }
    },
    .pypiArchive: repacked("a data descriptor behind the object", repack) { builder in
      builder.members[0].addDescriptor(signed: true, width: 4)
    },
    .pypiLimit: repacked("66 MiB of zeros, in a file of some hundred KiB", "Without the zeros:") { builder in
      let zeros = [UInt8](repeating: 0, count: 33 << 20)
      builder.members += ["demo/zeros1", "demo/zeros2"].map { Zip.Member($0, zeros).deflated }
    },
    .pypiName: repacked("the name in capitals", "Under the normalised name:") {
      $0.name = "Demo-1.0-cp39-abi3-\(old).whl"
    },
    .pypiTag: retagged(from: "linux_x86_64", to: old),
    .pypiMetadata: repacked("`License: MIT` beside `License-Expression: MIT` in METADATA", "Without the older field:") {
      $0.fields = ["License: MIT", "License-Expression: MIT"]
    },
    .licenseFile: repacked("`License-File: LICENSE` in METADATA", "Without it, or with the file in its folder:") {
      $0.fields = ["License-File: LICENSE"]
    },
    .recordHash: repacked("another digest in RECORD", repack) {
      $0.record = { text in text.replacing("sha256=", with: "sha256=A", maxReplacements: 1) }
    },
    .mergedNames: RuleExample(
      before: [
        Wheel(platform: "win_amd64", objects: [:], remark: "`demo/Read.py` and `demo/read.py`") { builder in
          builder.add("demo/Read.py", [])
          builder.add("demo/read.py", [])
        }
      ], change: "With one of them:",
      after: [Wheel(platform: "win_amd64", objects: [:]) { $0.add("demo/read.py", []) }]),
    .releaseFloor: RuleExample(
      before: builds("manylinux_2_34_x86_64", "baseline.abi3.so", "modern.abi3.so"),
      change: "Both built in the same image:",
      after: builds("manylinux_2_34_x86_64", "modern.abi3.so", "modern.abi3.so")),
    .releaseArchitectureFloor: RuleExample(
      before: [build("cp312", on: "aarch64", "modern.abi3.so"), build("cp312", on: "x86_64", "baseline.abi3.so")],
      change: "Both built in images of the same profile:",
      after: [build("cp312", on: "aarch64", "modern.abi3.so"), build("cp312", on: "x86_64", "modern.abi3.so")]),
    .releaseObject: RuleExample(
      before: builds(old, "baseline.abi3.so", "needs_libz.abi3.so"),
      change: "With the same options in both builds, so that both need `libz.so.1`:",
      after: builds(old, "needs_libz.abi3.so", "needs_libz.abi3.so")),
    .releaseCoverage: RuleExample(
      before: [
        build("cp311", on: "aarch64", "modern.abi3.so"), build("cp311", on: "x86_64", "modern.abi3.so"),
        build("cp312", on: "x86_64", "modern.abi3.so"),
      ], change: "With the wheel that was missing:",
      after: ["cp311", "cp312"].flatMap { python in
        ["aarch64", "x86_64"].map { build(python, on: $0, "modern.abi3.so") }
      }),
    .unreadable: RuleExample(
      before: [
        Wheel(objects: [:], remark: "the first 500 bytes of `x86_64/baseline.abi3.so`") {
          $0.add(Wheel.library, Array(try Fixture.object("baseline.abi3.so").prefix(500)))
        }
      ], change: "Built anew, with the whole object:", after: [Wheel()]),
  ]
}
