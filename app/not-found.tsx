import type { Metadata } from 'next';
import { DeadEnd } from './_shell/dead-end.tsx';
import { LinkButton } from './_shell/link-button.tsx';
import { PageShell } from './_shell/page-shell.tsx';

export const metadata: Metadata = { title: 'No page here' };

/** Shown for an address that leads nowhere. */
export default function NotFound() {
  const ways = (
    <>
      <LinkButton href="/guides" look="primary" size="large">
        Guides
      </LinkButton>
      <LinkButton href="/scenarios" size="large">
        Scenarios
      </LinkButton>
      <LinkButton href="/lab/quorum" size="large">
        Lab
      </LinkButton>
    </>
  );
  return (
    <PageShell>
      <DeadEnd kind="lost" title="There is no page here" actions={ways}>
        <p>
          The address may have been cut short where it was pasted: links to runs can be long. Ask for it again as a
          block of code, or start from one of these.
        </p>
      </DeadEnd>
    </PageShell>
  );
}
