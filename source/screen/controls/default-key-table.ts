import {createKeyTable} from '../keys/key-table.js';
import type {Controls} from '../state/state.js';
import {bindings} from './bindings.js';
import {modes} from './modes.js';

/** All that conntop has. */
export const controls: Controls = {modes, bindings};

/** The keys that are in force unless a person has changed some. */
export const defaultKeyTable = createKeyTable(controls);
