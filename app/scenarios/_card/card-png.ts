import { ImageResponse } from 'next/og';
import { createElement } from 'react';
import { type CardContent, scenarioCard } from './card.ts';
import { CARD_SIZE } from './card-size.ts';
import { loadSetter } from './outlines.ts';

/** The card of a scenario as a PNG of 1200 by 630. Next's own rasteriser draws it: the words are curves, so it needs no font. */
export async function cardPng(content: CardContent): Promise<ArrayBuffer> {
  const svg = scenarioCard(content, await loadSetter());
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return new ImageResponse(createElement('img', { alt: '', src: source, ...CARD_SIZE }), CARD_SIZE).arrayBuffer();
}
