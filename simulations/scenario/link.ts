import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { z } from 'zod';
import { FAULTS_MAX, faultsSchema } from './fault-schema.ts';
import { branchesSchema, compareText, readCompare, treeProblems } from './link-branches.ts';
import type { LinkState, LinkView } from './link-state.ts';
import { describeValue, problemsOf } from './problems.ts';
import type { Problem } from './scenario.ts';

/** What an edited fault script may take once unpacked: a small file cannot unpack to a large one. */
export const SCRIPT_BYTES_MAX = 256 * 1024;
const LINK_CHARACTERS_MAX = 64 * 1024;
const SCRIPT_MARK = '#z1.';

export type ParsedLink =
  | { readonly ok: true; readonly state: LinkState }
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      readonly model: string | undefined;
      readonly scenario: string | undefined;
    };

/**
 * The address of a run and of how it is looked at: `/lab/quorum?scenario=…&variant=…&seed=…`, with `#z1.…` only for what
 * does not fit there: an edited fault script, a scenario that the link carries, the branches beside the run. */
export function formatLink(state: LinkState): string {
  const query = new URLSearchParams();
  const { view } = state;
  const put = (name: string, value: string | number | undefined) => {
    if (value !== undefined) query.set(name, String(value));
  };
  put('scenario', state.scenario);
  put('variant', state.variant);
  put('seed', state.seed);
  for (const name of Object.keys(state.set).sort()) put(`set.${name}`, String(state.set[name]));
  put('key', view.key);
  put('step', view.step);
  put('select', view.select);
  put('from', view.fromUs);
  put('to', view.toUs);
  put('verdict', view.verdict);
  put('compare', view.compare && compareText(view.compare));
  put('teach', view.teach);
  put('present', view.present && 1);
  put('lower', view.lower);
  for (const [name, of] of LANE_FIELDS) {
    const ids = view.lanes?.[of] ?? [];
    if (ids.length > 0) query.set(name, ids.join(' '));
  }
  const text = query.toString();
  const path = `/lab/${encodeURIComponent(state.model)}${text === '' ? '' : `?${text}`}`;
  const packed = packedOf(state);
  return packed === undefined ? path : `${path}${SCRIPT_MARK}${pack(packed)}`;
}

/** Reads a link, with or without its origin. Knob values stay text until the model reads them. */
export function parseLink(link: string): ParsedLink {
  const problems: Problem[] = [];
  const report = (field: string, found: string, allowed: string, fix: string) =>
    problems.push({ field, found, allowed, fix });
  if (link.length > LINK_CHARACTERS_MAX) {
    report(
      'the link',
      `${link.length} characters`,
      `at most ${LINK_CHARACTERS_MAX}`,
      'Save the script as a scenario file instead.',
    );
    return { ok: false, problems, model: undefined, scenario: undefined };
  }
  let url: URL;
  try {
    url = new URL(link, 'http://localhost');
  } catch {
    report('the link', describeValue(link), 'an address such as /lab/quorum?seed=7', 'Copy the whole link again.');
    return { ok: false, problems, model: undefined, scenario: undefined };
  }
  const [, lab, model] = url.pathname.split('/');
  if (lab !== 'lab' || model === undefined || model === '') {
    report('path', describeValue(url.pathname), '/lab/ and the name of a model', 'Copy the whole link again.');
  }
  const { set, rest } = splitQuery(url.searchParams, report);
  const { faults, file, branches, branch } = readPacked(url.hash, problems);
  const scenario = file === undefined ? rest.get('scenario') : String(file.id);
  const seed = readCount(rest.get('seed'), 'seed', 0xffffffff, report);
  const view = readView(rest, report);
  checkCompare(view, { branches, branch }, report);
  if (problems.length > 0 || model === undefined) return { ok: false, problems, model, scenario };
  const variant = rest.get('variant');
  return {
    ok: true,
    state: {
      model: decodeURIComponent(model),
      ...(scenario !== undefined && { scenario }),
      ...(file !== undefined && { file }),
      ...(variant !== undefined && { variant }),
      ...(seed !== undefined && { seed }),
      set,
      ...(faults !== undefined && { faults }),
      ...(branches !== undefined && { branches }),
      ...(branch !== undefined && { branch }),
      view,
    },
  };
}

type Report = (field: string, found: string, allowed: string, fix: string) => void;

const FIELDS = [
  'scenario',
  'variant',
  'seed',
  'key',
  'step',
  'select',
  'from',
  'to',
  'verdict',
  'compare',
  'teach',
  'present',
  'lower',
  'order',
  'hide',
  'fold',
] as const;

/** The fields that hold lanes, as ids with blanks between them. */
const LANE_FIELDS = [
  ['order', 'order'],
  ['hide', 'hidden'],
  ['fold', 'folded'],
] as const;

function splitQuery(query: URLSearchParams, report: Report) {
  const set: Record<string, string> = {};
  const rest = new Map<string, string>();
  for (const [name, value] of query) {
    if (name.startsWith('set.')) set[name.slice(4)] = value;
    else if ((FIELDS as readonly string[]).includes(name)) rest.set(name, value);
    else if (!name.startsWith('utm_'))
      report(name, describeValue(value), `${FIELDS.join(', ')}, set.<knob>`, 'Remove it from the link.');
  }
  return { set, rest };
}

function readCount(text: string | undefined, field: string, max: number, report: Report): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= max) return value;
  report(field, describeValue(text), `a whole number from 0 to ${max}`, 'Correct it, or remove it from the link.');
  return undefined;
}

function readView(rest: ReadonlyMap<string, string>, report: Report): LinkView {
  const count = (field: string, max = Number.MAX_SAFE_INTEGER) => readCount(rest.get(field), field, max, report);
  const [step, select, fromUs, toUs] = [count('step'), count('select'), count('from'), count('to')];
  if (fromUs !== undefined && toUs !== undefined && fromUs >= toUs)
    report('to', String(toUs), `more than from (${fromUs})`, 'Swap the two.');
  const [key, verdict, beside] = [rest.get('key'), rest.get('verdict'), rest.get('compare')];
  const compare = beside === undefined ? undefined : readCompare(beside);
  if (beside !== undefined && compare === undefined)
    report(
      'compare',
      describeValue(beside),
      'variant.<id>, branch.<number> or seed.<number>',
      'Correct it, or remove it from the link.',
    );
  return {
    ...(step !== undefined && { step }),
    ...(select !== undefined && { select }),
    ...(key !== undefined && { key }),
    ...(fromUs !== undefined && { fromUs }),
    ...(toUs !== undefined && { toUs }),
    ...(verdict !== undefined && { verdict }),
    ...(compare !== undefined && { compare }),
    ...readTeach(rest.get('teach'), report),
    ...readLower(rest.get('lower'), report),
    ...readLanes(rest),
    ...(readCount(rest.get('present'), 'present', 1, report) === 1 && { present: true as const }),
  };
}

function readTeach(text: string | undefined, report: Report): Pick<LinkView, 'teach'> {
  if (text === 'predict' || text === 'challenge') return { teach: text };
  if (text !== undefined)
    report('teach', describeValue(text), 'predict or challenge', 'Correct it, or remove it from the link.');
  return {};
}

function readLower(text: string | undefined, report: Report): Pick<LinkView, 'lower'> {
  if (text === 'metrics' || text === 'seeds') return { lower: text };
  if (text !== undefined)
    report('lower', describeValue(text), 'metrics or seeds', 'Correct it, or remove it from the link.');
  return {};
}

/** Ids that the run does not have are no mistake: another variant may have them. */
function readLanes(rest: ReadonlyMap<string, string>): Pick<LinkView, 'lanes'> {
  if (!LANE_FIELDS.some(([name]) => rest.has(name))) return {};
  const ids = (name: string) => rest.get(name)?.split(' ').filter(Boolean) ?? [];
  return { lanes: { order: ids('order'), hidden: ids('hide'), folded: ids('fold') } };
}

/** A branch is compared with another one of the same link. */
function checkCompare({ compare }: LinkView, { branches, branch }: Packed, report: Report): void {
  if (compare?.kind !== 'branch') return;
  const others = (branches ?? []).flatMap((_, index) => (index === branch ? [] : [index]));
  if (others.includes(compare.branch)) return;
  const allowed = others.length === 0 ? 'nothing: the link has no other branches' : `branch ${others.join(', ')}`;
  report('compare', `branch ${compare.branch}`, allowed, 'Name another branch of the link, or remove it.');
}

/** What goes behind the mark: a bare script, or an object when there is more than that. */
function packedOf({ faults, file, branches, branch }: LinkState): unknown {
  if (file === undefined && branches === undefined) return faults;
  // JSON leaves out what is undefined.
  return { file, faults, branches, branch };
}

function pack(value: unknown): string {
  const bytes = deflateSync(strToU8(JSON.stringify(value)), { level: 9 });
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The scenario is checked by whoever loads it, like any other file. */
const packedSchema = z.strictObject({
  file: z.record(z.string(), z.unknown()).optional(),
  faults: faultsSchema.optional(),
  branches: branchesSchema.optional(),
  branch: z.number().int().min(0).optional(),
});

type Packed = Partial<z.output<typeof packedSchema>>;

function readPacked(hash: string, problems: Problem[]): Packed {
  if (hash === '' || hash === '#') return {};
  const refuse = (found: string): Packed => {
    problems.push({
      field: 'the packed part (after #)',
      found,
      allowed: `${SCRIPT_MARK} and a packed script of at most ${FAULTS_MAX} faults, a packed scenario or packed branches`,
      fix: 'Copy the whole link again; it may have been cut off.',
    });
    return {};
  };
  if (!hash.startsWith(SCRIPT_MARK)) return refuse(describeValue(hash));
  const text = unpack(hash.slice(SCRIPT_MARK.length));
  if (text === undefined) return refuse('text that does not unpack');
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    return refuse('a script that is not JSON');
  }
  if (!Array.isArray(input)) {
    const packed = readWith(packedSchema, input, '', problems) ?? {};
    problems.push(...treeProblems(packed));
    return packed;
  }
  const faults = readWith(faultsSchema, input, 'faults ', problems);
  return faults === undefined ? {} : { faults: [...faults] };
}

function readWith<T>(schema: z.ZodType<T>, input: unknown, prefix: string, problems: Problem[]): T | undefined {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  for (const problem of problemsOf(result.error, input, schema))
    problems.push({ ...problem, field: `${prefix}${problem.field}` });
  return undefined;
}

/** Unpacks piece by piece and stops at the limit, so that a crafted link cannot fill the memory. */
function unpack(packed: string): string | undefined {
  try {
    const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const pieces: Uint8Array[] = [];
    let size = 0;
    let ended = false;
    const inflate = new Inflate((piece, final) => {
      size += piece.length;
      if (size > SCRIPT_BYTES_MAX) throw new RangeError('too large');
      pieces.push(piece);
      ended = final;
    });
    for (let at = 0; at < bytes.length; at += 1024)
      inflate.push(bytes.subarray(at, at + 1024), at + 1024 >= bytes.length);
    if (!ended) return undefined;
    const whole = new Uint8Array(size);
    let offset = 0;
    for (const piece of pieces) {
      whole.set(piece, offset);
      offset += piece.length;
    }
    return strFromU8(whole);
  } catch {
    return undefined;
  }
}
