// Gives the elements their names. Doing it twice is harmless.

import { KmsConsolePane } from '../console/console-pane.js';
import { KmsRequestForm } from '../console/request-form.js';
import { KmsDecision } from '../decision/decision-view.js';
import { KmsJSON } from '../decision/json-view.js';
import { KmsTimeLine } from '../decision/time-line.js';
import { KmsPolicyEditor } from '../editor/policy-editor.js';
import { KmsLesson } from '../lesson/lesson-pane.js';
import { KmsExplorer } from '../panels/explorer.js';
import { KmsGrants } from '../panels/grants.js';
import { KmsKeyPanel } from '../panels/key-panel.js';
import { KmsAttach } from './attach.js';
import { KmsInspector } from './inspector.js';
import { KmsPlayground } from './kms-playground.js';
import { KmsToolbar } from './toolbar.js';

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  'kms-attach': KmsAttach,
  'kms-toolbar': KmsToolbar,
  'kms-explorer': KmsExplorer,
  'kms-grants': KmsGrants,
  'kms-key-panel': KmsKeyPanel,
  'kms-policy-editor': KmsPolicyEditor,
  'kms-inspector': KmsInspector,
  'kms-lesson': KmsLesson,
  'kms-console-pane': KmsConsolePane,
  'kms-request-form': KmsRequestForm,
  'kms-decision': KmsDecision,
  'kms-json': KmsJSON,
  'kms-time-line': KmsTimeLine,
  'kms-playground': KmsPlayground,
};

for (const [name, element] of Object.entries(elements)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
