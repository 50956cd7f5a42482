import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import './tokens.css';
import './globals.css';
import './_shell/fonts.ts';
import { Awake } from './_shell/awake.tsx';
import { SkipLink } from './_shell/skip-link.tsx';
import { themeScript } from './_shell/theme.ts';

export const metadata: Metadata = {
  title: { template: '%s: Faultline', default: 'Faultline: break a rule of data systems and watch it fail' },
  description:
    'A simulator and a playbook for data systems: break a rule, watch a checker find the damage, fix the one decision that caused it, and send the run.',
  applicationName: 'Faultline',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#FFFFFF' },
    { media: '(prefers-color-scheme: dark)', color: '#15191B' },
  ],
};

/** The document of every page. The script sets the chosen theme before the first paint, hence the suppressed warning. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant; only an inline script runs before the first paint. */}
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <SkipLink />
        {children}
        <Awake />
      </body>
    </html>
  );
}
