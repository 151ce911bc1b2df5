import type {State} from '../state/state.js';

/** Why there is no way from the row under the cursor to the other end of its connection, as far as the last answer knows; undefined when there is one. */
export const whyNoOtherEnd = ({view}: State): string | undefined => {
	const selected = view?.selected;
	if (selected === undefined) {
		return 'No row is selected: arrow keys select one';
	}

	switch (selected.otherEnd?.place) {
		case 'shown': {
			return undefined;
		}

		case 'hidden': {
			return 'The socket at the other end is on this machine, but the filters hide it';
		}

		case 'closed': {
			return 'The socket at the other end was on this machine and has closed';
		}

		case 'itself': {
			return 'This socket is connected to itself';
		}

		case undefined: {
			return 'There is no socket at the other end on this machine';
		}
	}
};
