'use client';

import { useSyncExternalStore } from 'react';
import { CopyButton } from '../../_shell/copy-button.tsx';

/** A citation with `{origin}` where the site's address goes: only the reader's browser knows it. */
interface Template {
  readonly template: string;
}

/** A button that copies a citation. */
export function CopyCitation({ template, label }: Template & { label: string }) {
  return <CopyButton text={useFilled(template)} label={label} />;
}

/** A citation as text. */
export function WithOrigin({ template }: Template) {
  return useFilled(template);
}

function useFilled(template: string): string {
  const origin = useSyncExternalStore(
    never,
    () => location.origin,
    () => '',
  );
  return template.replaceAll('{origin}', origin);
}

function never(): () => void {
  return () => {};
}
