import {createKeyTable} from '../keys/key-table.js';
import type {Controls} from '../state/state.js';
import {bindings} from './bindings.js';
import {modes} from './modes.js';

/** All modes and bindings. */
export const controls: Controls = {modes, bindings};

/** The default keys. */
export const defaultKeyTable = createKeyTable(controls);
