/** What a job is about: results count only for the subject that they were found on. */
export interface Subject {
  /** Equal for equal subjects. */
  readonly key: string;
  /** In words, for the reader: `Read repair off, seed 2012`. */
  readonly title: string;
}

/** What came of a job: its result, or in words what went wrong. */
export type Outcome<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly message: string };

/** One kind of job: at most one runs; of those that ended the latest are kept. */
export interface Jobs<Progress, Result> {
  readonly running: { readonly subject: Subject; readonly progress: Progress } | undefined;
  /** Latest first, one for each subject. */
  readonly ended: readonly { readonly subject: Subject; readonly outcome: Outcome<Result> }[];
}

/** What a kind of job says of one subject. `elsewhere`: nothing of it, but this of another one. */
export type Finding<Progress, Result> =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly progress: Progress }
  | { readonly kind: 'ended'; readonly outcome: Outcome<Result> }
  | { readonly kind: 'elsewhere'; readonly subject: Subject; readonly running: Progress | undefined };

/** Subjects whose results are kept: the variants of a scenario, and then some. */
const KEPT = 12;

export const noJobs: Jobs<never, never> = { running: undefined, ended: [] };

/** The job of a subject has begun, in place of any that was running. */
export function begun<P, R>(jobs: Jobs<P, R>, subject: Subject, progress: P): Jobs<P, R> {
  return { ...jobs, running: { subject, progress } };
}

/** The running job has come further. */
export function further<P, R>(jobs: Jobs<P, R>, progress: P): Jobs<P, R> {
  return jobs.running === undefined ? jobs : { ...jobs, running: { ...jobs.running, progress } };
}

/** The running job has ended; without an outcome nothing is kept of it. */
export function ended<P, R>(jobs: Jobs<P, R>, outcome: Outcome<R> | undefined): Jobs<P, R> {
  const { running } = jobs;
  if (running === undefined || outcome === undefined) return { ...jobs, running: undefined };
  const { subject } = running;
  const others = jobs.ended.filter((one) => one.subject.key !== subject.key);
  return { running: undefined, ended: [{ subject, outcome }, ...others].slice(0, KEPT) };
}

/** What is known of a subject: what runs on it, else what was found, else that something is known of another one only. */
export function findingOf<P, R>({ running, ended: past }: Jobs<P, R>, key: string): Finding<P, R> {
  if (running?.subject.key === key) return { kind: 'running', progress: running.progress };
  const own = past.find(({ subject }) => subject.key === key);
  if (own !== undefined) return { kind: 'ended', outcome: own.outcome };
  const other = running?.subject ?? past[0]?.subject;
  return other === undefined ? { kind: 'none' } : { kind: 'elsewhere', subject: other, running: running?.progress };
}
