import type { MDXProps } from 'mdx/types';
import type { JSX } from 'react';

/** A section of a guide, as the contents list it. */
export interface Section {
  readonly id: string;
  readonly title: string;
}

/** What a compiled `content/guides/*.mdx` exports. `contents` is written by rehype-contents.js. */
export interface GuideModule {
  readonly default: (props: MDXProps) => JSX.Element;
  readonly contents: readonly Section[];
}
