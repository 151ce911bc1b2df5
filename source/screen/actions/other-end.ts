import type {State} from '../state/state.js';

/** Why the cursor cannot move to the socket at the other end, according to the last answer; undefined if it can. */
export const whyNoOtherEnd = ({view}: State): string | undefined => {
	const selected = view?.selected;
	if (selected === undefined) {
		return 'No row is selected: arrow keys select one';
	}

	switch (selected.otherEnd?.place) {
		case 'shown': {
			return undefined;
		}

		case 'joined': {
			return 'This row is for both sockets: {toggleConnections} shows a row for each';
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
