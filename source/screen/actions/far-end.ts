import type {State} from '../state/state.js';

/** Why there is no way from the row under the cursor to the other end of its connection, as far as the last answer knows; undefined when there is one. */
export const whyNoFarEnd = ({view}: State): string | undefined => {
	const selected = view?.selected;
	if (selected === undefined) {
		return 'No row is selected: arrow keys select one';
	}

	switch (selected.farEnd?.place) {
		case 'shown': {
			return undefined;
		}

		case 'hidden': {
			return 'The other end is here, but what narrows the list hides it';
		}

		case 'closed': {
			return 'The other end was here and is closed';
		}

		case 'itself': {
			return 'This socket is connected to itself';
		}

		case undefined: {
			return 'The other end is not on this machine, or there is none';
		}
	}
};
