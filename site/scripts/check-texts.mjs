// Holds that what a person reads comes from src/text, and that src/text has nothing that nobody reads. Words are looked
// for where they reach the page: in the text and the spoken attributes of templates, in what is put into them, followed
// through the names of the same file, and in every string of two words or more. That each language has every string is
// the compiler's business.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, runnerImport } from 'vite';

/** @typedef {Record<string, any>} Node a node of the syntax tree */

const src = fileURLToPath(new URL('../src/', import.meta.url));

// Names that are the same in every language: AWS's, those of formats and tools, those in examples, and ours. Names in CamelCase, as
// operations have them, and in capitals are AWS's too.
const names = new Set(`AWS KMS Playground IAM STS Organizations CLI SDK CloudTrail Terraform Python boto3 JavaScript Go Markdown
  JSON CSV UTC ARN ARNs MB Base64 Department IT Project Alpha Enabled Disabled Decrypt Encrypt Sign Verify Allow Deny Principal Action Resource Condition`.split(/\s+/));

// Roles of fields, kinds of policies and their like, which the messages of the engine spell so.
const spelled = new Set(['encryption context', 'grant tokens', 'grant id', 'key policy', 'trust policy', 'identity-based policy',
  'session policy', 'permissions boundary', 'resource-based policy', 'service control policy', 'resource control policy', 'VPC endpoint policy']);

const spoken = /(?:^|\s)\.?(aria-label|aria-description|aria-roledescription|aria-valuetext|ariaLabel|alt|label|placeholder|title)\s*=\s*("[^"]*"|'[^']*'|[^\s>]*)/g;

/** @type {string[]} */
const wrong = [];

/** @param {string} text */
function wordsOf(text) {
  if (spelled.has(text.trim())) return [];
  const plain = text.replace(/&\w+;|[^\s"]*[^\s":][:/=][^\s"]+|\b[a-z]+-[a-z]+-\d\b/g, ' '); // ARNs, aliases, pairs, Regions
  return [...plain.matchAll(/\p{L}[\p{L}\p{N}'’]+/gu)].map(([word]) => word)
    .filter((word) => !names.has(word) && !/^\p{Lu}[\p{Ll}\p{N}]+\p{Lu}\w*$|^\p{Lu}[\p{Lu}\p{N}]+$/u.test(word));
}

/** One file of src/. */
class File {
  /** @type {Map<string, Node[]>} what a name stands for, in any scope of the file */
  values = new Map();
  /** @type {Set<Node>} */
  seen = new Set();

  /** @param {string} name */
  constructor(name) {
    this.name = name;
    this.code = readFileSync(join(src, name), 'utf8');
    this.tree = /** @type {Node} */ (/** @type {unknown} */ (parseSync(name, this.code).program));
    each(this.tree, (node) => this.#define(node));
  }

  check() {
    each(this.tree, (node, parents) => {
      if (node['type'] === 'TaggedTemplateExpression' && node['tag'].name === 'html') this.#template(node['quasi']);
      if (isString(node) && !isCode(node, parents)) this.#sentence(node);
      if (node['type'] === 'Property' && /^(text|title|label|message|summary)$/.test(node['key'].name ?? '')) this.#shown(node['value']);
    });
  }

  /** @param {Node} node */
  #define(node) {
    const add = (/** @type {string | undefined} */ name, /** @type {Node | null} */ value) => {
      if (name && value) this.values.set(name, [...this.values.get(name) ?? [], value]);
    };
    const { type } = node;
    if (type === 'VariableDeclarator') {
      add(node['id'].name, node['init']);
      node['id'].elements?.forEach((/** @type {Node | null} */ element, /** @type {number} */ index) =>
        add(element?.['name'], { type: 'Element', of: node['init'], index }));
    } else if (type === 'AssignmentExpression') {
      add(node['left'].property?.name, node['right']);
    } else if (type === 'FunctionDeclaration') {
      add(node['id']?.name, node);
    } else if (type === 'MethodDefinition' || type === 'PropertyDefinition') {
      add(node['key'].name, node['value']);
    }
  }

  /** @param {Node} quasi */
  #template(quasi) {
    const text = quasi['quasis'].map((/** @type {Node} */ q) => q['value'].cooked).join('\u0000');
    const outside = text.replace(/<!--.*?-->/gs, '').replace(/<(code|pre|style)\b[^>]*>[^<\u0000]*<\/\1>/g, '').replace(/<[^>]*>/gs, ' ');
    this.#tell(quasi, outside);
    for (const [, , value = ''] of text.matchAll(spoken)) this.#tell(quasi, value);
    let before = '';
    quasi['expressions'].forEach((/** @type {Node} */ expression, /** @type {number} */ i) => {
      before += quasi['quasis'][i].value.cooked;
      const tag = before.slice(before.lastIndexOf('<'));
      const attribute = tag.includes('>') ? null : /([\w.@?-]+)\s*=\s*(?:"[^"]*|'[^']*)?$/.exec(tag)?.[1] ?? '';
      if (attribute === null || [...` ${attribute}=x`.matchAll(spoken)].length) this.#shown(expression);
      before += 'x';
    });
  }

  // Follows a value to the strings that it may be.
  /**
   * @param {Node | null | undefined} node
   * @returns {void}
   */
  #shown(node) {
    if (!node || this.seen.has(node)) return;
    this.seen.add(node);
    switch (node['type']) {
      case 'Literal':
        if (typeof node['value'] === 'string' && !node['value'].startsWith('aws ')) this.#tell(node, node['value']);
        return;
      case 'TemplateLiteral':
        this.#tell(node, node['quasis'].map((/** @type {Node} */ q) => q['value'].cooked).join(' '));
        return node['expressions'].forEach((/** @type {Node} */ e) => this.#shown(e));
      case 'ConditionalExpression':
        this.#shown(node['consequent']);
        return this.#shown(node['alternate']);
      case 'LogicalExpression':
        if (node['operator'] !== '&&') this.#shown(node['left']);
        return this.#shown(node['right']);
      case 'BinaryExpression':
        if (node['operator'] !== '+') return;
        this.#shown(node['left']);
        return this.#shown(node['right']);
      case 'ArrayExpression':
        return node['elements'].forEach((/** @type {Node} */ e) => this.#shown(e));
      case 'ObjectExpression':
        return node['properties'].forEach((/** @type {Node} */ p) => this.#shown(p['value']));
      case 'Element': { // of the lists that a function of this file returns
        const lists = this.values.get(node['of'].callee?.name) ?? [node['of']];
        return lists.forEach((list) => each(list, (inner) => {
          if (inner['type'] === 'ArrayExpression') this.#shown(inner['elements'][node['index']]);
        }));
      }
      case 'Identifier':
        return this.values.get(node['name'])?.forEach((value) => this.#shown(value));
      case 'MemberExpression':
        if (node['object'].type === 'ThisExpression') this.values.get(node['property'].name)?.forEach((value) => this.#shown(value));
        else if (node['computed'] && node['object'].type === 'Identifier') this.#shown(node['object']);
        return;
      case 'CallExpression':
        if (node['callee'].property?.name === 'map') return this.#shown(node['arguments'][0]);
        return this.#shown(node['callee'].type === 'Identifier' || node['callee'].object?.type === 'ThisExpression' ? node['callee'] : null);
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
      case 'FunctionDeclaration':
        if (node['body']?.type !== 'BlockStatement') return this.#shown(node['body']);
        return each(node['body'], (inner) => { if (inner['type'] === 'ReturnStatement') this.#shown(inner['argument']); });
      case 'AwaitExpression':
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'ParenthesizedExpression':
        return this.#shown(node['argument'] ?? node['expression']);
    }
  }

  /** @param {Node} node */
  #sentence(node) {
    const text = node['type'] === 'Literal' ? node['value'] : node['quasis'].map((/** @type {Node} */ q) => q['value'].cooked).join(' x ');
    if (/^aws |=>|\[[\w-]+[=\]]/.test(text)) return; // commands, programs and selectors
    const plain = text.replace(/<[^>]*>?|[\w-]+="[^"]*"/gs, ' ');
    if (/\p{L}{2,}[,;:.]?\s+\p{L}{2,}/u.test(plain)) this.#tell(node, plain);
  }

  /**
   * @param {Node} node
   * @param {string} text
   */
  #tell(node, text) {
    const [word] = wordsOf(text);
    if (!word) return;
    const line = this.code.slice(0, node['start']).split('\n').length;
    const message = `${this.name}:${line}: “${word}” is not from src/text: ${text.trim().replace(/\s+/g, ' ').replaceAll('\u0000', '…').slice(0, 80)}`;
    if (!wrong.includes(message)) wrong.push(message);
  }
}

/** @param {Node} node */
function isString(node) {
  return (node['type'] === 'Literal' && typeof node['value'] === 'string') || node['type'] === 'TemplateLiteral';
}

// Selectors, the names of events and of modules, styles, types, keys, and what a value is compared with.
/**
 * @param {Node} node
 * @param {readonly Node[]} parents
 */
function isCode(node, parents) {
  const parent = parents.at(-1) ?? {};
  switch (parent['type']) {
    case 'ImportDeclaration': case 'ExportNamedDeclaration': case 'ImportExpression': case 'TSLiteralType': case 'SwitchCase':
      return true;
    case 'TaggedTemplateExpression':
      return true; // html is looked at by itself
    case 'NewExpression':
      return parent['callee'].name === 'TypeError'; // which says that a program is wrong
    case 'AssignmentExpression':
      return /^(className|rel|type|role)$/.test(parent['left'].property?.name ?? '');
    case 'BinaryExpression':
      return /^[=!]==?$|^in$/.test(parent['operator']);
    case 'Property': case 'MemberExpression': case 'TSPropertySignature': case 'PropertyDefinition':
      return parent['key'] === node || parent['key']?.name === 'tone' || (parent['property'] === node && parent['type'] === 'MemberExpression');
    case 'CallExpression':
      return /^(querySelector(All)?|closest|matches|setAttribute|createPolicy|includes|startsWith|endsWith|split|replace|replaceAll|matchMedia)$/.test((parent['callee'].property ?? parent['callee']).name ?? '');
  }
  return false;
}

/**
 * Visits every node, with those about it.
 * @param {Node} node
 * @param {(node: Node, parents: readonly Node[]) => void} visit
 * @param {Node[]} parents
 */
function each(node, visit, parents = []) {
  visit(node, parents);
  parents.push(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (child && typeof child.type === 'string') each(child, visit, parents);
  }
  parents.pop();
}

/** The strings that are read: "panels.grants.retire", and all below "element.toolbar.themes" where one is chosen. */
class Reading {
  /** @type {Set<string>} */
  paths = new Set();

  /** @param {File} file */
  add(file) {
    /** @type {Map<string, string[]>} */
    const aliases = new Map();
    const alias = (/** @type {string} */ name, /** @type {string} */ path) => aliases.set(name, [...aliases.get(name) ?? [], path]);
    // Twice: an alias of an alias may stand before it.
    for (let pass = 0; pass < 2; pass++) {
      each(file.tree, (node) => {
        if (node['type'] !== 'VariableDeclarator' || !node['init']) return;
        for (const path of pathsOf(node['init'], aliases)) {
          if (node['id'].type === 'Identifier') alias(node['id'].name, path);
          for (const property of node['id'].properties ?? []) alias(property.value?.name ?? '', `${path}.${property.key?.name ?? property.key?.value}`);
        }
      });
    }
    each(file.tree, (node, parents) => {
      const parent = parents.at(-1) ?? {};
      const read = node['type'] === 'MemberExpression' || node['type'] === 'Identifier';
      if (!read || (parent['type'] === 'MemberExpression' && parent['object'] === node && !parent['computed'])) return;
      if (parent['type'] === 'VariableDeclarator' && (parent['id'] === node || parent['init'] === node)) {
        if (parent['init'] !== node || parent['id'].type !== 'Identifier') return;
        if (node['type'] === 'MemberExpression') this.paths.add(`?${pathsOf(node, aliases)[0] ?? ''}`);
        return;
      }
      if (parent['type'] === 'Property' && (parent['key'] === node || parents.at(-2)?.['type'] === 'ObjectPattern')) return;
      for (const path of pathsOf(node, aliases)) this.paths.add(path);
    });
  }

  /** @param {string} path */
  has(path) {
    for (let at = path; at; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) if (this.paths.has(at)) return true;
    // A string that is given a name is read by it.
    return this.paths.has(`?${path}`);
  }
}

/**
 * The paths in the catalogue that an expression reads: one, or none.
 * @param {Node} node
 * @param {ReadonlyMap<string, readonly string[]>} aliases
 * @returns {readonly string[]}
 */
function pathsOf(node, aliases) {
  if (node['type'] === 'CallExpression' && node['callee'].name === 'text' && node['arguments'].length === 0) return [''];
  if (node['type'] === 'Identifier') return aliases.get(node['name']) ?? [];
  if (node['type'] !== 'MemberExpression') return [];
  const key = node['computed'] ? node['property'].value : node['property'].name;
  const paths = pathsOf(node['object'], aliases);
  return key === undefined ? paths : paths.map((path) => (path ? `${path}.${key}` : String(key)));
}

/**
 * @param {unknown} texts
 * @param {string} path
 * @returns {string[]}
 */
function leaves(texts, path = '') {
  if (typeof texts !== 'object' || texts === null || Array.isArray(texts)) return [path];
  return Object.entries(texts).flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key));
}

const reading = new Reading();
for (const name of readdirSync(src, { recursive: true, encoding: 'utf8' }).sort()) {
  // console/code writes programs, sdk speaks to programs as AWS's SDK does, and engine/messages is generated types.
  if (!/\.ts$/.test(name) || name.startsWith('text/') || name === 'engine/messages.ts' || name.endsWith('.d.ts')) continue;
  const file = new File(name);
  reading.add(file);
  if (!/^(console\/code|sdk)\//.test(name)) file.check();
}
const { module } = await runnerImport(join(src, 'text/en.ts'), { root: src, configFile: false, logLevel: 'error' });
for (const path of leaves(/** @type {any} */ (module).en)) {
  if (path !== 'said' && !reading.has(path)) wrong.push(`text/en: nothing reads ${path}`);
}
for (const line of wrong) console.error(line);
process.exitCode = wrong.length ? 1 : 0;
