import type { MDXComponents } from 'mdx/types';
import { CommitsFigure, VotersTable } from './app/_embed/commits-figure.tsx';
import { CompactionFigure, RestartTable } from './app/_embed/compaction-figure.tsx';
import { ContractsFigure } from './app/_embed/contracts-figure.tsx';
import { DurabilityTable } from './app/_embed/durability-table.tsx';
import { ElectionsFigure } from './app/_embed/elections-figure.tsx';
import { KStaleness } from './app/_embed/k-staleness.tsx';
import { LabLink } from './app/_embed/lab-link.tsx';
import { MergesFigure } from './app/_embed/merges-figure.tsx';
import { Rate } from './app/_embed/rate.tsx';
import { ReadsTable } from './app/_embed/reads-table.tsx';
import { RoutesTable } from './app/_embed/routes-table.tsx';
import { RunPair } from './app/_embed/run-pair.tsx';
import { StalenessFigure } from './app/_embed/staleness-figure.tsx';
import {
  Cite,
  MarginNote,
  PairLine,
  Pitfall,
  Questions,
  Recap,
  Rule,
  Source,
  Sources,
  WhenNot,
  YouWillLearn,
} from './app/_prose/blocks.tsx';
import { Claim } from './app/_prose/claim.tsx';
import { Caption, Figure, TableNote } from './app/_prose/figure.tsx';
import { Predict } from './app/_prose/predict.tsx';
import {
  CodeBlock,
  Heading,
  OrderedList,
  Paragraph,
  Quote,
  Subheading,
  Table,
  TableHead,
  Title,
  UnorderedList,
} from './app/_prose/text.tsx';
import { Glyph } from './app/_shell/glyph.tsx';
import { To } from './app/_shell/to.tsx';
import { Verdict } from './app/_shell/verdict-mark.tsx';
import { VersionChip } from './app/_shell/version-chip.tsx';

const components = {
  h1: Title,
  h2: Heading,
  h3: Subheading,
  p: Paragraph,
  ul: UnorderedList,
  ol: OrderedList,
  table: Table,
  th: TableHead,
  pre: CodeBlock,
  blockquote: Quote,
  Caption,
  Cite,
  Claim,
  CommitsFigure,
  CompactionFigure,
  ContractsFigure,
  DurabilityTable,
  ElectionsFigure,
  Figure,
  Glyph,
  KStaleness,
  LabLink,
  MarginNote,
  MergesFigure,
  PairLine,
  Pitfall,
  Predict,
  Questions,
  Rate,
  ReadsTable,
  Recap,
  RestartTable,
  RoutesTable,
  Rule,
  RunPair,
  Source,
  Sources,
  StalenessFigure,
  TableNote,
  To,
  Verdict,
  VersionChip,
  VotersTable,
  WhenNot,
  YouWillLearn,
} satisfies MDXComponents;

/** The components that a guide may use without importing them. Next.js looks for this name in this file. */
export function useMDXComponents(): MDXComponents {
  return components;
}
