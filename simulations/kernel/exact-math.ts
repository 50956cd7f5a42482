/**
 * Logarithm and exponential from the four basic operations alone. IEEE 754 fixes those to the last bit, while
 * Math.log, Math.exp and Math.pow differ in it between JavaScript engines: with these, every draw is the same everywhere.
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const bits = new DataView(new ArrayBuffer(8));

/** The natural logarithm, within 2 units in the last place for normal positive numbers. -Infinity at 0, NaN below. */
export function exactLog(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  bits.setFloat64(0, x);
  let exponent = (bits.getUint32(0) >>> 20) - 1023;
  if (exponent === -1023) return exactLog(x * 18014398509481984) - 54 * (LN2_HIGH + LN2_LOW);
  bits.setUint32(0, (bits.getUint32(0) & 0xfffff) | 0x3ff00000);
  let mantissa = bits.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  // ln(m) = 2 artanh(s) with s = (m - 1) / (m + 1), so |s| <= 0.172 and eleven terms reach the last bit.
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  let series = 1 / 23;
  for (let odd = 21; odd >= 3; odd -= 2) series = series * z + 1 / odd;
  return exponent * LN2_HIGH + (2 * s + (2 * s * z * series + exponent * LN2_LOW));
}

/** e to the x, within 2 units in the last place; 0 below -745, Infinity above 709.78. */
export function exactExp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.2) return 0;
  const power = Math.round(x / (LN2_HIGH + LN2_LOW));
  const rest = x - power * LN2_HIGH - power * LN2_LOW;
  let series = 1;
  for (let term = 14; term >= 1; term--) series = 1 + (series * rest) / term;
  return series * powerOfTwo(Math.trunc(power / 2)) * powerOfTwo(power - Math.trunc(power / 2));
}

/** 2^exponent for exponents from -1022 to 1023, exactly. */
function powerOfTwo(exponent: number): number {
  bits.setUint32(0, (exponent + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}
