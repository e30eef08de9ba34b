// A call with boto3.

import { bracketed, isScalar, lines, quoted } from './layout.js';
import { members, type Literal, type Member } from './literal.js';
import { snake, type Source } from './names.js';

const step = '    ';

export function python({ call, operation, region }: Source): string {
  const input = members(call.Input, operation.Fields);
  const named = input.every(({ name }) => isName(name));
  const items = named ? input.map((m) => `${m.name}=${value(m.value, step)}`) : [`**${map(input, step)}`];
  const body = bracketed(`${call.Service}.${snake(operation.Name)}(`, items, ')', '', step, items.length < 2 && !items[0]?.includes('['));
  const head = [...(/base64\.b64decode\(/.test(body) ? ['import base64\n'] : []),
    ...(/\bdatetime\(/.test(body) ? ['from datetime import datetime, timezone\n'] : [])].join('');
  return `${head}${head && '\n'}import boto3

${call.Service} = boto3.client("${call.Service}", region_name=${text(region, '')})
response = ${body}
print(response)
`;
}

// Names that can stand before "=": no word of the language does.
function isName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9]*$/.test(name) && !/^(None|True|False|[a-z]+)$/.test(name);
}

function value(of: Literal, indent: string): string {
  const deeper = indent + step;
  switch (of.kind) {
    case 'null': return 'None';
    case 'text': return text(of.text, indent);
    case 'blob': return of.text === null ? `base64.b64decode(${line(of.base64)})` : `${line(of.text)}.encode()`;
    case 'number': return of.text;
    case 'boolean': return of.value ? 'True' : 'False';
    case 'time': return time(of.time);
    case 'list': return bracketed('[', of.items.map((item) => value(item, deeper)), ']', indent, step, of.items.every(isScalar));
    default: return map(of.members, indent);
  }
}

function map(list: readonly Member[], indent: string): string {
  return bracketed('{', list.map((m) => `${line(m.name)}: ${value(m.value, indent + step)}`), '}', indent, step, list.length < 2 || list.every((m) => isScalar(m.value)));
}

function time(t: Date): string {
  const second = t.getUTCSeconds() + t.getUTCMilliseconds() / 1000;
  const parts = [t.getUTCFullYear(), t.getUTCMonth() + 1, t.getUTCDate(), t.getUTCHours(), t.getUTCMinutes(), Math.floor(second)];
  const micro = t.getUTCMilliseconds() ? [t.getUTCMilliseconds() * 1000] : [];
  return `datetime(${[...parts, ...micro].join(', ')}, tzinfo=timezone.utc)`;
}

// Lines side by side are one string.
function text(content: string, indent: string): string {
  const all = lines(content).map(line);
  if (all.length === 1) return all[0]!;
  return `(\n${all.map((l) => `${indent}${step}${l}\n`).join('')}${indent})`;
}

function line(content: string): string {
  return quoted(content, (code) => `\\U${code.toString(16).padStart(8, '0')}`);
}
