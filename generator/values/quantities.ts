const BYTES: Readonly<Record<string, number>> = {
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};

/** Bytes of a size as Kubernetes writes it, of the units that the schema allows. */
export function bytes(size: string): number {
  const [, amount = '', unit = ''] = /^(\d+)(.*)$/.exec(size) ?? [];
  return Number(amount) * (BYTES[unit] ?? 1);
}

/** The least whole number of GiB for a number of bytes, at least one, as Kubernetes writes it. */
export const wholeGiB = (amount: number): string => `${Math.max(1, Math.ceil(amount / 2 ** 30))}Gi`;

/** The least whole number of quarters of a GiB for a number of bytes, in the shorter of its two spellings. */
export function quarterGiB(amount: number): string {
  const quarters = Math.max(1, Math.ceil(amount / 2 ** 28));
  return quarters % 4 === 0 ? `${quarters / 4}Gi` : `${quarters * 256}Mi`;
}

/** A part of a size, in MiB. */
export const share = (size: string, part: number): string => `${Math.ceil((bytes(size) * part) / 2 ** 20)}Mi`;

const SECONDS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** Seconds of a duration as Go writes it: `1h30m`, `0.5s`. */
export function seconds(duration: string): number {
  const parts = duration.matchAll(/([0-9.]+)(ns|us|ms|s|m|h)/g);
  return [...parts].reduce(
    (total, [, amount = '', unit = '']) => total + Number(amount) * (SECONDS[unit] ?? 0),
    0,
  );
}
