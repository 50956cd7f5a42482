import { fileURLToPath } from 'node:url';
import createMDX from '@next/mdx';

// No telemetry, on any machine.
process.env.NEXT_TELEMETRY_DISABLED = '1';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Turbopack takes plugins by name or absolute path only: they run in a worker, and functions do not travel there.
const withMDX = createMDX({
  options: {
    remarkPlugins: ['remark-gfm'],
    rehypePlugins: ['rehype-slug', here('./app/_prose/rehype-contents.js'), here('./app/_prose/rehype-no-break.js')],
  },
});

/** @type {import('next').NextConfig} */
const config = {
  pageExtensions: ['ts', 'tsx', 'mdx'],
  poweredByHeader: false,
  // They bring WebAssembly, which Node reads from their own folders while pages are built.
  serverExternalPackages: ['harfbuzzjs', 'woff2-encoder'],
  // The indicator would lie over the lab's play button.
  devIndicators: false,
  reactStrictMode: true,
  experimental: {
    // Style sheets within the HTML: on a slow network the first paint does not wait for one more journey. A page has its own styles only,
    // so requests cost nothing in the reckoning of chunks.
    inlineCss: true,
    cssChunking: { type: 'graph', requestCost: 1 },
  },
  // A lock file in a folder above must not move the root of the project there.
  turbopack: { root: here('.') },
};

export default withMDX(config);
