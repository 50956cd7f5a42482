import { formatDuration, type KnobSpec, parseDuration } from '../../../../simulations/index.ts';

/** How a number knob is shown: where a value lies on the slider, how it is written, and its ticks. */
export interface KnobScale {
  readonly unit: string;
  /** Positions of the slider, from 0 to this. */
  readonly positions: number;
  readonly ticks: readonly { readonly share: number; readonly major: boolean }[];
  toShare(value: number): number;
  fromShare(share: number): number;
  /** Where the slider leads from a value when it is moved to a position. */
  move(value: number, position: number): number;
  toText(value: number): string;
  /** A duration may be typed with its unit (`3 h`) or as a number in the knob's own. Undefined when the text is neither. */
  fromText(text: string): number | undefined;
}

const unitsUs: Readonly<Record<string, number>> = {
  us: 1,
  ms: 1_000,
  s: 1_000_000,
  min: 60_000_000,
  h: 3_600_000_000,
  d: 86_400_000_000,
};
/** With more positions than this between the ends, a slider rises in proportion instead of evenly. */
const EVEN_MAX = 400;
const POSITIONS = 200;
const TICKS = 20;

/** The scale of a number knob. Wide ranges are bent, so that small values can be reached by hand. */
export function scaleOf(spec: KnobSpec): KnobScale {
  const factor = spec.kind === 'duration' ? (unitsUs[spec.unit ?? 'ms'] ?? 1) : spec.kind === 'ratio' ? 0.01 : 1;
  const [min, max] = [(spec.min ?? 0) / factor, (spec.max ?? 1) / factor];
  const even = max - min <= EVEN_MAX;
  const step = spec.kind === 'integer' ? 1 : stepOf(max - min);
  const bend = even ? 1 : 3;
  const toShare = (value: number) =>
    max === min ? 0 : Math.max(0, (value / factor - min) / (max - min)) ** (1 / bend);
  const positions = even ? Math.max(1, Math.round((max - min) / step)) : POSITIONS;
  const stepAt = (shown: number) => factor * (even ? step : niceStep(shown));
  const fromShare = (share: number) => {
    if (share <= 0 || share >= 1) return settle((share <= 0 ? min : max) * factor, 0, spec);
    const shown = min + (max - min) * share ** bend;
    return settle(shown * factor, stepAt(shown), spec);
  };
  const move = (value: number, position: number) => {
    const next = fromShare(position / positions);
    const direction = Math.sign(position - Math.round(toShare(value) * positions));
    // Near the start of a bent scale one position is less than one step: a key press must still do something.
    const moved = Math.sign(next - value) === direction;
    return moved ? next : settle(value + direction * stepAt(value / factor), stepAt(value / factor), spec);
  };
  return {
    unit: spec.kind === 'ratio' ? '%' : spec.kind === 'duration' ? '' : (spec.unit ?? ''),
    positions,
    ticks: ticksOf(Math.min(positions, TICKS)),
    toShare,
    fromShare,
    move,
    toText: (value) => {
      if (value === 0 && spec.zero !== undefined) return spec.zero;
      return spec.kind === 'duration' ? formatDuration(value) : String(Number((value / factor).toFixed(6)));
    },
    fromText: (text) => {
      if (text.trim() === spec.zero) return 0;
      const duration = spec.kind === 'duration' ? parseDuration(text) : undefined;
      if (duration !== undefined) return duration;
      const typed = Number(text.trim().replaceAll(',', ''));
      if (text.trim() === '' || !Number.isFinite(typed)) return undefined;
      return spec.kind === 'ratio' ? Number((typed * factor).toFixed(8)) : Math.round(typed * factor);
    },
  };
}

/** The step of an even scale: at most a hundred of them. */
function stepOf(span: number): number {
  return [0.01, 0.05, 0.1, 0.5, 1, 2, 5].find((step) => span / step <= 100) ?? 5;
}

/** On a bent scale: two digits of the value itself. */
function niceStep(value: number): number {
  return value <= 0 ? 1 : 10 ** Math.max(-1, Math.floor(Math.log10(value)) - 1);
}

function settle(value: number, step: number, spec: KnobSpec): number {
  const settled = step === 0 ? value : Math.round(value / step) * step;
  const exact = spec.kind === 'ratio' ? Number(settled.toFixed(8)) : Math.round(settled);
  return Math.max(spec.min ?? exact, Math.min(spec.max ?? exact, exact));
}

function ticksOf(count: number): KnobScale['ticks'] {
  return Array.from({ length: count + 1 }, (_, at) => ({ share: at / count, major: count <= 8 || at % 5 === 0 }));
}
