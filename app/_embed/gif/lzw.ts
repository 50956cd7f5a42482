const CODE_BITS_MAX = 12;
const CODES_MAX = 1 << CODE_BITS_MAX;
/** Indices are whole bytes. */
const CLEAR = 256;
const END = 257;

/** Packs indices of a palette as GIF 89a (appendix F) wants them: LZW with codes of 9 to 12 bits, the least significant bit first. */
export function packLzw(indices: Uint8Array): Uint8Array {
  const out = bitWriter();
  // By prefix and byte: the code of that string, 0 for none yet.
  const codes = new Uint16Array(CODES_MAX << 8);
  let [bits, next] = [9, END + 1];
  out.write(CLEAR, bits);
  let prefix = indices[0] ?? 0;
  for (let at = 1; at < indices.length; at++) {
    const key = (prefix << 8) | indices[at]!;
    const known = codes[key]!;
    if (known !== 0) {
      prefix = known;
      continue;
    }
    out.write(prefix, bits);
    prefix = indices[at]!;
    if (next === CODES_MAX) {
      out.write(CLEAR, bits);
      codes.fill(0);
      [bits, next] = [9, END + 1];
      continue;
    }
    // The reader learns a code one step later: only then do codes grow.
    if (next === 1 << bits) bits++;
    codes[key] = next++;
  }
  if (indices.length > 0) out.write(prefix, bits);
  if (next === 1 << bits && bits < CODE_BITS_MAX) bits++;
  out.write(END, bits);
  return out.bytes();
}

function bitWriter() {
  let buffer = new Uint8Array(4096);
  let [size, held, count] = [0, 0, 0];
  const push = (byte: number) => {
    if (size === buffer.length) {
      const larger = new Uint8Array(buffer.length * 2);
      larger.set(buffer);
      buffer = larger;
    }
    buffer[size++] = byte;
  };
  return {
    write: (code: number, bits: number) => {
      held |= code << count;
      count += bits;
      while (count >= 8) {
        push(held & 0xff);
        held >>>= 8;
        count -= 8;
      }
    },
    bytes: () => {
      if (count > 0) push(held & 0xff);
      count = 0;
      return buffer.slice(0, size);
    },
  };
}
