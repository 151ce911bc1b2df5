/** The inspector page of a state, cached per answer of the engine and terminal size. */
import type {Inspected} from '../../contract/inspected.js';
import type {State} from '../state/state.js';
import {sectionsOf} from './content.js';
import {placeItems, type Page, type Placed} from './place.js';

/** Lines around the items: above, the socket and its state; below, the explanation of the value under the cursor and the keys. */
export const linesAbove = 2;
export const linesBelow = 3;

/** The engine's data for the inspected socket; undefined until it arrives. */
export const inspectedIn = ({view, inspector}: State): Inspected | undefined =>
	view?.inspected !== undefined && view.inspected.id === inspector?.id ? view.inspected : undefined;

const pages = new WeakMap<Inspected, {readonly size: State['size']; readonly page: Page}>();

/** The layout of the page; undefined until the engine's data arrives. */
export const pageOf = (state: State): Page | undefined => {
	const inspected = inspectedIn(state);
	if (inspected === undefined) {
		return undefined;
	}

	const {size} = state;
	const cached = pages.get(inspected);
	if (cached?.size.columns === size.columns && cached.size.rows === size.rows) {
		return cached.page;
	}

	const page = placeItems(sectionsOf(inspected), size);
	pages.set(inspected, {size, page});
	return page;
};

/** Number of lines of the page that are visible at once. */
export const roomOf = ({size}: State): number => Math.max(1, size.rows - linesAbove - linesBelow);

/** Index of the item under the cursor: the one with the cursor's key, else the one at its last index; -1 for an empty page. */
export const selectedIndexOf = ({items}: Page, {inspector}: State): number => {
	const index = items.findIndex(({item}) => item.key === inspector?.value);
	return index === -1 ? Math.min(items.length - 1, inspector?.index ?? 0) : index;
};

/** The range of scroll offsets at which an item is fully visible, or fills the screen if it is taller. */
const offsetsOf = ({line, height}: Placed, room: number): readonly [first: number, last: number] => {
	const end = Math.max(0, line + height - room);
	return [Math.min(line, end), Math.max(line, end)];
};

/** The scroll offset nearest to `offset` at which an item is visible. */
export const offsetShowing = (placed: Placed, room: number, offset: number): number => {
	const [first, last] = offsetsOf(placed, room);
	return Math.max(first, Math.min(last, offset));
};

/** Whether an item is visible at a scroll offset. */
export const isVisibleAt = (placed: Placed, room: number, offset: number): boolean => offsetShowing(placed, room, offset) === offset;

/** The scroll offset: unchanged if possible, but with the item under the cursor visible. */
export const offsetOf = (page: Page, state: State): number => {
	const room = roomOf(state);
	const offset = Math.max(0, Math.min(page.height - room, state.inspector?.offset ?? 0));
	const placed = page.items.length === 0 ? undefined : page.items.at(selectedIndexOf(page, state));
	return placed === undefined ? offset : offsetShowing(placed, room, offset);
};
