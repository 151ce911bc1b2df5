import type {Segment} from '../../text/paint.js';
import {textWidth} from '../../text/width.js';
import {wrapInto} from '../../text/wrap.js';
import {keyLabel} from '../keys/key-names.js';
import {isActive} from '../keys/key-table.js';
import {layoutOf} from '../state/layout.js';
import {piece, spread} from '../look/segments.js';
import type {Theme} from '../look/theme.js';
import {modeOf, type Binding, type State} from '../state/state.js';
import {keyNotice} from './notices.js';
import {noticeRoom} from './header.js';

/** A key in the footer, with its position and width in terminal columns. */
type FooterKey = {readonly binding: Binding; readonly key: string; readonly label: string; readonly start: number; readonly width: number};

const positionText = ({view}: State): string => view?.selected === undefined ? '' : ` ${view.selected.index + 1}/${view.length} `;

/** Maximum height of a notice at the bottom, in lines. */
const maxNoticeLines = 3;

/**
The notice about the last key, if it does not fit into the header: it covers the footer until the next key, and as many lines above as it needs. It does not
cover an edited line.
*/
export const footNotice = (state: State): readonly string[] => {
	const {size: {columns}} = state;
	const notice = modeOf(state).kind === 'page' ? undefined : keyNotice(state);
	return notice === undefined || textWidth(notice) <= noticeRoom(state) ? [] : wrapInto(notice, columns - 2, layoutOf(state).prompt > 0 ? 1 : maxNoticeLines);
};

/** The last lines of the screen: the keys, or the notice about the last key. */
export const footLines = (state: State, theme: Theme): ReadonlyArray<readonly Segment[]> => {
	const notice = footNotice(state);
	return notice.length === 0 ? [footerSegments(state, theme)] : notice.map(line => [piece(` ${line}`, theme.notice)]);
};

/** The visible keys of the footer with their positions; none while a notice covers them. */
export const footerKeys = (state: State): readonly FooterKey[] => footNotice(state).length === 0 ? keysIn(state) : [];

const keysIn = (state: State): readonly FooterKey[] => {
	const keys = state.keyTable.bindings.flatMap((binding): Array<Omit<FooterKey, 'start'>> => {
		const {keys: names, shown, label, whyNever, isTyped} = binding;
		const isCharacter = names[0] === 'space' || [...names[0] ?? ''].length === 1;
		if (label === undefined || !isActive(state, binding) || whyNever?.(state) !== undefined || (isCharacter && isTyped?.(state) === true)) {
			return [];
		}

		const key = shown ?? keyLabel(names[0]);
		return [{
			binding, key, label, width: textWidth(key) + textWidth(label) + 1,
		}];
	});
	const rankOf = ({binding: {footerRank = Infinity}}: (typeof keys)[number]): number => footerRank;
	const ranked = state.mode === 'table' ? keys.toSorted((a, b) => rankOf(a) === rankOf(b) ? 0 : rankOf(a) - rankOf(b)) : keys;
	return arrange(ranked, state.size.columns - positionText(state).length - 1);
};

/** As many keys as fit, in order. The key to quit is always among them, and replaces those that would leave no room for it. */
const arrange = (keys: ReadonlyArray<Omit<FooterKey, 'start'>>, room: number): readonly FooterKey[] => {
	const quit = keys.find(({binding: {isAlwaysShown}}) => isAlwaysShown);
	const fitting: FooterKey[] = [];
	let start = 0;
	let reserved = quit === undefined ? 0 : quit.width + 1;
	for (const each of keys) {
		reserved = each === quit ? 0 : reserved;
		const next = start + each.width + reserved <= room ? each : (reserved > 0 ? quit : undefined);
		if (next === undefined) {
			break;
		}

		fitting.push({...next, start});
		start += next.width + 1;
		if (next !== each) {
			break;
		}
	}

	return fitting;
};

/** The keys of the mode that fit, and the position of the cursor. */
export const footerSegments = (state: State, theme: Theme): readonly Segment[] => {
	const position = positionText(state);
	const keys = keysIn(state).flatMap(({key, label, start}) => [
		piece(start === 0 ? '' : ' '),
		piece(key, theme.key),
		piece(theme.level === 'none' ? ` ${label}` : `${label} `, theme.keyLabel),
	]);
	return spread(keys, position === '' ? [] : [piece(position, theme.label)], state.size.columns);
};
