/** Where keys apply: modes that have something in common. */
import type {Mode, ModeRecord} from '../../state/state.js';

type Where = (mode: ModeRecord) => boolean;

/** The list of sockets. Digits narrow the port, all else is as in the table. */
export const sockets: readonly Mode[] = ['table', 'port'];

/** The lists, of sockets and of the journal. */
export const isBrowsing: Where = ({kind}) => kind === 'list';

/** Whatever can be scrolled. */
export const canScroll: Where = ({kind}) => kind !== 'line' && kind !== 'key';

/** Lists where letters are keys; in the sort menu they jump to columns, in the setup they find. */
export const hasLetterKeys: Where = mode => canScroll(mode) && (mode.takeText ?? mode.takeLetter) === undefined;

/** What is shown of the sockets rather than asked for. */
export const isViewing: Where = mode => isBrowsing(mode) || mode.id === 'inspector';

/** Lines that are typed, whatever for. */
export const isTyping: Where = ({kind}) => kind === 'line';

export const isAnywhere: Where = mode => canScroll(mode) || isTyping(mode);
