// What a page in one file holds: its engine and worker stand in elements, whose addresses are "#kms-engine" and the like.

/** Whether an address is that of an element of the page. */
export const isHeld = (address: string): boolean => address.startsWith('#');

/** The text of the element at an address. */
export function held(address: string): string {
  return document.querySelector(address)?.textContent ?? '';
}

/** What an element holds gzipped, in Base64. */
export function unpacked(address: string): ReadableStream<Uint8Array> {
  const packed = atob(held(address).trim());
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
  return new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
}
