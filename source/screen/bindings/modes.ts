/** Where keys apply, by the kind of key. */
import type {Mode} from '../state.js';

/** The list of sockets. Digits narrow the port, all else is as in the table. */
export const sockets: readonly Mode[] = ['table', 'port'];

/** Either list. */
export const browsing: readonly Mode[] = [...sockets, 'journal'];

/** On the way to act on something. */
const acting: readonly Mode[] = ['owners', 'signals', 'confirm', 'outcomes'];

/** Whatever can be scrolled. */
export const lists: readonly Mode[] = [...browsing, 'views', 'explain', 'sort', 'families', 'groups', ...acting, 'inspector', 'help'];

/** Lists where letters are keys; in the sort menu they jump to columns. */
export const letters: readonly Mode[] = [...browsing, 'views', 'explain', 'families', 'groups', ...acting, 'inspector', 'help'];

/** What is shown of the sockets rather than asked for. */
export const viewing: readonly Mode[] = [...browsing, 'inspector'];

/** Lines of text. */
export const lines: readonly Mode[] = ['filter', 'search'];

/** Lines that are typed, whatever for. */
export const typing: readonly Mode[] = [...lines, 'viewName', 'setupLine'];

export const everywhere: readonly Mode[] = [...lists, ...typing, 'setup'];
