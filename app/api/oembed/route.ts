import { siteOrigin } from '../../_embed/site.ts';
import { oembed } from './oembed.ts';

/** oEmbed for everything that can be embedded. A page of any origin may ask; a proxy in front says by which name it was reached. */
export function GET(request: Request): Response {
  const { searchParams, host } = new URL(request.url);
  const ask = (name: string) => searchParams.get(name);
  const named = [request.headers.get('x-forwarded-host'), request.headers.get('host'), host, siteOrigin.host];
  const { status, body } = oembed(
    { url: ask('url'), format: ask('format'), maxwidth: ask('maxwidth'), maxheight: ask('maxheight') },
    named.filter((name) => name !== null),
  );
  const headers = {
    'access-control-allow-origin': '*',
    'cache-control': status === 200 ? `public, max-age=${body.cache_age}` : 'no-store',
    vary: 'host, x-forwarded-host',
  };
  return Response.json(body, { status, headers });
}
