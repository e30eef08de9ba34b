// Views that are loaded when they are first wanted.

/** Defines an element once its module is there. Doing it twice is harmless. */
export async function defineWhenLoaded(name: string, module: () => Promise<CustomElementConstructor>): Promise<void> {
  if (customElements.get(name)) return;
  const element = await module();
  if (!customElements.get(name)) customElements.define(name, element);
}
