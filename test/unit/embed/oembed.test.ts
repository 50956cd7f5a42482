import { describe, expect, test } from 'vitest';
import { loadScenarios } from '../../../app/_content/scenarios.ts';
import { type OembedQuestion, oembed } from '../../../app/api/oembed/oembed.ts';

const HOST = 'faultline.example';
const ask = (question: Partial<OembedQuestion>) =>
  oembed({ url: null, format: null, maxwidth: null, maxheight: null, ...question }, [HOST]);
const about = (path: string) => `https://${HOST}${path}`;
const scenario = loadScenarios().find(({ id }) => id === 'quorum-read-inversion')!;

describe('oEmbed', () => {
  test.each(loadScenarios().map(({ id }) => id))(
    'scenario %s is rich content with a frame, a size and a thumbnail',
    (id) => {
      const { status, body } = ask({ url: about(`/scenarios/${id}`), format: 'json' });
      expect(status).toBe(200);
      expect(body).toMatchObject({ version: '1.0', type: 'rich', width: 760, height: 520, provider_name: 'Faultline' });
      expect(body.html).toContain(`<iframe src="https://${HOST}/embed/`);
      expect(body.html).toContain(`scenario=${id}&amp;`);
      expect(body.thumbnail_url).toBe(about(`/scenarios/${id}/picture.png`));
    },
  );

  test('a run in the lab keeps its query and its packed part', () => {
    const path = '/quorum?scenario=quorum-read-inversion&variant=blocking&seed=9&from=1&to=2';
    const { status, body } = ask({ url: about(`/lab${path}`) });
    expect(status).toBe(200);
    expect(body.title).toBe(`${scenario.title}: Blocking write-back`);
    expect(body.html).toContain(`/embed${path.replaceAll('&', '&amp;')}`);
  });

  test('an embedded run keeps its look', () => {
    expect(ask({ url: about('/embed/quorum?seed=9&show=stage&theme=dark') }).body.html).toContain(
      'seed=9&amp;show=stage&amp;theme=dark',
    );
  });

  test('maxwidth and maxheight bound the frame; a thumbnail that would not fit is left out', () => {
    const { body } = ask({ url: about('/scenarios/quorum-read-inversion'), maxwidth: '400', maxheight: '300' });
    expect([body.width, body.height]).toEqual([400, 300]);
    expect(body.html).toContain('width="400" height="300"');
    expect(body.thumbnail_url).toBeUndefined();
  });

  test.each([
    ['another host', 'https://other.example/scenarios/quorum-read-inversion'],
    ['a scenario that is not there', about('/scenarios/nope')],
    ['a model that is not there', about('/lab/nope?seed=1')],
    ['a lab link with an unknown field', about('/lab/quorum?sed=1')],
    ['a lab link with an unknown variant', about('/lab/quorum?scenario=quorum-read-inversion&variant=nope')],
    ['a page that cannot be embedded', about('/guides')],
    ['no address at all', 'quorum'],
  ])('%s is 404', (_, url) => {
    expect(ask({ url }).status).toBe(404);
  });

  test('XML is 501, a missing url and a bad bound are 400, each with the reason', () => {
    expect(ask({ url: about('/scenarios/quorum-read-inversion'), format: 'xml' }).status).toBe(501);
    expect(ask({}).status).toBe(400);
    const bad = ask({ url: about('/scenarios/quorum-read-inversion'), maxwidth: 'wide' });
    expect(bad.status).toBe(400);
    expect(bad.body.error).toContain('maxwidth');
  });
});
