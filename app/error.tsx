'use client';

import { useEffect } from 'react';
import { Button, buttonClass } from './_shell/button.tsx';
import { DeadEnd } from './_shell/dead-end.tsx';
import { PlainShell } from './_shell/plain-shell.tsx';

/** Shown when a page throws. Production hides a server's message; its digest finds the line in the server's log. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  const ways = (
    <>
      <Button look="primary" size="large" onClick={retry}>
        Try again
      </Button>
      <a href="/guides" className={buttonClass({ size: 'large' })}>
        Guides
      </a>
    </>
  );
  return (
    <PlainShell>
      <DeadEnd kind="crash" title="This page stopped half-way" actions={ways}>
        <p>
          It is our mistake, not yours. If you were in the lab, your run is not lost: its address describes all of it,
          so copy the address before you leave.
        </p>
        <p>
          The error reads: <code>{sentenceOf(error)}</code>
        </p>
      </DeadEnd>
    </PlainShell>
  );
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const digest = 'digest' in error && typeof error.digest === 'string' ? ` (digest ${error.digest})` : '';
  return `${error.message || error.name}${digest}`;
}
