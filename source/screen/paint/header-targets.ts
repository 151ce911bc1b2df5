/** Parts of the header that react to the mouse. */
import {stateNames} from '../../table/columns/states.js';
import {formatCount} from '../../text/units.js';
import {widthOf} from '../look/segments.js';
import {createTheme} from '../look/theme.js';
import {countsOf} from '../meters/counts.js';
import {layoutOf} from '../state/layout.js';
import type {State} from '../state/state.js';
import {headerLines} from './header.js';

export type HeaderTarget =
	/** The meter of problems. */
	| {readonly kind: 'problems'}
	/** The count of a state, with the kernel's numbers of that state. */
	| {readonly kind: 'states'; readonly states: readonly number[]};

/** Positions do not depend on the theme. */
const unpainted = createTheme('none');

/** The target at a position of the header, both counted from 0. */
export const headerTargetAt = (state: State, column: number, line: number): HeaderTarget | undefined => {
	const summary = state.view?.summary;
	const segments = line === 0 || summary === undefined ? undefined : headerLines(state, {theme: unpainted}, layoutOf(state).header).at(line);
	if (segments === undefined || summary === undefined || widthOf(segments) <= column) {
		return undefined;
	}

	const text = segments.map(segment => segment.text).join('');
	const isAt = (part: string): boolean => {
		const start = ` ${text} `.indexOf(` ${part} `);
		return start !== -1 && column >= start && column < start + part.length;
	};

	const found = countsOf(summary).find(({name, count}) => isAt(`${name} ${formatCount(count)}`));
	const states = stateNames.flatMap((name, number) => name === found?.name ? [number] : []);
	if (states.length > 0) {
		return {kind: 'states', states};
	}

	const problems = text.indexOf('Problems ');
	return problems !== -1 && column >= problems ? {kind: 'problems'} : undefined;
};
