import localFont from 'next/font/local';

// Importing this file declares the faces of the three voices; tokens.css uses them. Their family names are fixed (by
// `declarations`), because pictures that leave the page name them too. Only headings and the author's roman are preloaded:
// the rest is a few letters of the first paint, and its stand-ins are as wide.

const commissioner = localFont({
  src: '../../node_modules/@fontsource-variable/commissioner/files/commissioner-latin-flar-normal.woff2',
  weight: '100 900',
  display: 'swap',
  adjustFontFallback: false,
  declarations: [{ prop: 'font-family', value: 'Commissioner Faultline' }],
});

const stixRoman = localFont({
  src: '../../node_modules/@fontsource-variable/stix-two-text/files/stix-two-text-latin-wght-normal.woff2',
  weight: '400 700',
  display: 'swap',
  adjustFontFallback: false,
  declarations: [{ prop: 'font-family', value: 'STIX Two Faultline' }],
});

const stixItalic = localFont({
  src: '../../node_modules/@fontsource-variable/stix-two-text/files/stix-two-text-latin-wght-italic.woff2',
  weight: '400 700',
  style: 'italic',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'font-family', value: 'STIX Two Faultline' }],
});

const martianMono = localFont({
  src: '../../node_modules/@fontsource-variable/martian-mono/files/martian-mono-latin-wdth-normal.woff2',
  weight: '100 800',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    { prop: 'font-family', value: 'Martian Mono Faultline' },
    { prop: 'font-stretch', value: '75% 112.5%' },
  ],
});

/** The faces by voice. */
export const fonts = { instrument: commissioner, author: [stixRoman, stixItalic], run: martianMono };
