import type { ProcessView, Run, StepView } from '../../../../simulations/index.ts';
import { compare, STARTED_WITH, TREE_DEPTH, wordsOf } from '../inspector/state-rows.ts';

/** A field in which one event of two runs, or the process that met it, is not the same. */
export interface FieldDifference {
  /** `event`, `message`, `does`, `on disk`, `in memory`, `the process`. */
  readonly where: string;
  /** `state.term`; '' where the whole differs. */
  readonly path: string;
  readonly a: string;
  readonly b: string;
}

/** A step, and the process where it happened as it was just after; undefined: it has none, or none any more. */
export interface MetStep {
  readonly step: StepView;
  readonly process: Pick<ProcessView, 'disk' | 'snapshot'> | undefined;
}

/** A step of a run with the process that met it. Moves the timeline. */
export function metStep({ timeline }: Run, index: number): MetStep {
  // The moment first: the timeline then knows the step that led to it.
  const world = timeline!.worldAt(index + 1);
  const step = timeline!.step(index);
  return { step, process: world.process(step.process) };
}

/**
 * The fields in which an event differs between two runs: how it ended and its message first, then of what its process does because of it, then of the state in
 * which it leaves that process. What a process was started with holds every knob, and is told among the inputs.
 */
export function pairDifferences(a: MetStep, b: MetStep): readonly FieldDifference[] {
  return [
    ...fieldsOf('event', fateOf(a.step), fateOf(b.step)),
    ...fieldsOf('message', a.step.message, b.step.message),
    ...joined(fieldsOf('does', deedsOf(a.step), deedsOf(b.step))),
    ...stateFields(a.process, b.process),
  ];
}

/** One message may arrive here and be lost there. */
function fateOf({ kind, lostTo }: StepView): Readonly<Record<string, string | undefined>> {
  return { kind, lostTo };
}

const SEND = 'send to ';

/** What is sent alike to several stands in one line with all of them. */
function joined(fields: readonly FieldDifference[]): readonly FieldDifference[] {
  const lines: FieldDifference[] = [];
  for (const field of fields) {
    const alike = lines.findIndex(
      ({ path, a, b }) => path.startsWith(SEND) && field.path.startsWith(SEND) && a === field.a && b === field.b,
    );
    const known = lines[alike];
    if (known === undefined) lines.push(field);
    else lines[alike] = { ...known, path: `${known.path}, ${field.path.slice(SEND.length)}` };
  }
  return lines;
}

/** What a step sets off, by where it goes to. Two of one name are numbered. */
function deedsOf({ effects }: Pick<StepView, 'effects'>): Readonly<Record<string, string>> {
  const deeds: Record<string, string> = {};
  for (const effect of effects) {
    const deed = deedOf(effect);
    if (deed === undefined) continue;
    const [name, words] = deed;
    const nth = Object.keys(deeds).filter((known) => known.replace(/ #\d+$/, '') === name).length + 1;
    deeds[nth === 1 ? name : `${name} #${nth}`] = words;
  }
  return deeds;
}

/** Undefined: it changes nothing, or its outcome stands in the state. */
function deedOf(effect: StepView['effects'][number]): readonly [name: string, words: string] | undefined {
  switch (effect.type) {
    case 'send': {
      const { type, ...content } = effect.message;
      return [`${SEND}${effect.to}`, Object.keys(content).length === 0 ? type : `${type}, ${wordsOf(content)}`];
    }
    case 'timer.set':
      return [`timer ${effect.name}`, 'set'];
    case 'timer.cancel':
      return [`timer ${effect.name}`, 'cancelled'];
    case 'process.start':
      return [`process ${effect.name}`, 'started'];
    case 'client.invoke':
      return ['begin', `${effect.f} of ${effect.key}`];
    case 'client.complete':
      return ['end', `${effect.outcome}, ${wordsOf(effect.output)}`];
    case 'disk.persist':
      return ['disk', 'written'];
    case 'note':
      return undefined;
  }
}

function stateFields(a: MetStep['process'], b: MetStep['process']): readonly FieldDifference[] {
  if (a !== undefined && b !== undefined)
    return [...fieldsOf('on disk', a.disk, b.disk), ...fieldsOf('in memory', memoryOf(a), memoryOf(b))];
  const fate = (process: MetStep['process']) => (process === undefined ? 'has ended' : 'goes on');
  return a === b ? [] : [{ where: 'the process', path: '', a: fate(a), b: fate(b) }];
}

function memoryOf({ snapshot }: NonNullable<MetStep['process']>): unknown {
  const { state, context } = snapshot;
  const memory = Object.entries(context.volatile as Readonly<Record<string, unknown>>);
  return { state, ...Object.fromEntries(memory.filter(([name]) => !STARTED_WITH.includes(name))) };
}

function fieldsOf(where: string, a: unknown, b: unknown): readonly FieldDifference[] {
  return compare(a ?? {}, b ?? {}, TREE_DEPTH)
    .filter(({ changed }) => changed)
    .map(({ path, text, before }) => ({ where, path, a: before ?? 'none', b: text }));
}
