/**
 * Thrown by a task when no further try can help (a file that can never be read, a payload that makes no sense): the job
 * is dead at once, with `code`. Anything else that a task throws is tried again.
 */
export class PermanentFailure extends Error {
  /** In capitals, e.g. `SOURCE_MISSING`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "PermanentFailure";
    this.code = code;
  }
}

/** Work went on for longer than it may. */
export class TimeLimitExceeded extends Error {
  readonly code = "TIME_LIMIT";

  constructor(timeLimitMs: number) {
    super(`It took longer than the ${timeLimitMs} ms that it may.`);
    this.name = "TimeLimitExceeded";
  }
}

/** The process has to stop; the work goes back, for another to do. */
export class WorkerStopping extends Error {
  readonly code = "WORKER_STOPPING";

  constructor() {
    super("The worker is stopping.");
    this.name = "WorkerStopping";
  }
}

/** The process was taken for dead and its work given to others; what it still does must not count. */
export class RegistrationLost extends Error {
  readonly code = "REGISTRATION_LOST";

  constructor() {
    super("The worker was taken for dead, and others have its work now.");
    this.name = "RegistrationLost";
  }
}
