import type { ReactNode } from 'react';
import styles from './lane-picture.module.css';

/**
 * What went wrong with a page, drawn as the lab draws a run: you, the site, and the request between them. A page that is
 * missing is a message that meets no one (`lost`); a page that failed is a process that stopped (`crash`).
 */
export function LanePicture({ kind }: { kind: 'lost' | 'crash' }) {
  return (
    <svg className={styles.picture} width="358" height="132" viewBox="0 0 358 132" role="img" aria-label={spoken[kind]}>
      <Head y={24} name="you">
        <rect className={styles.client} x="4.5" y="19.5" width="9" height="9" />
      </Head>
      <Head y={100} name="site">
        <circle className={styles.process} cx="9" cy="100" r="5" />
      </Head>
      <path className={styles.lane} d="M56 24H72M266 24H358" />
      <path className={styles.bar} d="M72 13H262M72 35H262" />
      <path className={styles.torn} d="M262 13l4 4l-6 4l6 5l-5 4l3 5" />
      <path className={styles.cap} d="M72 13V35" />
      <text className={styles.op} x="82" y="28">
        open page
      </text>
      <text className={styles.op} x="246" y="28">
        ?
      </text>
      <path className={styles.message} d="M72 35L139.5 96" />
      {kind === 'lost' ? <Lost /> : <Crash />}
    </svg>
  );
}

const spoken = {
  lost: 'You asked the site to open a page. The request met no page, and no answer came back.',
  crash: 'You asked the site to open a page. It began, then stopped half-way, and no answer came back.',
} as const;

function Head({ y, name, children }: { y: number; name: string; children: ReactNode }) {
  return (
    <g>
      {children}
      <text className={styles.name} x="20" y={y + 4}>
        {name}
      </text>
    </g>
  );
}

function Lost() {
  return (
    <g>
      <path className={styles.absent} d="M56 100H358" />
      <path className={styles.cross} d="M139 92L148 101M148 92L139 101" />
      <text className={styles.note} x="160" y="90">
        no page at this address
      </text>
    </g>
  );
}

function Crash() {
  return (
    <g>
      <path className={styles.running} d="M56 100H223" />
      <path className={styles.absent} d="M223 100H358" />
      <circle className={styles.event} cx="143" cy="100" r="3.6" />
      <path className={styles.cross} d="M219 95.5L228 104.5M228 95.5L219 104.5" />
      <text className={styles.note} x="214" y="84">
        the page stopped here
      </text>
    </g>
  );
}
