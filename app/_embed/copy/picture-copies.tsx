'use client';

import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../_shell/button.tsx';
import { copyText } from '../../_shell/copy-text.ts';
import { type AnimationSeconds, animationSeconds } from './animation-length.ts';
import styles from './picture-copies.module.css';
import type { Drawing, PictureRange, PictureSource } from './source.ts';
import { useFilms } from './use-films.ts';

export interface PictureCopiesProps {
  /** The runs to choose from, at least one. */
  readonly ranges: readonly PictureRange[];
  /** What sets them apart. Default `Run`. */
  readonly choice?: string;
  /** What is chosen at first. Default `space-time`. */
  readonly drawing?: Drawing;
}

type Said =
  | { readonly kind: 'quiet' }
  /** `share` is what is done of an animation, 0 to 1. */
  | { readonly kind: 'busy'; readonly what: string; readonly share?: number }
  | { readonly kind: 'done' | 'refused'; readonly text: string };

/** A picture of a run as SVG, PNG, animated GIF or, where the browser writes it, WebM, on the clipboard or as a file. What draws it is loaded with the first one. */
export function PictureCopies({ ranges, choice = 'Run', drawing: first = 'space-time' }: PictureCopiesProps) {
  const [at, setAt] = useState(0);
  const [drawing, setDrawing] = useState<Drawing>(first);
  const [seconds, setSeconds] = useState<AnimationSeconds>(10);
  const { said, act, cancel } = usePictures();
  const films = useFilms();
  const range = ranges[at] ?? ranges[0]!;
  const busy = said.kind === 'busy';
  const file = <E extends string>(ending: E) => `${range.name}-${drawing}.${ending}` as const;
  return (
    <div className={styles.copies}>
      <div className={styles.choices}>
        {ranges.length > 1 && (
          <Choice label={choice} value={at} onChange={(value) => setAt(Number(value))}>
            {ranges.map(({ label }, index) => [index, label] as const)}
          </Choice>
        )}
        <Choice
          label="Picture"
          value={drawing}
          onChange={(value) => setDrawing(value === 'stage' ? value : 'space-time')}
        >
          {[
            ['space-time', 'Space-time diagram'],
            ['stage', 'Stage'],
          ]}
        </Choice>
      </div>
      <div className={styles.row}>
        <span className={styles.format}>SVG</span>
        <Button disabled={busy} aria-label="Copy SVG" onClick={() => act('SVG', copySvg(range, drawing))}>
          Copy
        </Button>
        <Button
          disabled={busy}
          aria-label="Download SVG"
          onClick={() => act('SVG', saveSvg(range, drawing, file('svg')))}
        >
          Download
        </Button>
        <span className={styles.format}>PNG</span>
        <Button disabled={busy} aria-label="Copy PNG" onClick={() => act('PNG', copyPng(range, drawing))}>
          Copy
        </Button>
        <Button
          disabled={busy}
          aria-label="Download PNG"
          onClick={() => act('PNG', savePng(range, drawing, file('png')))}
        >
          Download
        </Button>
        <span className={styles.format}>GIF</span>
        <Choice label="plays in" value={seconds} onChange={(value) => setSeconds(lengthOf(value))}>
          {animationSeconds.map((length) => [length, `${length} s`] as const)}
        </Choice>
        <Button
          disabled={busy}
          aria-label="Download GIF"
          onClick={() => act('GIF', saveMoving({ range, drawing, seconds, name: file('gif') }))}
        >
          Download
        </Button>
        {films && (
          <>
            <span className={styles.format}>WebM</span>
            <span>of the same length</span>
            <Button
              disabled={busy}
              aria-label="Download WebM"
              onClick={() => act('WebM', saveMoving({ range, drawing, seconds, name: file('webm') }))}
            >
              Download
            </Button>
          </>
        )}
      </div>
      <div className={styles.state}>
        <p role="status" className={said.kind === 'refused' ? styles.refused : undefined}>
          {busy && `Drawing the ${said.what}.`}
          {(said.kind === 'done' || said.kind === 'refused') && said.text}
        </p>
        {busy && said.share !== undefined && (
          <>
            <progress value={said.share} max={1} aria-label="Pictures drawn" />
            <Button onClick={cancel}>Cancel</Button>
          </>
        )}
      </div>
    </div>
  );
}

function lengthOf(value: string): AnimationSeconds {
  return animationSeconds.find((length) => String(length) === value) ?? animationSeconds[0];
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | number;
  readonly children: readonly (readonly [value: string | number, words: string])[];
  onChange(value: string): void;
}

function Choice({ label, value, children, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <span className={styles.choice}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {children.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </span>
  );
}

/** What an act may use, and what it says when it is done. */
interface Tools {
  readonly source: PictureSource;
  readonly signal: AbortSignal;
  onProgress(share: number): void;
}
type Act = (tools: Tools) => Promise<string>;

/** One act at a time; leaving the page ends it. */
function usePictures() {
  const source = useRef<PictureSource | undefined>(undefined);
  const running = useRef<AbortController | undefined>(undefined);
  const [said, setSaid] = useState<Said>({ kind: 'quiet' });
  useEffect(
    () => () => {
      running.current?.abort();
      source.current?.stop();
    },
    [],
  );
  const act = async (what: string, deed: Act) => {
    const controller = new AbortController();
    running.current = controller;
    setSaid({ kind: 'busy', what, ...((what === 'GIF' || what === 'WebM') && { share: 0 }) });
    try {
      const { pictureSource } = await import('./source.ts');
      source.current ??= pictureSource();
      const onProgress = (share: number) => setSaid({ kind: 'busy', what, share });
      const text = await deed({ source: source.current, signal: controller.signal, onProgress });
      setSaid({ kind: 'done', text });
    } catch (error) {
      if (controller.signal.aborted) setSaid({ kind: 'done', text: 'Cancelled.' });
      else
        setSaid({
          kind: 'refused',
          text: `The ${what} was not made: ${error instanceof Error ? error.message : error}`,
        });
    }
  };
  return { said, act, cancel: () => running.current?.abort() };
}

const NOT_COPIED = 'the browser did not allow copying. Download it instead.';

function copySvg(range: PictureRange, drawing: Drawing): Act {
  return async ({ source }) => {
    const svg = await source.svg(range, drawing);
    if (!(await copyText(svg))) throw new Error(NOT_COPIED);
    return `Copied, ${sizeOf(svg.length)}.`;
  };
}

function saveSvg(range: PictureRange, drawing: Drawing, name: string): Act {
  return async ({ source }) => save(name, new Blob([await source.svg(range, drawing)], { type: 'image/svg+xml' }));
}

function copyPng(range: PictureRange, drawing: Drawing): Act {
  return async ({ source }) => {
    const png = pngOf(source, range, drawing);
    try {
      // Safari wants the promise itself: after waiting, the click no longer counts.
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
    } catch {
      await png;
      throw new Error(NOT_COPIED);
    }
    return `Copied, ${sizeOf((await png).size)}.`;
  };
}

function savePng(range: PictureRange, drawing: Drawing, name: string): Act {
  return async ({ source }) => save(name, await pngOf(source, range, drawing));
}

async function pngOf(source: PictureSource, range: PictureRange, drawing: Drawing): Promise<Blob> {
  const [raster, svg] = await Promise.all([import('./raster.ts'), source.svg(range, drawing)]);
  return raster.pngOf(svg);
}

interface MovingOrder {
  readonly range: PictureRange;
  readonly drawing: Drawing;
  readonly seconds: AnimationSeconds;
  /** Its ending says which form it is. */
  readonly name: `${string}.gif` | `${string}.webm`;
}

function saveMoving({ name, ...order }: MovingOrder): Act {
  return async (tools) => {
    const make = name.endsWith('.webm') ? (await import('./film.ts')).film : (await import('./animate.ts')).animate;
    return save(name, await make({ ...tools, ...order }));
  };
}

function save(name: string, blob: Blob): string {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // The browser reads the file after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return `Saved ${name}, ${sizeOf(blob.size)}.`;
}

function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
