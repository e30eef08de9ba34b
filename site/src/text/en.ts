// English, room by room.

import { engine } from './en/engine.js';
import { workspace } from './en/workspace.js';
import { panels } from './en/panels.js';
import { editor } from './en/editor.js';
import { console } from './en/console.js';
import { decision } from './en/decision.js';
import { lesson } from './en/lesson.js';
import { lessons } from './en/lessons.js';
import { element } from './en/element.js';
import { page } from './en/page.js';

/** The engine speaks English. */
const said = (sentence: string): string => sentence;

export const en = { engine, workspace, panels, editor, console, decision, lesson, lessons, element, page, said };
