import Glibc

/// What libFuzzer calls with each input.
public typealias FuzzedFunction = @convention(c) (_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt

/// Hands over to libFuzzer, which reads the program's arguments.
///
/// The function carries the name `LLVMFuzzerTestOneInput` too, since libFuzzer's own `main`, which is linked and never
/// called, refers to it.
public func fuzz(_ function: FuzzedFunction) -> Never {
  var count = CommandLine.argc
  var arguments = CommandLine.unsafeArgv
  exit(runDriver(&count, &arguments, function))
}

/// libFuzzer's own `main` without the name, for programs that have a `main` already.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ function: FuzzedFunction
) -> CInt
