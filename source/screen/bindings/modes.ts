/** Where keys apply, by the kind of key. */
import type {Mode} from '../state.js';

/** The list of sockets. Digits narrow the port, all else is as in the table. */
export const sockets: readonly Mode[] = ['table', 'port'];

/** Either list. */
export const browsing: readonly Mode[] = [...sockets, 'journal'];

/** Whatever can be scrolled. */
export const lists: readonly Mode[] = [...browsing, 'explain', 'sort', 'families', 'groups', 'inspector', 'help'];

/** Lists where letters are keys; in the sort menu they jump to columns. */
export const letters: readonly Mode[] = [...browsing, 'explain', 'families', 'groups', 'inspector', 'help'];

/** What is shown of the sockets rather than asked for. */
export const viewing: readonly Mode[] = [...browsing, 'inspector'];

/** Lines of text. */
export const lines: readonly Mode[] = ['filter', 'search'];

export const everywhere: readonly Mode[] = [...lists, ...lines];
