import test from 'ava';
import fc from 'fast-check';
import {LateSegmenter} from '../../scripts/late-segmenter.js';

const shown = (data: Intl.SegmentData | undefined) => data && {segment: data.segment, index: data.index};

/** All segments of a text, and those at each of its places and just outside. */
const segments = (splitter: Pick<Intl.Segmenter, 'segment'>, text: string): readonly unknown[] => {
	const split = splitter.segment(text);
	return [[...split].map(each => shown(each)), shown(split.containing()), Array.from({length: text.length + 3}, (_, index) => shown(split.containing(index - 1)))];
};

test('splits as Intl.Segmenter does', t => {
	const late = new LateSegmenter();
	const real = new Intl.Segmenter();
	const unit = fc.oneof(fc.string({unit: 'grapheme'}), fc.string(), fc.string({unit: fc.constantFrom('a', '│', '…', 'é', 'e', '\u{301}', '\u{E000}', '日', '👩‍👩‍👧', '\r', '\n', '\u{D800}')}));
	fc.assert(fc.property(unit, text => {
		t.deepEqual(segments(late, text), segments(real, text));
	}));
});

test('keeps the options', t => {
	for (const text of ['ein Wort, zwei', 'ein Wort, e\u{301}']) {
		t.deepEqual(segments(new LateSegmenter('de', {granularity: 'word'}), text), segments(new Intl.Segmenter('de', {granularity: 'word'}), text));
	}
});
