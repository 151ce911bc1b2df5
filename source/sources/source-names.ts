import type {World} from '../fields/model/field.js';

/** What the numbers in a table stand for on the machine that its sockets are of. */
export type SourceNames = Omit<World, 'table' | 'entries' | 'owners'>;
