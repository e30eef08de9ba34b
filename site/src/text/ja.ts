// Japanese, room by room.

import type { Texts } from './text.js';
import { engine } from './ja/engine.js';
import { workspace } from './ja/workspace.js';
import { panels } from './ja/panels.js';
import { editor } from './ja/editor.js';
import { console } from './ja/console.js';
import { decision } from './ja/decision.js';
import { lesson } from './ja/lesson.js';
import { lessons } from './ja/lessons.js';
import { element } from './ja/element.js';
import { page } from './ja/page.js';
import { said } from './ja/phrases.js';

export const ja: Texts = { engine, workspace, panels, editor, console, decision, lesson, lessons, element, page, said };
