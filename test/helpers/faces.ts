import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compress } from 'woff2-encoder';
import decompress from 'woff2-encoder/decompress';

/** HarfBuzz's subsetter as its WebAssembly file offers it: numbers are addresses in its memory. */
interface Subsetter {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;
  malloc(bytes: number): number;
  hb_blob_create(data: number, length: number, mode: number, user: number, destroy: number): number;
  hb_blob_get_length(blob: number): number;
  hb_blob_get_data(blob: number, length: number): number;
  hb_face_create(blob: number, index: number): number;
  hb_face_reference_blob(face: number): number;
  hb_set_add(set: number, value: number): void;
  hb_subset_input_create_or_fail(): number;
  hb_subset_input_unicode_set(input: number): number;
  hb_subset_input_set(input: number, kind: number): number;
  hb_subset_input_set_axis_range(
    input: number,
    face: number,
    tag: number,
    from: number,
    to: number,
    standard: number,
  ): number;
  hb_subset_or_fail(face: number, input: number): number;
}

/** `HB_MEMORY_MODE_WRITABLE` and `HB_SUBSET_SETS_LAYOUT_FEATURE_TAG` of hb-subset.h. */
const [WRITABLE, FEATURES] = [2, 6];
/** Kept beside the features that HarfBuzz keeps by itself: figures of one width. */
const KEPT_FEATURES = ['tnum', 'lnum'];

/** What is kept of a face. */
export interface Subset {
  /** Every sign that is kept. */
  readonly signs: string;
  /** Axes that are cut to a range; from = to fixes one. An axis that is not named stays as it is. */
  readonly axes: Readonly<Record<string, readonly [from: number, to: number]>>;
}

/** A face in WOFF2, cut down: the same input gives the same bytes. Throws where HarfBuzz refuses. */
export async function subsetFace(woff2: Uint8Array, { signs, axes }: Subset): Promise<Uint8Array> {
  const hb = await loadSubsetter();
  const font = new Uint8Array(await decompress(woff2));
  const at = hb.malloc(font.length);
  new Uint8Array(hb.memory.buffer).set(font, at);
  const face = hb.hb_face_create(hb.hb_blob_create(at, font.length, WRITABLE, 0, 0), 0);
  const input = hb.hb_subset_input_create_or_fail();
  const kept = hb.hb_subset_input_unicode_set(input);
  for (const sign of signs) hb.hb_set_add(kept, sign.codePointAt(0)!);
  const features = hb.hb_subset_input_set(input, FEATURES);
  for (const feature of KEPT_FEATURES) hb.hb_set_add(features, tagOf(feature));
  for (const [axis, [from, to]] of Object.entries(axes))
    if (hb.hb_subset_input_set_axis_range(input, face, tagOf(axis), from, to, from) === 0)
      throw new Error(`the face has no axis ${axis} from ${from} to ${to}`);
  const cut = hb.hb_subset_or_fail(face, input);
  if (cut === 0) throw new Error('HarfBuzz could not cut the face down');
  const blob = hb.hb_face_reference_blob(cut);
  const length = hb.hb_blob_get_length(blob);
  const data = hb.hb_blob_get_data(blob, 0);
  return new Uint8Array(await compress(new Uint8Array(hb.memory.buffer, data, length).slice()));
}

async function loadSubsetter(): Promise<Subsetter> {
  const file = createRequire(import.meta.url).resolve('harfbuzzjs/dist/harfbuzz-subset.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(file), {});
  const hb = instance.exports as unknown as Subsetter;
  hb._initialize();
  return hb;
}

function tagOf(name: string): number {
  return [...name].reduce((tag, letter) => tag * 256 + letter.charCodeAt(0), 0) | 0;
}
