/** Where keys apply, by the kind of key. */
import type {Mode} from '../../state/state.js';

/** The list of sockets. Digits narrow the port, all else is as in the table. */
export const sockets: readonly Mode[] = ['table', 'port'];

/** Either list. */
export const browsing: readonly Mode[] = [...sockets, 'journal'];

/** On the way to act on something. */
const acting: readonly Mode[] = ['owners', 'signals', 'confirm', 'outcomes'];

/** Whatever can be scrolled. */
export const lists: readonly Mode[] = [...browsing, 'views', 'explain', 'sort', 'families', 'groups', ...acting, 'inspector', 'help', 'setup'];

/** Lists where letters are keys; in the sort menu they jump to columns, in the setup they find. */
export const letters: readonly Mode[] = [...browsing, 'views', 'explain', 'families', 'groups', ...acting, 'inspector', 'help'];

/** What is shown of the sockets rather than asked for. */
export const viewing: readonly Mode[] = [...browsing, 'inspector'];

/** Lines of text. */
export const lines: readonly Mode[] = ['filter', 'search'];

/** Lines that are typed, whatever for. */
export const typing: readonly Mode[] = [...lines, 'viewName', 'setupLine'];

export const everywhere: readonly Mode[] = [...lists, ...typing];

/** What the modes are called in sentences about keys. */
const modeNames: Readonly<Record<Mode, string>> = {
	table: 'list',
	port: 'port',
	journal: 'journal',
	filter: 'filter line',
	search: 'search line',
	sort: 'sort menu',
	families: 'menu of families',
	groups: 'menu of groups',
	owners: 'menu of processes',
	signals: 'menu of signals',
	confirm: 'confirmation',
	outcomes: 'list of what was done',
	explain: 'explanation',
	inspector: 'inspector',
	help: 'help',
	views: 'menu of views',
	viewName: 'name of a view',
	setup: 'setup',
	setupLine: 'line of the setup',
	setupKey: 'setup, waiting for a key',
};

/** The names of modes. Whoever has a port typed is in the list. */
export const placeNames = (modes: readonly Mode[]): readonly string[] =>
	modes.filter(mode => mode !== 'port' || !modes.includes('table')).map(mode => modeNames[mode]);
