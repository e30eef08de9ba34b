// Every view of the playground and how a person comes to it, one after the other in one page, in any language and at any
// width: a row is a view.

import { readFileSync } from 'node:fs';

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').Locator} Locator
 * @typedef {import('../src/text/text.js').Texts} Texts
 */

/**
 * What a view is reached by: the page, its words, and how one goes to a pane.
 * @typedef {object} Way
 * @property {Page} page
 * @property {Texts} words
 * @property {boolean} narrow
 * @property {(pane: keyof Texts['element']['playground']['panes']) => Promise<void>} go
 * @property {(name: string) => Locator} region
 * @property {(name: string) => Locator} button
 */

/** @typedef {readonly [name: string, about: string, reach: (way: Way) => Promise<unknown>]} View the part of the page that it is about, empty for all of it */

const document = readFileSync(new URL('data/views.md', import.meta.url));

/** @param {Page} page @param {Texts} words @param {boolean} narrow @returns {Way} */
export const wayIn = (page, words, narrow) => ({
  page, words, narrow,
  go: async (pane) => { if (narrow) await page.getByRole('navigation', { name: words.element.playground.panesLabel }).getByRole('button', { name: words.element.playground.panes[pane], exact: true }).click(); },
  region: (name) => page.getByRole('region', { name, exact: true }),
  button: (name) => page.getByRole('button', { name, exact: true }),
});

/** @param {Way} way */
async function leaveSheets({ page }) {
  for (let i = 0; i < 2; i++) await page.keyboard.press('Escape');
  await page.locator('.sheet:popover-open').waitFor({ state: 'detached' });
}

/** Opens a sheet of the toolbar, by the menu where the row has no place for its button. @param {Way} way @param {string} name */
async function sheet(way, name) {
  const { words: { element: { toolbar } }, narrow, button } = way;
  await leaveSheets(way);
  if (narrow || name === toolbar.embed || name === toolbar.menu) await button(toolbar.menu).click();
  if (name !== toolbar.menu) await button(name).click();
}

/** The panes by the names of their regions. @param {Way} way */
const panes = ({ region, words }) => ({
  decision: region(words.decision.view.title), form: region(words.console.form.title), editor: region(words.editor.policy.title),
  explorer: region(words.panels.explorer.title), key: region(words.panels.key.key), console: region(words.console.pane.title),
  line: region(words.decision.timeLine.title.replace('\u00a0', ' ')), matrix: region(words.decision.matrix.title), pins: region(words.element.pins.title),
});

/** @param {Way} way @param {string} word */
async function answered(way, word) {
  await way.page.locator('kms-request-form .main[aria-busy="true"]').waitFor({ state: 'detached' });
  await way.go('decision');
  await panes(way).decision.getByRole('status').filter({ hasText: word }).waitFor();
}

/** @param {Way} way */
const waysFound = ({ words }) => new RegExp(`^${words.decision.advice.titled(7).replace(/[()]/g, '\\$&').replace('7', '\\d+')}$`);

/** Unfolds or folds. @param {Locator} pane @param {string | RegExp} summary */
const toggle = (pane, summary) => pane.locator('summary').filter({ hasText: summary }).first().click();

/** @param {Way} way @param {keyof Texts['panels']['key']['tabs']} tab */
async function keyTab(way, tab) {
  await way.go('explorer');
  await panes(way).key.getByRole('tab', { name: way.words.panels.key.tabs[tab], exact: true }).click();
}

/** @param {Way} way @param {string} name */
async function edit(way, name) {
  await way.go('explorer');
  await panes(way).explorer.getByRole('button', { name: way.words.panels.explorer.editNamed(name), exact: true }).click();
}

/** @param {Way} way @param {RegExp} tab */
async function policy(way, tab) {
  await way.go('editor');
  await panes(way).editor.getByRole('tab', { name: tab }).first().click();
  await panes(way).editor.getByRole('textbox', { name: tab }).first().waitFor();
}

/** @type {readonly View[]} */
export const views = [
  ['first', '', ({ go }) => go('editor')],
  ['denied', '', async (way) => {
    await way.page.keyboard.press('Control+Enter');
    await answered(way, way.words.decision.verdict.words.Denied);
    await panes(way).decision.getByRole('heading', { name: waysFound(way) }).waitFor();
  }],
  ['advice', '.decision', async (way) => {
    await panes(way).decision.getByRole('button', { name: waysFound(way) }).click();
    await panes(way).decision.getByText(way.words.decision.advice.commands(1)).first().click();
  }],
  ['lesson', 'kms-inspector', async ({ go, region, words }) => { await go('lesson'); await region(words.lesson.pane.title).waitFor(); }],
  ['allowed', '.decision', async (way) => {
    await way.go('request');
    await panes(way).form.getByRole('combobox', { name: way.words.console.form.principal, exact: true }).selectOption('kms-test-1');
    await way.page.keyboard.press('Control+Enter');
    await answered(way, way.words.decision.verdict.words.Allowed);
    await panes(way).decision.getByRole('button', { name: way.words.decision.output.copyOne('CiphertextBlob') }).waitFor();
  }],
  ['pin', 'kms-toolbar', async (way) => {
    await panes(way).decision.getByRole('button', { name: way.words.decision.view.pin }).click();
    await panes(way).pins.getByRole('combobox').waitFor();
  }],
  ['pins', 'kms-toolbar', async (way) => {
    await panes(way).pins.getByRole('button', { name: way.words.element.pins.pin, exact: true }).click();
    await panes(way).pins.getByRole('listitem').waitFor();
  }],
  ['clock', 'kms-toolbar', async (way) => {
    await leaveSheets(way);
    await way.button(way.words.element.toolbar.fiveMinutes).click();
    await way.page.getByRole('button', { name: way.words.element.toolbar.timeTitle }).click();
    await way.region(way.words.element.clock.title).waitFor();
  }],
  ['time-line', 'kms-time-line', async (way) => {
    await leaveSheets(way);
    await way.go('decision');
    await way.button(way.words.element.toolbar.undo).click();
    await panes(way).line.getByText('sleep 5m').waitFor();
  }],
  ['time-line-list', 'kms-time-line', async (way) => {
    await panes(way).line.getByRole('button', { expanded: false }).first().click();
    await panes(way).line.getByRole('group', { name: way.words.decision.timeLine.detail }).getByText(way.words.decision.view.event).first().waitFor();
  }],
  ['refused', 'kms-policy-editor', async (way) => {
    await panes(way).line.getByRole('button', { expanded: true }).first().click();
    await way.go('editor');
    await panes(way).editor.locator('.cm-content').fill('{ "Version": ');
    await panes(way).editor.getByText('MalformedPolicyDocumentException').waitFor();
  }],
  ['suggestions', 'kms-policy-editor', async (way) => {
    await panes(way).editor.locator('.cm-content').fill('{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": "*", "Action": "kms:" } ] }');
    await way.page.keyboard.press('Control+End');
    for (let i = 0; i < '" } ] }'.length; i++) await way.page.keyboard.press('ArrowLeft');
    await way.page.keyboard.press('Control+ ');
    await way.page.getByRole('listbox', { name: way.words.editor.assist.suggestions }).getByRole('option').first().waitFor();
  }],
  ['help', 'kms-policy-editor', async (way) => {
    await way.page.keyboard.press('Escape');
    await way.page.getByRole('listbox', { name: way.words.editor.assist.suggestions }).waitFor({ state: 'detached' });
    for (let i = 0; i < '"Action": "kms:'.length; i++) await way.page.keyboard.press('ArrowLeft');
    await way.page.keyboard.press('F1');
    await way.page.getByRole('status', { name: way.words.editor.assist.explanation }).getByRole('link').waitFor();
  }],
  ['comparison', 'kms-policy-editor', async (way) => {
    await way.page.getByRole('status', { name: way.words.editor.assist.explanation }).getByRole('button', { name: way.words.editor.assist.close }).click();
    await panes(way).editor.getByRole('button', { name: way.words.editor.view.tools }).click();
    await panes(way).editor.getByRole('button', { name: way.words.editor.view.wrap }).click();
    await panes(way).editor.getByRole('combobox', { name: way.words.editor.compare.label }).selectOption({ label: way.words.editor.compare.opened });
    await panes(way).editor.getByRole('list', { name: way.words.editor.compare.list }).waitFor();
  }],
  ['request', 'kms-request-form', async (way) => {
    await panes(way).editor.getByRole('combobox', { name: way.words.editor.compare.label }).selectOption({ label: way.words.editor.compare.nothing });
    await way.go('request');
    await toggle(panes(way).form, way.words.console.form.originAndMore);
    await panes(way).form.getByRole('button', { name: way.words.console.form.addPair }).click();
  }],
  ['as-code', 'kms-request-form', async (way) => {
    await toggle(panes(way).form, way.words.console.form.originAndMore);
    await toggle(panes(way).form, way.words.console.form.asCode);
    await way.button(way.words.console.code.copy).waitFor();
  }],
  ['operations', 'kms-request-form', async (way) => {
    await toggle(panes(way).form, way.words.console.form.asCode);
    await panes(way).form.getByRole('button', { name: way.words.console.fields.search }).click();
    await way.page.keyboard.type('grant');
    await panes(way).form.getByRole('listbox').getByRole('option').first().waitFor();
  }],
  ['form-grant', 'kms-request-form', async (way) => {
    await way.page.keyboard.press('Escape');
    await panes(way).form.getByRole('combobox', { name: way.words.console.form.operation, exact: true }).selectOption('kms:CreateGrant');
    await panes(way).form.getByRole('button', { name: way.words.console.fields.explain }).click();
    await panes(way).form.getByRole('group', { name: /^EncryptionContextEquals/ }).getByRole('button', { name: way.words.console.form.addPair }).click();
    await panes(way).form.getByRole('link', { name: way.words.console.fields.page }).waitFor();
  }],
  ['matrix', 'kms-inspector', async (way) => {
    await panes(way).form.getByRole('button', { name: way.words.console.fields.explain }).click();
    await way.go('lesson');
    await way.page.getByRole('tab', { name: way.words.element.inspector.tabs.Matrix }).click();
    await way.page.getByRole('gridcell', { name: /^kms-test-2[,、] ?Encrypt: / }).click();
    await panes(way).matrix.getByRole('group', { name: way.words.decision.matrix.why }).getByRole('heading').first().waitFor();
  }],
  ['matrix-compared', 'kms-inspector', async (way) => {
    await panes(way).matrix.getByRole('combobox', { name: way.words.decision.matrix.compareWith, exact: true }).selectOption({ label: way.words.decision.matrix.baselines.OtherText });
    await panes(way).matrix.getByRole('textbox', { name: /alias\/app/ }).fill(JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:user/kms-test-2' }, Action: 'kms:*', Resource: '*' }] }));
    await way.page.getByRole('gridcell', { name: new RegExp(`^kms-test-2[,、] ?Encrypt: ${way.words.decision.matrix.newlyDenied}`) }).waitFor();
  }],
  ['matrix-keys', 'kms-inspector', async (way) => {
    await panes(way).matrix.getByRole('combobox', { name: way.words.decision.matrix.of, exact: true }).selectOption({ label: way.words.decision.matrix.ofKeys('Encrypt') });
    await panes(way).matrix.getByRole('grid', { name: way.words.decision.matrix.tableOfKeys('Encrypt') }).getByRole('gridcell').first().waitFor();
  }],
  ['console', 'kms-console-pane', async (way) => {
    await way.page.getByRole('tab', { name: way.words.element.inspector.tabs.Lesson }).click();
    await way.go('console');
    if (!way.narrow) await panes(way).console.getByRole('button', { name: way.words.console.pane.title, exact: true }).click();
    await panes(way).console.getByRole('combobox', { name: way.words.console.shell.runAs }).selectOption({ label: 'kms-test-3' });
    await panes(way).console.getByRole('textbox').fill('echo one\naws kms encrypt --key-id alias/app --plaintext SGVsbG8=');
    await panes(way).console.getByRole('button', { name: way.words.console.shell.run, exact: true }).click();
    await panes(way).console.getByText('(AccessDeniedException)').first().waitFor();
  }],
  ['scenarios', 'kms-toolbar', async (way) => {
    if (!way.narrow) await panes(way).console.getByRole('button', { name: way.words.console.pane.title, exact: true }).click();
    await way.go('lesson');
    await sheet(way, way.words.element.toolbar.scenarios);
    await way.region(way.words.element.scenarios.title).getByRole('list').getByRole('button', { name: new RegExp(way.words.element.scenarios.renameOne('.')) }).first().click();
    await way.page.getByRole('textbox', { name: way.words.element.scenarios.newName }).waitFor();
  }],
  ['export', 'kms-toolbar', async (way) => {
    await way.button(way.words.element.exporting.open).click();
    await way.button(way.words.element.exporting.save).and(way.page.locator(':enabled')).waitFor();
  }],
  ['import', 'kms-import', async (way) => {
    await sheet(way, way.words.element.toolbar.scenarios);
    await way.button(way.words.element.importing.open).click();
    const dialog = way.page.getByRole('dialog', { name: way.words.element.importing.title });
    await dialog.getByText(way.words.element.importing.commands).click();
    await dialog.getByRole('textbox', { name: way.words.element.importing.box }).fill(`User: arn:aws:iam::111122223333:user/dev is not authorized to perform: kms:Encrypt on resource: arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\n{ "Tags": [,] }`);
    await dialog.getByRole('button', { name: way.words.element.importing.copyOne('aws iam get-account-authorization-details'), exact: true }).waitFor();
    await dialog.getByText(way.words.element.importing.place('', 2, 12)).waitFor();
  }],
  ['embed', 'kms-toolbar', async (way) => {
    await way.page.keyboard.press('Escape');
    await way.page.getByRole('dialog', { name: way.words.element.importing.title }).waitFor({ state: 'hidden' });
    await sheet(way, way.words.element.toolbar.embed);
    await way.page.getByRole('textbox', { name: way.words.element.toolbar.frame }).waitFor();
  }],
  ['menu', 'kms-toolbar', async (way) => {
    await sheet(way, way.words.element.toolbar.menu);
    await way.page.getByRole('combobox', { name: way.words.element.toolbar.theme }).waitFor();
  }],
  ['shared', '.notice', async (way) => {
    await leaveSheets(way);
    await way.page.keyboard.press('Control+s');
    await way.page.waitForURL(/#.+/);
  }],
  ['explorer', 'kms-explorer', async (way) => {
    await sheet(way, way.words.element.toolbar.scenarios);
    await way.page.getByLabel(way.words.element.scenarios.file).setInputFiles({ name: 'views.md', mimeType: 'text/markdown', buffer: document });
    await way.go('explorer');
    await panes(way).explorer.getByText('Production').first().waitFor();
    await leaveSheets(way);
  }],
  ['explorer-unit', 'kms-explorer', async (way) => {
    await edit(way, 'Production');
    await panes(way).explorer.getByRole('button', { name: way.words.panels.organization.rename }).waitFor();
  }],
  ['explorer-role', 'kms-explorer', async (way) => {
    await edit(way, 'app');
    await panes(way).explorer.getByRole('textbox', { name: way.words.panels.member.sessionName }).waitFor();
  }],
  ['explorer-user', 'kms-explorer', async (way) => {
    await edit(way, 'by-tag');
    await panes(way).explorer.getByRole('button', { name: way.words.panels.member.delete('by-tag'), exact: true }).click();
    await panes(way).explorer.getByText('DeleteConflict').waitFor();
  }],
  ['explorer-new-key', 'kms-explorer', async (way) => {
    await edit(way, way.words.panels.explorer.accountNamed('111122223333'));
    await panes(way).explorer.getByText(way.words.panels.account.key, { exact: true }).click();
    await panes(way).explorer.getByRole('button', { name: way.words.panels.createKey.create }).waitFor();
  }],
  ['key-policy', 'kms-key-panel', async (way) => {
    await edit(way, way.words.panels.explorer.accountNamed('111122223333'));
    await panes(way).explorer.getByRole('button', { name: /alias\/app/ }).click();
    await keyTab(way, 'policy');
    await panes(way).key.getByRole('button', { name: way.words.panels.keyPolicy.edit }).waitFor();
  }],
  ['key-grants', 'kms-key-panel', async (way) => {
    await keyTab(way, 'grants');
    await panes(way).key.getByText(way.words.panels.grants.create, { exact: true }).click();
    await panes(way).key.getByRole('button', { name: way.words.panels.grants.createNow, exact: true }).waitFor();
  }],
  ['key-tags', 'kms-key-panel', async (way) => {
    await keyTab(way, 'tags');
    await panes(way).key.getByRole('textbox', { name: way.words.panels.tags.key }).fill('Project');
    await panes(way).key.getByRole('textbox', { name: way.words.panels.tags.value }).fill('Alpha');
    await panes(way).key.getByRole('group', { name: way.words.panels.tags.ifAdded('Project', 'Alpha') }).waitFor();
  }],
  ['key-aliases', 'kms-key-panel', async (way) => {
    await keyTab(way, 'aliases');
    await panes(way).key.getByRole('button', { name: way.words.panels.aliases.moveNamed('alias/app'), exact: true }).click();
    await panes(way).key.getByText(way.words.panels.effects.gone('alias/app')).waitFor();
  }],
  ['key-state', 'kms-key-panel', async (way) => {
    await keyTab(way, 'state');
    await panes(way).key.getByRole('button', { name: way.words.panels.state.disable, exact: true }).click();
    await panes(way).key.getByRole('button', { name: way.words.panels.state.enable, exact: true }).waitFor();
  }],
  ['key-rotation', 'kms-key-panel', async (way) => {
    await keyTab(way, 'rotation');
    await panes(way).key.getByText(way.words.panels.rotation.off).waitFor();
  }],
  ['key-regions', 'kms-key-panel', async (way) => {
    await keyTab(way, 'regions');
    await panes(way).key.getByText(way.words.panels.regions.single('us-east-1')).waitFor();
  }],
  ['key-facts', 'kms-key-panel', async (way) => {
    await keyTab(way, 'facts');
    await panes(way).key.getByText('SYMMETRIC_DEFAULT').first().waitFor();
  }],
  ['key-public', 'kms-key-panel', async (way) => {
    await panes(way).explorer.getByRole('button', { name: /alias\/curve/ }).click();
    await keyTab(way, 'publicKey');
    await panes(way).key.getByRole('button', { name: way.words.panels.publicKey.get }).click();
    await panes(way).key.getByRole('region', { name: way.words.panels.publicKey.pem }).waitFor();
  }],
  ['editor-identity', 'kms-policy-editor', (way) => policy(way, /^by-tag: access/)],
  ['editor-boundary', 'kms-policy-editor', (way) => policy(way, /^limits/)],
  ['editor-trust', 'kms-policy-editor', (way) => policy(way, /app/)],
  ['editor-scp', 'kms-policy-editor', (way) => policy(way, /^Guard/)],
  ['editor-rcp', 'kms-policy-editor', (way) => policy(way, /^OnlyUs/)],
  ['editor-endpoint', 'kms-policy-editor', (way) => policy(way, /vpce-/)],
  ['editor-read-only', 'kms-policy-editor', (way) => policy(way, /^AdministratorAccess/)],
];
