import type { Fault, FaultAction, Run } from '../../../../simulations/index.ts';

/** Names in the order in which a reader thinks of them. */
export const faultKinds: readonly { readonly kind: FaultAction['do']; readonly name: string; readonly does: string }[] =
  [
    { kind: 'cut', name: 'cut', does: 'No message passes between the sides.' },
    {
      kind: 'crash',
      name: 'crash',
      does: 'Takes the memory and every write that is not yet on disk; restarts when the fault ends.',
    },
    { kind: 'pause', name: 'pause', does: 'Does nothing, like a long garbage collection; messages and timers wait.' },
    { kind: 'slow', name: 'slow link', does: 'Holds each message on the wire for longer.' },
    { kind: 'loss', name: 'lose messages', does: 'Loses a share of the messages.' },
    { kind: 'duplicate', name: 'duplicate messages', does: 'Delivers a share of the messages twice.' },
    { kind: 'clock', name: 'clock', does: "Shifts the host's clock and lets it drift." },
    { kind: 'slowDisk', name: 'slow disk', does: 'Makes each write to the disk take longer.' },
    { kind: 'restore', name: 'restore a backup', does: 'Crashes the host and puts back an older disk.' },
  ];

/** `cut-2`: the kind and the first number that the script does not use. */
export function freshId(faults: readonly Fault[], kind: string): string {
  const used = new Set(faults.map(({ id }) => id));
  for (let number = 1; ; number += 1) if (!used.has(`${kind}-${number}`)) return `${kind}-${number}`;
}

/** The script with a fault put in, or put in place of the one with the same id. */
export function withFault(faults: readonly Fault[], fault: Fault, replaced?: string): readonly Fault[] {
  const at = faults.findIndex(({ id }) => id === replaced);
  return at === -1 ? [...faults, fault] : faults.with(at, fault);
}

export function withoutFault(faults: readonly Fault[], id: string): readonly Fault[] {
  return faults.filter((fault) => fault.id !== id);
}

export interface QuickFault {
  readonly kind: 'cut' | 'crash' | 'pause';
  readonly host: string;
  readonly atUs: number;
  readonly hosts: readonly string[];
}

/**
 * A fault that begins just after a moment: the host crashes, pauses, or is cut off from all others. Lasts a twentieth of the run. Faults
 * come before all else that happens in the same microsecond, so it begins in the next one: what is in view stays as it was.
 */
export function quickFault(faults: readonly Fault[], run: Run, { kind, host, atUs, hosts }: QuickFault): Fault {
  const others = hosts.filter((id) => id !== host);
  const action: FaultAction =
    kind === 'cut' ? { do: 'cut', sides: [[host], others], oneWay: false } : { do: kind, target: host };
  return {
    id: freshId(faults, kind),
    action,
    when: { atUs: Math.round(atUs) + 1 },
    forUs: Math.round(run.simulatedUs / 20),
  };
}

/** Where a fault of the script lies in the run: when it began and ended; undefined when it never did. */
export function extentOf(run: Run, fault: Fault): { readonly fromUs: number; readonly toUs: number } | undefined {
  const began = run.record.faults.find((active) => active.fault.id === fault.id);
  if (began !== undefined) return { fromUs: began.sinceUs, toUs: Math.min(began.untilUs, run.simulatedUs) };
  return undefined;
}
