/** The page of a state: made once for each answer of the engine and size of the terminal. */
import type {Inspected} from '../../contract/inspected.js';
import type {State} from '../state/state.js';
import {sectionsOf} from './content.js';
import {placeItems, type Page, type Placed} from './place.js';

/** Lines around the items: who it is and how it fares above; what the value under the cursor means, and the keys, below. */
export const linesAbove = 2;
export const linesBelow = 3;

/** What the engine tells of the socket that the inspector is about; undefined until it does. */
export const inspectedIn = ({view, inspector}: State): Inspected | undefined =>
	view?.inspected !== undefined && view.inspected.id === inspector?.id ? view.inspected : undefined;

const pages = new WeakMap<Inspected, {readonly size: State['size']; readonly page: Page}>();

/** Where everything stands; undefined until the engine tells of the socket. */
export const pageOf = (state: State): Page | undefined => {
	const inspected = inspectedIn(state);
	if (inspected === undefined) {
		return undefined;
	}

	const {size} = state;
	const made = pages.get(inspected);
	if (made?.size.columns === size.columns && made.size.rows === size.rows) {
		return made.page;
	}

	const page = placeItems(sectionsOf(inspected), size);
	pages.set(inspected, {size, page});
	return page;
};

/** Lines of the page that are seen at once. */
export const roomOf = ({size}: State): number => Math.max(1, size.rows - linesAbove - linesBelow);

/** The place of the value under the cursor: that with its key, or what stands where it stood. -1 for an empty page. */
export const placeOf = ({items}: Page, {inspector}: State): number => {
	const place = items.findIndex(({item}) => item.key === inspector?.value);
	return place === -1 ? Math.min(items.length - 1, inspector?.index ?? 0) : place;
};

/** The first lines with which all of a value is in sight, or, of one that has more lines than there is room for, nothing else. */
const offsetsOf = ({line, height}: Placed, room: number): readonly [first: number, last: number] => {
	const end = Math.max(0, line + height - room);
	return [Math.min(line, end), Math.max(line, end)];
};

/** The first line that is nearest to `offset` and has a value in sight. */
export const inSight = (placed: Placed, room: number, offset: number): number => {
	const [first, last] = offsetsOf(placed, room);
	return Math.max(first, Math.min(last, offset));
};

/** Whether a value is in sight below a first line. */
export const isInSight = (placed: Placed, room: number, offset: number): boolean => inSight(placed, room, offset) === offset;

/** The first line that is shown: as it was, but with the value under the cursor in sight. */
export const offsetOf = (page: Page, state: State): number => {
	const room = roomOf(state);
	const offset = Math.max(0, Math.min(page.height - room, state.inspector?.offset ?? 0));
	const placed = page.items.length === 0 ? undefined : page.items.at(placeOf(page, state));
	return placed === undefined ? offset : inSight(placed, room, offset);
};
