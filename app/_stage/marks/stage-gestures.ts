import type { Point } from '../../../simulations/index.ts';
import type { ClientPoint, HandTarget, Stroke } from './stage-hands.tsx';

/** What the listeners tell. */
interface HandEars {
  /** The stroke under way; undefined when it is over. */
  onStroke(stroke: Stroke | undefined): void;
  onRelease(stroke: Stroke, at: ClientPoint): void;
  onMenu(target: HandTarget, at: ClientPoint): void;
  linkAt(point: Point): readonly [string, string] | undefined;
}

/** A pointer that moved less than this, in px of the window, has not begun a stroke. */
const SLACK_PX = 6;
/** A finger that rests for this long asks for the menu, or for a stroke in any direction. */
const LONG_PRESS_MS = 500;

interface Press {
  readonly id: number;
  readonly start: ClientPoint;
  readonly from: Point;
  readonly target: HandTarget | undefined;
  readonly touch: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** `waiting`: nothing yet. `stroke`: a cut is being drawn. `held`: a finger rested, and may draw. `done`: it opened the menu. */
  phase: 'waiting' | 'stroke' | 'held' | 'done';
}

/** Listens to pointers and keys on a stage; returns how to stop. Times and distances are those of the reader's hand, not of the run. */
export function listenToHands(svg: SVGSVGElement, ears: HandEars): () => void {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  let press: Press | undefined;
  const end = () => {
    clearTimeout(press?.timer);
    if (press?.phase === 'stroke') ears.onStroke(undefined);
    press = undefined;
  };
  const strokeTo = ({ from }: Press, event: PointerEvent): Stroke => {
    return { from, to: pointIn(svg, event), oneWay: event.shiftKey };
  };
  svg.addEventListener(
    'pointerdown',
    (event) => {
      end();
      if (event.button !== 0 || !event.isPrimary) return;
      press = pressOf(svg, event, ears);
      const begun = press;
      if (press.touch) press.timer = setTimeout(() => rest(begun, ears), LONG_PRESS_MS);
    },
    options,
  );
  svg.addEventListener(
    'pointermove',
    (event) => {
      if (press === undefined || event.pointerId !== press.id || press.phase === 'done') return;
      if (press.phase !== 'stroke') {
        if (Math.hypot(event.clientX - press.start.x, event.clientY - press.start.y) < SLACK_PX) return;
        clearTimeout(press.timer);
        if (press.target?.kind === 'host') return;
        press.phase = 'stroke';
        svg.setPointerCapture(event.pointerId);
      }
      ears.onStroke(strokeTo(press, event));
    },
    options,
  );
  svg.addEventListener(
    'pointerup',
    (event) => {
      const drawn = press?.phase === 'stroke' && press.id === event.pointerId ? strokeTo(press, event) : undefined;
      if (press?.phase === 'done') swallowClick(svg);
      end();
      if (drawn !== undefined) ears.onRelease(drawn, { x: event.clientX, y: event.clientY });
    },
    options,
  );
  svg.addEventListener('pointercancel', end, options);
  // A finger that rested or draws must not scroll the page.
  const keep = (event: TouchEvent) => {
    if (press !== undefined && press.phase !== 'waiting') event.preventDefault();
  };
  svg.addEventListener('touchmove', keep, { ...options, passive: false });
  listenToMenus(svg, ears, options);
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || press?.phase !== 'stroke') return;
      event.stopPropagation();
      end();
    },
    { ...options, capture: true },
  );
  return () => {
    end();
    stop.abort();
  };
}

function listenToMenus(svg: SVGSVGElement, ears: HandEars, options: AddEventListenerOptions): void {
  svg.addEventListener(
    'contextmenu',
    (event) => {
      const target = targetAt(svg, event, ears);
      if (target === undefined) return;
      event.preventDefault();
      // A long press has its own timer, because not every browser tells of it here.
      if ('pointerType' in event && event.pointerType === 'touch') return;
      ears.onMenu(target, { x: event.clientX, y: event.clientY });
    },
    options,
  );
  svg.addEventListener(
    'keydown',
    (event) => {
      const host = hostOf(event.target);
      const asks = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
      const letter = event.key.toLowerCase() === 'f' && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (host === undefined || !(asks || letter)) return;
      event.preventDefault();
      event.stopPropagation();
      const { left, width, top, height } = (event.target as Element).getBoundingClientRect();
      ears.onMenu({ kind: 'host', host }, { x: left + width / 2, y: top + height / 2 });
    },
    options,
  );
}

function pressOf(svg: SVGSVGElement, event: PointerEvent, ears: HandEars): Press {
  return {
    id: event.pointerId,
    start: { x: event.clientX, y: event.clientY },
    from: pointIn(svg, event),
    target: targetAt(svg, event, ears),
    touch: event.pointerType === 'touch',
    timer: undefined,
    phase: 'waiting',
  };
}

/** A finger has rested: on a host or a link it wants the menu, elsewhere it may draw. */
function rest(press: Press, ears: HandEars): void {
  if (press.target === undefined) {
    press.phase = 'held';
    return;
  }
  press.phase = 'done';
  ears.onMenu(press.target, press.start);
}

function targetAt(svg: SVGSVGElement, event: MouseEvent, ears: HandEars): HandTarget | undefined {
  const host = hostOf(event.target);
  if (host !== undefined) return { kind: 'host', host };
  const link = ears.linkAt(pointIn(svg, event));
  return link === undefined ? undefined : { kind: 'link', from: link[0], to: link[1] };
}

function hostOf(target: EventTarget | null): string | undefined {
  const marked = target instanceof Element ? target.closest('[data-host]') : null;
  return marked?.getAttribute('data-host') ?? undefined;
}

function pointIn(svg: SVGSVGElement, { clientX, clientY }: MouseEvent): Point {
  const matrix = svg.getScreenCTM();
  if (matrix === null) return [0, 0];
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
  return [x, y];
}

/** The click that ends a long press selects nothing. */
function swallowClick(svg: SVGSVGElement): void {
  const swallow = (event: Event) => event.stopPropagation();
  svg.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => svg.removeEventListener('click', swallow, { capture: true }), 0);
}
