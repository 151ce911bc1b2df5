import type {ClassPart, PatternSyntax} from '../grammar/syntax.js';

/**
The places of a regular expression, in Thompson's construction. `next` are numbers of places.
*/
export type Node =
	| {readonly kind: 'character'; readonly accepts: (character: string) => boolean; readonly next: number}
	| {readonly kind: 'fork'; readonly next: readonly number[]}
	| {readonly kind: 'start' | 'end'; readonly next: number}
	| {readonly kind: 'found'};

export type Automaton = {readonly places: readonly Node[]; readonly first: number};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** How many places an expression takes. */
export const countNodes = (part: PatternSyntax): number => {
	switch (part.kind) {
		case 'sequence': {
			return sum(part.items.map(item => countNodes(item)));
		}

		case 'choice': {
			return 1 + sum(part.options.map(option => countNodes(option)));
		}

		case 'repeat': {
			const {minimum, maximum} = part;
			const each = countNodes(part.item);
			return each * minimum + (1 + each) * (maximum === Infinity ? 1 : maximum - minimum);
		}

		case 'class':
		case 'start':
		case 'end': {
			return 1;
		}
	}
};

/** Builds the automaton from the end of the expression to its start, so that what comes next is always known. */
export const buildAutomaton = (syntax: PatternSyntax): Automaton => {
	const places: Node[] = [];
	const add = (place: Node): number => {
		places.push(place);
		return places.length - 1;
	};

	/** Adds the places of a part, given the place after it, and gives its first. */
	const build = (part: PatternSyntax, next: number): number => {
		switch (part.kind) {
			case 'sequence': {
				let first = next;
				for (const item of part.items.toReversed()) {
					first = build(item, first);
				}

				return first;
			}

			case 'choice': {
				return add({kind: 'fork', next: part.options.map(option => build(option, next))});
			}

			case 'repeat': {
				const {item, minimum, maximum} = part;
				let first = maximum === Infinity ? loop(item, next) : next;
				for (let times = minimum; maximum !== Infinity && times < maximum; times++) {
					first = add({kind: 'fork', next: [build(item, first), next]});
				}

				for (let times = 0; times < minimum; times++) {
					first = build(item, first);
				}

				return first;
			}

			case 'class': {
				return add({kind: 'character', accepts: acceptor(part), next});
			}

			case 'start':
			case 'end': {
				return add({kind: part.kind, next});
			}
		}
	};

	const loop = (item: PatternSyntax, next: number): number => {
		const choices = [next];
		const fork = add({kind: 'fork', next: choices});
		choices.push(build(item, fork));
		return fork;
	};

	const found = add({kind: 'found'});
	const first = build(syntax, found);
	return {places, first};
};

/** Texts come in lower case; what the expression says need not be. */
const acceptor = ({parts, isNegated}: Extract<PatternSyntax, {kind: 'class'}>) => {
	const isIn = (character: string): boolean => parts.some(part => isInPart(character, part));
	return (character: string): boolean => (isIn(character) || isIn(character.toUpperCase())) !== isNegated;
};

const sets = {d: /\d/v, w: /\w/v, s: /\s/v} as const;

const isInPart = (character: string, part: ClassPart): boolean => {
	if ('set' in part) {
		const name = part.set.toLowerCase() as keyof typeof sets;
		return sets[name].test(character) === (part.set === name);
	}

	return character >= part.from && character <= part.to;
};
