// What a file is that somebody dropped: a scenario, or something of a real account.

const startOf = 4000; // characters

/** Whether a file is what the AWS CLI printed, or a log, rather than a scenario. */
export async function isOfAccount(file: File): Promise<boolean> {
  if (/\.(json|jsonl|ndjson|log|gz)$/i.test(file.name) || file.type === 'application/json') return true;
  if (/\.(md|markdown)$/i.test(file.name)) return false;
  const start = (await file.slice(0, startOf).text().catch(() => '')).trimStart();
  return /^[{[]/.test(start) || (start.includes('is not authorized to perform') && !/^(---|#|```)/m.test(start));
}
