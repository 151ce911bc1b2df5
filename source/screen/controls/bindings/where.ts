/** Sets of modes in which keys apply. */
import type {Mode, ModeRecord} from '../../state/state.js';

type Where = (mode: ModeRecord) => boolean;

/** The list of sockets. In mode `port`, digits extend the port and all other keys work as in the table. */
export const sockets: readonly Mode[] = ['table', 'port'];

/** The lists: sockets and journal. */
export const isBrowsing: Where = ({kind}) => kind === 'list';

/** Modes that scroll. */
export const canScroll: Where = ({kind}) => kind !== 'line' && kind !== 'key';

/** Modes where letters are keys. In the sort menu letters jump to columns, in the setup they search. */
export const hasLetterKeys: Where = mode => canScroll(mode) && (mode.takeText ?? mode.takeLetter) === undefined;

/** Modes that show sockets: the lists and the inspector. */
export const isViewing: Where = mode => isBrowsing(mode) || mode.id === 'inspector';

/** Modes with a line of text to type. */
export const isTyping: Where = ({kind}) => kind === 'line';

export const isAnywhere: Where = mode => canScroll(mode) || isTyping(mode);
