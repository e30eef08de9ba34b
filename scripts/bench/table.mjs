// Numbers for people.

/** The middle of an odd number of values. */
export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Prints rows of {what, value, unit, good}; good is undefined where there is no target. */
export function print(rows) {
  const width = Math.max(...rows.map((row) => row.what.length));
  for (const { what, value, unit, good } of rows) {
    const number = unit === 'MB' ? value.toFixed(2) : Math.round(value).toLocaleString('en');
    const verdict = good === undefined ? '' : good ? '  within the target' : '  MISSES THE TARGET';
    console.log(`${what.padEnd(width)}  ${number.padStart(8)} ${unit.padEnd(2)}${verdict}`);
  }
}
