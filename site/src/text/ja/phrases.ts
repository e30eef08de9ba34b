export function said(sentence: string): string {
  return sentence;
}
