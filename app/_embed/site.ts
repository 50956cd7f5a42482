/**
 * The origin under which the site is reached, such as `https://faultline.example`: environment variable FAULTLINE_ORIGIN when the pages
 * are built, else the local server's. Only addresses that must be absolute before a reader's browser knows them use it.
 */
export const siteOrigin = new URL(process.env.FAULTLINE_ORIGIN ?? 'http://localhost:3000');

/** Where the oEmbed answer for an address of this site is, for `alternates.types` of a page's metadata. */
export function oembedDiscovery(address: string, title: string) {
  const about = new URL('/api/oembed', siteOrigin);
  about.searchParams.set('url', new URL(address, siteOrigin).href);
  about.searchParams.set('format', 'json');
  return { 'application/json+oembed': [{ url: about.href, title }] };
}
