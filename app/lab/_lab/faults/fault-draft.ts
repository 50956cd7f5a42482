import type { Fault, FaultAction, Latency } from '../../../../simulations/index.ts';

/** The fields of the editor, as they are typed. One draft serves every kind, so that changing the kind keeps what still fits. */
export interface FaultDraft {
  readonly id: string;
  readonly kind: FaultAction['do'];
  readonly target: string;
  readonly sides: readonly (readonly string[])[];
  readonly oneWay: boolean;
  readonly from: string;
  readonly to: string;
  /** Milliseconds; equal ends make it constant. */
  readonly extraMinMs: string;
  readonly extraMaxMs: string;
  /** A latency that is neither constant nor uniform stays as it is until its fields are typed in. */
  readonly extraKept: Latency | undefined;
  readonly percent: string;
  readonly offsetMs: string;
  readonly driftPpm: string;
  readonly backupMs: string;
  readonly begins: 'time' | 'predicate';
  readonly atMs: string;
  readonly predicate: string;
  readonly afterMs: string;
  readonly lasts: 'time' | 'end';
  readonly forMs: string;
}

/** What is wrong with a field, in words. */
export interface DraftProblem {
  readonly field: keyof FaultDraft;
  readonly problem: string;
}

export type ReadDraft =
  | { readonly ok: true; readonly fault: Fault }
  | { readonly ok: false; readonly problems: readonly DraftProblem[] };

const ms = (us: number) => String(us / 1000);

/** The draft of a fault. `names` fill the fields that its kind does not have. */
export function draftOf(
  fault: Fault,
  names: { readonly hosts: readonly string[]; readonly predicates: readonly string[] },
): FaultDraft {
  const { action, when, forUs } = fault;
  const extra: Latency = 'extra' in action ? action.extra : { kind: 'constant', us: 20_000 };
  const [minUs, maxUs] =
    extra.kind === 'constant' ? [extra.us, extra.us] : extra.kind === 'uniform' ? [extra.minUs, extra.maxUs] : [0, 0];
  const first = names.hosts[0] ?? '';
  return {
    id: fault.id,
    kind: action.do,
    target: 'target' in action ? action.target : first,
    sides: action.do === 'cut' ? action.sides : [[first], names.hosts.slice(1)],
    oneWay: action.do === 'cut' && action.oneWay,
    from: 'from' in action ? action.from : first,
    to: 'to' in action ? action.to : '*',
    extraMinMs: ms(minUs),
    extraMaxMs: ms(maxUs),
    extraKept: extra.kind === 'constant' || extra.kind === 'uniform' ? undefined : extra,
    percent: 'ratio' in action ? String(action.ratio * 100) : '20',
    offsetMs: action.do === 'clock' ? ms(action.offsetUs) : '100',
    driftPpm: action.do === 'clock' ? String(action.driftPpm) : '0',
    backupMs: action.do === 'restore' ? ms(action.backupAtUs) : '0',
    begins: 'atUs' in when ? 'time' : 'predicate',
    atMs: 'atUs' in when ? ms(when.atUs) : '0',
    predicate: 'predicate' in when ? when.predicate : (names.predicates[0] ?? ''),
    afterMs: 'predicate' in when ? ms(when.afterUs) : '0',
    lasts: forUs === undefined ? 'end' : 'time',
    forMs: ms(forUs ?? 100_000),
  };
}

/** Reads a draft; every field that does not make sense is named with what it needs. */
export function readDraft(draft: FaultDraft): ReadDraft {
  const problems: DraftProblem[] = [];
  const number = (
    field: keyof FaultDraft,
    what: string,
    limits: { min: number; max?: number; whole?: boolean },
  ): number => {
    const text = String(draft[field]).trim();
    const value = text === '' ? Number.NaN : Number(text);
    const { min, max = Number.MAX_SAFE_INTEGER / 1000, whole = false } = limits;
    if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
    problems.push({
      field,
      problem: `${what} is ${text === '' ? 'missing' : `"${text}"`}: give a number ${max > 1e9 ? `of at least ${min}` : `from ${min} to ${max}`}.`,
    });
    return 0;
  };
  const micros = (field: keyof FaultDraft, what: string, min = 0) => Math.round(number(field, what, { min }) * 1000);
  const action = readAction(draft, { number, micros, refuse: (field, problem) => problems.push({ field, problem }) });
  const when =
    draft.begins === 'time'
      ? { atUs: micros('atMs', 'The beginning') }
      : { predicate: draft.predicate, afterUs: micros('afterMs', 'The delay') };
  const forUs = draft.lasts === 'end' ? undefined : micros('forMs', 'The duration', 0.001);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, fault: { id: draft.id, action, when, ...(forUs !== undefined && { forUs }) } };
}

interface Reading {
  number(field: keyof FaultDraft, what: string, limits: { min: number; max?: number; whole?: boolean }): number;
  micros(field: keyof FaultDraft, what: string, min?: number): number;
  refuse(field: keyof FaultDraft, problem: string): void;
}

function readAction(draft: FaultDraft, { number, micros, refuse }: Reading): FaultAction {
  const { kind, target, from, to } = draft;
  const extra = (): Latency => {
    if (draft.extraKept !== undefined) return draft.extraKept;
    const [minUs, maxUs] = [micros('extraMinMs', 'The least extra time'), micros('extraMaxMs', 'The most extra time')];
    if (maxUs < minUs)
      refuse('extraMaxMs', 'The most extra time is less than the least: raise it, or make both equal.');
    return minUs === maxUs ? { kind: 'constant', us: minUs } : { kind: 'uniform', minUs, maxUs };
  };
  switch (kind) {
    case 'crash':
    case 'pause':
      return { do: kind, target };
    case 'cut': {
      const sides = draft.sides.filter((side) => side.length > 0);
      if (sides.length < 2) refuse('sides', 'A cut needs a host on each of two sides.');
      return { do: 'cut', sides, oneWay: draft.oneWay };
    }
    case 'slow':
      return { do: kind, from, to, extra: extra() };
    case 'slowDisk':
      return { do: kind, target, extra: extra() };
    case 'loss':
    case 'duplicate':
      return { do: kind, from, to, ratio: number('percent', 'The share', { min: 0, max: 100 }) / 100 };
    case 'clock': {
      const offsetUs = Math.round(number('offsetMs', 'The offset', { min: -86_400_000, max: 86_400_000 }) * 1000);
      return {
        do: kind,
        target,
        offsetUs,
        driftPpm: number('driftPpm', 'The drift', { min: -500_000, max: 500_000, whole: true }),
      };
    }
    case 'restore':
      return { do: kind, target, backupAtUs: micros('backupMs', 'The time of the backup') };
  }
}
