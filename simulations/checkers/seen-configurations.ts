/** 32 MB of records at most: beyond that the set is full and the search gives up rather than grow. */
const RECORD_WORDS_MAX = 8_388_608;

/**
 * A set of configurations that were searched in vain. A configuration is a row of 32-bit words: the first `exactWords`
 * must match, the rest is a bit set of operations of unknown outcome that were used up. A configuration is covered by
 * a recorded one that matches and used no operation more: whatever it could still do, the recorded one could do too.
 */
export class SeenConfigurations {
  private readonly width: number;
  private readonly exactWords: number;
  /** Per bucket the position of its latest record, plus 1; 0 is an empty bucket. A power of two long. */
  private heads: Int32Array;
  /** Records of `width` words and the position of the previous record of the bucket, plus 1. */
  private records: Int32Array;
  private used = 0;
  private count = 0;
  /** Records compared so far: part of what a search has spent. */
  compared = 0;

  constructor(options: { exactWords: number; subsetWords: number }) {
    this.exactWords = options.exactWords;
    this.width = options.exactWords + options.subsetWords;
    this.heads = new Int32Array(16);
    this.records = new Int32Array(16 * (this.width + 1));
  }

  get full(): boolean {
    return this.used + this.width + 1 > RECORD_WORDS_MAX;
  }

  /** Whether a recorded configuration covers this one. */
  covers(configuration: Int32Array): boolean {
    const { records, width, exactWords } = this;
    let position = this.heads[this.bucket(configuration, 0)]!;
    while (position !== 0) {
      this.compared += 1;
      const start = position - 1;
      let word = 0;
      while (word < exactWords && records[start + word] === configuration[word]) word += 1;
      if (word === exactWords) {
        while (word < width && (records[start + word]! & ~configuration[word]!) === 0) word += 1;
        if (word === width) return true;
      }
      position = records[start + width]!;
    }
    return false;
  }

  /** Records a configuration. The caller looks at `full` first. */
  add(configuration: Int32Array): void {
    if (this.count >= this.heads.length) this.widen();
    const start = this.used;
    this.used += this.width + 1;
    if (this.used > this.records.length) {
      const grown = new Int32Array(this.records.length * 2);
      grown.set(this.records);
      this.records = grown;
    }
    this.records.set(configuration, start);
    this.link(start);
    this.count += 1;
  }

  private link(start: number): void {
    const bucket = this.bucket(this.records, start);
    this.records[start + this.width] = this.heads[bucket]!;
    this.heads[bucket] = start + 1;
  }

  private widen(): void {
    this.heads = new Int32Array(this.heads.length * 4);
    for (let start = 0; start < this.used; start += this.width + 1) this.link(start);
  }

  private bucket(words: Int32Array, start: number): number {
    let hash = 0x9e3779b9 | 0;
    for (let word = start; word < start + this.exactWords; word += 1) {
      hash = Math.imul(hash ^ words[word]!, 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    return hash & (this.heads.length - 1);
  }
}
