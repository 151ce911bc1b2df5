/** Which meters the header shows, and how much room it has for them. */
import type {State} from '../state/state.js';
import {meterHeight, type MeterRoom} from './draw.js';

/** Ids of the meters that are shown: those that were chosen, unless they are hidden. */
export const shownMeters = ({preferences, areMetersHidden}: Pick<State, 'preferences' | 'areMetersHidden'>): readonly string[] => areMetersHidden ? [] : preferences.meters;

/** Whether the rows of a terminal leave no room for lines of meters: what they tell then stands in a few words beside what narrows the list. */
export const isLow = (rows: number): boolean => rows < 20;

export const meterRoom = (rows: number): MeterRoom => rows < 30 ? {bar: 1, gauges: 1} : {bar: 2, gauges: 3};

/** Lines of the header: what it is and what narrows the list, and the meters between. */
export const headerHeight = (state: Pick<State, 'size' | 'preferences' | 'areMetersHidden'>): number => {
	const {columns, rows} = state.size;
	return isLow(rows) ? 2 : 2 + meterHeight(shownMeters(state), columns - 2, meterRoom(rows));
};

/** Hides the meters, or shows them again. */
export const toggleMeters = (state: State): State => ({...state, areMetersHidden: !state.areMetersHidden});
