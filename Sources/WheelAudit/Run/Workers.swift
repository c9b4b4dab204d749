import Glibc

/// Threads that take steps of a run, as many as there are jobs, each with tools of its own.
///
/// They are threads of their own, since a step reads files: it would block one of the few threads that the tasks of a
/// program share. Each is made when a step finds none idle.
///
/// Unchecked, since everything that changes is behind the lock.
final class Workers<Outcome: Sendable>: @unchecked Sendable {
  typealias Step = @Sendable (ReadingTools) -> Outcome

  private let limit: Int
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  /// There is a step to take, or no more will come.
  private let hasStep: UnsafeMutablePointer<pthread_cond_t>
  /// A step has been taken.
  private let hasOutcome: UnsafeMutablePointer<pthread_cond_t>
  /// Those that were started first come first, and are taken first.
  private var steps: [Step] = []
  private var outcomes: [Outcome] = []
  private var threads: [pthread_t] = []
  private var idle = 0
  private var isEnding = false

  init(limit: Int) {
    self.limit = limit
    lock = .allocate(capacity: 1)
    hasStep = .allocate(capacity: 1)
    hasOutcome = .allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
    pthread_cond_init(hasStep, nil)
    pthread_cond_init(hasOutcome, nil)
  }

  deinit {
    pthread_cond_destroy(hasOutcome)
    pthread_cond_destroy(hasStep)
    pthread_mutex_destroy(lock)
    hasOutcome.deallocate()
    hasStep.deallocate()
    lock.deallocate()
  }

  /// Has a step taken, after those before it; where the system gives no thread at all it is taken here.
  func start(_ step: @escaping Step, orHereWith tools: ReadingTools) {
    let mustRun = locked {
      if idle <= steps.count, threads.count < limit { addThread() }
      if threads.isEmpty { return true }
      steps.append(step)
      pthread_cond_signal(hasStep)
      return false
    }
    guard mustRun else { return }
    let outcome = step(tools)
    locked { outcomes.append(outcome) }
  }

  /// Waits for what a step that was started came to.
  func next() -> Outcome {
    locked {
      while true {
        if let outcome = outcomes.popLast() { return outcome }
        pthread_cond_wait(hasOutcome, lock)
      }
    }
  }

  /// Lets the threads end, and waits for it; no step may be left.
  func end() {
    locked {
      isEnding = true
      pthread_cond_broadcast(hasStep)
    }
    for thread in threads { pthread_join(thread, nil) }
  }

  private func addThread() {
    if let thread = thread(running: { [self] in work() }) { threads.append(thread) }
  }

  private func work() {
    let tools = ReadingTools()
    while let step = nextStep() {
      let outcome = step(tools)
      locked {
        outcomes.append(outcome)
        pthread_cond_signal(hasOutcome)
      }
    }
  }

  private func nextStep() -> Step? {
    locked {
      idle += 1
      defer { idle -= 1 }
      while steps.isEmpty, !isEnding { pthread_cond_wait(hasStep, lock) }
      return steps.isEmpty ? nil : steps.removeFirst()
    }
  }

  private func locked<Value>(_ body: () -> Value) -> Value {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body()
  }
}

/// What a thread is to do, on its way to it through C.
private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) {
    self.run = run
  }
}

/// Starts a thread; nil when the system gives none.
private func thread(running body: @escaping @Sendable () -> Void) -> pthread_t? {
  var thread = pthread_t()
  let body = Unmanaged.passRetained(ThreadBody(body))
  let status = pthread_create(
    &thread, nil,
    { pointer in
      if let pointer { Unmanaged<ThreadBody>.fromOpaque(pointer).takeRetainedValue().run() }
      return nil
    }, body.toOpaque())
  guard status == 0 else {
    body.release()
    return nil
  }
  return thread
}
