// What a file is that somebody dropped: a scenario, or something of a real account.

const startOf = 4000; // characters

/** Whether a file is what the AWS CLI printed, or a log, rather than a scenario. */
export async function isOfAccount(file: File): Promise<boolean> {
  if (/\.(json|jsonl|ndjson|log|gz)$/i.test(file.name) || file.type === 'application/json') return true;
  if (isScenario(file)) return false;
  const start = (await file.slice(0, startOf).text().catch(() => '')).trimStart();
  return /^[{[]/.test(start) || (start.includes('is not authorized to perform') && !/^(---|#|```)/m.test(start));
}

/** Whether a file is a scenario by its name. */
export function isScenario(file: File): boolean {
  return /\.(md|markdown)$/i.test(file.name);
}

/** The files that were dropped, with those in folders, which are named by their path; hidden ones are left out. */
export function withFolders(event: DragEvent, files: FileList): Promise<readonly File[]> {
  // The items are there while the event lasts.
  const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (!entries.some((entry) => entry?.isDirectory)) return Promise.resolve([...files]);
  return Promise.all(entries.map((entry) => (entry ? filesIn(entry) : []))).then((all) => all.flat());
}

async function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (entry.name.startsWith('.')) return [];
  if (entry.isFile) {
    const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail)).catch(() => null);
    return file ? [named(file, entry.fullPath.replace(/^\//, ''))] : [];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: FileSystemEntry[] = [];
  for (;;) { // a reader hands out a hundred at a time
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail)).catch(() => []);
    if (some.length === 0) break;
    found.push(...some);
  }
  found.sort((a, b) => (a.name < b.name ? -1 : 1));
  return (await Promise.all(found.map(filesIn))).flat();
}

/** A file under another name: its path in a folder, which says what belongs together. */
export function named(file: File, name: string): File {
  return name && name !== file.name ? new File([file], name, { type: file.type }) : file;
}
