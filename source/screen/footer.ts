import type {Segment} from '../text/paint.js';
import {keyLabel} from './key-names.js';
import {joinFitting, piece, spread} from './segments.js';
import type {State} from './state.js';
import type {Theme} from './theme.js';

/** The last line: keys of the mode, as many as fit, and where the cursor is. */
export const footerSegments = (state: State, theme: Theme): readonly Segment[] => {
	const {mode, view, keyTable, size: {columns}} = state;
	const place = view?.selected === undefined ? '' : ` ${view.selected.index + 1}/${view.length} `;
	const keys = keyTable.bindings
		.filter(binding => binding.label !== undefined && binding.modes.includes(mode))
		.map(({keys: names, shown, label = ''}) => [
			piece(shown ?? keyLabel(names[0]), theme.key),
			piece(theme.level === 'none' ? ` ${label}` : `${label} `, theme.keyLabel),
		]);
	return spread(joinFitting(keys, piece(' '), columns - place.length - 1), place === '' ? [] : [piece(place, theme.label)], columns);
};
