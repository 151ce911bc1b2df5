import {findField} from '../fields/registry.js';
import {plain, type Segment} from '../text/paint.js';
import {alignLeft} from '../text/width.js';
import {piece} from './segments.js';
import type {State} from './state.js';
import {menuWidth, sortMark} from './table-fit.js';
import type {Theme} from './theme.js';

/** The heading of the menu, at the left of those of the table. */
export const menuHeading = (theme: Theme): readonly Segment[] => [piece(alignLeft(' Sort by', menuWidth - 1), theme.sortedHeading), piece(' ')];

/** One entry for each line of the table; empty ones below the last. It scrolls so that the chosen one is in sight. */
export const menuLines = ({columns, menu, sort}: State, height: number, theme: Theme): ReadonlyArray<readonly Segment[]> => {
	const first = Math.max(0, Math.min(menu - Math.floor(height / 2), columns.length - height));
	return Array.from({length: height}, (_, line) => {
		const place = first + line;
		const id = columns.at(place);
		if (id === undefined || place >= columns.length) {
			return [piece(' '.repeat(menuWidth))];
		}

		const mark = id === sort.field ? ` ${sortMark(sort.descending)}` : '';
		const chosen = theme.level === 'none' && place === menu ? '>' : ' ';
		const text = alignLeft(`${chosen}${findField(id)?.title ?? id}${mark}`, menuWidth - 1);
		return [piece(text, place === menu ? theme.selected : plain), piece(' ')];
	});
};
