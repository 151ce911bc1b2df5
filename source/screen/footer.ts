import type {Segment} from '../text/paint.js';
import {textWidth} from '../text/width.js';
import {keyLabel} from './key-names.js';
import type {Binding} from './keys.js';
import {piece, spread} from './segments.js';
import type {State} from './state.js';
import type {Theme} from './theme.js';

/** A key in the footer. Columns of the terminal. */
type FooterKey = {readonly binding: Binding; readonly key: string; readonly label: string; readonly start: number; readonly width: number};

const placeText = ({view}: State): string => view?.selected === undefined ? '' : ` ${view.selected.index + 1}/${view.length} `;

/** The keys of the mode, side by side, as many as fit. */
export const footerKeys = (state: State): readonly FooterKey[] => {
	const room = state.size.columns - placeText(state).length - 1;
	const keys: FooterKey[] = [];
	let start = 0;
	for (const binding of state.keyTable.bindings) {
		const {keys: names, shown, label, modes, whyNever} = binding;
		if (label === undefined || !modes.includes(state.mode) || whyNever?.(state) !== undefined) {
			continue;
		}

		const key = shown ?? keyLabel(names[0]);
		const width = textWidth(key) + textWidth(label) + 1;
		if (start + width > room) {
			break;
		}

		keys.push({
			binding, key, label, start, width,
		});
		start += width + 1;
	}

	return keys;
};

/** The last line: keys of the mode, as many as fit, and where the cursor is. */
export const footerSegments = (state: State, theme: Theme): readonly Segment[] => {
	const place = placeText(state);
	const keys = footerKeys(state).flatMap(({key, label, start}) => [
		piece(start === 0 ? '' : ' '),
		piece(key, theme.key),
		piece(theme.level === 'none' ? ` ${label}` : `${label} `, theme.keyLabel),
	]);
	return spread(keys, place === '' ? [] : [piece(place, theme.label)], state.size.columns);
};
