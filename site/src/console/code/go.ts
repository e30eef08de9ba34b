// A call with the AWS SDK for Go, version 2.

import type { FieldView } from '../../engine/messages.js';
import { bracketed, isScalar, lines, quoted } from './layout.js';
import { capital, members, type Literal, type Member } from './literal.js';
import type { Source } from './names.js';

const step = '\t';

// Parameters that the SDK holds as plain values; all others are pointers.
const plainBooleans = new Set(['BypassPolicyLockoutSafetyCheck', 'SetAsDefault', 'PasswordResetRequired', 'RequireSymbols',
  'RequireNumbers', 'RequireUppercaseCharacters', 'RequireLowercaseCharacters', 'AllowUsersToChangePassword', 'OnlyAttached']);

export function go({ call, operation, region }: Source): string {
  const service = call.Service;
  const input = members(call.Input, operation.Fields);
  const literal = structure(`&${service}.${operation.Name}Input`, input, step);
  return `package main

import (
${imports(service, literal)}
)

func main() {
	ctx := context.Background()
	cfg, err := config.LoadDefaultConfig(ctx, config.WithRegion(${line(region)}))
	if err != nil {
		log.Fatal(err)
	}
	response, err := ${service}.NewFromConfig(cfg).${operation.Name}(ctx, ${literal})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%+v\\n", response)
}
${/\bdecode\(/.test(unquoted(literal)) ? decode : ''}`;
}

const decode = `
func decode(text string) []byte {
	bytes, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		log.Fatal(err)
	}
	return bytes
}
`;

// What stands in strings is not code.
function unquoted(code: string): string {
  return code.replace(/"(?:[^"\\]|\\.)*"/g, '""');
}

function imports(service: string, literal: string): string {
  const code = unquoted(literal);
  const uses = (name: string) => new RegExp(`(^|[^\\w.])${name}[.(]`).test(code);
  const standard = ['context', ...(uses('decode') ? ['encoding/base64'] : []), 'fmt', 'log', ...(uses('time') ? ['time'] : [])];
  const sdk = [...(uses('aws') ? ['aws'] : []), 'config', `service/${service}`, ...(uses('types') || /\btypes\./.test(code) ? [`service/${service}/types`] : [])];
  return [...standard.map((name) => `\t"${name}"`), '', ...sdk.map((name) => `\t"github.com/aws/aws-sdk-go-v2/${name}"`)].join('\n');
}

function structure(type: string, list: readonly Member[], indent: string): string {
  const known = list.filter((m) => m.field && m.value.kind !== 'null');
  const unknown = list.filter((m) => !m.field).map((m) => `${indent}${step}// ${line(m.name)} is no parameter that the SDK knows.\n`);
  if (!known.length && !unknown.length) return `${type}{}`;
  return `${type}{\n${unknown.join('')}${known.map((m) => `${indent}${step}${capital(m.name)}: ${member(m.value, m.field!, indent + step)},\n`).join('')}${indent}}`;
}

// A parameter as the SDK's structures hold it.
function member(of: Literal, field: FieldView, indent: string): string {
  switch (of.kind) {
    case 'text': return of.enumeration ? `types.${of.enumeration}(${text(of.text, indent)})` : `aws.String(${text(of.text, indent)})`;
    case 'number': return `aws.Int32(${of.text})`;
    case 'boolean': return plainBooleans.has(field.Name) ? String(of.value) : `aws.Bool(${of.value})`;
    case 'time': return `aws.Time(${time(of.time)})`;
    case 'structure': return structure(`&types.${of.type}`, of.members, indent);
    default: return value(of, indent);
  }
}

function value(of: Literal, indent: string): string {
  const deeper = indent + step;
  switch (of.kind) {
    case 'null': return 'nil';
    case 'text': return text(of.text, indent);
    case 'blob': return of.text === null ? `decode(${line(of.base64)})` : `[]byte(${line(of.text)})`;
    case 'number': return of.text;
    case 'boolean': return String(of.value);
    case 'time': return time(of.time);
    case 'list': return bracketed(`${listType(of)}{`, of.items.map((item) => value(item, deeper)), '}', indent, step, of.items.every(isScalar));
    case 'map': return bracketed('map[string]string{', of.members.map((m) => `${line(m.name)}: ${value(m.value, deeper)}`), '}', indent, step, false);
    case 'structure': return structure('', of.members, indent);
  }
}

function listType(of: Literal & { kind: 'list' }): string {
  const { field } = of;
  if (!field) return '[]string';
  if (field.Member === 'structure' || field.Enum.length > 0) return `[]types.${capital(field.Shape)}`;
  return field.Member === 'blob' ? '[][]byte' : '[]string';
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

function time(t: Date): string {
  return `time.Date(${t.getUTCFullYear()}, time.${months[t.getUTCMonth()]}, ${t.getUTCDate()}, ${t.getUTCHours()}, ${t.getUTCMinutes()}, ${t.getUTCSeconds()}, ${t.getUTCMilliseconds() * 1_000_000}, time.UTC)`;
}

function text(content: string, indent: string): string {
  return lines(content).map(line).join(` +\n${indent}${step}`);
}

// Go has no half characters: they become the replacement character.
function line(content: string): string {
  return quoted(content, (code) => `\\U${code.toString(16).padStart(8, '0')}`, '\\ufffd');
}
