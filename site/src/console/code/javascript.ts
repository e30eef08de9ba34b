// A call with the AWS SDK for JavaScript, version 3.

import { bracketed, isScalar, lines, quoted } from './layout.js';
import { members, type Literal, type Member } from './literal.js';
import { clientName, type Source } from './names.js';

const step = '  ';

export function javascript({ call, operation, region }: Source): string {
  const client = clientName(call.Service);
  const command = `${operation.Name}Command`;
  return `import { ${client}, ${command} } from "@aws-sdk/client-${call.Service}";

const client = new ${client}({ region: ${line(region)} });
const response = await client.send(new ${command}(${object(members(call.Input, operation.Fields), '', false)}));
console.log(response);
`;
}

function value(of: Literal, indent: string): string {
  const deeper = indent + step;
  switch (of.kind) {
    case 'null': return 'null';
    case 'text': return lines(of.text).map(line).join(` +\n${deeper}`);
    case 'blob': return of.text === null ? `Buffer.from(${line(of.base64)}, "base64")` : `new TextEncoder().encode(${line(of.text)})`;
    case 'number': return of.text;
    case 'boolean': return String(of.value);
    case 'time': return `new Date(${line(of.time.toISOString())})`;
    case 'list': return bracketed('[', of.items.map((item) => value(item, deeper)), ']', indent, step, of.items.every(isScalar));
    default: return object(of.members, indent, true);
  }
}

function object(list: readonly Member[], indent: string, short: boolean): string {
  const items = list.map((m) => `${key(m.name)}: ${value(m.value, indent + step)}`);
  const oneLine = short && (list.length < 2 || list.every((m) => isScalar(m.value)));
  if (items.length && oneLine) return bracketed('{ ', items, ' }', indent, step, true).replace(/^\{ \n/, '{\n').replace(/ \}$/, items.join('').includes('\n') ? '}' : ' }');
  return bracketed('{', items, '}', indent, step, false);
}

// "__proto__" as a plain key would set the prototype.
function key(name: string): string {
  if (name === '__proto__') return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : line(name);
}

function line(content: string): string {
  return quoted(content, (code) => `\\u{${code.toString(16)}}`);
}
