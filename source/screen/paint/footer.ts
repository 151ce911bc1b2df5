import type {Segment} from '../../text/paint.js';
import {textWidth} from '../../text/width.js';
import {wrapInto} from '../../text/wrap.js';
import {keyLabel} from '../keys/key-names.js';
import {isInForce} from '../keys/key-table.js';
import {layoutOf} from '../state/layout.js';
import {piece, spread} from '../look/segments.js';
import type {Theme} from '../look/theme.js';
import {modeOf, type Binding, type State} from '../state/state.js';
import {keyNotice} from './notices.js';
import {noticeRoom} from './header.js';

/** A key in the footer. Columns of the terminal. */
type FooterKey = {readonly binding: Binding; readonly key: string; readonly label: string; readonly start: number; readonly width: number};

const placeText = ({view}: State): string => view?.selected === undefined ? '' : ` ${view.selected.index + 1}/${view.length} `;

/** Lines of a sentence at the foot. */
const mostNoticeLines = 3;

/**
What the last key has to say, where the header has no room for the whole of it: it then takes the line of the keys until the next key, and of the lines above
as many as it needs. Lines that are typed in stay.
*/
export const footNotice = (state: State): readonly string[] => {
	const {size: {columns}} = state;
	const told = modeOf(state).kind === 'page' ? undefined : keyNotice(state);
	return told === undefined || textWidth(told) <= noticeRoom(state) ? [] : wrapInto(told, columns - 2, layoutOf(state).prompt > 0 ? 1 : mostNoticeLines);
};

/** The last lines: the keys, or what the last key has to say. */
export const footLines = (state: State, theme: Theme): ReadonlyArray<readonly Segment[]> => {
	const told = footNotice(state);
	return told.length === 0 ? [footerSegments(state, theme)] : told.map(line => [piece(` ${line}`, theme.notice)]);
};

/** The keys of the mode that can be seen, side by side, as many as fit. */
export const footerKeys = (state: State): readonly FooterKey[] => footNotice(state).length === 0 ? keysIn(state) : [];

const keysIn = (state: State): readonly FooterKey[] => {
	const keys = state.keyTable.bindings.flatMap((binding): Array<Omit<FooterKey, 'start'>> => {
		const {keys: names, shown, label, whyNever, isTyped} = binding;
		const isCharacter = names[0] === 'space' || [...names[0] ?? ''].length === 1;
		if (label === undefined || !isInForce(state, binding) || whyNever?.(state) !== undefined || (isCharacter && isTyped?.(state) === true)) {
			return [];
		}

		const key = shown ?? keyLabel(names[0]);
		return [{
			binding, key, label, width: textWidth(key) + textWidth(label) + 1,
		}];
	});
	const rankOf = ({binding: {footerRank = Infinity}}: (typeof keys)[number]): number => footerRank;
	const ranked = state.mode === 'table' ? keys.toSorted((a, b) => rankOf(a) === rankOf(b) ? 0 : rankOf(a) - rankOf(b)) : keys;
	return placed(ranked, state.size.columns - placeText(state).length - 1);
};

/** As many as fit, in order; the one that is always shown (it quits) is among them, in the place of those that would leave no room for it. */
const placed = (keys: ReadonlyArray<Omit<FooterKey, 'start'>>, room: number): readonly FooterKey[] => {
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

/** Keys of the mode, as many as fit, and where the cursor is. */
export const footerSegments = (state: State, theme: Theme): readonly Segment[] => {
	const place = placeText(state);
	const keys = keysIn(state).flatMap(({key, label, start}) => [
		piece(start === 0 ? '' : ' '),
		piece(key, theme.key),
		piece(theme.level === 'none' ? ` ${label}` : `${label} `, theme.keyLabel),
	]);
	return spread(keys, place === '' ? [] : [piece(place, theme.label)], state.size.columns);
};
