import { withFonts } from './inline-fonts.ts';

/** Browsers draw nothing on a larger canvas. */
const SIDE_MAX = 8192;

/** A picture as an image that is ready to be drawn, in the product's faces. */
export async function imageOf(svg: string): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(new Blob([await withFonts(svg)], { type: 'image/svg+xml' }));
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } finally {
    URL.revokeObjectURL(url);
  }
  return image;
}

/** A canvas of that size, in px. `context.getImageData` is called often when pictures are read back. */
export function canvasOf(width: number, height: number, { read }: { readonly read: boolean }) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width);
  canvas.height = Math.round(height);
  const context = canvas.getContext('2d', { willReadFrequently: read });
  if (context === null) throw new Error('this browser gives no canvas to draw on');
  return { canvas, context };
}

/** A picture as a PNG at twice its size, or less where it would be too large to draw. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = await imageOf(svg);
  const scale = Math.min(2, SIDE_MAX / Math.max(image.naturalWidth, image.naturalHeight));
  const { canvas, context } = canvasOf(image.naturalWidth * scale, image.naturalHeight * scale, { read: false });
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('the browser did not make a PNG of it');
  return blob;
}
