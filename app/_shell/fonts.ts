import localFont from 'next/font/local';

// Importing this file declares the faces of the three voices; tokens.css uses them. Their family names are fixed (by
// `declarations`), because pictures that leave the page name them too. Each face comes in two files: in faces/ the signs and weights that every
// page uses, preloaded, and in its package the other signs of Latin, which the browser fetches where one of them is written. next/font reads
// literals only.

const commissioner = localFont({
  src: './faces/commissioner.woff2',
  weight: '400 700',
  display: 'swap',
  adjustFontFallback: false,
  declarations: [
    { prop: 'font-family', value: 'Commissioner Faultline' },
    {
      prop: 'unicode-range',
      value:
        'U+20-7E, U+A0, U+B0-B1, U+B5, U+B7, U+D6-D7, U+DC, U+DF, U+E4, U+E7-E9, U+ED, U+F1, U+F3, U+F6, U+F8, U+FC, U+2013-2014, U+2018-2019, U+201C-201D, U+2022, U+2026, U+203A, U+2212',
    },
  ],
});

const commissionerRest = localFont({
  src: '../../node_modules/@fontsource-variable/commissioner/files/commissioner-latin-flar-normal.woff2',
  weight: '400 700',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    { prop: 'font-family', value: 'Commissioner Faultline' },
    {
      prop: 'unicode-range',
      value:
        'U+A1-AF, U+B2-B4, U+B6, U+B8-D5, U+D8-DB, U+DD-DE, U+E0-E3, U+E5-E6, U+EA-EC, U+EE-F0, U+F2, U+F4-F5, U+F7, U+F9-FB, U+FD-FF, U+131, U+152-153, U+2000-2012, U+2015-2017, U+201A-201B, U+201E-2021, U+2023-2025, U+2027-2039, U+203B-206F, U+20AC, U+2122, U+2191, U+2193, U+2215',
    },
  ],
});

const stixTwoText = localFont({
  src: './faces/stix-two-text.woff2',
  weight: '400 700',
  display: 'swap',
  adjustFontFallback: false,
  declarations: [
    { prop: 'font-family', value: 'STIX Two Faultline' },
    {
      prop: 'unicode-range',
      value:
        'U+20-7E, U+A0, U+B0-B1, U+B5, U+B7, U+D6-D7, U+DC, U+DF, U+E4, U+E7-E9, U+ED, U+F1, U+F3, U+F6, U+F8, U+FC, U+2013-2014, U+2018-2019, U+201C-201D, U+2022, U+2026, U+203A, U+2212',
    },
  ],
});

const stixTwoTextRest = localFont({
  src: '../../node_modules/@fontsource-variable/stix-two-text/files/stix-two-text-latin-wght-normal.woff2',
  weight: '400 700',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    { prop: 'font-family', value: 'STIX Two Faultline' },
    {
      prop: 'unicode-range',
      value:
        'U+A1-AF, U+B2-B4, U+B6, U+B8-D5, U+D8-DB, U+DD-DE, U+E0-E3, U+E5-E6, U+EA-EC, U+EE-F0, U+F2, U+F4-F5, U+F7, U+F9-FB, U+FD-FF, U+131, U+152-153, U+2000-2012, U+2015-2017, U+201A-201B, U+201E-2021, U+2023-2025, U+2027-2039, U+203B-206F, U+20AC, U+2122, U+2191, U+2193, U+2215',
    },
  ],
});

const stixTwoTextItalic = localFont({
  src: './faces/stix-two-text-italic.woff2',
  weight: '400 700',
  style: 'italic',
  display: 'swap',
  adjustFontFallback: false,
  declarations: [
    { prop: 'font-family', value: 'STIX Two Faultline' },
    {
      prop: 'unicode-range',
      value:
        'U+20-7E, U+A0, U+B0-B1, U+B5, U+B7, U+D6-D7, U+DC, U+DF, U+E4, U+E7-E9, U+ED, U+F1, U+F3, U+F6, U+F8, U+FC, U+2013-2014, U+2018-2019, U+201C-201D, U+2022, U+2026, U+203A, U+2212',
    },
  ],
});

const stixTwoTextItalicRest = localFont({
  src: '../../node_modules/@fontsource-variable/stix-two-text/files/stix-two-text-latin-wght-italic.woff2',
  weight: '400 700',
  style: 'italic',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    { prop: 'font-family', value: 'STIX Two Faultline' },
    {
      prop: 'unicode-range',
      value:
        'U+A1-AF, U+B2-B4, U+B6, U+B8-D5, U+D8-DB, U+DD-DE, U+E0-E3, U+E5-E6, U+EA-EC, U+EE-F0, U+F2, U+F4-F5, U+F7, U+F9-FB, U+FD-FF, U+131, U+152-153, U+2000-2012, U+2015-2017, U+201A-201B, U+201E-2021, U+2023-2025, U+2027-2039, U+203B-206F, U+20AC, U+2122, U+2191, U+2193, U+2215',
    },
  ],
});

const martianMono = localFont({
  src: './faces/martian-mono.woff2',
  weight: '400 700',
  display: 'swap',
  adjustFontFallback: false,
  declarations: [
    { prop: 'font-family', value: 'Martian Mono Faultline' },
    { prop: 'font-stretch', value: '75%' },
    {
      prop: 'unicode-range',
      value:
        'U+20-7E, U+A0, U+B0-B1, U+B5, U+B7, U+D6-D7, U+DC, U+DF, U+E4, U+E7-E9, U+ED, U+F1, U+F3, U+F6, U+F8, U+FC, U+2013-2014, U+2018-2019, U+201C-201D, U+2022, U+2026, U+203A, U+2212',
    },
  ],
});

const martianMonoRest = localFont({
  src: '../../node_modules/@fontsource-variable/martian-mono/files/martian-mono-latin-wdth-normal.woff2',
  weight: '400 700',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    { prop: 'font-family', value: 'Martian Mono Faultline' },
    { prop: 'font-stretch', value: '75%' },
    {
      prop: 'unicode-range',
      value:
        'U+A1-AF, U+B2-B4, U+B6, U+B8-D5, U+D8-DB, U+DD-DE, U+E0-E3, U+E5-E6, U+EA-EC, U+EE-F0, U+F2, U+F4-F5, U+F7, U+F9-FB, U+FD-FF, U+131, U+152-153, U+2000-2012, U+2015-2017, U+201A-201B, U+201E-2021, U+2023-2025, U+2027-2039, U+203B-206F, U+20AC, U+2122, U+2191, U+2193, U+2215',
    },
  ],
});

/** The faces by voice. */
export const fonts = {
  instrument: [commissioner, commissionerRest],
  author: [stixTwoText, stixTwoTextRest, stixTwoTextItalic, stixTwoTextItalicRest],
  run: [martianMono, martianMonoRest],
};
