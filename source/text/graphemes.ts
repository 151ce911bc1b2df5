let segmenter: Intl.Segmenter | undefined;

/** Splits a text into grapheme clusters. The segmenter is created on first use, because that takes some milliseconds of the start. */
export const graphemes = (text: string): Intl.Segments => {
	segmenter ??= new Intl.Segmenter();
	return segmenter.segment(text);
};
