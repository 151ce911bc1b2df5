import {isSimple} from '../source/text/simple.js';

/** The graphemes of a simple text: each of its characters. */
const simpleSegments = (input: string): Intl.Segments => ({
	containing: (index = 0) => index >= 0 && index < input.length ? {segment: input.charAt(index), index, input} : undefined,
	[Symbol.iterator]: () => Array.from(input, (segment, index) => ({segment, index, input})).values(),
});

/**
Stands for `Intl.Segmenter` in the bundles. Ink and its packages create several when they begin and split with them whatever they draw. The first use of a real one
takes 12 ms of the start, and nearly all texts are simple.
*/
export class LateSegmenter implements Pick<Intl.Segmenter, 'segment'> {
	#segmenter: Intl.Segmenter | undefined;
	readonly #options: ConstructorParameters<typeof Intl.Segmenter>;

	constructor(...options: ConstructorParameters<typeof Intl.Segmenter>) {
		this.#options = options;
	}

	/** Splits a text as the options say; without any, into graphemes. */
	segment(input: string): Intl.Segments {
		if ((this.#options[1]?.granularity ?? 'grapheme') === 'grapheme' && isSimple(input)) {
			return simpleSegments(input);
		}

		// eslint-disable-next-line unicorn/no-unnecessary-global-this -- esbuild replaces the shorter form by this class.
		this.#segmenter ??= new globalThis.Intl.Segmenter(...this.#options);
		return this.#segmenter.segment(input);
	}
}
